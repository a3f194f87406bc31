use crate::error::Error;
use crate::history::pareto::hypervolume;
use crate::history::{Goal, History};
use crate::space::Point;
use crate::space::Space;
use crate::sweep::{InitialPoints, StopReason, Sweep};
use crate::trial::Trial;

/// A sweep with its typed parameters: what `hyperopt!` evaluates to.
///
/// `P` has one field for each hyperparameter. It is a struct of the macro's own without a name to write down: to hand a
/// result on, copy its fields into a struct of yours. `D` is [`Sweep`] for a sweep that has been run by its loop, and
/// [`AskTell`](crate::AskTell) for one that is asked and told by hand.
///
/// Shown with `{}`, it is the table of the best trials.
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
    pub(crate) params: Vec<P>,
    pub(crate) source: D,
}

/// The best trial of a sweep.
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub struct Best<'a, P> {
    /// The number of the trial.
    pub number: usize,
    /// Its objective, always finite.
    pub value: f64,
    /// Its hyperparameters, one typed field each.
    pub params: &'a P,
}

/// A trial on the Pareto front of a sweep with several goals.
#[derive(Debug, PartialEq)]
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
    pub(crate) fn new(sweep: Sweep, params: Vec<P>) -> Self {
        Self { params, source: sweep }
    }

    /// Makes the typed parameters of each trial by `decode`.
    pub(crate) fn decoded(sweep: Sweep, decode: impl Fn(&Point) -> P) -> Self {
        let params = sweep.history().trials().iter().map(|trial| decode(trial.point())).collect();
        Self::new(sweep, params)
    }

    /// The same sweep with what `f` makes of the parameters of each trial.
    pub fn map<Q>(self, f: impl FnMut(P) -> Q) -> Hyperoptimizer<Q> {
        Hyperoptimizer { params: self.params.into_iter().map(f).collect(), source: self.source }
    }

    /// The sweep without its types.
    #[must_use]
    pub fn into_sweep(self) -> Sweep {
        self.source
    }
}

impl<P, D: AsRef<Sweep>> Hyperoptimizer<P, D> {
    /// The sweep without its types: what figures and files are made of.
    pub fn sweep(&self) -> &Sweep {
        self.source.as_ref()
    }

    /// The best complete trial by the sweep's goal, the earliest of equals, among those that keep their constraints.
    ///
    /// # Errors
    ///
    /// If no trial has a finite objective; the error says why, quoting the first failure, or what is wrong with the sweep.
    /// If no trial is feasible; the error names the one that violates its constraints least. If the sweep has several
    /// goals: see [`pareto`](Self::pareto).
    pub fn best(&self) -> Result<Best<'_, P>, Error> {
        self.best_for(self.sweep().goal())
    }

    /// The Pareto front of a sweep with several goals: the complete and feasible trials that no other one beats, which is to
    /// be as good in all objectives and better in one. At least one trial, sorted by the first objective from the best to
    /// the worst.
    ///
    /// # Errors
    ///
    /// As [`best`](Self::best), but for the number of goals.
    pub fn pareto(&self) -> Result<Vec<Nondominated<'_, P>>, Error> {
        let trials = self.history().trials();
        let front = self.sweep().pareto()?.into_iter();
        let item =
            |number: usize| Nondominated { number, values: trials[number].values(), params: &self.params[number] };
        Ok(front.map(item).collect())
    }

    /// The hypervolume of the Pareto front: the size of the part of the space of objectives that a trial beats and that
    /// `reference`, a point that is as bad as anything worth mentioning, does not reach.
    ///
    /// Comparable between sweeps with one reference; 0 where no trial is better than it in all objectives, or there is none.
    ///
    /// # Errors
    ///
    /// If `reference` is not one number for each goal.
    pub fn hypervolume(&self, reference: &[f64]) -> Result<f64, Error> {
        let goals = self.sweep().goals();
        if reference.len() != goals.len() || reference.iter().any(|value| value.is_nan()) {
            return Err(Error::Reference { goals: goals.len(), reference: reference.to_vec() });
        }
        let front = self.history().pareto(goals);
        Ok(hypervolume(front.iter().map(|trial| trial.objectives()), goals, reference))
    }

    /// The smallest objective, whatever the goal.
    ///
    /// # Errors
    ///
    /// As [`best`](Self::best).
    pub fn minimum(&self) -> Result<f64, Error> {
        Ok(self.best_for(Goal::Minimize)?.value)
    }

    /// The hyperparameters of the smallest objective, whatever the goal.
    ///
    /// # Errors
    ///
    /// As [`best`](Self::best).
    pub fn minimizer(&self) -> Result<&P, Error> {
        Ok(self.best_for(Goal::Minimize)?.params)
    }

    /// The largest objective, whatever the goal.
    ///
    /// # Errors
    ///
    /// As [`best`](Self::best).
    pub fn maximum(&self) -> Result<f64, Error> {
        Ok(self.best_for(Goal::Maximize)?.value)
    }

    /// The hyperparameters of the largest objective, whatever the goal.
    ///
    /// # Errors
    ///
    /// As [`best`](Self::best).
    pub fn maximizer(&self) -> Result<&P, Error> {
        Ok(self.best_for(Goal::Maximize)?.params)
    }

    fn best_for(&self, goal: Goal) -> Result<Best<'_, P>, Error> {
        let (number, value) = self.sweep().best_for(goal)?;
        Ok(Best { number, value, params: &self.params[number] })
    }

    /// The best `count` points, best first: to try first in another sweep, `try_first = earlier.best_points(5)`.
    ///
    /// Each point counts once. In a sweep with budgets, those with the most resources come first.
    pub fn best_points(&self, count: usize) -> InitialPoints {
        InitialPoints::best_of(self.sweep(), count)
    }

    /// The number of trials, of whatever state.
    #[must_use]
    pub fn len(&self) -> usize {
        self.history().len()
    }

    /// Whether no trial was run.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.history().is_empty()
    }

    /// All trials in the order of asking, with their typed parameters.
    pub fn trials(&self) -> impl ExactSizeIterator<Item = (&Trial, &P)> + Clone {
        self.history().trials().iter().zip(&self.params)
    }

    /// The objective of each trial in the order of asking; `None` for a trial that is not complete.
    pub fn results(&self) -> impl ExactSizeIterator<Item = Option<f64>> + Clone {
        self.history().trials().iter().map(Trial::objective)
    }

    /// The trials as samplers see them.
    pub fn history(&self) -> &History {
        self.sweep().history()
    }

    /// The axes.
    pub fn space(&self) -> &Space {
        self.sweep().space()
    }

    /// Whether small or large objectives are good: the first goal, where there are several.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.sweep().goal()
    }

    /// The goals, one for each objective.
    #[must_use]
    pub fn goals(&self) -> &[Goal] {
        self.sweep().goals()
    }

    /// The seed, given or drawn: with it, the same sweep runs again.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.sweep().seed()
    }

    /// Why the sweep ended.
    #[must_use]
    pub fn end(&self) -> StopReason {
        self.sweep().end()
    }

    /// What is wrong with the sweep itself, if anything is; no trial was run then, or none after that.
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
