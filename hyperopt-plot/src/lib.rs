//! Figures of hyperparameter sweeps, as PNG and SVG.
//!
//! [`plot`] draws what `hyperopt!` evaluates to: one panel for each hyperparameter, with its values against the
//! objective and the best trial marked.
//!
//! ```
//! # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
//! hyperopt_plot::plot(ho).save("sweep.png")?;
//! # Ok(())
//! # }
//! ```
//!
//! | figure | what it shows |
//! |---|---|
//! | [`plot`], [`slice()`] | the objective against each hyperparameter; the latter with medians and the trials without a value |
//! | [`param_importances`] | which hyperparameters the objective depends on |
//! | [`optimization_history`] | the objectives in the order of the trials, with the best so far; of several sweeps, a band |
//! | [`comparison`] | the best so far of several sweeps with names |
//! | [`contour`], [`rank`], [`pair_plot`] | the objective over every pair of hyperparameters: a landscape, marks, means |
//! | [`parallel_coordinates`] | one line for each trial across all hyperparameters |
//! | [`edf`] | the distribution of the objectives |
//! | [`intermediate_values`] | the learning curves of trials that report, or of the rungs |
//! | [`rungs`] | the objective against the resources, of a multi-fidelity sweep such as Hyperband's |
//! | [`pareto_front`] | the objectives against each other, and the trials that no other one beats |
//! | [`hypervolume_history`] | the hypervolume in the order of the trials |
//! | [`timeline`] | the trials in time, by worker |
//!
//! More than six hyperparameters are ordered by importance, and only the most important ones are drawn if there is no room for
//! all; [`Figure::hyperparameters`] chooses them by name. [`report()`] (feature `report`, on by default) puts all of them on
//! one page of HTML, with the best trials, the importances, and a table of all trials; each mark links to the row of its trial.
//!
//! Each meaning has a hue of its own: blue for the rank of a trial, violet for the order of the trials, green for budgets,
//! orange for the best trial and the front. Trials that violate a constraint are grey rings or lines. Saving a figure that the
//! sweep has no data for fails with [`Error::Unsuited`], which says what to do instead.
//!
//! The extension of the path decides the format; [`Figure::to_svg`] and [`Figure::to_png`] return the figure in memory, for a
//! page or a notebook. No font or library of the system is needed: Noto Sans (Apache License 2.0) is part of the program. It
//! has Latin, Greek and Cyrillic letters. An SVG shows letters of other scripts, and emoji, in the fonts of its viewer. A PNG
//! shows each of them as its escape in Rust, such as `\u{6a21}`, with a note at the foot. Characters without a shape, which
//! join or reorder others, are `�` in a PNG.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod axis;
mod budgets;
mod canvas;
mod charts;
mod color;
mod error;
mod figure;
mod frame;
mod geometry;
mod model;
mod notebook;
mod png_file;
mod render;
#[cfg(feature = "report")]
mod report;
mod source;
mod surface;
mod sweeps;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod tooltip;

pub use charts::{
    edf::edf,
    history::{comparison, optimization_history},
    hypervolume_history::hypervolume_history,
    intermediate_values::intermediate_values,
    matrix::{contour, rank},
    pair_plot::pair_plot,
    parallel_coordinates::{parallel_coordinate, parallel_coordinates},
    param_importances::param_importances,
    pareto::{pareto, pareto_front},
    rungs::rungs,
    scatter::{plot, slice},
    timeline::timeline,
};
pub use error::Error;
pub use figure::Figure;
#[cfg(feature = "report")]
pub use report::{Report, report};
pub use sweeps::Sweeps;
