//! The floats along an axis.

use std::ops::{Range, RangeInclusive};

use crate::error::{CandidatesError, counted};
use crate::space::{Domain, Law, Normal, Quantised, Scale};

/// Floats to choose from: the argument of [`Axis::float`](crate::Axis::float), and candidates whose scale or grid is known at
/// run time only.
///
/// | floats | the same as candidates |
/// |---|---|
/// | `Floats::from(0.0..=1.0)`, `Floats::from(0.0..1.0)` | `0.0..=1.0`, `0.0..1.0` |
/// | `Floats::from(1e-5..=0.1).scale(Scale::Log10)` | `log(1e-5..=0.1)`; likewise `logit`, `bilog` |
/// | `Floats::from(0.0..=1.0).count(5)` | `linrange(0.0, 1.0, 5)` |
/// | `Floats::from(0.01..=1.0).scale(Scale::Log10).count(3)` | `log(linrange(0.01, 1.0, 3))` |
/// | `Floats::powers_of_ten(-2.0, 0.0, 3)` | `exp_linrange(-2.0, 0.0, 3)` |
/// | `Floats::from(0.0..=1.0).step(0.25)` | `hp::quniform(label, 0, 1, 0.25)` |
/// | `Floats::normal(5.0, 2.0)`, `Floats::normal(5.0, 2.0).step(0.5)` | `hp::normal(label, 5, 2)`, `hp::qnormal(…)` |
/// | `Floats::log_normal(0.0, 1.0)`, `Floats::log_normal(0.0, 1.0).step(1.0)` | `hp::lognormal(…)`, `hp::qlognormal(…)` |
///
/// ```
/// use hyperopt_core::{Candidates, Floats, Scale};
///
/// for (scale, middle) in [(Scale::Linear, 0.505), (Scale::Log10, 0.1)] {
///     let dimension = Floats::from(0.01..=1.0).scale(scale).dimension();
///     assert!((dimension.decode(0.5) - middle).abs() < 1e-12);
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "floats are what an axis is made of"]
pub struct Floats {
    law: Law,
    is_open: bool,
    grid: Grid,
}

/// Which floats of a distribution there are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Grid {
    All,
    /// This many, evenly spaced along the scale.
    Count(u64),
    /// This many powers of ten, whose exponents are evenly spaced between the bounds.
    Powers(u64),
    /// Multiples of a step.
    Step(f64),
}

impl Floats {
    /// Makes a normal distribution around `mean`, truncated eight standard deviations from it.
    pub fn normal(mean: f64, deviation: f64) -> Self {
        Self::of(Law::Normal(Normal { mu: mean, sigma: deviation, is_log: false }))
    }

    /// Makes a lognormal distribution. `mean` and `deviation` are those of the natural logarithm, which is truncated eight
    /// standard deviations from its mean.
    pub fn log_normal(mean: f64, deviation: f64) -> Self {
        Self::of(Law::Normal(Normal { mu: mean, sigma: deviation, is_log: true }))
    }

    /// Makes `count` numbers from 10^`low` to 10^`high`, evenly spaced in the exponent.
    pub fn powers_of_ten(low: f64, high: f64, count: usize) -> Self {
        Self { grid: Grid::Powers(count as u64), ..Self::from(low..=high) }
    }

    /// Sets the scale of a range (default: [`Scale::Linear`]). A normal distribution and powers of ten keep their own.
    pub fn scale(mut self, scale: Scale) -> Self {
        if let Law::Even { scale: own, .. } = &mut self.law {
            *own = scale;
        }
        self
    }

    /// Restricts the range to `count` numbers, evenly spaced along the scale, both bounds included.
    pub fn count(self, count: usize) -> Self {
        Self { grid: Grid::Count(count as u64), ..self }
    }

    /// Rounds the numbers to multiples of `step`, which is above 0. A multiple beyond a bound becomes that bound.
    pub fn step(self, step: f64) -> Self {
        Self { grid: Grid::Step(step), ..self }
    }

    fn of(law: Law) -> Self {
        Self { law, is_open: false, grid: Grid::All }
    }

    /// Makes the domain of an axis, or says what is wrong with it.
    pub(crate) fn domain(self) -> Result<Domain, CandidatesError> {
        let Self { law, is_open: open, grid } = self;
        match (law, grid) {
            (Law::Even { lo, hi, scale }, Grid::All) => Domain::Real { lo, hi, open, scale },
            (Law::Even { lo, hi, scale: Scale::Linear }, Grid::Count(count)) => {
                Domain::Steps { lo, hi, count, scale: Scale::Linear }
            }
            (Law::Even { lo, hi, scale }, Grid::Count(count)) => Domain::Spaced { lo, hi, count, scale },
            (Law::Even { lo, hi, .. }, Grid::Powers(count)) => Domain::Steps { lo, hi, count, scale: Scale::Log10 },
            (Law::Normal(normal), Grid::All) => Domain::Normal(normal),
            (Law::Normal(normal), Grid::Count(count) | Grid::Powers(count)) => {
                let found = format!("{} of {}", counted(count as usize, "number"), normal.written());
                return Err(CandidatesError::Scale { found, scale: normal.scale() });
            }
            (law, Grid::Step(step)) => return Ok(Domain::Quantised(Quantised::new(law, step, false)?)),
        }
        .checked()
    }
}

impl From<RangeInclusive<f64>> for Floats {
    fn from(range: RangeInclusive<f64>) -> Self {
        Self::of(Law::Even { lo: *range.start(), hi: *range.end(), scale: Scale::Linear })
    }
}

impl From<Range<f64>> for Floats {
    fn from(range: Range<f64>) -> Self {
        Self { is_open: true, ..Self::from(range.start..=range.end) }
    }
}
