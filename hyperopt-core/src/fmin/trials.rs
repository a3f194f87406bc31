//! The trials of a call of `fmin`, and the best of them.

use std::collections::BTreeMap;
use std::fmt;

use super::Argmin;
use crate::engine::Earlier;
use crate::error::Error;
use crate::space::Value;
use crate::sweep::{Hyperoptimizer, Sweep};
use crate::trial::{State, Trial};

/// The status of a trial with a finite loss.
pub const STATUS_OK: &str = "ok";

/// The status of any other trial.
pub const STATUS_FAIL: &str = "fail";

/// The trials of a call of [`fmin`](fn@super::fmin), to be examined or resumed.
///
/// All trials are included, also failed ones, in the order of asking.
#[derive(Clone, Debug)]
#[must_use = "the results of the search are in here"]
pub struct FminTrials<P> {
    ho: Hyperoptimizer<P>,
}

impl<P> FminTrials<P> {
    pub(super) fn new(ho: Hyperoptimizer<P>) -> Self {
        Self { ho }
    }

    /// Returns the number of trials.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ho.len()
    }

    /// Returns whether there is no trial.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ho.is_empty()
    }

    /// Iterates over the trials with their parameters.
    #[must_use]
    pub fn trials(&self) -> impl ExactSizeIterator<Item = (&Trial, &P)> + Clone {
        self.ho.trials()
    }

    /// Returns the numbers of the trials.
    #[must_use]
    pub fn tids(&self) -> Vec<usize> {
        (0..self.len()).collect()
    }

    /// Returns the loss of each trial; `None` for one without a loss.
    #[must_use]
    pub fn losses(&self) -> Vec<Option<f64>> {
        self.ho.history().trials().iter().map(Trial::value).collect()
    }

    /// Returns [`STATUS_OK`] for each trial with a finite loss, [`STATUS_FAIL`] for any other.
    #[must_use]
    pub fn statuses(&self) -> Vec<&'static str> {
        let status = |trial: &Trial| if trial.state() == State::Complete { STATUS_OK } else { STATUS_FAIL };
        self.ho.history().trials().iter().map(status).collect()
    }

    /// Returns the loss and the status of each trial.
    #[must_use]
    pub fn results(&self) -> Vec<(Option<f64>, &'static str)> {
        self.losses().into_iter().zip(self.statuses()).collect()
    }

    /// Returns the values for each label, in the order of the trials that have one. They are values, never indices into a
    /// choice.
    #[must_use]
    pub fn vals(&self) -> BTreeMap<String, Vec<Value>> {
        self.by_label(|_, value| value)
    }

    /// Returns the numbers of the trials that have a value, for each label.
    #[must_use]
    pub fn idxs(&self) -> BTreeMap<String, Vec<usize>> {
        self.by_label(|number, _| number)
    }

    fn by_label<T>(&self, item: impl Fn(usize, Value) -> T) -> BTreeMap<String, Vec<T>> {
        let space = self.ho.space();
        // The entries are inserted one by one: collecting a map would sort them, and each sort of another type is compiled
        // anew.
        let mut all: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for label in space.parameters() {
            all.entry(label.to_owned()).or_default();
        }
        for trial in self.ho.history().trials() {
            for (label, value) in space.assignments(trial.point()) {
                all.entry(label.to_owned()).or_default().push(item(trial.number(), value));
            }
        }
        all
    }

    /// Returns the trial with the smallest loss, the earliest of equals.
    ///
    /// # Errors
    ///
    /// Fails if no trial has a finite loss; the error quotes the first failure.
    pub fn best_trial(&self) -> Result<&Trial, Error> {
        Ok(&self.ho.history().trials()[self.ho.best()?.number])
    }

    /// Returns the values of the best trial by their labels.
    ///
    /// # Errors
    ///
    /// Fails as [`best_trial`](Self::best_trial) does.
    pub fn argmin(&self) -> Result<Argmin, Error> {
        Ok(Argmin::of(self.ho.space(), self.best_trial()?.point()))
    }

    /// Returns the loss of the best trial.
    ///
    /// # Errors
    ///
    /// Fails as [`best_trial`](Self::best_trial) does.
    pub fn average_best_error(&self) -> Result<f64, Error> {
        Ok(self.ho.best()?.value)
    }

    /// Returns the sweep, for its table, figures and files.
    pub fn hyperoptimizer(&self) -> &Hyperoptimizer<P> {
        &self.ho
    }

    /// Returns the best trial, together with all trials.
    ///
    /// # Errors
    ///
    /// Fails as [`best_trial`](Self::best_trial) does.
    pub fn minimum(self) -> Result<Minimum<P>, Error> {
        let best = self.ho.best()?;
        let (number, loss, argmin) = (best.number, best.value, self.argmin()?);
        Ok(Minimum { number, loss, argmin, trials: self })
    }
}

impl<P> AsRef<Sweep> for FminTrials<P> {
    fn as_ref(&self) -> &Sweep {
        self.ho.sweep()
    }
}

/// Writes the table of the best trials.
impl<P> fmt::Display for FminTrials<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ho.fmt(f)
    }
}

#[diagnostic::do_not_recommend]
impl<P> Earlier for FminTrials<P> {
    fn earlier(self) -> Sweep {
        self.ho.into_sweep()
    }
}

#[diagnostic::do_not_recommend]
impl<P> Earlier for &FminTrials<P> {
    fn earlier(self) -> Sweep {
        self.ho.sweep().clone()
    }
}

/// The result of [`Fmin::run`](super::Fmin::run): the trial with the smallest loss, and all others. Its `Display` output is
/// the values of that trial.
#[derive(Clone, Debug)]
pub struct Minimum<P> {
    number: usize,
    loss: f64,
    argmin: Argmin,
    trials: FminTrials<P>,
}

impl<P> Minimum<P> {
    /// Returns the values of the best trial by their labels.
    #[must_use]
    pub fn argmin(&self) -> &Argmin {
        &self.argmin
    }

    /// Returns the parameters of the best trial, as the function took them; in Python, `space_eval` and
    /// `return_argmin=False` give them.
    ///
    /// # Panics
    ///
    /// Never panics: a trial without parameters is never the best.
    #[must_use]
    pub fn params(&self) -> &P {
        self.trials.ho.params.get(self.number).expect("a trial with a result has parameters")
    }

    /// Returns the smallest loss.
    #[must_use]
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// Returns the number of the best trial.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Returns all trials.
    pub fn trials(&self) -> &FminTrials<P> {
        &self.trials
    }

    /// Returns all trials, to be resumed.
    pub fn into_trials(self) -> FminTrials<P> {
        self.trials
    }
}

impl<P> fmt::Display for Minimum<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.argmin.fmt(f)
    }
}
