//! Uniform distributions: `hp::uniform`, `hp::loguniform`, and both rounded.

use super::Expression;
use crate::error::CandidatesError;
use crate::space::{Domain, Law, Quantised, Scale};

/// Makes a uniformly distributed number between `low` and `high`.
///
/// ```
/// use hyperopt_core::{Search, hp};
///
/// let ho = Search::new(hp::uniform("x", -10, 10)).seed(7).run(0..50, |_, x| x * x);
/// assert!((-10.0..=10.0).contains(ho.best()?.params));
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
pub fn uniform(label: impl Into<String>, low: impl Into<f64>, high: impl Into<f64>) -> Expression<f64> {
    let call = Call::new("uniform", label.into(), low.into(), high.into(), None);
    call.expression(Scale::Linear)
}

/// Makes a number between `low` and `high`, rounded to a multiple of `q` as `(x / q).round_ties_even() * q`; a multiple
/// beyond a bound becomes that bound.
///
/// Where `low` and `high` are multiples of `q`, both are half as likely as each multiple between them, because only half as
/// many numbers are rounded to them. For equal probabilities, use [`linrange`](crate::linrange).
///
/// ```
/// use hyperopt_core::{Candidates, hp};
///
/// let dimension = hp::quniform("x", 0, 1, 0.25).dimension();
/// assert_eq!([0.0, 0.12, 0.13, 0.5, 0.9].map(|unit| dimension.decode(unit)), [0.0, 0.0, 0.25, 0.5, 1.0]);
/// ```
pub fn quniform(
    label: impl Into<String>,
    low: impl Into<f64>,
    high: impl Into<f64>,
    q: impl Into<f64>,
) -> Expression<f64> {
    let call = Call::new("quniform", label.into(), low.into(), high.into(), Some(q.into()));
    call.expression(Scale::Linear)
}

/// Makes e to the power of a number between `low` and `high`: **the bounds are logarithms**, so `hp::loguniform("lr",
/// 1e-5_f64.ln(), 0.1_f64.ln())` lies between 0.00001 and 0.1.
pub fn loguniform(label: impl Into<String>, low: impl Into<f64>, high: impl Into<f64>) -> Expression<f64> {
    let call = Call::new("loguniform", label.into(), low.into(), high.into(), None);
    call.expression(Scale::Log10)
}

/// Makes e to the power of a number between `low` and `high`, rounded to a multiple of `q`; a multiple below e^`low` or
/// above e^`high` becomes that bound.
pub fn qloguniform(
    label: impl Into<String>,
    low: impl Into<f64>,
    high: impl Into<f64>,
    q: impl Into<f64>,
) -> Expression<f64> {
    let call = Call::new("qloguniform", label.into(), low.into(), high.into(), Some(q.into()));
    call.expression(Scale::Log10)
}

/// A call of one of these functions, for its error messages.
struct Call {
    function: &'static str,
    label: String,
    low: f64,
    high: f64,
    q: Option<f64>,
}

impl Call {
    fn new(function: &'static str, label: String, low: f64, high: f64, q: Option<f64>) -> Self {
        Self { function, label, low, high, q }
    }

    fn written(&self, low: f64, high: f64) -> String {
        let Self { function, label, q, .. } = self;
        let q = q.map_or_else(String::new, |q| format!(", {q:?}"));
        format!("hp::{function}({label:?}, {low:?}, {high:?}{q})")
    }

    fn expression(self, scale: Scale) -> Expression<f64> {
        let domain = self.domain(scale);
        Expression::floats(self.label, domain)
    }

    fn domain(&self, scale: Scale) -> Result<Domain, CandidatesError> {
        let &Self { low, high, q, .. } = self;
        let found = || self.written(low, high);
        if !(low.is_finite() && high.is_finite()) {
            return Err(CandidatesError::NotFinite(found()));
        }
        if low > high {
            return Err(CandidatesError::Reversed { found: found(), instead: self.written(high, low) });
        }
        let (lo, hi) = if scale == Scale::Log10 { (low.exp(), high.exp()) } else { (low, high) };
        if scale == Scale::Log10 && !(lo > 0.0 && hi.is_finite()) {
            return Err(CandidatesError::Power { found: found(), power: if lo > 0.0 { high } else { low } });
        }
        let Some(q) = q else {
            return Ok(Domain::Real { lo, hi, open: false, scale });
        };
        let step = checked_step(q, found)?;
        Ok(Domain::Quantised(Quantised::new(Law::Even { lo, hi, scale }, step, false)?))
    }
}

/// Returns `q` if it is a finite number above 0, otherwise an error.
pub(super) fn checked_step(q: f64, found: impl Fn() -> String) -> Result<f64, CandidatesError> {
    if q > 0.0 && q.is_finite() { Ok(q) } else { Err(CandidatesError::Step { found: found(), q }) }
}
