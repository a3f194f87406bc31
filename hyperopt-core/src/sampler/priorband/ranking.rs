//! Trials by rank, with sums of densities over ranks.

use std::cmp::Ordering;
use std::ops::Range;

use crate::sampler::toolkit::hash;

/// No node, and no trial.
const NONE: u32 = u32::MAX;

/// Trials in order, as a tree in which the hash of each trial is larger than those of the trials below it. So the tree has a
/// depth of about twice the logarithm of their number, and the same shape whatever the order in which they came: a sum is
/// rounded in the same way each time.
#[derive(Clone, Debug)]
pub(super) struct Ranking {
    nodes: Vec<Node>,
    root: u32,
    /// Of those nodes for which they have been asked.
    densities: Vec<[Density; 2]>,
}

#[derive(Clone, Debug)]
struct Node {
    trial: u32,
    before: u32,
    after: u32,
    /// The number of trials here and below.
    count: u32,
    /// The place of its densities.
    densities: u32,
}

/// A density at a trial, and the sums over it and the trials below. Both are kept with what the density is around.
#[derive(Clone, Copy, Debug)]
struct Density {
    own: (u32, f64),
    sums: (u32, Sums),
}

/// Sums over consecutive trials.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: u32,
    plain: f64,
    /// The last one counts once, the one before twice, and so on.
    weighted: f64,
}

/// Which density is meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Centre {
    Believed,
    /// This trial.
    Incumbent(usize),
}

impl Default for Ranking {
    fn default() -> Self {
        Self { nodes: Vec::new(), root: NONE, densities: Vec::new() }
    }
}

impl Ranking {
    /// Inserts a trial behind those for which `is_before` holds.
    pub(super) fn insert(&mut self, trial: usize, is_before: impl Fn(usize) -> bool) {
        let new = self.nodes.len() as u32;
        self.nodes.push(Node { trial: trial as u32, before: NONE, after: NONE, count: 1, densities: NONE });
        self.root = self.insert_below(self.root, new, &is_before);
    }

    /// Returns the trial with this rank from 0.
    pub(super) fn get(&self, mut rank: usize) -> Option<usize> {
        let mut at = self.node(self.root)?;
        loop {
            let before = self.count(at.before);
            at = match rank.cmp(&before) {
                Ordering::Less => self.node(at.before)?,
                Ordering::Equal => return Some(at.trial as usize),
                Ordering::Greater => {
                    rank -= before + 1;
                    self.node(at.after)?
                }
            };
        }
    }

    /// Returns the number of trials for which `is_before` holds: those before the first for which it does not.
    pub(super) fn rank(&self, is_before: impl Fn(usize) -> bool) -> usize {
        let (mut rank, mut at) = (0, self.root);
        while let Some(node) = self.node(at) {
            at = if is_before(node.trial as usize) {
                rank += self.count(node.before) + 1;
                node.after
            } else {
                node.before
            };
        }
        rank
    }

    /// Returns the sum of a density over the trials with these ranks, of which the last counts once, the one before twice, and
    /// so on. `density` is looked at once for each trial and centre.
    pub(super) fn weighted(&mut self, ranks: Range<usize>, centre: Centre, density: impl Fn(usize) -> f64) -> f64 {
        self.sums(self.root, ranks, centre, &density).weighted
    }

    fn node(&self, index: u32) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    fn count(&self, index: u32) -> usize {
        self.node(index).map_or(0, |node| node.count as usize)
    }

    fn insert_below(&mut self, root: u32, new: u32, is_before: &impl Fn(usize) -> bool) -> u32 {
        let Some(node) = self.node(root).cloned() else { return new };
        let key = |trial: u32| hash(u64::from(trial));
        if key(self.nodes[new as usize].trial) > key(node.trial) {
            let (before, after) = self.split(root, is_before);
            self.link(new, before, after);
            return new;
        }
        if is_before(node.trial as usize) {
            let after = self.insert_below(node.after, new, is_before);
            self.link(root, node.before, after);
        } else {
            let before = self.insert_below(node.before, new, is_before);
            self.link(root, before, node.after);
        }
        root
    }

    /// Divides the trials from `root` down into those for which `is_before` holds, and the others.
    fn split(&mut self, root: u32, is_before: &impl Fn(usize) -> bool) -> (u32, u32) {
        let Some(node) = self.node(root).cloned() else { return (NONE, NONE) };
        if is_before(node.trial as usize) {
            let (before, after) = self.split(node.after, is_before);
            self.link(root, node.before, before);
            (root, after)
        } else {
            let (before, after) = self.split(node.before, is_before);
            self.link(root, after, node.after);
            (before, root)
        }
    }

    /// Sets what is below a node.
    fn link(&mut self, index: u32, before: u32, after: u32) {
        let count = (self.count(before) + 1 + self.count(after)) as u32;
        let node = &mut self.nodes[index as usize];
        (node.before, node.after, node.count) = (before, after, count);
        if let Some(densities) = self.densities.get_mut(node.densities as usize) {
            for density in densities {
                density.sums.0 = NONE;
            }
        }
    }

    fn sums(&mut self, index: u32, ranks: Range<usize>, centre: Centre, density: &impl Fn(usize) -> f64) -> Sums {
        let Some(&Node { before, after, count, .. }) = self.node(index) else { return Sums::default() };
        let (start, end) = (ranks.start, ranks.end.min(count as usize));
        if start >= end {
            return Sums::default();
        }
        let is_whole = end - start == count as usize;
        let place = self.density(index, centre);
        let known = self.densities[place.0][place.1].sums;
        if is_whole && known.0 == place.2 {
            return known.1;
        }
        let middle = self.count(before);
        let mut sums = self.sums(before, start..end.min(middle), centre, density);
        if (start..end).contains(&middle) {
            sums = sums.then(Sums::of(self.own(index, centre, density)));
        }
        let behind = |rank: usize| rank.saturating_sub(middle + 1);
        sums = sums.then(self.sums(after, behind(start)..behind(end), centre, density));
        if is_whole {
            self.densities[place.0][place.1].sums = (place.2, sums);
        }
        sums
    }

    fn own(&mut self, index: u32, centre: Centre, density: &impl Fn(usize) -> f64) -> f64 {
        let (place, which, around) = self.density(index, centre);
        let known = self.densities[place][which].own;
        if known.0 == around {
            return known.1;
        }
        let own = density(self.nodes[index as usize].trial as usize);
        self.densities[place][which].own = (around, own);
        own
    }

    /// Returns where a density of a node is kept, and what it is around if it is up to date.
    fn density(&mut self, index: u32, centre: Centre) -> (usize, usize, u32) {
        let node = &mut self.nodes[index as usize];
        if node.densities == NONE {
            node.densities = self.densities.len() as u32;
            self.densities.push([Density { own: (NONE, 0.0), sums: (NONE, Sums::default()) }; 2]);
        }
        let (which, around) = match centre {
            Centre::Believed => (0, 0),
            Centre::Incumbent(trial) => (1, trial as u32),
        };
        (node.densities as usize, which, around)
    }
}

impl Sums {
    fn of(density: f64) -> Self {
        Self { count: 1, plain: density, weighted: density }
    }

    /// Returns the sums over these trials and `others` behind them.
    fn then(self, others: Self) -> Self {
        Self {
            count: self.count + others.count,
            plain: self.plain + others.plain,
            weighted: self.weighted + f64::from(others.count) * self.plain + others.weighted,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use rand::rngs::ChaCha8Rng;
    use rand::seq::SliceRandom;
    use rand::{RngExt, SeedableRng};

    use super::*;

    #[test]
    fn ranks_and_sums_are_those_of_a_list() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let mut order: Vec<usize> = (0..2_000).collect();
        order.shuffle(&mut rng);
        let loss = |trial: usize| trial * 7919 % 101;
        let density = |trial: usize, centre: usize| 1.0 / (1 + trial * 31 % 17 + centre) as f64;
        let (mut ranking, mut list, looked_at) = (Ranking::default(), Vec::new(), Cell::new(0));
        for (round, trial) in order.into_iter().enumerate() {
            let is_before = |other: usize| (loss(other), other) < (loss(trial), trial);
            assert_eq!(ranking.rank(is_before), list.iter().filter(|&&other| is_before(other)).count());
            list.insert(ranking.rank(is_before), trial);
            ranking.insert(trial, is_before);
            if round % 50 != 0 {
                continue;
            }
            let end = rng.random_range(0..=list.len());
            let ranks = rng.random_range(0..=end)..end;
            assert!((0..list.len()).all(|rank| ranking.get(rank) == Some(list[rank])));
            assert_eq!(ranking.get(list.len()), None);
            let incumbent = list[0];
            let expected: [f64; 2] = [0, incumbent].map(|centre| {
                let behind = ranks.clone().map(|rank| (ranks.end - rank) as f64);
                list[ranks.clone()].iter().zip(behind).map(|(&trial, weight)| weight * density(trial, centre)).sum()
            });
            let found = [
                ranking.weighted(ranks.clone(), Centre::Believed, |trial| {
                    looked_at.set(looked_at.get() + 1);
                    density(trial, 0)
                }),
                ranking.weighted(ranks.clone(), Centre::Incumbent(incumbent), |trial| density(trial, incumbent)),
            ];
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() <= 1e-12 * expected, "{found} {expected}");
            }
            // In another order, and at once: the same to the last digit.
            let mut again = Ranking::default();
            let mut shuffled = list.clone();
            shuffled.shuffle(&mut rng);
            for trial in shuffled {
                again.insert(trial, |other| (loss(other), other) < (loss(trial), trial));
            }
            assert_eq!(
                again.weighted(ranks, Centre::Believed, |trial| density(trial, 0)).to_bits(),
                found[0].to_bits()
            );
        }
        assert!(looked_at.get() <= 2_000, "each once at most, of {}", looked_at.get());
    }
}
