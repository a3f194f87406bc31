//! Best values at an end of their candidates.

use std::fmt;

use crate::plain::plain_line;
use crate::space::{Axis, Kind, Scale, Value};
use crate::sweep::Sweep;

/// A hyperparameter whose best value lies at an end of its candidates.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Boundary {
    /// The name of the hyperparameter.
    pub parameter: String,
    /// Its value in the best trial.
    pub value: Value,
    /// The end at which the value lies.
    pub side: Side,
}

/// An end of ordered candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first or smallest candidate.
    Lower,
    /// The last or largest candidate.
    Upper,
}

impl fmt::Display for Boundary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.side {
            Side::Lower => "lower",
            Side::Upper => "upper",
        };
        write!(
            f,
            "the best `{}` = {} is at the {side} end of its candidates; a wider range may do better",
            plain_line(&self.parameter),
            plain_line(&self.value.to_string())
        )
    }
}

pub(crate) fn boundaries(sweep: &Sweep) -> Vec<Boundary> {
    let Ok((best, _)) = sweep.best_for(sweep.goal()) else {
        return Vec::new();
    };
    let point = sweep.history().trials()[best].point();
    let axes = sweep.space().axes().iter().zip(point.iter());
    let at_end = axes.filter_map(|(axis, unit)| {
        let unit = unit?;
        let boundary = |side| Boundary { parameter: axis.parameter().into(), value: axis.value(unit), side };
        side(axis, unit).map(boundary)
    });
    at_end.collect()
}

fn side(axis: &Axis, unit: f64) -> Option<Side> {
    let (lower, upper) = match axis.kind() {
        Kind::Categorical(_) | Kind::Ordered(0..=3) => return None,
        Kind::Ordered(levels) => {
            let level = axis.level(unit)?;
            (level == 0, level + 1 == levels)
        }
        Kind::Continuous if matches!(axis.scale(), Scale::Normal | Scale::LogNormal) => return None,
        Kind::Continuous => (unit <= 0.01, unit >= 0.99),
    };
    if lower { Some(Side::Lower) } else { upper.then_some(Side::Upper) }
}
