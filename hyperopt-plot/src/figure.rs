//! A figure: which chart of which sweep, with which title, size and density.

use std::borrow::Cow;

use crate::{error::Error, model::Scene, theme};

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
    /// The names of the hyperparameters to draw, if they were chosen.
    pub(crate) names: Option<Vec<String>>,
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
    /// The importances of the hyperparameters.
    Importances,
    /// The objective as a landscape over pairs.
    Contour,
    /// The ranks over pairs.
    Rank,
}

impl Figure {
    /// Returns the figure of `scene` with the default title, size and density.
    pub(crate) fn of(chart: Chart, scene: Scene) -> Self {
        Self { chart, scene, title: None, names: None, size: None, density: 2 }
    }

    /// Sets the title (default: the number of trials, the sampler and the seed).
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the width and the height in points, each from 160 to 3000 (default: chosen by the number of panels).
    ///
    /// A point is a pixel of an SVG, and [`density`](Self::density) pixels of a PNG. Saving a figure whose size is out of range
    /// fails with [`Error::Size`].
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = Some((width, height));
        self
    }

    /// Chooses the hyperparameters to draw by their names, in this order (default: up to six in the order in which they were
    /// written; more are ordered by importance, and the most important ones are drawn).
    ///
    /// [`plot`](crate::plot) and [`slice`](crate::slice()) have room for 24 of them,
    /// [`parallel_coordinates`](crate::parallel_coordinates) for 20, [`pair_plot`](crate::pair_plot) for 12,
    /// [`contour`](crate::contour) and [`rank`](crate::rank) for 7. Saving the figure fails with [`Error::Hyperparameter`] if
    /// the sweep has no hyperparameter of a name, and with [`Error::Unsuited`] if there are no names or more than the figure
    /// has room for, or if the figure draws no hyperparameters.
    ///
    /// ```
    /// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
    /// hyperopt_plot::contour(ho).hyperparameters(["rate", "depth"]).save("contour.png")?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn hyperparameters<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.names = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the number of pixels of a PNG along a point, from 1 to 4 (default: 2); any other number is clamped to this range.
    ///
    /// A PNG of density 2 is sharp on high-resolution screens; one of density 1 has as many pixels as its [`size`](Self::size)
    /// has points.
    pub fn density(mut self, pixels: u32) -> Self {
        self.density = pixels;
        self
    }

    /// Returns the scene with the hyperparameters that are drawn.
    ///
    /// # Errors
    ///
    /// Fails if a choice of hyperparameters does not fit the sweep or the figure.
    pub(crate) fn arranged(&self) -> Result<Cow<'_, Scene>, Error> {
        let Some(most) = self.chart.most() else {
            if self.names.is_some() {
                let reason = "it draws no hyperparameters";
                return Err(Error::unsuited(self.chart.function(), reason, "leave `hyperparameters` out"));
            }
            return Ok(Cow::Borrowed(&self.scene));
        };
        match &self.names {
            Some(names) if names.is_empty() => {
                let advice = "write the names of some, or leave `hyperparameters` out to draw all";
                Err(Error::unsuited(self.chart.function(), "`hyperparameters` has no name", advice))
            }
            Some(names) => self.scene.with_named(names, self.chart.function(), most).map(Cow::Owned),
            None => Ok(self.scene.with_most_important(most)),
        }
    }
}

impl Chart {
    /// Returns the name of the function that draws it.
    pub(crate) fn function(self) -> &'static str {
        match self {
            Self::Scatter => "plot",
            Self::Rungs => "rungs",
            Self::Pareto => "pareto_front",
            Self::PairPlot => "pair_plot",
            Self::ParallelCoordinates => "parallel_coordinates",
            Self::Slice => "slice",
            Self::History => "optimization_history",
            Self::Comparison => "comparison",
            Self::Edf => "edf",
            Self::Curves => "intermediate_values",
            Self::Hypervolume => "hypervolume_history",
            Self::Timeline => "timeline",
            Self::Importances => "param_importances",
            Self::Contour => "contour",
            Self::Rank => "rank",
        }
    }

    /// Returns how many hyperparameters it has room for; `None` where it draws none.
    fn most(self) -> Option<usize> {
        match self {
            Self::Scatter | Self::Slice => Some(theme::MOST_PANELS),
            Self::PairPlot => Some(theme::MOST_PAIRED),
            Self::ParallelCoordinates => Some(theme::MOST_COORDINATES),
            Self::Contour | Self::Rank => Some(theme::MOST_IN_PAIRS),
            Self::Importances => Some(usize::MAX),
            _ => None,
        }
    }
}
