//! Runs the sweep that a file defines.

mod crossed;
mod dimension;
mod execution;
mod of_file;
mod preview;
mod sampler;
mod seconds;
mod space;
mod trained;
mod training;
mod trial;

pub(crate) use dimension::{dimension, label_of};
pub use preview::{Preview, PreviewedTrial};
pub use trained::Trained;
pub use training::{Error, Training, train};
pub use trial::Trial;
