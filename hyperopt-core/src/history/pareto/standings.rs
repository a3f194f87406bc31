//! The best of many trials under several goals and constraints, again and again while they grow in number.

use super::growing::GrowingFronts;
use super::spread::{REFERENCE, Spread, scaled};
use super::{Vectors, loss};
use crate::history::Goal;
use crate::trial::Trial;

/// The least weight of a trial that is among the best.
const LEAST: f64 = 1e-12;

/// Complete trials, in fronts that are kept while they grow in number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standings {
    feasible: Vectors,
    /// The trial of each vector.
    trials: Vec<usize>,
    fronts: GrowingFronts,
    /// Trials that violate a constraint, those that violate them least first.
    infeasible: Vec<(f64, usize)>,
    /// The best trials as they were last asked for, while nothing has changed among them.
    best: Vec<(usize, f64)>,
    count: Option<usize>,
    /// Those of the last front, if not all of it are among the best, and its depth.
    spread: Spread,
    spread_of: Option<usize>,
}

impl Standings {
    /// Adds a complete trial with an objective for each goal. Trials may be added in any order.
    pub(crate) fn insert(&mut self, trial: &Trial, goals: &[Goal]) {
        let number = trial.number();
        if !trial.is_feasible() {
            let entry = (trial.violation(), number);
            let place = self.infeasible.partition_point(|other| (other.0, other.1) < entry);
            self.count = None;
            return self.infeasible.insert(place, entry);
        }
        let index = self.trials.len();
        self.trials.push(number);
        self.feasible.push(trial.objectives(), goals);
        self.fronts.push(index);
    }

    /// Returns the best `count` trials with their weights, of which the largest is 1. It takes whole fronts first, then
    /// from the next front the trials that together dominate a large volume, found one by one, and then those that violate
    /// constraints least.
    ///
    /// The weight of a trial is the share of the volume that it alone dominates among the best; those that violate a
    /// constraint have a negligible weight beside others. (Ozaki, Tanigaki, Watanabe and Onishi, "Multiobjective
    /// Tree-Structured Parzen Estimator", JAIR 73, 2022.)
    pub(crate) fn best(&mut self, count: usize) -> &[(usize, f64)] {
        let (mut found, mut depth) = (0, 0);
        while found < count {
            let Some((members, is_changed)) = self.fronts.settle(depth, &self.feasible, &self.trials) else { break };
            found += members;
            depth += 1;
            if is_changed {
                self.count = None;
            }
        }
        if self.count != Some(count) {
            self.best = self.best_of(count, depth);
            self.count = Some(count);
        }
        &self.best
    }

    fn best_of(&mut self, count: usize, depth: usize) -> Vec<(usize, f64)> {
        let mut best: Vec<usize> = Vec::with_capacity(count);
        let spread_before = self.spread_of.take();
        for depth in 0..depth {
            let changed = self.fronts.take_changes(depth);
            let (front, room) = (self.fronts.members(depth), count - best.len());
            if front.len() <= room {
                best.extend(front);
                continue;
            }
            if spread_before != Some(depth) {
                self.spread = Spread::default();
            }
            self.spread_of = Some(depth);
            best.extend(self.spread.choose(&self.feasible, front, room, &changed));
        }
        let weights = self.weights(&best);
        let others = self.infeasible.iter().take(count - best.len());
        let weight = if best.is_empty() { 1.0 } else { LEAST };
        let others = others.map(|&(_, trial)| (trial, weight));
        best.iter().map(|&index| self.trials[index]).zip(weights).chain(others).collect()
    }

    fn weights(&self, best: &[usize]) -> Vec<f64> {
        let scaled = self.feasible.scaled(best);
        let members: Vec<usize> = (0..best.len()).collect();
        let mut front = scaled.first_of(&scaled.sorted()).0;
        front.sort_unstable();
        let mut weights = vec![0.0; best.len()];
        let contributions = scaled.contributions(&front, &vec![REFERENCE; self.feasible.width]);
        for (member, contribution) in front.into_iter().zip(contributions) {
            weights[member] = contribution;
        }
        let largest = weights.iter().copied().fold(0.0, f64::max);
        // If all are copies of one another, none dominates anything alone.
        let weight = |member: usize| if largest > 0.0 { (weights[member] / largest).max(LEAST) } else { 1.0 };
        members.into_iter().map(weight).collect()
    }
}

impl Vectors {
    fn push(&mut self, objectives: &[f64], goals: &[Goal]) {
        self.width = goals.len();
        self.losses.extend(objectives.iter().zip(goals).map(|(&value, &goal)| loss(value, goal)));
    }

    /// Returns the vectors `indices` with each objective from 0 for the smallest to 1 for the largest.
    pub(super) fn scaled(&self, indices: &[usize]) -> Self {
        let ends = self.ends(indices);
        let row = |&index: &usize| self.row(index).iter().zip(&ends).map(|(&value, &(lo, hi))| scaled(value, lo, hi));
        Self { width: self.width, losses: indices.iter().flat_map(row).collect() }
    }

    /// Returns the smallest and the largest of each objective among the vectors `indices`.
    pub(super) fn ends(&self, indices: &[usize]) -> Vec<(f64, f64)> {
        let mut ends = vec![(f64::INFINITY, f64::NEG_INFINITY); self.width];
        for &index in indices {
            for ((lo, hi), &x) in ends.iter_mut().zip(self.row(index)) {
                (*lo, *hi) = (lo.min(x), hi.max(x));
            }
        }
        ends
    }
}
