//! Trials with several objectives: dominance, crowding distances and hypervolumes.

mod crowding;
mod fronts;
mod growing;
mod hypervolume;
mod ranking;
mod spread;
mod spread_in_plane;
mod staircase;
mod standings;
mod swept;
mod vectors;

pub(crate) use self::hypervolume::hypervolume;
pub(crate) use ranking::{Ranked, ranking};
pub(crate) use standings::Standings;

pub(crate) use vectors::{Vectors, dominates, loss};

#[cfg(test)]
mod tests;
