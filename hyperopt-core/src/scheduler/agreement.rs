//! How well the ranking with few resources agrees with that of the same configurations with more.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::history::{Goal, History};
use crate::scheduler::View;
use crate::scheduler::score::Score;

/// The number of configurations that are compared, at most: the last ones.
const MOST: usize = 64;

/// The number of configurations whose rankings are compared, at least.
const LEAST: usize = 9;

/// Returns whether the ranking in the first of these rungs agrees with that in the second no more than by chance; false where
/// too few have been in both, and of a single rung.
pub(super) fn predicts_nothing(view: &View<'_>, rungs: &[f64]) -> bool {
    let [less, more, ..] = *rungs else { return false };
    agreement(view.history, view.goal, less, more, LEAST).is_some_and(|share| share <= 0.5)
}

/// Returns the share of the pairs of configurations that rank with `less` resources as they do with `more`, which is ½ by
/// chance; `None` if fewer than `least` configurations have had both. Pairs that tie count half.
///
/// Those with more are the best of those with less, which are harder to tell apart than any two; so even a good budget
/// seldom reaches much more than ½, and one that stays below predicts nothing.
fn agreement(history: &History, goal: Goal, less: f64, more: f64, least: usize) -> Option<f64> {
    let mut before = HashMap::new();
    let mut both = Vec::new();
    for (trial, objective) in history.complete() {
        let score = Score { violation: trial.violation(), objective };
        if trial.resources() == Some(less) {
            before.insert(trial.configuration(), score);
        } else if trial.resources() == Some(more)
            && let Some(before) = before.get(&trial.configuration())
        {
            both.push((*before, score));
        }
    }
    if both.len() < least.max(2) {
        return None;
    }
    let both = &both[both.len().saturating_sub(MOST)..];
    let (mut agreeing, mut pairs) = (0.0, 0.0);
    for (index, a) in both.iter().enumerate() {
        for b in &both[..index] {
            let (before, after) = (a.0.compare(&b.0, goal), a.1.compare(&b.1, goal));
            pairs += 1.0;
            agreeing += match (before, after) {
                (Ordering::Equal, _) | (_, Ordering::Equal) => 0.5,
                _ => f64::from(u8::from(before == after)),
            };
        }
    }
    Some(agreeing / pairs)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::space::Point;
    use crate::trial::{Outcome, Trial};

    #[test]
    fn rankings_agree_pair_by_pair() {
        let share = |after: [f64; 4], goal| {
            let mut history = History::default();
            for resources in [1.0, 3.0] {
                for (configuration, after) in after.iter().enumerate() {
                    let number = history.len();
                    let point = Point::from(vec![0.5]);
                    history.push(Trial::running(number, configuration, Some(resources), point));
                    let loss = if resources == 1.0 { configuration as f64 } else { *after };
                    let outcome = if loss.is_nan() { Outcome::failed("no") } else { Outcome::value(loss) };
                    history.closing(number).unwrap().close(outcome, Duration::ZERO);
                }
            }
            agreement(&history, goal, 1.0, 3.0, 3)
        };
        for goal in [Goal::Minimize, Goal::Maximize] {
            assert_eq!(share([5.0, 6.0, 7.0, 8.0], goal), Some(1.0));
            assert_eq!(share([8.0, 7.0, 6.0, 5.0], goal), Some(0.0));
            assert_eq!(share([6.0, 5.0, 7.0, 8.0], goal), Some(5.0 / 6.0));
            assert_eq!(share([1.0; 4], goal), Some(0.5));
            assert_eq!(share([f64::NAN, 6.0, 7.0, 8.0], goal), Some(1.0));
            assert_eq!(share([f64::NAN, f64::NAN, 7.0, 8.0], goal), None);
        }
    }
}
