//! The stability of rankings from rung to rung, by which PASHA opens rungs.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::history::Goal;
use crate::ordered::Ordered;
use crate::scheduler::score::Score;

/// The percentile of the differences between curves that cross by chance that counts as noise.
const PERCENTILE: f64 = 0.9;

/// Whether the ranking of configurations changes from one rung to the next by more than noise.
#[derive(Clone, Debug)]
pub(super) struct Stability {
    /// The highest rung in use.
    top: usize,
    /// The scores of its configurations there and one rung before, in the order of the former: equals have kept theirs.
    now: Ordered<(Score, Score)>,
    /// Their scores one rung before, in order.
    before: Ordered<Score>,
    /// An upper bound of the moves, which are the distances between the scores one rung before of the configuration with a rank
    /// now and of that which had the rank then.
    widest: f64,
    /// The scores of each configuration, rung by rung.
    curves: BTreeMap<usize, Vec<Score>>,
    /// The configurations that each rung has ranked.
    members: Vec<Vec<usize>>,
    /// The distances of pairs of configurations whose curves cross twice, in the last rung that both reached. A crossing
    /// that is undone later is noise.
    noise: BTreeMap<(usize, usize), f64>,
}

impl Default for Stability {
    /// Starts with two rungs.
    fn default() -> Self {
        Self {
            top: 1,
            now: Ordered::default(),
            before: Ordered::default(),
            widest: 0.0,
            curves: BTreeMap::new(),
            members: Vec::new(),
            noise: BTreeMap::new(),
        }
    }
}

impl Stability {
    /// Enters the score of `configuration` in `rung`.
    pub(super) fn enter(&mut self, rung: usize, configuration: usize, told: Score) {
        let curve = self.curves.entry(configuration).or_default();
        curve.push(told);
        debug_assert_eq!(curve.len(), rung + 1, "rung by rung");
        self.members.resize(self.members.len().max(rung + 1), Vec::new());
        let curve = &self.curves[&configuration];
        // Two crossings need three rungs.
        let others = if rung < 2 { &[][..] } else { &self.members[rung] };
        for &other in others {
            let other_curve = &self.curves[&other][..=rung];
            if crosses_twice(curve, other_curve) {
                let pair = (configuration.min(other), configuration.max(other));
                self.noise.insert(pair, told.distance(&other_curve[rung]));
            }
        }
        self.members[rung].push(configuration);
        if rung == self.top {
            let before = curve[rung - 1];
            let is_ahead = |a: &(Score, Score)| order(&a.0, &told).then(order(&a.1, &before)).is_lt();
            let was_ahead = |a: &Score| order(a, &before).is_lt();
            let (now, then) = (self.now.rank(is_ahead), self.before.rank(was_ahead));
            self.now.insert((told, before), is_ahead);
            self.before.insert(before, was_ahead);
            // Outside of these ranks, both lists have moved alike.
            let moved = self.moves(now.min(then)..now.max(then) + 1).fold(0.0, f64::max);
            self.widest = self.widest.max(moved);
        }
    }

    /// Opens one more rung.
    pub(super) fn grow(&mut self) {
        self.top += 1;
        (self.now, self.before) = Default::default();
        self.widest = 0.0;
    }

    /// Returns whether the configurations of the highest rung rank as they did one rung before; those within the noise of
    /// one another may change places.
    pub(super) fn is_stable(&mut self) -> bool {
        if self.widest == 0.0 {
            return true;
        }
        let epsilon = self.epsilon();
        if self.widest > epsilon {
            // Later configurations may have undone the widest moves.
            self.widest = self.moves(0..self.now.len()).fold(0.0, f64::max);
        }
        self.widest == 0.0 || self.widest <= epsilon
    }

    /// Returns the moves of these ranks.
    fn moves(&self, ranks: Range<usize>) -> impl Iterator<Item = f64> {
        let pairs = self.now.range(ranks.clone()).zip(self.before.range(ranks));
        pairs.map(|((_, before), of_rank)| before.distance(of_rank))
    }

    /// Returns the noise; 0 as long as no curves have crossed twice.
    fn epsilon(&self) -> f64 {
        let mut noise: Vec<_> = self.noise.values().copied().collect();
        percentile(&mut noise, PERCENTILE)
    }
}

/// Orders scores regardless of the goal: a ranking is as stable as its opposite.
fn order(a: &Score, b: &Score) -> Ordering {
    a.compare(b, Goal::Minimize)
}

/// Returns whether one curve was above the other, then below, and ends above.
fn crosses_twice(a: &[Score], b: &[Score]) -> bool {
    let order = |rung: usize| order(&a[rung], &b[rung]);
    let last = order(a.len() - 1);
    let below = (0..a.len() - 1).rfind(|&rung| last.is_ne() && order(rung) == last.reverse());
    below.is_some_and(|below| (0..below).any(|rung| order(rung) == last))
}

/// Returns a percentile, interpolated between the two nearest values; 0 for no values. It reorders `values`.
fn percentile(values: &mut [f64], fraction: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return 0.0 };
    let position = fraction * last as f64;
    let (_, &mut below, above) = values.select_nth_unstable_by(position as usize, f64::total_cmp);
    let above = above.iter().copied().min_by(f64::total_cmp).unwrap_or(below);
    below + (above - below) * position.fract()
}

#[cfg(test)]
mod tests {
    use rand::rngs::ChaCha8Rng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    /// Returns the curves of configurations 0, 1, 2 …, all through as many rungs.
    fn entered(curves: &[&[f64]]) -> Stability {
        let mut stability = Stability::default();
        for rung in 0..curves[0].len() {
            if rung > 1 {
                stability.grow();
            }
            for (configuration, curve) in curves.iter().enumerate() {
                stability.enter(rung, configuration, curve[rung].into());
            }
        }
        stability
    }

    #[test]
    fn ranks_that_stay_are_stable() {
        assert!(Stability::default().is_stable());
        assert!(entered(&[&[3.0], &[1.0]]).is_stable());
        assert!(entered(&[&[3.0, 30.0]]).is_stable());
        assert!(entered(&[&[3.0, 0.3], &[1.0, 0.1], &[2.0, 0.2]]).is_stable());
        assert!(!entered(&[&[3.0, 0.3], &[1.0, 0.2], &[2.0, 0.1]]).is_stable());
        // Equals have no order that could change.
        assert!(entered(&[&[1.0, 0.1], &[1.0, 0.2]]).is_stable());
        assert!(entered(&[&[2.0, 0.1], &[1.0, 0.1]]).is_stable());
        // What is not in the top rung does not matter.
        let mut stability = entered(&[&[3.0], &[1.0], &[2.0]]);
        stability.enter(1, 1, 0.2.into());
        stability.enter(1, 0, 0.3.into());
        assert!(stability.is_stable());
        stability.enter(1, 2, 0.1.into());
        assert!(!stability.is_stable());
    }

    #[test]
    fn curves_that_cross_twice_are_noise() {
        let crosses_twice = |a: &[f64], b: &[f64]| {
            let told = |curve: &[f64]| curve.iter().map(|&objective| objective.into()).collect::<Vec<_>>();
            crosses_twice(&told(a), &told(b))
        };
        assert!(crosses_twice(&[1.0, 3.0, 1.0], &[2.0, 2.0, 2.0]));
        assert!(crosses_twice(&[3.0, 1.0, 3.0], &[2.0, 2.0, 2.0]));
        assert!(crosses_twice(&[1.0, 1.0, 3.0, 2.0, 1.0], &[2.0; 5]));
        assert!(!crosses_twice(&[1.0, 3.0, 3.0], &[2.0; 3]));
        assert!(!crosses_twice(&[1.0, 3.0, 2.0], &[2.0; 3]));
        assert!(!crosses_twice(&[1.0, 2.0, 1.0], &[2.0; 3]));
        assert!(!crosses_twice(&[1.0, 3.0], &[2.0; 2]));
        assert!(!crosses_twice(&[1.0], &[2.0]));
    }

    #[test]
    fn changes_within_the_noise_are_stable() {
        // 0 and 1 cross twice, and end 0.1 apart: 2 and 3 may change places if they were no further apart.
        let noisy: [&[f64]; 2] = [&[1.0, 2.0, 1.0], &[1.5, 1.0, 1.1]];
        let with = |third: f64, fourth: f64| {
            entered(&[noisy[0], noisy[1], &[5.0, third, 3.0], &[6.0, fourth, 2.0]]).is_stable()
        };
        // 0 and 1 themselves are further apart in the rung before.
        assert!(!with(3.0, 3.05));
        let quiet = |third: f64, fourth: f64| {
            let noisy: [&[f64]; 2] = [&[1.0, 1.1, 1.0], &[1.1, 1.05, 1.1]];
            entered(&[noisy[0], noisy[1], &[5.0, third, 3.0], &[6.0, fourth, 2.0]])
        };
        assert!((quiet(3.0, 3.05).epsilon() - 0.1).abs() < 1e-12);
        assert!(quiet(3.0, 3.05).is_stable());
        assert!(!quiet(3.0, 3.2).is_stable());
    }

    #[test]
    fn the_bound_of_the_moves_decides_as_all_moves_do() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let (mut stable, mut unstable) = (0, 0);
        for round in 0..30 {
            let spread = f64::from(round % 10) * 0.02;
            let mut stability = Stability::default();
            for configuration in 0..60 {
                let quality: f64 = rng.random();
                for rung in 0..4 {
                    // Some are equal.
                    let told = ((quality + spread * rng.random::<f64>()) * 100.0).round();
                    stability.enter(rung, configuration, told.into());
                }
                if configuration % 30 == 0 && stability.top < 3 {
                    stability.grow();
                }
                let widest = stability.moves(0..stability.now.len()).fold(0.0, f64::max);
                let expected = widest == 0.0 || widest <= stability.epsilon();
                assert_eq!(stability.is_stable(), expected);
                *if expected { &mut stable } else { &mut unstable } += 1;
            }
        }
        assert!(stable > 100 && unstable > 100, "{stable} {unstable}");
    }

    #[test]
    fn the_percentile_is_that_of_numpy() {
        assert_eq!(percentile(&mut [], 0.9), 0.0);
        assert_eq!(percentile(&mut [2.0], 0.9), 2.0);
        assert!((percentile(&mut [0.0, 10.0], 0.9) - 9.0).abs() < 1e-12);
        assert!((percentile(&mut [1.0, 2.0, 3.0, 4.0], 0.9) - 3.7).abs() < 1e-12);
        let mut eleven: Vec<_> = (0..11).rev().map(f64::from).collect();
        assert!((percentile(&mut eleven, 0.9) - 9.0).abs() < 1e-12);
    }
}
