//! What a search is about.

use super::activity::Activity;
use super::coordinate::Coordinate;
use super::model::Model;
use super::options::Options;
use crate::sampler::Tried;
use crate::space::Space;

/// A space, a model of it, and the points that are out of the question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Problem<'a> {
    pub(super) space: &'a Space,
    pub(super) dimensions: &'a [Coordinate],
    pub(super) activity: &'a Activity,
    pub(super) model: &'a Model,
    /// The points that have been tried; `None` where points may repeat.
    pub(super) tried: Option<&'a Tried>,
    /// The columns of the trials that run, on a space with a continuous axis.
    pub(super) running: &'a [f64],
    pub(super) options: &'a Options,
}
