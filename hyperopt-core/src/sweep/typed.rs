//! A sweep with its typed parameters.

use std::fmt;

use crate::error::Error;
use crate::history::pareto::hypervolume;
use crate::history::{Goal, History};
use crate::space::{Point, Space};
use crate::sweep::{InitialPoints, Params, StopReason, Sweep};
use crate::trial::Trial;

/// A sweep with its typed parameters, to which `hyperopt!` evaluates.
///
/// `P` has one field for each hyperparameter. It is the struct in `into = Settings`; without that setting, the macro defines a
/// struct that code cannot name, and [`map`](Self::map) converts it to another type. `D` is [`Sweep`] for a sweep that its loop
/// has run, and [`AskTell`](crate::AskTell) for one that is asked and told by hand.
///
/// Its `Display` output is the table of the best trials, fitted to the terminal: `{ho:80}` sets its width, and `{ho:#}` shows
/// all columns. See the [`Display` of `Sweep`](Sweep#impl-Display-for-Sweep).
///
/// ```
/// # use hyperopt_core::Hyperoptimizer;
/// struct Config {
///     lr: f64,
/// }
///
/// fn report<P>(ho: &Hyperoptimizer<P>) -> Result<(), hyperopt_core::Error> {
///     println!("{ho}");
///     println!("{} after {} trials", ho.best()?.value, ho.len());
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a sweep without a loop runs nothing until it is asked, and the result of a loop is in here"]
pub struct Hyperoptimizer<P, D = Sweep> {
    pub(crate) params: Params<P>,
    pub(crate) source: D,
}

/// The best trial of a sweep.
///
/// Its `Display` output is one line, `0.25 at trial 7: lr = 0.01, layers = 3`; with `{:#}`, a line for each hyperparameter.
///
/// ```
/// # use hyperopt_core::{Error, GridSampler, Search, hp};
/// let space = (hp::choice("act", ["relu", "tanh"]), hp::randint("layers", 3));
/// let ho = Search::new(space).sampler(GridSampler::new()).run(.., |_, (act, layers)| act.len() as i64 - layers);
/// assert_eq!(ho.best()?.to_string(), "2 at trial 2: act = relu, layers = 2");
/// assert_eq!(format!("{:#}", ho.best()?), "2 at trial 2\n  act    = relu\n  layers = 2");
/// # Ok::<(), Error>(())
/// ```
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Best<'a, P> {
    /// The number of the trial.
    pub number: usize,
    /// Its objective, always finite.
    pub value: f64,
    /// Its hyperparameters, one typed field each.
    pub params: &'a P,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) sweep: &'a Sweep,
}

impl<P: fmt::Debug> fmt::Debug for Best<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, value, params, sweep: _ } = self;
        let mut best = f.debug_struct("Best");
        best.field("number", number).field("value", value).field("params", params).finish_non_exhaustive()
    }
}

impl<P: PartialEq> PartialEq for Best<'_, P> {
    fn eq(&self, other: &Self) -> bool {
        let values = |best: &Self| (best.number, best.value);
        values(self) == values(other) && self.params == other.params
    }
}

/// A trial on the Pareto front of a sweep with several goals.
#[derive(Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Nondominated<'a, P> {
    /// The number of the trial.
    pub number: usize,
    /// Its objectives, one for each goal, always finite.
    pub values: &'a [f64],
    /// Its hyperparameters, one typed field each.
    pub params: &'a P,
}

impl<P> Clone for Nondominated<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Nondominated<'_, P> {}

impl<P> Clone for Best<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Best<'_, P> {}

impl<P> Hyperoptimizer<P> {
    pub(crate) fn new(sweep: Sweep, params: Params<P>) -> Self {
        Self { params, source: sweep }
    }

    /// Makes a sweep with typed parameters, which `decode` makes of the point of each trial.
    pub(crate) fn decoded(sweep: Sweep, decode: impl Fn(&Point) -> P) -> Self {
        let params = Params::of(sweep.history().trials(), decode);
        Self::new(sweep, params)
    }

    /// Maps the parameters of each trial by `f`.
    pub fn map<Q>(self, f: impl FnMut(P) -> Q) -> Hyperoptimizer<Q> {
        Hyperoptimizer { params: self.params.map(f), source: self.source }
    }

    /// Adds a note to those that the table shows, unless the sweep has it already.
    pub fn add_note(&mut self, note: impl Into<String>) {
        self.source.add_note(note);
    }

    /// Maps the error of the sweep by `f`, if it has one; for example, [`Error::worded`] changes the words of its advice.
    pub fn map_error(&mut self, f: impl FnOnce(Error) -> Error) {
        self.source.error = self.source.error.take().map(f);
    }

    /// Returns the sweep without its types.
    #[must_use]
    pub fn into_sweep(self) -> Sweep {
        self.source
    }
}

impl<P, D: AsRef<Sweep>> Hyperoptimizer<P, D> {
    /// Returns the sweep without its types, from which figures and files are made.
    pub fn sweep(&self) -> &Sweep {
        self.source.as_ref()
    }

    /// Returns the best complete trial by the sweep's goal, among those that satisfy their constraints; the earliest of equals.
    ///
    /// # Errors
    ///
    /// Fails if no trial has a finite objective, quoting the first failure or the error of the sweep; if no trial is
    /// feasible, naming the trial that violates its constraints least; or if the sweep has several goals (see
    /// [`pareto`](Self::pareto)).
    pub fn best(&self) -> Result<Best<'_, P>, Error> {
        self.best_for(self.sweep().goal())
    }

    /// Returns the Pareto front of a sweep with several goals: the complete and feasible trials that no other trial
    /// dominates, that is, equals in all objectives and beats in at least one. The front has at least one trial, and is
    /// sorted by the first objective from the best to the worst.
    ///
    /// # Errors
    ///
    /// Fails as [`best`](Self::best) does, except for the number of goals.
    pub fn pareto(&self) -> Result<Vec<Nondominated<'_, P>>, Error> {
        let trials = self.history().trials();
        let front = self.sweep().pareto()?.into_iter();
        let item = |number: usize| {
            Some(Nondominated { number, values: trials[number].values(), params: self.params.get(number)? })
        };
        Ok(front.filter_map(item).collect())
    }

    /// Returns the hypervolume of the Pareto front: the volume of the objective space that the front dominates, bounded by
    /// the reference point `reference`, which should be worse than every objective of interest.
    ///
    /// Hypervolumes of sweeps are comparable for the same reference. The hypervolume is 0 if no trial is better than the
    /// reference in all objectives.
    ///
    /// # Errors
    ///
    /// Fails if `reference` does not have one number for each goal.
    pub fn hypervolume(&self, reference: &[f64]) -> Result<f64, Error> {
        let goals = self.sweep().goals();
        if reference.len() != goals.len() || reference.iter().any(|value| value.is_nan()) {
            return Err(Error::Reference { goals: goals.len(), reference: reference.to_vec() });
        }
        let front = self.history().pareto(goals);
        Ok(hypervolume(front.iter().map(|trial| trial.objectives()), goals, reference))
    }

    /// Returns the smallest objective, whatever the goal.
    ///
    /// # Errors
    ///
    /// Fails as [`best`](Self::best) does.
    pub fn minimum(&self) -> Result<f64, Error> {
        Ok(self.best_for(Goal::Minimize)?.value)
    }

    /// Returns the hyperparameters of the smallest objective, whatever the goal.
    ///
    /// # Errors
    ///
    /// Fails as [`best`](Self::best) does.
    pub fn minimizer(&self) -> Result<&P, Error> {
        Ok(self.best_for(Goal::Minimize)?.params)
    }

    /// Returns the largest objective, whatever the goal.
    ///
    /// # Errors
    ///
    /// Fails as [`best`](Self::best) does.
    pub fn maximum(&self) -> Result<f64, Error> {
        Ok(self.best_for(Goal::Maximize)?.value)
    }

    /// Returns the hyperparameters of the largest objective, whatever the goal.
    ///
    /// # Errors
    ///
    /// Fails as [`best`](Self::best) does.
    pub fn maximizer(&self) -> Result<&P, Error> {
        Ok(self.best_for(Goal::Maximize)?.params)
    }

    fn best_for(&self, goal: Goal) -> Result<Best<'_, P>, Error> {
        let (number, value) = self.sweep().best_for(goal)?;
        let without = || self.error().cloned().unwrap_or(Error::NoTrials);
        Ok(Best { number, value, params: self.params.get(number).ok_or_else(without)?, sweep: self.sweep() })
    }

    /// Returns the best `count` points, best first, to be tried first in another sweep: `try_first =
    /// earlier.best_points(5)`.
    ///
    /// Equal points are returned once. In a sweep with budgets, those with the most resources come first.
    pub fn best_points(&self, count: usize) -> InitialPoints {
        InitialPoints::best_of(self.sweep(), count)
    }

    /// Returns the number of trials, in any state.
    #[must_use]
    pub fn len(&self) -> usize {
        self.history().len()
    }

    /// Returns whether there is no trial.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.history().is_empty()
    }

    /// Iterates over all trials in the order of asking, with their typed parameters.
    pub fn trials(&self) -> impl ExactSizeIterator<Item = (&Trial, &P)> + Clone {
        let trials = self.history().trials();
        self.params.iter().map(|(number, params)| (&trials[number], params))
    }

    /// Iterates over the objectives of the trials in the order of asking; `None` for a trial that is not complete.
    pub fn results(&self) -> impl ExactSizeIterator<Item = Option<f64>> + Clone {
        self.history().trials().iter().map(Trial::objective)
    }

    /// Returns the trials as samplers see them.
    pub fn history(&self) -> &History {
        self.sweep().history()
    }

    /// Returns the axes.
    pub fn space(&self) -> &Space {
        self.sweep().space()
    }

    /// Returns whether small or large objectives are good: the first of several goals.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.sweep().goal()
    }

    /// Returns the goals, one for each objective.
    #[must_use]
    pub fn goals(&self) -> &[Goal] {
        self.sweep().goals()
    }

    /// Returns the seed, given or drawn, which reproduces the sweep.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.sweep().seed()
    }

    /// Returns the reason why the sweep ended.
    #[must_use]
    pub fn end(&self) -> StopReason {
        self.sweep().end()
    }

    /// Returns the error of the sweep itself, if it has one; no trial ran after the error.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.sweep().error()
    }
}

impl<P, D: AsRef<Sweep>> AsRef<Sweep> for Hyperoptimizer<P, D> {
    fn as_ref(&self) -> &Sweep {
        self.sweep()
    }
}
