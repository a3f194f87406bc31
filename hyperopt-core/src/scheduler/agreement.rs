//! How well the ranking with few resources agrees with that of the same configurations with more.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::history::{Goal, History};
use crate::scheduler::View;
use crate::scheduler::score::Score;
use crate::trial::{State, Trial};

/// The number of configurations that are compared, at most: the last ones.
const MOST: usize = 64;

/// The number of configurations whose rankings are compared, at least.
const LEAST: usize = 9;

/// The configurations that have been in two rungs, as far as the trials have been read.
#[derive(Clone, Debug, Default)]
pub(super) struct Agreement {
    revision: Option<u64>,
    /// The number of trials that have been read.
    read: usize,
    /// The last complete trial with fewer resources, by configuration.
    before: HashMap<usize, usize>,
    /// The scores of the last configurations that have been in both rungs, and the number of all.
    both: Vec<(Score, Score)>,
    all: usize,
}

impl Agreement {
    /// Returns whether the ranking in the first of these rungs agrees with that in the second no more than by chance; false
    /// where too few have been in both, and of a single rung. `rungs` are the same in all calls.
    pub(super) fn predicts_nothing(&mut self, view: &View<'_>, rungs: &[f64]) -> bool {
        let [less, more, ..] = *rungs else { return false };
        self.share(view.history, view.goal, (less, more), LEAST).is_some_and(|share| share <= 0.5)
    }

    /// Returns the share of the pairs of configurations that rank with less resources as they do with more, which is ½ by
    /// chance; `None` if fewer than `least` configurations have had both. Pairs that tie count half.
    ///
    /// Those with more are the best of those with less, which are harder to tell apart than any two; so even a good budget
    /// seldom reaches much more than ½, and one that stays below predicts nothing.
    fn share(&mut self, history: &History, goal: Goal, rungs: (f64, f64), least: usize) -> Option<f64> {
        let trials = history.trials();
        if self.revision != Some(history.revision()) || trials.len() < self.read {
            *self = Self { revision: Some(history.revision()), ..Self::default() };
        }
        let is_closed = |trial: &Trial| trial.state() != State::Running;
        let closed = trials[self.read..].iter().take_while(|trial| is_closed(trial)).count();
        (self.read..self.read + closed).for_each(|number| self.enter(trials, number, rungs));
        self.read += closed;
        if self.read == trials.len() {
            return self.of_pairs(goal, least);
        }
        // Those behind a trial that still runs will be read again, in the order of asking.
        let mut whole = self.clone();
        (whole.read..trials.len()).for_each(|number| whole.enter(trials, number, rungs));
        whole.of_pairs(goal, least)
    }

    fn enter(&mut self, trials: &[Trial], number: usize, (less, more): (f64, f64)) {
        let trial = &trials[number];
        let Some(after) = score(trial) else { return };
        if trial.resources() == Some(less) {
            self.before.insert(trial.configuration(), number);
        } else if trial.resources() == Some(more)
            && let Some(before) = self.before.get(&trial.configuration()).and_then(|&before| score(&trials[before]))
        {
            if self.both.len() == 2 * MOST {
                self.both.drain(..MOST);
            }
            self.both.push((before, after));
            self.all += 1;
        }
    }

    fn of_pairs(&self, goal: Goal, least: usize) -> Option<f64> {
        if self.all < least.max(2) {
            return None;
        }
        let both = &self.both[self.both.len().saturating_sub(MOST)..];
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
}

fn score(trial: &Trial) -> Option<Score> {
    Some(Score { violation: trial.violation(), objective: trial.objective()? })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rand::rngs::ChaCha8Rng;
    use rand::{RngExt, SeedableRng};

    use super::*;
    use crate::candidates::Candidates;
    use crate::sampler::testing::space;
    use crate::space::Point;
    use crate::trial::Outcome;

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
            Agreement::default().share(&history, goal, (1.0, 3.0), 3)
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

    /// Those that rank as they did before say more than chance; those that tie do not.
    #[test]
    fn equal_scores_predict_nothing() {
        let space = space([(0.0..=1.0).dimension()]);
        let predicts_nothing = |configurations: usize, loss: fn(usize) -> f64| {
            let mut history = History::default();
            for number in 0..2 * configurations {
                let (configuration, resources) = (number % configurations, [1.0, 3.0][number / configurations]);
                history.push(Trial::running(number, configuration, Some(resources), Point::from(vec![0.5])));
                let outcome = Outcome::value(loss(configuration));
                history.closing(number).unwrap().close(outcome, Duration::ZERO);
            }
            Agreement::default().predicts_nothing(&View::of(&space, &history, 0), &[1.0, 3.0, 9.0])
        };
        assert!(predicts_nothing(9, |_| 1.0));
        assert!(!predicts_nothing(9, |configuration| configuration as f64));
        // Too few say nothing either way.
        assert!(!predicts_nothing(8, |_| 1.0));
    }

    /// Trials are read bit by bit, some of them while others run, and at last those of another sweep.
    #[test]
    fn what_was_read_before_is_not_read_again() {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let (mut agreement, mut history, mut shares) = (Agreement::default(), History::default(), 0);
        for round in 0..600 {
            let (number, configurations) = (history.len(), history.configurations());
            let resources = if rng.random_bool(0.6) || configurations == 0 { 1.0 } else { 3.0 };
            let configuration = if resources == 1.0 { configurations } else { rng.random_range(0..configurations) };
            history.push(Trial::running(number, configuration, Some(resources), Point::from(vec![0.5])));
            for number in 0..history.len() {
                if rng.random_bool(0.5)
                    && let Some(trial) = history.closing(number)
                {
                    trial.close(Outcome::value(f64::from(rng.random_range(0..20))), Duration::ZERO);
                }
            }
            if round == 400 {
                history.reopen(0);
            }
            if rng.random_bool(0.3) {
                let found = agreement.share(&history, Goal::Minimize, (1.0, 3.0), 9);
                assert_eq!(found, Agreement::default().share(&history, Goal::Minimize, (1.0, 3.0), 9));
                shares += usize::from(found.is_some());
            }
        }
        assert!(shares > 100);
        assert_eq!(agreement.share(&History::default(), Goal::Minimize, (1.0, 3.0), 9), None);
    }
}
