//! Reading a history that grows: each trial once, as soon as there is something to learn from it.

use crate::history::History;
use crate::trial::{State, Trial};

/// How far a history has been read: everything before it has been seen, running trials included.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cursor {
    trials: usize,
    configurations: usize,
}

impl Cursor {
    /// Whether `history` is another one than before: it has fewer trials than have been read.
    pub(crate) fn is_of_another(self, history: &History) -> bool {
        history.len() < self.trials
    }

    /// Returns the trials since the last call, in the order of asking.
    ///
    /// A history [of another sweep](Self::is_of_another) has none.
    pub(crate) fn trials<'h>(&mut self, history: &'h History) -> &'h [Trial] {
        let new = history.trials().get(self.trials..).unwrap_or_default();
        self.trials = history.len();
        new
    }

    /// The same without the later rungs of a configuration: its first trial stands for it.
    pub(crate) fn configurations<'h>(&mut self, history: &'h History) -> impl Iterator<Item = &'h Trial> {
        let trials = self.trials(history);
        trials.iter().filter(|trial| {
            let is_new = trial.configuration() >= self.configurations;
            if is_new {
                self.configurations = trial.configuration() + 1;
            }
            is_new
        })
    }
}

/// Reads the closed trials of a history, and remembers those that were still running.
#[derive(Clone, Debug, Default)]
pub(crate) struct ClosedTrials {
    revision: Option<u64>,
    cursor: Cursor,
    running: Vec<usize>,
}

impl ClosedTrials {
    /// Whether `history` is another one than before, or a trial that was closed has changed since.
    pub(crate) fn is_of_another(&self, history: &History) -> bool {
        self.cursor.is_of_another(history) || self.revision.is_some_and(|revision| revision != history.revision())
    }

    /// Passes each trial that has been closed since the last call to `read`, in the order of asking.
    ///
    /// A cancelled trial is passed over: it says nothing about its configuration.
    pub(crate) fn read(&mut self, history: &History, mut read: impl FnMut(&Trial)) {
        self.revision = Some(history.revision());
        let mut is_running = |trial: &Trial| match trial.state() {
            State::Running => true,
            State::Cancelled => false,
            State::Complete | State::Pruned | State::Failed => {
                read(trial);
                false
            }
        };
        self.running.retain(|&number| is_running(&history.trials()[number]));
        let new = self.cursor.trials(history).iter().filter(|trial| is_running(trial));
        self.running.extend(new.map(Trial::number));
    }

    /// Returns the numbers of the trials that were running at the last call of [`read`](Self::read).
    pub(crate) fn running(&self) -> &[usize] {
        &self.running
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::space::Point;
    use crate::trial::Outcome;

    fn open(history: &mut History, configuration: usize) {
        history.push(Trial::running(history.len(), configuration, None, Point::from(vec![0.5])));
    }

    #[test]
    fn each_trial_is_new_once() {
        let (mut history, mut cursor) = (History::default(), Cursor::default());
        open(&mut history, 0);
        open(&mut history, 1);
        assert_eq!(cursor.trials(&history).len(), 2);
        assert!(cursor.trials(&history).is_empty());
        open(&mut history, 2);
        assert_eq!(cursor.trials(&history)[0].number(), 2);
        assert!(!cursor.is_of_another(&history));
        assert!(cursor.is_of_another(&History::default()) && cursor.trials(&History::default()).is_empty());
    }

    #[test]
    fn later_rungs_are_no_new_configurations() {
        let (mut history, mut cursor) = (History::default(), Cursor::default());
        let mut read = |history: &History| cursor.configurations(history).map(Trial::number).collect::<Vec<_>>();
        for configuration in [0, 1, 0] {
            open(&mut history, configuration);
        }
        assert_eq!(read(&history), [0, 1]);
        for configuration in [1, 2] {
            open(&mut history, configuration);
        }
        assert_eq!(read(&history), [4]);
    }

    #[test]
    fn closed_trials_are_read_once_and_in_order() {
        let (mut history, mut closed) = (History::default(), ClosedTrials::default());
        let mut read = |history: &History| {
            let mut numbers = Vec::new();
            closed.read(history, |trial| numbers.push(trial.number()));
            (numbers, closed.running().to_vec())
        };
        for configuration in 0..4 {
            open(&mut history, configuration);
        }
        history.closing(2).unwrap().close(Outcome::value(1.0), Duration::ZERO);
        assert_eq!(read(&history), (vec![2], vec![0, 1, 3]));
        history.closing(3).unwrap().close(Outcome::failed("no"), Duration::ZERO);
        history.closing(0).unwrap().close(Outcome::pruned(), Duration::ZERO);
        history.closing(1).unwrap().close(Outcome::interrupted(), Duration::ZERO);
        open(&mut history, 4);
        assert_eq!(read(&history), (vec![0, 3], vec![4]));
        assert_eq!(read(&history), (vec![], vec![4]));
    }

    #[test]
    fn a_history_is_another_one_once_a_closed_trial_has_changed() {
        let (mut history, mut closed) = (History::default(), ClosedTrials::default());
        open(&mut history, 0);
        assert!(!closed.is_of_another(&history));
        closed.read(&history, |_| ());
        history.closing(0).unwrap().close(Outcome::value(1.0), Duration::ZERO);
        open(&mut history, 1);
        assert!(!closed.is_of_another(&history) && closed.is_of_another(&history.clone()));
        history.reopen(0);
        assert!(closed.is_of_another(&history));
    }
}
