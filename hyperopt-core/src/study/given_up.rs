//! Trials that a store has failed for good, since their processes died too often: their reason, and the note about them.

use crate::history::History;
use crate::trial::State;

/// What follows the number of retries.
const DIED: &str = "its process died each time";

/// The largest number of trials that are named.
const NAMED: usize = 8;

/// Returns the reason of a trial that failed for good after `retries` retries, each of which ended with the death of its
/// process.
#[must_use]
pub fn given_up(retries: u32) -> String {
    format!("given up after {retries} retries: {DIED}")
}

/// Returns the note about the trials of `history` that failed for good: their numbers, the reason, and the setting to change;
/// `None` if there are none.
#[must_use]
pub fn given_up_note(history: &History) -> Option<String> {
    let is_given_up = |reason: &str| reason.starts_with("given up after ") && reason.ends_with(DIED);
    let failed = history.trials().iter().filter(|trial| trial.state() == State::Failed);
    let failed = failed.filter(|trial| trial.reason().is_some_and(is_given_up));
    let numbers: Vec<_> = failed.map(|trial| trial.number().to_string()).collect();
    let named = numbers[..numbers.len().min(NAMED)].join(", ");
    let which = match numbers.len() {
        0 => return None,
        1 => format!("trial {named} was"),
        2..=NAMED => format!("trials {named} were"),
        many => format!("{many} trials ({named}, …) were"),
    };
    Some(format!(
        "{which} given up, since the process that ran it died each time; where machines are taken away without a warning, set \
         `HYPEROPT_RETRIES=unlimited` for the next sweep"
    ))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::trial::{Outcome, Trial};

    fn history(given_up_trials: usize) -> History {
        let mut history = History::default();
        for number in 0..=given_up_trials {
            let mut trial = Trial::running(number, number, None, [0.5].into_iter().collect());
            history.push(trial.clone());
            trial.close(Outcome::failed(if number == 0 { "no luck".into() } else { given_up(3) }), Duration::ZERO);
            history.replace(trial);
        }
        history
    }

    #[test]
    fn the_note_names_the_trials() {
        let begins =
            |trials| given_up_note(&history(trials)).map(|note| note.split(", since").next().unwrap().to_owned());
        assert_eq!(begins(0), None);
        assert_eq!(begins(1).as_deref(), Some("trial 1 was given up"));
        assert_eq!(begins(3).as_deref(), Some("trials 1, 2, 3 were given up"));
        assert_eq!(begins(40).as_deref(), Some("40 trials (1, 2, 3, 4, 5, 6, 7, 8, …) were given up"));
    }
}
