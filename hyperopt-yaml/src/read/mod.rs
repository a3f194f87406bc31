//! Reads the tree of a file into a definition, one file for each key of the section `hyperopt`.

mod by_space;
mod by_type;
mod examples;
mod executor;
mod features;
mod fields;
mod method;
mod metric;
mod parameters;
mod sampler;
mod scheduler;
mod section;
mod sections;
mod trainer;
mod try_first;
mod upgrade;
mod values;

pub(crate) use features::{Feature, Features, Role};
pub(crate) use section::definition;
pub use sections::keys;
pub(crate) use upgrade::upgrade_root;
