//! Normal distributions: `hp::normal`, `hp::lognormal`, and both rounded.

use super::Expression;
use super::uniform::checked_step;
use crate::error::CandidatesError;
use crate::space::{Domain, Law, Normal, Quantised};

/// Makes a normally distributed number with the mean `mu` and the standard deviation `sigma`, truncated at eight standard
/// deviations.
///
/// ```
/// use hyperopt_core::{Candidates, hp};
///
/// let dimension = hp::normal("x", 5, 2).dimension();
/// assert_eq!(dimension.decode(0.5), 5.0);
/// assert!((dimension.decode(0.841_344_746_068_542_9) - 7.0).abs() < 1e-12);
/// ```
pub fn normal(label: impl Into<String>, mu: impl Into<f64>, sigma: impl Into<f64>) -> Expression<f64> {
    expression("normal", label.into(), (mu.into(), sigma.into()), None, false)
}

/// Makes a number as [`normal`] does, rounded to a multiple of `q`.
pub fn qnormal(
    label: impl Into<String>,
    mu: impl Into<f64>,
    sigma: impl Into<f64>,
    q: impl Into<f64>,
) -> Expression<f64> {
    expression("qnormal", label.into(), (mu.into(), sigma.into()), Some(q.into()), false)
}

/// Makes a positive number whose natural logarithm is normally distributed with the mean `mu` and the standard deviation
/// `sigma`, truncated at eight standard deviations.
pub fn lognormal(label: impl Into<String>, mu: impl Into<f64>, sigma: impl Into<f64>) -> Expression<f64> {
    expression("lognormal", label.into(), (mu.into(), sigma.into()), None, true)
}

/// Makes a number as [`lognormal`] does, rounded to a multiple of `q`; the result may be 0.
pub fn qlognormal(
    label: impl Into<String>,
    mu: impl Into<f64>,
    sigma: impl Into<f64>,
    q: impl Into<f64>,
) -> Expression<f64> {
    expression("qlognormal", label.into(), (mu.into(), sigma.into()), Some(q.into()), true)
}

fn expression(function: &str, label: String, moments: (f64, f64), q: Option<f64>, is_log: bool) -> Expression<f64> {
    let domain = domain(function, &label, moments, q, is_log);
    Expression::floats(label, domain)
}

fn domain(
    function: &str,
    label: &str,
    (mu, sigma): (f64, f64),
    q: Option<f64>,
    is_log: bool,
) -> Result<Domain, CandidatesError> {
    let found = || {
        let q = q.map_or_else(String::new, |q| format!(", {q:?}"));
        format!("hp::{function}({label:?}, {mu:?}, {sigma:?}{q})")
    };
    if !(mu.is_finite() && sigma.is_finite()) {
        return Err(CandidatesError::NotFinite(found()));
    }
    if sigma <= 0.0 {
        return Err(CandidatesError::Deviation { found: found(), sigma });
    }
    let normal = Normal { mu, sigma, is_log };
    let (lo, hi) = normal.reach();
    if !(lo.is_finite() && hi.is_finite()) || (is_log && lo == 0.0 && q.is_none()) {
        let power = if is_log && hi.is_finite() { mu - 8.0 * sigma } else { mu + 8.0 * sigma };
        return Err(CandidatesError::Power { found: found(), power });
    }
    let Some(q) = q else { return Ok(Domain::Normal(normal)) };
    let step = checked_step(q, found)?;
    Ok(Domain::Quantised(Quantised::new(Law::Normal(normal), step, false)?))
}
