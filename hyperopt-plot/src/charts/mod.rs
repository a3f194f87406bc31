//! One file or folder for each chart: the function that a user calls, the default size, and the drawing below the header.

pub(crate) mod edf;
pub(crate) mod history;
pub(crate) mod hypervolume_history;
pub(crate) mod intermediate_values;
pub(crate) mod matrix;
pub(crate) mod pair_plot;
pub(crate) mod parallel_coordinates;
pub(crate) mod param_importances;
pub(crate) mod pareto;
pub(crate) mod rungs;
pub(crate) mod scatter;
pub(crate) mod timeline;
