//! Sweeps of what a file defines.

mod crossed;
mod dimension;
mod sampler;
mod space;
mod training;
mod trial;

pub(crate) use dimension::{dimension, label_of};
pub(crate) use sampler::{a_round, rounds};
pub use training::{Error, Trained, Training, train};
pub use trial::Trial;
