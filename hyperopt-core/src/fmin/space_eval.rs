//! Evaluates a space at the values of a point.

use crate::error::Error;
use crate::run::Search;
use crate::search_space::SearchSpace;
use crate::space::Value;
use crate::sweep::InitialPoints;

/// Returns the parameters of the point of `space` that has these values by label, such as those of an
/// [`Argmin`](super::Argmin).
///
/// # Errors
///
/// Fails if a label is unknown, if a value is not among the candidates, or if a value is missing that the point needs.
///
/// ```
/// use hyperopt_core::fmin::{fmin, space_eval};
/// use hyperopt_core::hp;
///
/// let space = (hp::uniform("x", 0, 1), hp::choice("kernel", ["linear", "rbf"]));
/// let best = fmin(|(x, _): (f64, _)| x, &space).max_evals(30).run()?;
/// assert_eq!(&space_eval(&space, best.argmin())?, best.params());
/// assert!(space_eval(&space, [("x", 0.5)]).is_err());
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
pub fn space_eval<S: SearchSpace, N: Into<String>, V: Into<Value>>(
    space: &S,
    values: impl IntoIterator<Item = (N, V)>,
) -> Result<S::Params, Error> {
    let values: Vec<(String, Value)> = values.into_iter().map(|(label, value)| (label.into(), value.into())).collect();
    let labels: Vec<String> = values.iter().map(|(label, _)| label.clone()).collect();
    let ho = Search::new(space).seed(0).try_first(InitialPoints::named([values])).run(0..1, |_, _| 0.0);
    if let Some(error) = ho.error() {
        return Err(error.clone());
    }
    let trial = &ho.history().trials()[0];
    let mut needed = ho.space().assignments(trial.point()).map(|(label, _)| label);
    let missing = needed.find(|label| !labels.iter().any(|given| given == label)).map(ToOwned::to_owned);
    drop(needed);
    match missing {
        Some(name) => Err(Error::Missing { name }),
        None => ho.params.into_last().ok_or(Error::NoTrials),
    }
}
