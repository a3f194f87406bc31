//! Trials with several objectives: which beat which, how crowded they lie, and how much of the space they cover.

mod crowding;
mod fronts;
mod hypervolume;
mod ranking;
mod staircase;
mod standings;
mod vectors;

pub(crate) use self::hypervolume::hypervolume;
pub(crate) use ranking::{Ranked, ranking};
pub(crate) use standings::Standings;

pub(crate) use vectors::{Vectors, dominates, loss};

#[cfg(test)]
mod tests;
