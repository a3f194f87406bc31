//! The best of many trials under several goals and constraints, again and again while they grow in number.

use super::hypervolume::exclusive;
use super::{Vectors, loss};
use crate::history::Goal;
use crate::trial::Trial;

/// The reference of hypervolumes, in lengths of the front from its best end: a little beyond the worst, so that the ends of
/// the front have a weight.
const REFERENCE: f64 = 1.1;
/// The least weight of a trial that is among the best.
const LEAST: f64 = 1e-12;

/// Complete trials, sorted so that the best of them are found in one pass for each front.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standings {
    feasible: Vectors,
    /// The trial of each vector.
    trials: Vec<usize>,
    /// The vectors in lexicographic order, equals by their trials.
    sorted: Vec<usize>,
    /// Trials that violate a constraint, those that violate them least first.
    infeasible: Vec<(f64, usize)>,
}

impl Standings {
    /// Takes in a complete trial with an objective for each goal, in whatever order.
    pub(crate) fn insert(&mut self, trial: &Trial, goals: &[Goal]) {
        let number = trial.number();
        if !trial.is_feasible() {
            let entry = (trial.violation(), number);
            let place = self.infeasible.partition_point(|other| (other.0, other.1) < entry);
            return self.infeasible.insert(place, entry);
        }
        let index = self.trials.len();
        self.trials.push(number);
        self.feasible.push(trial.objectives(), goals);
        let Self { feasible, trials, sorted, .. } = self;
        let new = feasible.row(index);
        let is_before = |&other: &usize| {
            let row = feasible.row(other);
            row < new || row == new && trials[other] < number
        };
        let place = sorted.partition_point(is_before);
        sorted.insert(place, index);
    }

    /// Returns the best `count` trials with their weights, of which the largest is 1. It takes whole fronts first, then
    /// from the next front the trials that together dominate a large volume, found one by one, and then those that violate
    /// constraints least.
    ///
    /// The weight of a trial is the share of the volume that it alone dominates among the best; those that violate a
    /// constraint have a negligible weight beside others. (Ozaki, Tanigaki, Watanabe and Onishi, "Multiobjective
    /// Tree-Structured Parzen Estimator", JAIR 73, 2022.)
    pub(crate) fn best(&self, count: usize) -> Vec<(usize, f64)> {
        let mut best: Vec<usize> = Vec::with_capacity(count);
        let mut rest = self.sorted.clone();
        while best.len() < count && !rest.is_empty() {
            let (front, behind) = self.feasible.first_of(&rest);
            let room = count - best.len();
            best.extend(if front.len() <= room { front } else { self.spread(&front, room) });
            rest = behind;
        }
        let weights = self.weights(&best);
        let others = self.infeasible.iter().take(count - best.len());
        let weight = if best.is_empty() { 1.0 } else { LEAST };
        let others = others.map(|&(_, trial)| (trial, weight));
        best.iter().map(|&index| self.trials[index]).zip(weights).chain(others).collect()
    }

    /// Returns `count` vectors of `front` that together dominate a large volume. It chooses greedily the vector that adds
    /// most, the first of equals; the best choice dominates at most about 1.6 times as much.
    fn spread(&self, front: &[usize], count: usize) -> Vec<usize> {
        let scaled = self.feasible.scaled(front);
        let reference = vec![REFERENCE; self.feasible.width];
        // The volume that a vector adds only shrinks as others are chosen, so one whose old value is too small need not be
        // computed again.
        let mut adds = vec![f64::INFINITY; front.len()];
        let mut chosen: Vec<usize> = Vec::with_capacity(count);
        while chosen.len() < count {
            let mut largest: Option<usize> = None;
            for place in (0..front.len()).filter(|place| !chosen.contains(place)) {
                if largest.is_some_and(|largest| adds[largest] >= adds[place]) {
                    continue;
                }
                let others = chosen.iter().map(|&other| scaled.row(other));
                adds[place] = exclusive(scaled.row(place), others, &reference);
                if largest.is_none_or(|largest| adds[place] > adds[largest]) {
                    largest = Some(place);
                }
            }
            let Some(largest) = largest else { break };
            chosen.push(largest);
        }
        chosen.into_iter().map(|place| front[place]).collect()
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
        let mut losses = vec![0.0; indices.len() * self.width];
        for objective in 0..self.width {
            let values = || indices.iter().map(|&index| self.row(index)[objective]);
            let (lo, hi) = values().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| (lo.min(x), hi.max(x)));
            // Halves, so that no difference overflows.
            let length = 0.5 * hi - 0.5 * lo;
            for (row, value) in values().enumerate() {
                let share = if length > 0.0 { (0.5 * value - 0.5 * lo) / length } else { 0.0 };
                losses[row * self.width + objective] = share;
            }
        }
        Self { width: self.width, losses }
    }
}
