//! What the pruner has answered, and whether the bodies followed.

use std::collections::HashMap;

use crate::trial::{Outcome, State};

/// The answers of `should_prune` that said yes.
#[derive(Debug, Default)]
pub(super) struct PruneAnswers {
    /// Their number, by running trial.
    open: HashMap<usize, u64>,
    /// The number of trials that were told to end and completed, and of the answers to them.
    ignored: (u64, u64),
}

impl PruneAnswers {
    /// Records a yes to trial `number`.
    pub(super) fn said_yes(&mut self, number: usize) {
        *self.open.entry(number).or_default() += 1;
    }

    /// Returns whether trial `number` was told to end.
    pub(super) fn has_ended(&self, number: usize) -> bool {
        self.open.contains_key(&number)
    }

    /// Returns the outcome of trial `number` whose body gave `outcome`: an `Err` or a `None` after a yes prunes the trial.
    pub(super) fn followed(&self, number: usize, outcome: Outcome) -> Outcome {
        let gave_nothing = outcome.state() == State::Failed && !outcome.is_measured();
        if gave_nothing && self.has_ended(number) { Outcome::pruned() } else { outcome }
    }

    /// Counts the answers to trial `number`, which is closed in `state`.
    pub(super) fn close(&mut self, number: usize, state: State) {
        // Most sweeps have no pruner.
        if self.open.is_empty() {
            return;
        }
        if let Some(answers) = self.open.remove(&number).filter(|_| state == State::Complete) {
            self.ignored.0 += 1;
            self.ignored.1 += answers;
        }
    }

    /// Returns the note about answers that were not followed, if there are any.
    pub(super) fn note(&self) -> Option<String> {
        let (trials, answers) = self.ignored;
        let counted = |count: u64, noun| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        (trials > 0).then(|| {
            format!(
                "`should_prune` said yes {} in {} that completed all the same; `continue` in an inner loop continues that \
                 loop: label the loop of the sweep and write `continue 'sweep`, or let the body evaluate to `None`",
                counted(answers, "time"),
                counted(trials, "trial")
            )
        })
    }
}
