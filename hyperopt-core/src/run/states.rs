//! The states that bodies return, kept until the next rung of the configuration takes them.

use std::collections::HashMap;

use crate::engine::{Engine, Job};
use crate::history::History;
use crate::run::Files;

/// The states of one sweep, by configuration.
///
/// States belong to the user: the caller reads, writes and drops them outside of any lock.
#[derive(Debug)]
pub(crate) struct States<S> {
    /// Each with the trial that returned it: another process may have run the configuration since.
    held: HashMap<usize, (usize, S)>,
    /// The files that keep the states too, if any.
    files: Option<Files<S>>,
    /// The last trial of each configuration, which names its file.
    last: HashMap<usize, usize>,
    /// The number of trials that `last` covers.
    read: usize,
    /// Whether any state has been returned.
    has_any: bool,
    /// The number of configurations that were resumed without the state that an earlier run had returned for them.
    anew: usize,
}

/// States and files that no later rung needs.
#[derive(Debug)]
#[must_use]
pub(crate) struct Retired<S> {
    states: Vec<S>,
    files: Option<(Files<S>, Vec<usize>)>,
}

impl<S> Retired<S> {
    /// Drops the states, and removes their files.
    pub(crate) fn forget(self) {
        drop(self.states);
        if let Some((files, trials)) = self.files {
            for trial in trials {
                files.forget(trial);
            }
        }
    }
}

/// The place of the state of a job.
#[derive(Debug)]
pub(crate) enum Found<S> {
    State(Option<S>),
    /// In the file of this trial. The state of an earlier rung is dropped with it.
    File(Files<S>, usize, Option<S>),
    /// Nowhere: only the state of an earlier rung is here.
    Stale(S),
}

impl<S> Found<S> {
    /// Returns the state; an error of its file is passed to `note`.
    pub(crate) fn load(self, note: impl FnOnce(String)) -> Option<S> {
        match self {
            Self::State(state) => state,
            Self::Stale(_) => None,
            Self::File(files, trial, _) => match files.load(trial) {
                Ok(state) => Some(state),
                Err(error) => {
                    note(format!("the state of trial {trial} cannot be read: {error}"));
                    None
                }
            },
        }
    }
}

impl<S> States<S> {
    pub(crate) fn new(files: Option<Files<S>>) -> Self {
        Self { held: HashMap::new(), files, last: HashMap::new(), read: 0, has_any: false, anew: 0 }
    }

    /// Returns the files that keep the states too, if any.
    pub(crate) fn files(&self) -> Option<&Files<S>> {
        self.files.as_ref()
    }

    /// Reads which trial was the last of each configuration, if states are also kept in files, which are named after it.
    pub(crate) fn read(&mut self, history: &History) {
        if self.files.is_some() {
            let new = &history.trials()[self.read.min(history.len())..];
            self.last.extend(new.iter().map(|trial| (trial.configuration(), trial.number())));
            self.read = history.len();
        }
    }

    /// Takes out the states of configurations that are retired.
    pub(crate) fn retire(&mut self, configurations: &[usize]) -> Retired<S> {
        let states =
            configurations.iter().filter_map(|configuration| Some(self.held.remove(configuration)?.1)).collect();
        let trials = configurations.iter().filter_map(|configuration| self.last.remove(configuration)).collect();
        Retired { states, files: self.files.clone().map(|files| (files, trials)) }
    }

    /// Takes out the state of the configuration of `job`.
    pub(crate) fn take(&mut self, job: &Job) -> Found<S> {
        let Some(before) = job.before else { return Found::State(None) };
        match (self.held.remove(&job.configuration), &self.files) {
            (Some((trial, state)), _) if trial == before => Found::State(Some(state)),
            (stale, Some(files)) => Found::File(files.clone(), before, stale.map(|(_, state)| state)),
            (Some((_, stale)), None) => Found::Stale(stale),
            (None, None) => Found::State(None),
        }
    }

    /// Counts one configuration that is resumed without its state.
    pub(crate) fn missed(&mut self) {
        self.anew += 1;
    }

    /// Keeps the state that the body returned for the configuration of `job`, before the outcome is recorded; returns the
    /// state that it replaces.
    pub(crate) fn keep(&mut self, job: &Job, state: Option<S>) -> Retired<S> {
        self.has_any |= state.is_some();
        let replaced = state.and_then(|state| self.held.insert(job.configuration, (job.number, state)));
        let states = replaced.into_iter().map(|(_, state)| state).collect();
        Retired { states, files: self.files.clone().zip(job.before.map(|before| vec![before])) }
    }

    /// Adds the notes about states to the sweep.
    pub(crate) fn finish(&self, engine: &mut Engine) {
        if self.has_any && self.anew > 0 {
            let (anew, plural) = (self.anew, if self.anew == 1 { "" } else { "s" });
            engine.note(format!(
                "{anew} resumed configuration{plural} began anew, as the state from before was not there; `checkpoint = \"directory\"` \
                 keeps states"
            ));
        }
    }
}
