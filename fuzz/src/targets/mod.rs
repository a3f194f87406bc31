//! One file for each target: what is done with the bytes of an input.

pub mod checkpoints;
pub mod fmin_file;
pub mod journal;
pub mod study_bytes;
pub mod study_values;
pub mod sweeps;
pub mod yaml;
