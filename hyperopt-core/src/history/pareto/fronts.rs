//! The Pareto front, and the fronts behind it.

use std::cmp::Ordering;

use super::staircase::Staircase;
use super::{Vectors, dominates};

impl Vectors {
    /// Returns the vectors that no other one dominates, in lexicographic order, equals in the order given.
    pub(crate) fn front(&self) -> Vec<usize> {
        self.first_of(&self.sorted()).0
    }

    /// Returns the front of the vectors `sorted`, in lexicographic order, and the others in that order.
    pub(super) fn first_of(&self, sorted: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let (mut front, mut behind): (Vec<usize>, Vec<usize>) = Default::default();
        let mut edge = Edge::default();
        for &index in sorted {
            let row = self.row(index);
            let is_same = front.last().is_some_and(|&last| self.row(last) == row);
            if !is_same && self.is_covered(row, &front, &edge) {
                behind.push(index);
                continue;
            }
            if !is_same {
                edge.insert(row);
            }
            front.push(index);
        }
        (front, behind)
    }

    /// Returns the vectors front by front, each in the order given.
    pub(crate) fn by_front(&self) -> Vec<Vec<usize>> {
        let ranks = self.fronts();
        let count = ranks.iter().max().map_or(0, |last| last + 1);
        let mut fronts = vec![Vec::new(); count];
        for (index, rank) in ranks.into_iter().enumerate() {
            fronts[rank].push(index);
        }
        fronts
    }

    /// Returns the number of the front of each vector: 0 for the Pareto front, 1 for the front of the remaining vectors,
    /// and so on.
    ///
    /// Vectors are taken in lexicographic order and put into the first front that does not dominate them, which is found by
    /// bisection: a front that dominates a vector has another one before it that does too (Zhang et al., "An Efficient
    /// Approach to Nondominated Sorting for Evolutionary Multiobjective Optimization", IEEE TEC 19(2), 2015). For up to
    /// three objectives, a front is represented by the lower left edge of all but the first objective, so that the whole
    /// takes O(n log² n) comparisons; with more, they are compared with one vector after the other.
    pub(crate) fn fronts(&self) -> Vec<usize> {
        let mut ranks = vec![0; self.len()];
        let mut fronts: Vec<(Vec<usize>, Edge)> = Vec::new();
        let mut last = None;
        for index in self.sorted() {
            let row = self.row(index);
            if let Some(last) = last.filter(|&last| self.row(last) == row) {
                ranks[index] = ranks[last];
                continue;
            }
            let rank = fronts.partition_point(|(members, edge)| self.is_covered(row, members, edge));
            if rank == fronts.len() {
                fronts.push(Default::default());
            }
            let (members, edge) = &mut fronts[rank];
            edge.insert(row);
            members.push(index);
            ranks[index] = rank;
            last = Some(index);
        }
        ranks
    }

    /// Returns whether `row`, which comes after them in lexicographic order and equals none, is dominated by one of
    /// `members`.
    fn is_covered(&self, row: &[f64], members: &[usize], edge: &Edge) -> bool {
        match row[..] {
            [_] => !members.is_empty(),
            [_, y] => edge.lowest.is_some_and(|lowest| lowest <= y),
            [_, y, z] => edge.stairs.covers(y, z),
            // The nearest in order are the likeliest to dominate it.
            _ => members.iter().rev().any(|&member| dominates(self.row(member), row)),
        }
    }

    pub(super) fn sorted(&self) -> Vec<usize> {
        let mut sorted: Vec<usize> = (0..self.len()).collect();
        sorted.sort_by(|&a, &b| lexicographic(self.row(a), self.row(b)));
        sorted
    }
}

/// The lower left edge of the vectors of a front, without their first objective.
#[derive(Clone, Debug, Default)]
struct Edge {
    lowest: Option<f64>,
    stairs: Staircase,
}

impl Edge {
    fn insert(&mut self, row: &[f64]) {
        match row[..] {
            // Within one front, the second objective falls.
            [_, y] => self.lowest = Some(y),
            [_, y, z] => self.stairs.insert(y, z),
            _ => {}
        }
    }
}

/// Compares two vectors lexicographically; -0 equals 0, as it does wherever vectors are compared.
fn lexicographic(a: &[f64], b: &[f64]) -> Ordering {
    a.partial_cmp(b).unwrap_or(Ordering::Equal)
}
