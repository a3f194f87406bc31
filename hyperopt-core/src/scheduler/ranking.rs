//! The complete trials of a rung by rank, of which some have been promoted.

use std::cmp::Ordering;

use crate::history::Goal;
use crate::ordered::Ordered;
use crate::scheduler::score::Score;

/// The complete trials of a rung from the best to the worst.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranking {
    /// The members that have not been promoted.
    waiting: Ordered<Member>,
    promoted: Ordered<Member>,
    /// The rank of the best that has not been promoted; the number of members if there is none.
    first_waiting: usize,
}

/// A trial with the score by which it ranks; equals rank in the order of asking.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) told: Score,
    pub(super) trial: usize,
}

impl Ranking {
    /// Returns the number of members that have not been promoted.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Returns the rank of the best that has not been promoted; the number of members if there is none.
    pub(super) fn first_waiting(&self) -> usize {
        self.first_waiting
    }

    /// Inserts a trial by rank, as one that has not been promoted.
    pub(super) fn insert(&mut self, member: Member, goal: Goal) {
        self.waiting.insert(member, |other| other.is_ahead(&member, goal));
        self.find_first_waiting(goal);
    }

    /// Marks the best that has not been promoted as promoted, and returns its trial.
    pub(super) fn take_best(&mut self, goal: Goal) -> Option<usize> {
        let best = self.waiting.remove(0)?;
        self.promoted.insert(best, |other| other.is_ahead(&best, goal));
        self.find_first_waiting(goal);
        Some(best.trial)
    }

    /// Marks a member as promoted or not. Returns whether it is one that was marked otherwise.
    pub(super) fn mark(&mut self, member: Member, has_gone_on: bool, goal: Goal) -> bool {
        let Self { waiting, promoted, .. } = self;
        let (from, to) = if has_gone_on { (waiting, promoted) } else { (promoted, waiting) };
        let by_rank = Some(from.rank(|other| other.is_ahead(&member, goal)));
        let is_it = |other: &Member| other.trial == member.trial;
        // Its score may have changed since it was ranked.
        let found = by_rank.filter(|&rank| from.get(rank).is_some_and(is_it)).or_else(|| from.iter().position(is_it));
        let Some(marked) = found.and_then(|rank| from.remove(rank)) else { return false };
        to.insert(marked, |other| other.is_ahead(&marked, goal));
        self.find_first_waiting(goal);
        true
    }

    /// Forgets the members that rank behind the first `limit`; passes the trials of those that have not been promoted to
    /// `drop`, from the best to the worst.
    pub(super) fn truncate(&mut self, limit: usize, goal: Goal, drop: impl FnMut(usize)) {
        let mut len = self.waiting.len() + self.promoted.len();
        let mut forgotten = Vec::new();
        while len > limit {
            let is_waiting = match (self.waiting.last(), self.promoted.last()) {
                (Some(waiting), Some(promoted)) => promoted.is_ahead(waiting, goal),
                (waiting, _) => waiting.is_some(),
            };
            if is_waiting {
                forgotten.extend(self.waiting.pop());
            } else {
                self.promoted.pop();
            }
            len -= 1;
        }
        forgotten.iter().rev().map(|member| member.trial).for_each(drop);
        self.first_waiting = self.first_waiting.min(len);
    }

    fn find_first_waiting(&mut self, goal: Goal) {
        self.first_waiting = match self.waiting.first() {
            Some(first) => self.promoted.rank(|other| other.is_ahead(first, goal)),
            None => self.promoted.len(),
        };
    }
}

impl Member {
    fn is_ahead(&self, other: &Self, goal: Goal) -> bool {
        self.told.compare(&other.told, goal).then(self.trial.cmp(&other.trial)) == Ordering::Less
    }
}

#[cfg(test)]
mod tests {
    use rand::rngs::ChaCha8Rng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    /// The same as one sorted list: the trial, its objective, and whether it has been promoted.
    #[derive(Default)]
    struct List(Vec<(f64, usize, bool)>);

    impl List {
        fn first_waiting(&self) -> usize {
            self.0.iter().position(|member| !member.2).unwrap_or(self.0.len())
        }

        fn objective(&self, trial: usize) -> Option<f64> {
            self.0.iter().find(|member| member.1 == trial).map(|member| member.0)
        }

        fn mark(&mut self, trial: usize, has_gone_on: bool) -> bool {
            let found = self.0.iter_mut().find(|member| member.1 == trial && member.2 != has_gone_on);
            found.map(|member| member.2 = has_gone_on).is_some()
        }
    }

    fn member(objective: f64, trial: usize) -> Member {
        Member { told: objective.into(), trial }
    }

    /// Runs a random history of a rung; `levels` is the number of different objectives.
    fn assert_is_one_list(seed: u64, levels: u32, goal: Goal) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (mut ranking, mut list) = (Ranking::default(), List::default());
        for trial in 0..3_000 {
            let objective = f64::from(rng.random_range(0..levels));
            ranking.insert(member(objective, trial), goal);
            list.0.push((objective, trial, false));
            list.0.sort_by(|a, b| goal.compare(a.0, b.0).then(a.1.cmp(&b.1)));
            if rng.random_range(0..3) == 0 {
                let first = list.first_waiting();
                list.0[first].2 = true;
                assert_eq!(ranking.take_best(goal), Some(list.0[first].1));
            }
            let (marked, has_gone_on) = (rng.random_range(0..=trial), rng.random());
            if rng.random_range(0..8) == 0 {
                // At times with another score than it was ranked by.
                let changed = if rng.random_range(0..4) == 0 { 1.0 } else { 0.0 };
                let objective = list.objective(marked).unwrap_or_default() + changed;
                let is_other = ranking.mark(member(objective, marked), has_gone_on, goal);
                assert_eq!(is_other, list.mark(marked, has_gone_on));
            }
            let limit = if trial % 1_000 == 999 { trial / 5 } else { 1_000 };
            let mut dropped = Vec::new();
            ranking.truncate(limit, goal, |trial| dropped.push(trial));
            let behind = list.0.split_off(limit.min(list.0.len()));
            let expected: Vec<_> = behind.iter().filter(|member| !member.2).map(|member| member.1).collect();
            assert_eq!(dropped, expected);
            assert_eq!(ranking.first_waiting(), list.first_waiting());
            assert_eq!(ranking.waiting(), list.0.iter().filter(|member| !member.2).count());
        }
    }

    #[test]
    fn members_rank_as_one_list_does() {
        for (seed, levels) in [(0, 1_000_000), (1, 20), (2, 1)] {
            assert_is_one_list(seed, levels, Goal::Minimize);
            assert_is_one_list(10 + seed, levels, Goal::Maximize);
        }
    }

    #[test]
    fn nothing_is_left_of_a_list_that_is_cut_to_nothing() {
        let mut ranking = Ranking::default();
        let goal = Goal::Minimize;
        assert_eq!(ranking.take_best(goal), None);
        for trial in 0..1_000 {
            ranking.insert(member(trial as f64, trial), goal);
        }
        let mut dropped = Vec::new();
        ranking.truncate(0, goal, |trial| dropped.push(trial));
        assert!(dropped.into_iter().eq(0..1_000));
        assert_eq!((ranking.waiting(), ranking.first_waiting(), ranking.take_best(goal)), (0, 0, None));
        ranking.insert(member(0.0, 1_000), goal);
        assert_eq!(ranking.take_best(goal), Some(1_000));
    }
}
