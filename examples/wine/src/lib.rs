//! Red wines, and tree ensembles that predict their grades: what the program and the gallery share.

pub mod data;
pub mod model;
