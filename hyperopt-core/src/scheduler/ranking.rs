//! The complete trials of a rung by rank, of which some have been promoted.

use std::cmp::Ordering;

use crate::history::Goal;
use crate::scheduler::score::Score;

/// The number of members at which a block is divided into two.
const FULL: usize = 256;

/// The complete trials of a rung from the best to the worst.
///
/// The members lie in sorted blocks of bounded size, so that no insertion moves more than one block, however many there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranking {
    /// None is empty.
    blocks: Vec<Block>,
    len: usize,
    /// The number of members that have not been promoted.
    waiting: usize,
    /// The rank of the best that has not been promoted; `len` if there is none.
    first_waiting: usize,
}

#[derive(Clone, Debug, Default)]
struct Block {
    members: Vec<Member>,
    waiting: usize,
}

#[derive(Clone, Copy, Debug)]
struct Member {
    told: Score,
    trial: usize,
    has_gone_on: bool,
}

impl Ranking {
    /// Returns the number of members that have not been promoted.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Returns the rank of the best that has not been promoted; the number of members if there is none.
    pub(super) fn first_waiting(&self) -> usize {
        self.first_waiting
    }

    /// Inserts a trial by rank, as one that has not been promoted; equals stay in the order of asking.
    pub(super) fn insert(&mut self, told: Score, trial: usize, goal: Goal) {
        let ahead = |other: &Member| compare(other, (told, trial), goal).is_lt();
        let behind = self.blocks.partition_point(|block| block.members.last().is_some_and(ahead));
        let index = behind.min(self.blocks.len().saturating_sub(1));
        if self.blocks.is_empty() {
            self.blocks.push(Block::default());
        }
        let block = &mut self.blocks[index];
        let at = block.members.partition_point(ahead);
        block.members.insert(at, Member { told, trial, has_gone_on: false });
        block.waiting += 1;
        if block.members.len() >= FULL {
            let upper = Block::of(block.members.split_off(FULL / 2));
            block.waiting -= upper.waiting;
            self.blocks.insert(index + 1, upper);
        }
        self.len += 1;
        self.waiting += 1;
        self.find_first_waiting();
    }

    /// Marks the best that has not been promoted as promoted, and returns its trial.
    pub(super) fn take_best(&mut self) -> Option<usize> {
        let block = self.blocks.iter_mut().find(|block| block.waiting > 0)?;
        let best = block.members.iter_mut().find(|member| !member.has_gone_on)?;
        best.has_gone_on = true;
        block.waiting -= 1;
        self.waiting -= 1;
        let trial = best.trial;
        self.find_first_waiting();
        Some(trial)
    }

    /// Marks the first member whose trial fulfils `is_it` as promoted or not. Returns whether there is one that was marked
    /// otherwise.
    pub(super) fn mark(&mut self, is_it: impl Fn(usize) -> bool, has_gone_on: bool) -> bool {
        let place = |block: &Block| block.members.iter().position(|member| is_it(member.trial));
        let found = self.blocks.iter_mut().find_map(|block| place(block).map(|at| (block, at)));
        let Some((block, at)) = found else { return false };
        if std::mem::replace(&mut block.members[at].has_gone_on, has_gone_on) == has_gone_on {
            return false;
        }
        for waiting in [&mut block.waiting, &mut self.waiting] {
            *waiting = if has_gone_on { *waiting - 1 } else { *waiting + 1 };
        }
        self.find_first_waiting();
        true
    }

    /// Forgets the members that rank behind the first `limit`; passes the trials of those that have not been promoted to
    /// `drop`, from the best to the worst.
    pub(super) fn truncate(&mut self, limit: usize, mut drop: impl FnMut(usize)) {
        let mut forgotten = Vec::new();
        while self.len > limit
            && let Some(block) = self.blocks.last_mut()
        {
            let rest = block.members.len().saturating_sub(self.len - limit);
            let behind = Block::of(block.members.split_off(rest));
            block.waiting -= behind.waiting;
            if rest == 0 {
                self.blocks.pop();
            }
            self.len -= behind.members.len();
            self.waiting -= behind.waiting;
            forgotten.push(behind);
        }
        for member in forgotten.iter().rev().flat_map(|block| &block.members).filter(|member| !member.has_gone_on) {
            drop(member.trial);
        }
        self.first_waiting = self.first_waiting.min(self.len);
    }

    fn find_first_waiting(&mut self) {
        let mut ahead = 0;
        for block in &self.blocks {
            if block.waiting > 0 {
                let at = block.members.iter().position(|member| !member.has_gone_on);
                self.first_waiting = ahead + at.unwrap_or(0);
                return;
            }
            ahead += block.members.len();
        }
        self.first_waiting = ahead;
    }
}

impl Block {
    fn of(members: Vec<Member>) -> Self {
        let waiting = members.iter().filter(|member| !member.has_gone_on).count();
        Self { members, waiting }
    }
}

/// Compares by score, equals by the order of asking.
fn compare(member: &Member, (told, trial): (Score, usize), goal: Goal) -> Ordering {
    member.told.compare(&told, goal).then(member.trial.cmp(&trial))
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

        fn mark(&mut self, trial: usize, has_gone_on: bool) -> bool {
            let found = self.0.iter_mut().find(|member| member.1 == trial && member.2 != has_gone_on);
            found.map(|member| member.2 = has_gone_on).is_some()
        }
    }

    /// Runs a random history of a rung; `levels` is the number of different objectives.
    fn assert_is_one_list(seed: u64, levels: u32, goal: Goal) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (mut ranking, mut list) = (Ranking::default(), List::default());
        for trial in 0..3_000 {
            let objective = f64::from(rng.random_range(0..levels));
            ranking.insert(objective.into(), trial, goal);
            list.0.push((objective, trial, false));
            list.0.sort_by(|a, b| goal.compare(a.0, b.0).then(a.1.cmp(&b.1)));
            if rng.random_range(0..3) == 0 {
                let first = list.first_waiting();
                list.0[first].2 = true;
                assert_eq!(ranking.take_best(), Some(list.0[first].1));
            }
            let (marked, has_gone_on) = (rng.random_range(0..=trial), rng.random());
            if rng.random_range(0..8) == 0 {
                let is_other = ranking.mark(|trial| trial == marked, has_gone_on);
                assert_eq!(is_other, list.mark(marked, has_gone_on));
            }
            let limit = if trial % 1_000 == 999 { trial / 5 } else { 1_000 };
            let mut dropped = Vec::new();
            ranking.truncate(limit, |trial| dropped.push(trial));
            let behind = list.0.split_off(limit.min(list.0.len()));
            let expected: Vec<_> = behind.iter().filter(|member| !member.2).map(|member| member.1).collect();
            assert_eq!(dropped, expected);
            assert_eq!(ranking.first_waiting(), list.first_waiting());
            assert_eq!(ranking.waiting(), list.0.iter().filter(|member| !member.2).count());
        }
        assert!(ranking.blocks.len() > 1 && ranking.blocks.iter().all(|block| block.members.len() < FULL));
    }

    #[test]
    fn blocks_rank_as_one_list_does() {
        for (seed, levels) in [(0, 1_000_000), (1, 20), (2, 1)] {
            assert_is_one_list(seed, levels, Goal::Minimize);
            assert_is_one_list(10 + seed, levels, Goal::Maximize);
        }
    }

    #[test]
    fn nothing_is_left_of_a_list_that_is_cut_to_nothing() {
        let mut ranking = Ranking::default();
        assert_eq!(ranking.take_best(), None);
        for trial in 0..1_000 {
            ranking.insert((trial as f64).into(), trial, Goal::Minimize);
        }
        let mut dropped = Vec::new();
        ranking.truncate(0, |trial| dropped.push(trial));
        assert!(dropped.into_iter().eq(0..1_000));
        assert_eq!((ranking.waiting(), ranking.first_waiting(), ranking.take_best()), (0, 0, None));
        ranking.insert(0.0.into(), 1_000, Goal::Minimize);
        assert_eq!(ranking.take_best(), Some(1_000));
    }
}
