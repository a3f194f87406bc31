//! What earlier versions wrote to disk is read by this one, which goes on with it.
//!
//! Each folder here holds what one version wrote; `README.md` says how. The tests copy it to a folder of their own.

mod checkpoints;
mod files;
mod listing;
mod place;
mod studies;
mod sweeps;
mod write;
