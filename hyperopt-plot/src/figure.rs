//! A figure: which chart of which sweep, with which title, size and density.

use crate::model::Scene;

/// A figure of a sweep, ready to be saved.
///
/// It is made by [`plot`](crate::plot) or another function of this crate, changed by the methods that return it, and written by
/// [`save`](Self::save), [`to_svg`](Self::to_svg) or [`to_png`](Self::to_png).
#[derive(Clone, Debug)]
#[must_use = "a figure is drawn only when it is saved"]
pub struct Figure {
    pub(crate) chart: Chart,
    pub(crate) scene: Scene,
    /// The title, if one was set.
    pub(crate) title: Option<String>,
    /// The width and the height in points, if they were set.
    pub(crate) size: Option<(u32, u32)>,
    /// The pixels to a point, as they were set.
    pub(crate) density: u32,
}

/// The kind of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chart {
    /// The objective against each hyperparameter.
    Scatter,
    /// The objective against the resources.
    Rungs,
    /// Two objectives against each other.
    Pareto,
    /// The mean objective over every pair of hyperparameters.
    PairPlot,
    /// One line for each trial, across all hyperparameters.
    ParallelCoordinates,
    /// The objective against each hyperparameter, with the trials that have none, and running medians.
    Slice,
    /// The objectives in the order of the trials.
    History,
    /// The histories of several sweeps.
    Comparison,
    /// The distribution of the objectives.
    Edf,
    /// The learning curves.
    Curves,
    /// The hypervolume in the order of the trials.
    Hypervolume,
    /// The trials in time.
    Timeline,
    /// The objective as a landscape over pairs.
    Contour,
    /// The ranks over pairs.
    Rank,
}

impl Figure {
    /// Returns the figure of `scene` with the default title, size and density.
    pub(crate) fn of(chart: Chart, scene: Scene) -> Self {
        Self { chart, scene, title: None, size: None, density: 2 }
    }

    /// Sets the title (default: the number of trials, the sampler and the seed).
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the width and the height in points, each from 160 to 3000 (default: by the number of panels).
    ///
    /// A point is a pixel of an SVG, and [`density`](Self::density) pixels of a PNG. A size out of range is an error when
    /// the figure is drawn.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = Some((width, height));
        self
    }

    /// Sets the pixels of a PNG that make a point, from 1 to 4 (default: 2); any other number counts as the nearest of these.
    ///
    /// A PNG of density 2 is sharp on high-resolution screens; one of density 1 has exactly the size of
    /// [`size`](Self::size).
    pub fn density(mut self, pixels: u32) -> Self {
        self.density = pixels;
        self
    }
}
