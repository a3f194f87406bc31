//! What several tests share.

pub(crate) mod model;
pub(crate) mod statistics;
