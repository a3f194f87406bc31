//! The model of one group of dimensions: the densities of the better and of the worse trials.

use rand::Rng;

use super::coordinate::Coordinate;
use super::earlier::{self, Earlier};
use super::options::Options;
use super::parzen::{FIRST_EARLIER, Parzen};
use super::split::{self, Ranked};
use crate::history::pareto::Standings;
use crate::history::{Goal, History};
use crate::normal::TruncatedNormal;
use crate::sampler::toolkit::Sample;
use crate::space::Space;

/// The worse group is a sample of at most this many trials: more do not change its shape, only its cost.
const MOST_WORSE: usize = 400;

/// A group whose dimensions are active in some trials only, or choose among branches, compares the fourth part of the
/// candidates. It has few trials of its own, or few levels: the largest of many ratios is then always that of the same
/// place.
const PART: usize = 4;

/// The levels that choose a branch are those of the best of this part of the candidates: of 24, three. The largest ratio of
/// all would be that of one branch until the worse trials in it have become its equals, and what the other branches
/// might still give, the ratio does not say.
const PART_OF_BRANCHES: usize = 8;

/// Two densities over the trials in which a group of dimensions is active.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) group: Vec<usize>,
    dimensions: Vec<Coordinate>,
    /// The rows of the best points of an earlier sweep, best first.
    earlier: Vec<Vec<f64>>,
    /// So many trials of the pool have been looked at.
    seen: usize,
    /// Whether the points of the earlier sweep are others than those that have kernels.
    is_outdated: bool,
    /// Whether it is active in some trials only.
    is_conditional: bool,
    /// Which of its dimensions choose a branch: their levels decide whether others are active.
    branches: Vec<usize>,
    /// The active ones among them, and those of these that are complete.
    trials: usize,
    complete: usize,
    /// The best ones, one more than can be better.
    best: Vec<Ranked>,
    /// The complete ones, where there are several goals.
    standings: Standings,
    /// The better trials with their weights.
    leaders: Vec<(usize, f64)>,
    sample: Sample,
    /// The better density whose kernels do not reach beyond one another, and the one whose do.
    pub(super) better: [Parzen; 2],
    pub(super) worse: Parzen,
    weights: Vec<f64>,
    row: Vec<f64>,
    rows: Vec<f64>,
}

/// Returns the rows of the points that say something along any of `dimensions`.
fn rows(earlier: &[Earlier], dimensions: &[Coordinate], space: &Space) -> Vec<Vec<f64>> {
    let is_known = |point: &&Earlier| dimensions.iter().any(|dimension| point.known.is_active(dimension.axis));
    let row = |point: &Earlier| dimensions.iter().map(|dimension| dimension.read(space, &point.whole)).collect();
    earlier.iter().filter(is_known).map(row).collect()
}

/// Candidates drawn from the better density, and room to compare them in.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    drawn: Vec<f64>,
    sums: Vec<f64>,
}

impl Model {
    pub(super) fn new(group: &[usize], dimensions: &[Coordinate], space: &Space, earlier: &[Earlier]) -> Self {
        let dimensions: Vec<_> = group.iter().map(|&index| dimensions[index].clone()).collect();
        // What is believed in is believed to be good: no reason to take it for worse.
        let better = [Parzen::new(&dimensions, true), Parzen::new(&dimensions, true)];
        let worse = Parzen::new(&dimensions, false);
        let is_parent = |axis: usize| space.axes().iter().any(|other| other.parents().contains(&axis));
        let is_branch = |dimension: &Coordinate| dimension.form.is_a_level() && is_parent(dimension.axis);
        let axis = |dimension: &Coordinate| &space.axes()[dimension.axis];
        Self {
            is_outdated: false,
            is_conditional: dimensions.iter().any(|dimension| !axis(dimension).parents().is_empty()),
            branches: (0..dimensions.len()).filter(|&index| is_branch(&dimensions[index])).collect(),
            group: group.to_vec(),
            earlier: rows(earlier, &dimensions, space),
            dimensions,
            seen: 0,
            trials: 0,
            complete: 0,
            best: Vec::new(),
            standings: Standings::default(),
            leaders: Vec::new(),
            sample: Sample::default(),
            better,
            worse,
            weights: Vec::new(),
            row: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Replaces the points of an earlier sweep.
    pub(super) fn transfer(&mut self, space: &Space, earlier: &[Earlier]) {
        let rows = rows(earlier, &self.dimensions, space);
        if rows != self.earlier {
            self.earlier = rows;
            self.better.iter_mut().for_each(Parzen::drop_earlier);
            self.is_outdated = true;
        }
    }

    /// Catches up with `pool`: the numbers of trials, each with its loss.
    pub(super) fn update(
        &mut self,
        pool: &[(usize, f64)],
        (space, history, goals): (&Space, &History, &[Goal]),
        options: &Options,
    ) {
        self.worse.settle();
        let is_new = std::mem::take(&mut self.is_outdated) || self.seen < pool.len();
        for &(number, loss) in &pool[self.seen..] {
            let trial = &history.trials()[number];
            let ranked = Ranked::of(trial, goals[0]).filter(|_| self.read(space, history, number));
            let ranked = ranked.map(|ranked| ranked.carried(loss));
            if let Some(ranked) = ranked {
                self.record(ranked, options);
                if goals.len() > 1 && ranked.is_complete() {
                    self.standings.insert(trial, goals);
                }
            }
        }
        self.seen = pool.len();
        let better = split::better(self.trials, self.complete, options);
        self.leaders.clear();
        if goals.len() > 1 {
            self.leaders.extend_from_slice(self.standings.best(better));
        } else {
            split::weights(&self.best[..better], self.best.get(better), &mut self.weights);
            let best = self.best.iter().map(|ranked| ranked.trial);
            self.leaders.extend(best.zip(self.weights.iter().copied()));
        }
        // By trial, as the kernels are.
        self.leaders.sort_unstable_by_key(|&(trial, _)| trial);
        let share = (options.startup as f64 / self.trials as f64).min(1.0).powi(2);
        earlier::add(self.earlier.len(), share, options, &mut self.leaders);
        if is_new {
            self.regroup((space, history));
        }
        let weights: Vec<f64> = self.leaders.iter().map(|&(_, weight)| weight).collect();
        let [near, far] = &mut self.better;
        near.refresh(options, self.trials, false, Some(&weights));
        far.refresh(options, self.trials, true, Some(&weights));
        self.worse.refresh(options, self.trials, true, None);
    }

    /// Reads the row of a trial; false where the group is inactive.
    fn read(&mut self, space: &Space, history: &History, trial: usize) -> bool {
        let point = history.trials()[trial].point();
        self.row.clear();
        self.row.extend(self.dimensions.iter().map(|dimension| dimension.read(space, point)));
        !self.row.iter().any(|x| x.is_nan())
    }

    /// Takes note of a trial.
    fn record(&mut self, ranked: Ranked, options: &Options) {
        self.trials += 1;
        self.complete += usize::from(ranked.is_complete());
        self.sample.offer(ranked.trial, MOST_WORSE + options.better_at_most);
        let rank = self.best.partition_point(|other| *other < ranked);
        if rank <= options.better_at_most {
            self.best.insert(rank, ranked);
            self.best.truncate(options.better_at_most + 1);
        }
    }

    /// Makes the leaders the better group, and what else is in the sample the worse one.
    fn regroup(&mut self, (space, history): (&Space, &History)) {
        let numbers: Vec<_> = self.leaders.iter().map(|&(trial, _)| trial).collect();
        let mut worse: Vec<_> = self.sample.trials().filter(|trial| numbers.binary_search(trial).is_err()).collect();
        worse.sort_unstable();
        let (dimensions, earlier) = (&self.dimensions, &self.earlier);
        let row = |trial: usize, row: &mut Vec<f64>| {
            if let Some(index) = trial.checked_sub(FIRST_EARLIER) {
                return row.extend_from_slice(&earlier[index]);
            }
            let point = history.trials()[trial].point();
            row.extend(dimensions.iter().map(|dimension| dimension.read(space, point)));
        };
        for better in &mut self.better {
            better.set(&numbers, row, dimensions, space);
        }
        self.worse.set(&worse, row, dimensions, space);
    }

    /// Counts trials that are running as worse until they are told: what is being tried need not be proposed again.
    pub(super) fn add_running(&mut self, running: &[usize], space: &Space, history: &History) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.clear();
        for &number in running {
            if self.read(space, history, number) {
                rows.extend_from_slice(&self.row);
            }
        }
        self.worse.push(&rows, &self.dimensions, space);
        self.rows = rows;
    }

    /// Candidates drawn from the better density.
    ///
    /// In a space with conditions, they are fewer, and have the levels along the branches of the best of a few drawn before
    /// them, which is the first: see [`PART`] and [`PART_OF_BRANCHES`].
    pub(super) fn draw<'a>(
        &self,
        reaches: bool,
        options: &Options,
        candidates: &'a mut Candidates,
        rng: &mut impl Rng,
    ) -> &'a [f64] {
        let mut normal = TruncatedNormal::default();
        let (better, worse) = self.densities(reaches, options);
        let Candidates { drawn, sums } = candidates;
        let d = self.dimensions.len();
        drawn.clear();
        if !self.branches.is_empty() && options.candidates > 0 {
            for _ in 0..options.candidates.div_ceil(PART_OF_BRANCHES) {
                better.draw(drawn, rng, &mut normal);
            }
            let ratio = |x: &[f64]| better.log_density(x, sums) - worse.log_density(x, sums);
            let ratios = drawn.chunks_exact(d).map(ratio);
            let chosen = ratios.enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(index, _)| index);
            drawn.copy_within(chosen * d..(chosen + 1) * d, 0);
            drawn.truncate(d);
        }
        let is_whole = self.branches.is_empty() && !self.is_conditional;
        for _ in 0..if is_whole { options.candidates } else { options.candidates.div_ceil(PART) } {
            let start = drawn.len();
            better.draw(drawn, rng, &mut normal);
            if self.branches.iter().any(|&at| drawn[start + at] != drawn[at]) {
                drawn.truncate(start);
            }
        }
        drawn
    }

    /// Returns the one of `rows` with the largest ratio of the better density to the worse one, and the logarithm of that: Watanabe
    /// 2023, algorithm 1. The first of equals; `None` of none.
    pub(super) fn best<'r>(
        &self,
        rows: &'r [f64],
        reaches: bool,
        options: &Options,
        candidates: &mut Candidates,
    ) -> Option<(&'r [f64], f64)> {
        let mut best: Option<(&[f64], f64)> = None;
        for (x, ratio) in self.ratios(rows, reaches, options, &mut candidates.sums) {
            if best.is_none_or(|(_, largest)| ratio > largest) {
                best = Some((x, ratio));
            }
        }
        best
    }

    /// `rows` from the largest ratio to the smallest.
    pub(super) fn ranked<'r>(
        &self,
        rows: &'r [f64],
        reaches: bool,
        options: &Options,
        candidates: &mut Candidates,
    ) -> Vec<(&'r [f64], f64)> {
        let mut ranked: Vec<_> = self.ratios(rows, reaches, options, &mut candidates.sums).collect();
        ranked.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        ranked
    }

    fn ratios<'r>(
        &self,
        rows: &'r [f64],
        reaches: bool,
        options: &Options,
        sums: &mut Vec<f64>,
    ) -> impl Iterator<Item = (&'r [f64], f64)> {
        let (better, worse) = self.densities(reaches, options);
        let norm = worse.log_norm() - better.log_norm();
        let mut ratio = move |x| better.log_density(x, sums) - worse.log_density(x, sums) + norm;
        rows.chunks_exact(self.dimensions.len()).map(move |x| (x, ratio(x)))
    }

    fn densities(&self, reaches: bool, options: &Options) -> (&Parzen, &Parzen) {
        let (better, worse) = (&self.better[usize::from(reaches)], &self.worse);
        #[cfg(test)]
        if options.is_swapped {
            return (worse, better);
        }
        let _ = options;
        (better, worse)
    }
}
