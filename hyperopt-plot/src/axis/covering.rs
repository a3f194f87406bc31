//! The scale of a hyperparameter: over its bounds and its values, as its candidates lie.

use crate::{
    axis::scale::{Scale, Warp},
    model::AxisKind,
};

impl Scale {
    /// Returns a scale over `xs` and over the bounds of `kind`; `None` for categories, and if there is no number among them.
    pub(crate) fn of_kind(kind: &AxisKind, xs: impl Iterator<Item = f64>) -> Option<Self> {
        match *kind {
            AxisKind::Linear(bounds) => Self::covering(bounds, xs, Warp::Linear),
            AxisKind::Log(bounds) => Self::covering(bounds, xs, Warp::Log),
            AxisKind::Logit(bounds) => Self::covering(bounds, xs, Warp::Logit),
            AxisKind::Bilog(bounds) => Self::covering(bounds, xs, Warp::Bilog),
            AxisKind::Categories(_) => None,
        }
    }
}
