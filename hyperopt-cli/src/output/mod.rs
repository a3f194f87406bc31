//! The directory that a sweep leaves.

mod files;
mod kept;
mod layout;

pub(crate) use files::{private, replace};
pub(crate) use kept::Kept;
pub(crate) use layout::{Layout, TrialDirectory};
