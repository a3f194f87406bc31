//! The errors of a sweep, whose messages say what to write instead.

mod candidates;
mod counted;
mod remedy;

pub use candidates::CandidatesError;
pub(crate) use counted::counted;
pub use remedy::{Advice, Remedy};

use std::fmt;

use thiserror::Error;

use crate::plain::{plain, plain_line};
use crate::space::{SpaceMismatch, Value};
use crate::sweep::StopReason;

/// The reason why a sweep has no result, or could not continue.
#[derive(Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum Error {
    /// The candidates of a hyperparameter are faulty; no trial was run.
    #[error("hyperparameter `{}`: {}", plain_line(.name), plain(&.fault.to_string()))]
    Candidates {
        /// The hyperparameter.
        name: String,
        /// The fault of the candidates.
        #[source]
        fault: CandidatesError,
    },
    /// Two hyperparameters have one name; no trial was run.
    #[error("there are two hyperparameters `{}`; give one of them another name", plain_line(.name))]
    Repeated {
        /// The name.
        name: String,
    },
    /// The sweep resumes an earlier one with other hyperparameters; no trial was run.
    #[error("cannot go on from the earlier sweep: {}", plain(&.0.to_string()))]
    Space(#[from] SpaceMismatch),
    /// A point of `try_first` has a value that the hyperparameter cannot take; no trial was run.
    #[error("try_first: `{name} = {written}`{} is not among the candidates {candidates}", evaluated(.written, .value))]
    TryFirst {
        /// The hyperparameter.
        name: String,
        /// The source text of the value.
        written: String,
        /// The value.
        value: Value,
        /// The candidates.
        candidates: String,
    },
    /// A point of `try_first` has too many values for a hyperparameter, or too few; no trial was run.
    #[error("try_first: `{name} = {written}` has {}, and `{name}` {expected}; write one for each", counted(*.found, "value"))]
    Miscounted {
        /// The hyperparameter.
        name: String,
        /// The source text of the values.
        written: String,
        /// The number of values that the point has.
        found: usize,
        /// The number of values that the hyperparameter has.
        expected: usize,
    },
    /// A point to try first names an unknown hyperparameter; no trial was run.
    #[error("there is no hyperparameter `{name}` to be {value}; leave it out, or write the name of one")]
    Unknown {
        /// The name.
        name: String,
        /// The value that it should have.
        value: Value,
    },
    /// The study could not keep the sweep, or keeps another one.
    #[error("{}{}", of_study(.study, .reason), .advice.as_ref().map_or("", |advice| &advice.words))]
    Study {
        /// Its name; empty if it could not be opened.
        study: String,
        /// What went wrong, and what to do about it.
        reason: String,
        /// The setting that helps, which ends the message.
        advice: Option<Advice>,
    },
    /// A sweep with a study resumes it, and cannot resume another sweep too; no trial was run.
    #[error("`study` and `ho` both say what the sweep goes on from; leave one out")]
    StudyAndEarlier,
    /// The sampler cannot work on this space, or proposed something that is not a point of it.
    #[error("{}: {}", plain_line(.sampler), plain(.reason))]
    Sampler {
        /// The sampler's name.
        sampler: String,
        /// Its reason.
        reason: String,
    },
    /// The head `..` asks for all trials that the sampler plans, and the sampler has no plan: the sweep would never end.
    #[error(
        "`for _ in ..` runs all that the sampler plans, but {sampler} never ends; write `0..n`, or `0..` with a `break`"
    )]
    Endless {
        /// The sampler's name.
        sampler: String,
    },
    /// There are several of the errors above.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Several(Vec<Error>),
    /// A trial failed in a sweep that stops there.
    #[error("trial {number} failed: {}", plain(.reason))]
    Failed {
        /// The number of the trial.
        number: usize,
        /// The reason.
        reason: String,
    },
    /// The trials could not be written to their file, or read from it.
    #[error("the trials in `{}` {}", plain_line(.file), plain(.reason))]
    SaveFile {
        /// The file.
        file: String,
        /// What went wrong, and what to do about it.
        reason: String,
    },
    /// A point of a space lacks a value that it needs.
    #[error("there is no value for `{name}`, which is active in this point; give it one")]
    Missing {
        /// The hyperparameter.
        name: String,
    },
    /// No trial was run: an empty head, a `break` in the first trial, a timeout of zero.
    #[error("no trial has finished, so there is no best one")]
    NoTrials,
    /// Trials were run, and not one of them has a finite objective.
    #[error("{} a finite objective; trial {number}: {}", none_of(*.trials, "trial", "has", "does not have"), plain(.reason))]
    NoneComplete {
        /// How many trials were run.
        trials: usize,
        /// The first trial that failed, or the first one.
        number: usize,
        /// What became of it.
        reason: String,
    },
    /// Trials are complete, and every one of them violates a constraint.
    #[error(
        "{} feasible; trial {number} violates its constraints least, by {violation}: {}",
        none_of(*.trials, "complete trial", "is", "is not"),
        plain(.violated)
    )]
    NoneFeasible {
        /// How many trials are complete.
        trials: usize,
        /// The trial that violates its constraints least.
        number: usize,
        /// By how much: the sum of the positive values of its constraints.
        violation: f64,
        /// Which constraints, with their values.
        violated: String,
    },
    /// A single best trial was asked for where there are several objectives.
    #[error("of {goals} objectives no trial is the best in all; `pareto()` gives the trials that no other one beats")]
    SeveralGoals {
        /// How many goals the sweep has.
        goals: usize,
    },
    /// A setting that ends the sweep cannot do so; no trial was run.
    #[error("`{name}` {reason}")]
    Limit {
        /// The setting.
        name: &'static str,
        /// What is wrong, and what to write instead.
        reason: String,
    },
    /// Importances of hyperparameters cannot be computed from the sweep.
    #[error("importances: {reason}")]
    Importances {
        /// The reason, and what to write instead.
        reason: String,
    },
    /// The list of goals is empty, as in `goal = []`; no trial was run.
    #[error("there is no goal; write `goal = Minimize`, or one for each objective, `goal = [Minimize, Maximize]`")]
    NoGoal,
    /// The sweep resumes an earlier one with another number of goals; no trial was run.
    #[error("cannot go on from the earlier sweep: it has {}, and this one {}; give as many", counted(*.earlier, "goal"), counted(*.goals, "goal"))]
    Goals {
        /// How many goals the earlier sweep has.
        earlier: usize,
        /// How many goals there are now.
        goals: usize,
    },
    /// A trial has not as many objectives as the sweep has goals.
    #[error("trial {number} has {}, and the sweep {}; {instead}", counted(*.objectives, "objective"), counted(*.goals, "goal"))]
    Objectives {
        /// The number of the trial.
        number: usize,
        /// How many objectives it has.
        objectives: usize,
        /// How many goals the sweep has.
        goals: usize,
        /// What to write instead.
        instead: String,
    },
    /// The reference of a hypervolume is no point among the objectives.
    #[error("the reference of a hypervolume is {}, one for each goal, and here it is {reference:?}", counted(*.goals, "number"))]
    Reference {
        /// How many goals the sweep has.
        goals: usize,
        /// The reference that was given.
        reference: Vec<f64>,
    },
    /// The executor of a parallel sweep cannot run its trials.
    #[error("the executor {reason}")]
    Executor {
        /// What it said, or did not do.
        reason: String,
    },
    /// The sweep is asked for another trial after its end.
    #[error("the sweep has ended after {} and starts no more: {end}", counted(*.trials, "trial"))]
    Ended {
        /// How many trials the sweep has.
        trials: usize,
        /// Why it ended.
        end: StopReason,
    },
    /// The sweep is asked for another trial while the sampler waits for the outcomes of its batch.
    #[error("the next trial depends on the {running} that run; tell them first")]
    Waiting {
        /// How many trials run.
        running: usize,
    },
    /// Code of the user's panicked in a parallel sweep: a sampler, a pruner, or the clone of a candidate. What was finished
    /// before is kept.
    #[error("{part} panicked: {reason}")]
    Panicked {
        /// What panicked.
        part: String,
        /// The message of the panic.
        reason: String,
    },
    /// A trial reported a step below 0.
    #[error("trial {number} reported step {step}; steps count from 0")]
    Step {
        /// The number of the trial.
        number: usize,
        /// The step.
        step: i128,
    },
    /// A trial was told that this sweep did not ask for, or that has been told already.
    #[error(
        "trial {number} is not waiting for its objective in this sweep: its ticket is another sweep's, or it has been told"
    )]
    NotAsked {
        /// The number of the trial.
        number: usize,
    },
}

/// Writes what `Display` writes, as the text is what `main` shows of an error that it returns.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// `not one of 3 trials has`, `the only trial does not have`
fn none_of(count: usize, noun: &str, verb: &str, only: &str) -> String {
    if count == 1 { format!("the only {noun} {only}") } else { format!("not one of {count} {noun}s {verb}") }
}

/// Names the study once: the stores name it too, and it has no name before it is opened.
fn of_study(study: &str, reason: &str) -> String {
    let (study, reason) = (plain_line(study), plain(reason));
    let named = format!("study `{study}`");
    if study.is_empty() || reason.starts_with(&named) { reason.into() } else { format!("{named}: {reason}") }
}

/// Returns the value of an expression whose text does not show it.
fn evaluated(written: &str, value: &Value) -> String {
    let is_literal = written.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '"' | '-'));
    if is_literal || value.exact() == written { String::new() } else { format!(", which is {},", value.exact()) }
}

impl Error {
    /// Returns the same error with its advice in the words of a front end: `words` returns the end of the message for a remedy,
    /// which may be empty.
    ///
    /// ```
    /// use hyperopt_core::{Advice, Error, Remedy};
    ///
    /// let advice = Advice::new(Remedy::OwnStudy, "; give this sweep a study of its own: `.name(\"…\")`");
    /// let error = Error::Study { study: "wine".into(), reason: "it counts trials".into(), advice: Some(advice) };
    /// assert!(error.to_string().ends_with("it counts trials; give this sweep a study of its own: `.name(\"…\")`"));
    /// let error = error.worded(|remedy| match remedy {
    ///     Remedy::OwnStudy => "; `--name NAME` gives it a study of its own".into(),
    ///     _ => String::new(),
    /// });
    /// assert!(error.to_string().ends_with("it counts trials; `--name NAME` gives it a study of its own"));
    /// ```
    #[must_use]
    pub fn worded(self, words: impl Fn(Remedy) -> String) -> Self {
        self.worded_by(&words)
    }

    fn worded_by(self, words: &dyn Fn(Remedy) -> String) -> Self {
        match self {
            Self::Study { study, reason, advice: Some(Advice { remedy, .. }) } => {
                Self::Study { study, reason, advice: Some(Advice::new(remedy, words(remedy))) }
            }
            Self::Several(errors) => Self::Several(errors.into_iter().map(|error| error.worded_by(words)).collect()),
            error => error,
        }
    }

    /// One error of several, or `None` of none.
    pub(crate) fn all(mut errors: Vec<Self>) -> Option<Self> {
        match errors.len() {
            0 | 1 => errors.pop(),
            _ => Some(Self::Several(errors)),
        }
    }
}
