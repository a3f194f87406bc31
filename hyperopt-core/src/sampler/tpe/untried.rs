//! The most promising configuration among those that have not been tried.

use std::collections::BinaryHeap;
use std::f64::consts::LN_2;

use rand::Rng;

use super::coordinate::Coordinate;
use super::model::{Candidates, Model};
use super::options::Options;
use crate::sampler::Tried;
use crate::space::Space;

/// How many times as many candidates are drawn as are compared, at most, to find some that are untried.
const ROUNDS: usize = 8;
/// How many combinations of the candidates of several groups are looked at, from the most promising on.
const COMBINATIONS: usize = 256;

/// The logarithm of the least ratio of the densities at which an untried configuration is promising: half of what a blind
/// draw has on average.
const PROMISING: f64 = -LN_2;

/// What a search is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search<'a> {
    pub(super) space: &'a Space,
    pub(super) dimensions: &'a [Coordinate],
    pub(super) models: &'a [Model],
    pub(super) reaches: bool,
    pub(super) options: &'a Options,
    pub(super) tried: &'a Tried,
}

/// One candidate for each group, by rank.
#[derive(Debug, PartialEq)]
struct Combination {
    score: f64,
    ranks: Vec<usize>,
    /// The groups before this one keep their candidates from here on, so that no combination comes twice.
    from: usize,
}

impl Eq for Combination {}

impl PartialOrd for Combination {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Combination {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.ranks.cmp(&self.ranks))
    }
}

impl Search<'_> {
    /// Makes `units` the most promising untried configuration.
    ///
    /// If it is much less promising than a blind draw, the most promising of those that have been tried stands instead.
    pub(super) fn propose(&self, units: &mut [f64], candidates: &mut Candidates, rng: &mut impl Rng) {
        match self.models {
            [] => {}
            [model] => self.propose_alone(model, units, candidates, rng),
            _ => self.propose_together(units, candidates, rng),
        }
    }

    /// Of a single group, further candidates are drawn for those that have been tried.
    fn propose_alone(&self, model: &Model, units: &mut [f64], candidates: &mut Candidates, rng: &mut impl Rng) {
        let d = model.group.len();
        let (mut untried, mut tried, mut row) = (Vec::new(), Vec::new(), Vec::with_capacity(d));
        let mut most = self.options.candidates;
        for round in 0..ROUNDS {
            for x in model.draw(self.reaches, self.options, candidates, rng).chunks_exact(d) {
                self.snap(model, x, &mut row);
                self.place(model, &row, units);
                if self.tried.contains(self.space, units) {
                    if round == 0 {
                        add(&row, &mut tried);
                    }
                } else if untried.len() < most * d {
                    add(&row, &mut untried);
                }
            }
            if round == 0 {
                // Densities are what takes time: few more are computed than for a proposal that may repeat.
                most = most.saturating_sub(tried.len() / d).max(most.div_ceil(3));
            }
            if tried.is_empty() || untried.len() >= most * d {
                break;
            }
        }
        let mut best = |rows| model.best(rows, self.reaches, self.options, candidates);
        let promising = best(&untried).filter(|(_, ratio)| *ratio > PROMISING);
        let Some((chosen, _)) = promising.or_else(|| best(&tried)).or_else(|| best(&untried)) else { return };
        self.place(model, chosen, units);
    }

    /// Of several groups, the candidates are combined.
    fn propose_together(&self, units: &mut [f64], candidates: &mut Candidates, rng: &mut impl Rng) {
        let rank = |model: &Model| {
            let (mut rows, mut row) = (Vec::new(), Vec::new());
            for x in model.draw(self.reaches, self.options, candidates, rng).chunks_exact(model.group.len()) {
                self.snap(model, x, &mut row);
                add(&row, &mut rows);
            }
            let ranked = model.ranked(&rows, self.reaches, self.options, candidates);
            ranked.into_iter().map(|(x, ratio)| (x.to_vec(), ratio)).collect()
        };
        let ranked: Vec<Vec<(Vec<f64>, f64)>> = self.models.iter().map(rank).collect();
        if ranked.iter().any(Vec::is_empty) {
            return;
        }
        let place = |ranks: &[usize], units: &mut [f64]| {
            for ((model, ranked), &rank) in self.models.iter().zip(&ranked).zip(ranks) {
                self.place(model, &ranked[rank].0, units);
            }
        };
        let best =
            Combination { score: ranked.iter().map(|ranked| ranked[0].1).sum(), ranks: vec![0; ranked.len()], from: 0 };
        let mut heap = BinaryHeap::from([best]);
        for _ in 0..COMBINATIONS {
            let Some(Combination { score, mut ranks, from }) = heap.pop() else { break };
            place(&ranks, units);
            let is_first = ranks.iter().all(|&rank| rank == 0);
            if (score > PROMISING || is_first) && !self.tried.contains(self.space, units) {
                return;
            }
            for group in from..ranks.len() {
                let (ranked, rank) = (&ranked[group], ranks[group]);
                if let Some((_, next)) = ranked.get(rank + 1) {
                    ranks[group] += 1;
                    let score = score - ranked[rank].1 + next;
                    heap.push(Combination { score, ranks: ranks.clone(), from: group });
                    ranks[group] -= 1;
                }
            }
        }
        place(&vec![0; ranked.len()], units);
    }

    /// Makes `row` the coordinates `x` of a group, moved to the middles of their cells.
    fn snap(&self, model: &Model, x: &[f64], row: &mut Vec<f64>) {
        row.clear();
        row.extend(model.group.iter().zip(x).map(|(&index, &x)| self.dimensions[index].snap(self.space, x)));
    }

    /// Writes the coordinates `x` of a group into `units`.
    fn place(&self, model: &Model, x: &[f64], units: &mut [f64]) {
        for (&index, &x) in model.group.iter().zip(x) {
            let dimension = &self.dimensions[index];
            units[dimension.axis] = dimension.unit(self.space, x);
        }
    }
}

/// Appends `row` to `rows`, unless it is one of them.
fn add(row: &[f64], rows: &mut Vec<f64>) {
    if rows.chunks_exact(row.len()).all(|other| other != row) {
        rows.extend_from_slice(row);
    }
}
