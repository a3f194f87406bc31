//! Sweeps: their space, their trials and how they ended.

mod by_name;
mod full_budget;
mod initial_points;
mod params;
mod spent;
mod stop_reason;
mod typed;

pub use by_name::BestByName;
pub(crate) use full_budget::full_budget_note;
pub use initial_points::{InitialPoints, IntoInitialPoints, TryFirst, WrittenValue};
pub(crate) use initial_points::{is_at, is_tried};
pub(crate) use params::Params;
pub(crate) use spent::spent_note;
pub use stop_reason::StopReason;
pub use typed::{Best, Hyperoptimizer, Nondominated};

use std::borrow::Cow;
use std::time::Duration;

use crate::error::Error;
use crate::history::{Goal, Goals, History};
use crate::space::{Space, number as shown};
use crate::trial::{Record, State, Trial, WorkingTime};

/// A sweep without its types: the space, the trials, and the settings that produced them.
///
/// Figures, tables and files are made from it; [`Hyperoptimizer`](crate::Hyperoptimizer) adds the typed parameters.
#[derive(Clone, Debug)]
pub struct Sweep {
    pub(crate) space: Space,
    pub(crate) history: History,
    pub(crate) goals: Goals,
    /// The names of the objectives, once a trial has named them.
    pub(crate) names: Vec<Cow<'static, str>>,
    pub(crate) seed: u64,
    pub(crate) sampler: String,
    pub(crate) end: StopReason,
    pub(crate) error: Option<Error>,
    pub(crate) notes: Vec<String>,
    pub(crate) elapsed: Duration,
    /// The resources after which the sweep ends.
    pub(crate) spend: Option<f64>,
}

impl Sweep {
    /// Restores a sweep from the recorded trials of a study, without the program that runs it.
    ///
    /// Returns `None` if `goals` is empty, or if the numbers of the trials are not 0, 1, 2 and so on.
    #[must_use]
    pub fn restored(
        space: Space,
        goals: &[Goal],
        names: Vec<String>,
        seed: u64,
        sampler: String,
        records: &[Record],
    ) -> Option<Self> {
        let goals = Goals::new(goals)?;
        let mut history = History::default();
        for (number, record) in records.iter().enumerate() {
            if record.trial.number() != number {
                return None;
            }
            history.push(record.trial.opened());
            history.replace(record.trial.clone());
        }
        let names = names.into_iter().map(Cow::Owned).collect();
        let mut time = WorkingTime::default();
        let closed = records.iter().filter(|record| record.trial.state() != State::Running);
        closed.for_each(|record| time.add(record.stretch, record.trial.duration()));
        let elapsed = time.total();
        let (end, error, notes) = (StopReason::Open, None, Vec::new());
        Some(Self { space, history, goals, names, seed, sampler, end, error, notes, elapsed, spend: None })
    }

    /// Returns the axes.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// Returns the trials as samplers see them.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Returns the number of trials, running ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.history.len()
    }

    /// Returns whether there is no trial.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.history.is_empty()
    }

    /// Returns all trials, in the order of their numbers; short for `history().trials()`.
    ///
    /// ```
    /// use hyperopt_core::{Parameters, Search};
    ///
    /// let space = Parameters::new().with("x", 0.0..=1.0);
    /// let sweep = Search::new(space).seed(7).run(0..3, |_, params| params["x"]).into_sweep();
    /// assert_eq!((sweep.len(), sweep.trials()[2].number()), (3, 2));
    /// ```
    #[must_use]
    pub fn trials(&self) -> &[Trial] {
        self.history.trials()
    }

    /// Returns whether small or large objectives are good: the first of several goals.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goals.first()
    }

    /// Returns the goals, one for each objective.
    #[must_use]
    pub fn goals(&self) -> &[Goal] {
        self.goals.as_slice()
    }

    /// Returns the names of the objectives, one for each goal: those given by
    /// [`Metrics::objectives`](crate::Metrics::objectives), otherwise `objective`, or `objective 0`, `objective 1` and so
    /// on for several.
    #[must_use]
    pub fn objective_names(&self) -> Vec<Cow<'static, str>> {
        match self.goals.len() {
            goals if self.names.len() == goals => self.names.clone(),
            1 => vec!["objective".into()],
            goals => (0..goals).map(|index| format!("objective {index}").into()).collect(),
        }
    }

    /// Returns the seed, given or drawn, which reproduces the sweep.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Returns the name of the sampler.
    #[must_use]
    pub fn sampler(&self) -> &str {
        &self.sampler
    }

    /// Returns the reason why the sweep ended.
    #[must_use]
    pub fn end(&self) -> StopReason {
        self.end
    }

    /// Returns the error of the sweep itself, such as faulty candidates or a sampler that cannot work on them; `None` if
    /// there is none.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// Returns the notes about the sweep, which the table shows at its end.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Adds a note to those that the table shows, unless the sweep has it already.
    pub fn add_note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Returns the wall-clock time in which the sweep was worked on, from start to end, including that of earlier sweeps that
    /// this one resumes.
    ///
    /// In a study, it is the time in which any process worked on it, from the start of a process to its last closed trial, so
    /// that every process and every reader of the study gets the same result: overlapping times count once, and pauses do not
    /// count. Trials that other programs or earlier versions have recorded count with their durations.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    pub(crate) fn fail(&mut self, error: Error) {
        self.end = StopReason::Error;
        self.error = Some(error);
    }

    /// Returns the number and the objective of the complete trial that is best for `goal`, or the reason why no trial is.
    pub(crate) fn best_for(&self, goal: Goal) -> Result<(usize, f64), Error> {
        match self.history.best(goal) {
            None => {}
            Some((trial, _)) if !trial.is_feasible() => return Err(self.infeasible(trial)),
            Some(_) if self.goals.len() > 1 => return Err(Error::SeveralGoals { goals: self.goals.len() }),
            Some((trial, value)) => return Ok((trial.number(), value)),
        }
        Err(self.without_result())
    }

    /// Returns the numbers of the trials on the Pareto front, sorted by the first objective, or the reason why it is empty.
    pub(crate) fn pareto(&self) -> Result<Vec<usize>, Error> {
        let front: Vec<_> = self.history.pareto(self.goals()).iter().map(|trial| trial.number()).collect();
        match self.history.best(self.goal()) {
            _ if !front.is_empty() => Ok(front),
            Some((trial, _)) if !trial.is_feasible() => Err(self.infeasible(trial)),
            _ => Err(self.without_result()),
        }
    }

    /// Makes the error that not even `trial` is feasible.
    fn infeasible(&self, trial: &Trial) -> Error {
        let (trials, number, violation) = (self.history.count(State::Complete), trial.number(), trial.violation());
        let violated = trial.constraints().iter().filter(|(_, value)| value.is_nan() || *value > 0.0);
        let violated: Vec<_> = violated.map(|(name, value)| format!("`{name}` = {}", shown(*value))).collect();
        Error::NoneFeasible { trials, number, violation, violated: violated.join(", ") }
    }

    /// Makes the error that says why there is no complete trial.
    fn without_result(&self) -> Error {
        if let Some(error) = &self.error {
            return error.clone();
        }
        let trials = self.history.trials();
        let failed = trials.iter().find(|trial| trial.reason().is_some());
        match failed.or(trials.first()) {
            None => Error::NoTrials,
            Some(trial) => Error::NoneComplete {
                trials: trials.len(),
                number: trial.number(),
                reason: trial.reason().map_or_else(|| format!("is {}", trial.state()), ToString::to_string),
            },
        }
    }
}

impl AsRef<Sweep> for Sweep {
    fn as_ref(&self) -> &Sweep {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Point;
    use crate::trial::{Metrics, Outcome};

    #[test]
    fn a_sweep_is_restored_from_the_records_of_its_trials() {
        let outcomes = [
            Some(Outcome::value(0.5)),
            Some(Metrics::objectives([("loss", 0.5), ("speed", 2.0)]).with("epochs", 3.0).constraint("c", 1.0).into()),
            Some(Outcome::values([0.5, f64::INFINITY])),
            Some(Outcome::failed("no luck")),
            Some(Outcome::pruned()),
            Some(Outcome::interrupted()),
            None,
        ];
        let trials = outcomes.into_iter().enumerate().map(|(number, outcome)| {
            let mut trial = Trial::running(number, number / 2, Some(3.0), Point::from(vec![0.5, f64::NAN]));
            trial.report(2, 0.25);
            if let Some(outcome) = outcome {
                trial.close(outcome, Duration::from_millis(7));
            }
            trial
        });
        let trials: Vec<_> = trials.collect();
        let records: Vec<_> = trials.iter().cloned().map(Record::new).collect();
        let restore =
            |records| Sweep::restored(Space::default(), &[Goal::Minimize], Vec::new(), 7, String::new(), records);
        let sweep = restore(&records).unwrap();
        assert_eq!(sweep.history().trials(), trials);
        assert_eq!((sweep.history().running(), sweep.history().configurations()), (1, 4));
        assert_eq!(sweep.elapsed(), Duration::from_millis(42));
        assert!(restore(&records[1..]).is_none());
    }
}
