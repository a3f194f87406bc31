//! Where the expected improvement is largest: candidates over the whole cube and around the best trials, then the most
//! promising of them uphill.

use rand::Rng;

use super::candidates::{spread, surround};
use super::coordinate::Coordinate;
use super::improvement::log_improvement;
use super::observations::encode;
use super::problem::Problem;
use super::process::Room;
use crate::sampler::toolkit::{Lbfgs, Limits};

/// How many candidates are followed uphill.
const STARTS: usize = 5;
/// Candidates nearer to one another than this, in length scales, are one start.
const APART: f64 = 0.1;
/// Along some column, a candidate is farther than this from each trial that runs: nearer, it would tell the same.
const BESIDE: f64 = 1e-3;
/// The most rounds of trying the levels of all axes.
const ROUNDS: usize = 5;

/// Room to work in, kept between searches.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    /// One coordinate for each axis and candidate.
    units: Vec<f64>,
    scores: Vec<f64>,
    order: Vec<usize>,
    row: Vec<f64>,
    point: Vec<f64>,
    room: Room,
    lbfgs: Lbfgs,
}

impl Search {
    /// Returns the coordinates of the most promising point; `best` are those of the best trials, from the best on.
    pub(super) fn run(&mut self, problem: Problem<'_>, best: &[&[f64]], rng: &mut impl Rng) -> Vec<f64> {
        let candidates = problem.options.candidates.max(1);
        self.units.clear();
        spread(problem, candidates, rng, &mut self.units);
        surround(problem, best, candidates / 2, rng, &mut self.units);
        let axes = problem.space.len();
        self.scores.clear();
        for start in (0..self.units.len()).step_by(axes) {
            let candidate = start..start + axes;
            let score = self.score_of(problem, candidate);
            self.scores.push(score);
        }
        let Self { scores, order, .. } = self;
        order.clear();
        order.extend(0..scores.len());
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        #[cfg(test)]
        if problem.options.sabotage == super::options::Sabotage::Worst {
            let worst = self.order[self.order.len() - 1];
            return self.units[worst * axes..][..axes].to_vec();
        }
        let mut found = (self.scores[self.order[0]], self.units[self.order[0] * axes..][..axes].to_vec());
        for start in self.starts(problem, best) {
            let mut units = start;
            let score = self.climb(problem, &mut units);
            if score > found.0 {
                found = (score, units);
            }
        }
        found.1
    }

    /// Returns the most promising candidates that are not near to one another, and the best trial.
    fn starts(&self, problem: Problem<'_>, best: &[&[f64]]) -> Vec<Vec<f64>> {
        let axes = problem.space.len();
        let mut starts: Vec<Vec<f64>> = Vec::new();
        let lengths = &problem.model.process.kernel().lengths;
        for &candidate in &self.order {
            if starts.len() == STARTS {
                break;
            }
            let units = &self.units[candidate * axes..][..axes];
            let near = |other: &Vec<f64>| {
                let squares = problem.dimensions.iter().zip(lengths).map(|(dimension, length)| {
                    let apart = units[dimension.axis] - other[dimension.axis];
                    let apart = if dimension.is_categorical && apart != 0.0 { 1.0 } else { apart };
                    (apart / length).powi(2)
                });
                squares.sum::<f64>() < APART * APART
            };
            if !starts.iter().any(near) {
                starts.push(units.to_vec());
            }
        }
        if let Some(&best) = best.first() {
            let full = best.iter().map(|unit| if unit.is_nan() { 0.5 } else { *unit });
            starts.push(full.collect());
        }
        starts
    }

    /// Goes uphill from `units`: along the gradient in the smooth dimensions, level by level in the others, in turns until
    /// nothing changes.
    fn climb(&mut self, problem: Problem<'_>, units: &mut [f64]) -> f64 {
        let mut score = self.score(problem, units);
        for _ in 0..ROUNDS {
            let before = score;
            score = self.follow(problem, units, score);
            for dimension in problem.dimensions.iter().filter(|dimension| !dimension.is_smooth()) {
                score = self.try_levels(problem, dimension, units, score);
            }
            if score <= before + 1e-6 || problem.dimensions.iter().all(Coordinate::is_smooth) {
                break;
            }
        }
        score
    }

    /// Along the gradient, in units of the length scales.
    fn follow(&mut self, problem: Problem<'_>, units: &mut [f64], score: f64) -> f64 {
        self.point.clear();
        self.point.extend_from_slice(units);
        problem.activity.apply(problem.space, problem.dimensions, &mut self.point);
        let lengths = &problem.model.process.kernel().lengths;
        let moved = problem.dimensions.iter().zip(lengths);
        // What is inactive cannot be told to be better anywhere.
        let moved: Vec<_> =
            moved.filter(|(dimension, _)| dimension.is_smooth() && !self.point[dimension.axis].is_nan()).collect();
        if moved.is_empty() {
            return score;
        }
        let mut at: Vec<_> = moved.iter().map(|(dimension, length)| units[dimension.axis] / **length).collect();
        let bounds: Vec<_> = moved.iter().map(|(_, length)| (0.0, 1.0 / **length)).collect();
        let mut lbfgs = std::mem::take(&mut self.lbfgs);
        let limits = Limits { evaluations: 40, gradient: 1e-4, decrease: 1e-5 };
        lbfgs.minimise(&mut at, &bounds, limits, |at, gradient| {
            for ((dimension, length), at) in moved.iter().zip(at) {
                self.point[dimension.axis] = (at * **length).clamp(0.0, 1.0);
            }
            self.row.clear();
            encode(problem.dimensions, &self.point, &mut self.row);
            let (mean, variance) = problem.model.process.predict_with_gradients(&self.row, &mut self.room);
            let (score, by_mean, by_variance) = acquisition(problem.model.best, mean, variance);
            for ((dimension, length), slope) in moved.iter().zip(gradient) {
                let (mean, variance) =
                    (self.room.mean_gradient[dimension.column], self.room.variance_gradient[dimension.column]);
                *slope = -(by_mean * mean + by_variance * variance) * **length;
            }
            -score
        });
        self.lbfgs = lbfgs;
        let mut moved_units = units.to_vec();
        for ((dimension, length), at) in moved.iter().zip(&at) {
            moved_units[dimension.axis] = problem.space.axes()[dimension.axis].snap(at * **length);
        }
        let moved_score = self.score(problem, &moved_units);
        if moved_score > score {
            units.copy_from_slice(&moved_units);
            return moved_score;
        }
        score
    }

    fn try_levels(&mut self, problem: Problem<'_>, dimension: &Coordinate, units: &mut [f64], mut score: f64) -> f64 {
        let axis = &problem.space.axes()[dimension.axis];
        let levels = dimension.levels.unwrap_or(0);
        // Of very many levels without an order, some.
        let stride = levels.div_ceil(64).max(1);
        let mut kept = units[dimension.axis];
        for level in (0..levels).step_by(stride as usize) {
            units[dimension.axis] = axis.unit_of(level).unwrap_or(kept);
            let tried = self.score(problem, units);
            if tried > score {
                (score, kept) = (tried, units[dimension.axis]);
            }
        }
        units[dimension.axis] = kept;
        score
    }

    fn score_of(&mut self, problem: Problem<'_>, candidate: std::ops::Range<usize>) -> f64 {
        self.point.clear();
        self.point.extend_from_slice(&self.units[candidate]);
        self.score_point(problem)
    }

    /// Returns the logarithm of the expected improvement at `units`.
    fn score(&mut self, problem: Problem<'_>, units: &[f64]) -> f64 {
        self.point.clear();
        self.point.extend_from_slice(units);
        self.score_point(problem)
    }

    /// Returns the columns of a point.
    pub(super) fn encoded(&mut self, problem: Problem<'_>, units: &[f64]) -> &[f64] {
        self.point.clear();
        self.point.extend_from_slice(units);
        problem.activity.apply(problem.space, problem.dimensions, &mut self.point);
        self.row.clear();
        encode(problem.dimensions, &self.point, &mut self.row);
        &self.row
    }

    fn score_point(&mut self, problem: Problem<'_>) -> f64 {
        if problem.tried.is_some_and(|tried| tried.contains(problem.space, &self.point)) {
            return f64::NEG_INFINITY;
        }
        problem.activity.apply(problem.space, problem.dimensions, &mut self.point);
        self.row.clear();
        encode(problem.dimensions, &self.point, &mut self.row);
        let same = |other: &[f64]| self.row.iter().zip(other).all(|(a, b)| (a - b).abs() < BESIDE);
        if problem.running.chunks_exact(self.row.len()).any(same) {
            return f64::NEG_INFINITY;
        }
        let (mean, variance) = problem.model.process.predict(&self.row, &mut self.room);
        acquisition(problem.model.best, mean, variance).0
    }
}

/// Returns the logarithm of the expected improvement on `best`, and its derivatives by the mean and by the variance.
pub(super) fn acquisition(best: f64, mean: f64, variance: f64) -> (f64, f64, f64) {
    let deviation = variance.max(1e-18).sqrt();
    let u = (best - mean) / deviation;
    let (log, slope) = log_improvement(u);
    (log + deviation.ln(), -slope / deviation, (1.0 - slope * u) / (2.0 * deviation * deviation))
}
