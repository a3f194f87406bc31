//! Grid search over all combinations of the candidates.

use std::error::Error;

use crate::history::History;
use crate::sampler::toolkit::is_constant;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Axis, Point, Scale, Space};
use crate::trial::{State, Trial};

/// Tries every combination of the candidates once, in the order of nested loops: the last hyperparameter changes fastest.
///
/// `for i in ..` runs the whole grid; a head with a count runs its beginning. An inactive conditional hyperparameter is not
/// varied, so no two trials of a grid are the same. A continuous hyperparameter has a grid only if a
/// [`resolution`](Self::resolution) is set. A sweep that resumes an earlier grid over the same space continues where the
/// earlier one ended.
///
/// Points of `try_first` are tried before the grid, which does not repeat them.
///
/// ```
/// use hyperopt_core::GridSampler;
///
/// let grid = GridSampler::new().resolution(5); // 0.0..=1.0 becomes 0, 0.25, 0.5, 0.75, 1
/// ```
#[derive(Clone, Debug, Default)]
pub struct GridSampler {
    resolution: Option<u32>,
    sizes: Vec<u64>,
    /// The number of the first configuration that counts; each bracket of a multi-fidelity sweep begins the grid anew.
    first: usize,
    walk: Walk,
}

/// The progress through the grid, which follows from the trials alone, whoever ran them.
#[derive(Clone, Debug, Default)]
struct Walk {
    /// The number of trials read so far.
    read: usize,
    /// The first combination, in the order of nested loops, that no trial is known to cover; `None` once all are covered.
    next: Option<Vec<u64>>,
    /// The combinations from `next` on that trials cover.
    covered: Vec<Covered>,
    /// Trials whose guards are still to be evaluated, by other processes.
    open: Vec<usize>,
    /// The point of `next`, as it was proposed.
    proposed: Option<Point>,
}

/// The combinations that one trial covers: its levels along the axes that are active in it, and all levels along the others.
#[derive(Clone, Debug)]
struct Covered {
    levels: Vec<Option<u64>>,
}

impl Covered {
    fn has(&self, combination: &[u64]) -> bool {
        self.levels.iter().zip(combination).all(|(covered, level)| covered.is_none_or(|covered| covered == *level))
    }

    /// Returns whether all covered combinations come before `combination` in the order of nested loops.
    fn is_before(&self, combination: &[u64], sizes: &[u64]) -> bool {
        let last = self.levels.iter().zip(sizes).map(|(level, size)| level.unwrap_or(size - 1));
        last.lt(combination.iter().copied())
    }
}

impl GridSampler {
    /// Makes a grid over ordered and categorical hyperparameters; a continuous one is an error of the sweep without a
    /// [`resolution`](Self::resolution).
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how many evenly spaced points every continuous hyperparameter has, both ends included, at least 1 (no default); 0
    /// is an error of the sweep. A normal distribution is divided into parts of equal probability.
    #[must_use]
    pub fn resolution(mut self, points: u32) -> Self {
        self.resolution = Some(points);
        self
    }

    fn size(&self, axis: &Axis) -> Result<u64, String> {
        match (axis.levels(), self.resolution) {
            (Some(levels), _) => Ok(levels),
            (None, _) if is_constant(axis) => Ok(1),
            (None, Some(points @ 1..)) => Ok(points.into()),
            (None, Some(0)) => Err("a resolution of 0 leaves nothing to try; write at least 1".into()),
            (None, None) => Err(format!(
                "hyperparameter `{}` is continuous and has no grid; write `linrange(lo, hi, n)`, or give all such \
                 hyperparameters n points: `GridSampler::new().resolution(n)`",
                axis.parameter()
            )),
        }
    }

    fn unit(&self, axis: &Axis, index: usize, level: u64) -> f64 {
        let ends = || match self.sizes[index] {
            1 => 0.5,
            // The ends of a distribution have hardly any probability.
            points if matches!(axis.scale(), Scale::Normal | Scale::LogNormal) => (level as f64 + 0.5) / points as f64,
            points => level as f64 / (points - 1) as f64,
        };
        axis.unit_of(level).unwrap_or_else(ends)
    }

    fn point(&self, space: &Space, levels: &[u64]) -> Point {
        let axes = space.axes().iter().zip(levels).enumerate();
        axes.map(|(index, (axis, &level))| self.unit(axis, index, level)).collect()
    }

    /// Returns the level of `axis` at `unit`; `None` if the grid has no such point.
    fn level(&self, axis: &Axis, index: usize, unit: f64) -> Option<u64> {
        if axis.levels().is_some() {
            return axis.level(unit);
        }
        let points = self.sizes[index];
        if points == 1 {
            return Some(0);
        }
        let steps = if matches!(axis.scale(), Scale::Normal | Scale::LogNormal) {
            unit * points as f64 - 0.5
        } else {
            unit * (points - 1) as f64
        };
        let level = steps.round() as u64;
        // A study may return a coordinate with another last digit.
        (level < points && (self.unit(axis, index, level) - unit).abs() < 1e-9).then_some(level)
    }

    /// Returns the combinations that a trial at `point` covers; `None` if it is not on the grid.
    fn covered(&self, space: &Space, point: &Point) -> Option<Covered> {
        let levels = space.axes().iter().zip(point.iter()).enumerate().map(|(index, (axis, unit))| match unit {
            Some(unit) => self.level(axis, index, unit).map(Some),
            None => Some(None),
        });
        Some(Covered { levels: levels.collect::<Option<_>>()? })
    }

    /// Moves `levels` on to the next combination that differs along an axis `is_active`, since guards read only names before
    /// their own; `false` after the last one.
    fn advance(&self, levels: &mut [u64], is_active: impl Fn(usize) -> bool) -> bool {
        for (axis, level) in levels.iter_mut().enumerate().rev() {
            if is_active(axis) && *level + 1 < self.sizes[axis] {
                *level += 1;
                return true;
            }
            *level = 0;
        }
        false
    }

    /// Returns the combination after `levels` that `covered` does not cover.
    fn after(&self, mut levels: Vec<u64>, covered: &Covered) -> Option<Vec<u64>> {
        self.advance(&mut levels, |axis| covered.levels[axis].is_some()).then_some(levels)
    }

    /// Reads the trials that are new since the last call.
    fn read(&mut self, space: &Space, history: &History) {
        if self.walk.read > history.len() {
            // The study did not accept the last trial.
            self.walk = Walk { next: Some(vec![0; space.len()]), ..Walk::default() };
        }
        let new = &history.trials()[self.walk.read..];
        self.walk.read = history.len();
        let open = std::mem::take(&mut self.walk.open);
        let open = open.into_iter().map(|number| &history.trials()[number]);
        let first = self.first;
        let counts = |trial: &&Trial| trial.configuration() >= first;
        for trial in open.chain(new.iter().filter(counts)) {
            if history.has_open_guards(trial.number()) {
                self.walk.open.push(trial.number());
            } else if trial.state() != State::Cancelled {
                self.pass(space, trial);
            }
        }
    }

    /// Skips the combinations that `trial` covers.
    fn pass(&mut self, space: &Space, trial: &Trial) {
        if self.walk.covered.is_empty()
            && self.walk.proposed.as_ref() == Some(trial.point())
            && let Some(mut next) = self.walk.next.take()
        {
            // The usual case: what was proposed last, with all axes active.
            self.walk.next = self.advance(&mut next, |_| true).then_some(next);
            return;
        }
        let Some(covered) = self.covered(space, trial.point()) else { return };
        let Some(next) = self.walk.next.take() else { return };
        if !covered.has(&next) {
            if !covered.is_before(&next, &self.sizes) {
                self.walk.covered.push(covered);
            }
            self.walk.next = Some(next);
            return;
        }
        self.walk.next = self.after(next, &covered);
        if covered.levels.contains(&None) {
            self.walk.covered.push(covered);
        }
        while let Some(next) = self.walk.next.take() {
            self.walk.covered.retain(|covered| !covered.is_before(&next, &self.sizes));
            let Some(covered) = self.walk.covered.iter().find(|covered| covered.has(&next)) else {
                self.walk.next = Some(next);
                return;
            };
            self.walk.next = self.after(next, covered);
        }
    }

    /// Returns the first combination that no trial covers, not even one whose guards are still open.
    fn free(&self, space: &Space, history: &History) -> Option<Vec<u64>> {
        let mut next = self.walk.next.clone()?;
        let open = self.walk.open.iter().filter_map(|&number| self.covered(space, history.trials()[number].point()));
        let open: Vec<_> = open.collect();
        while let Some(covered) = self.walk.covered.iter().chain(&open).find(|covered| covered.has(&next)) {
            next = self.after(next, covered)?;
        }
        Some(next)
    }
}

impl Sampler for GridSampler {
    fn suggest(&mut self, space: &Space, history: &History, _: &Draw) -> Option<Point> {
        self.read(space, history);
        if !(self.walk.covered.is_empty() && self.walk.open.is_empty()) {
            self.walk.proposed = None;
            return Some(self.point(space, &self.free(space, history)?));
        }
        let point = self.point(space, self.walk.next.as_ref()?);
        match &mut self.walk.proposed {
            Some(proposed) => proposed.clone_from(&point),
            none @ None => *none = Some(point.clone()),
        }
        Some(point)
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let space = setup.space();
        self.sizes = space.axes().iter().map(|axis| self.size(axis)).collect::<Result<_, _>>()?;
        self.first = if setup.bracket() == 0 { 0 } else { setup.first() };
        self.walk = Walk { next: Some(vec![0; space.len()]), ..Walk::default() };
        let all = self.sizes.iter().fold(1, |all: u64, &size| all.saturating_mul(size));
        let counts = |trial: &&Trial| {
            trial.configuration() >= self.first
                && trial.state() != State::Cancelled
                && self.covered(space, trial.point()).is_some()
        };
        let tried = setup.history().trials().iter().filter(counts);
        Ok(Some(all.saturating_sub(tried.count() as u64)))
    }

    fn is_adaptive(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "GridSampler"
    }

    fn is_ours(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Candidates;
    use crate::sampler::testing::{Bench, space};
    use crate::trial::Outcome;

    /// As a sweep that resumes an earlier one, or another process of a study, sees them: no point is tried twice.
    #[test]
    fn a_grid_goes_on_behind_the_points_of_others() {
        let space = space([(0.0..=1.0).dimension(), (2.0..=3.0).dimension()]);
        let grid = || GridSampler::new().resolution(3);
        let mut bench = Bench { repeats: true, ..Bench::new(&space, 0) };
        for trial in 0..9 {
            let mut sampler = grid();
            assert_eq!(sampler.prepare(&bench.setup()).expect("a grid"), Some(9 - trial as u64));
            assert_eq!(bench.ask(&mut sampler, None), trial);
            assert_eq!(bench.units(trial), [trial / 3, trial % 3].map(|level| level as f64 / 2.0));
            bench.tell(trial, Outcome::value(0.0));
        }
        let mut sampler = grid();
        assert_eq!(sampler.prepare(&bench.setup()).expect("a grid"), Some(0));
        assert_eq!(sampler.suggest(&space, &bench.history, &bench.draw(9)), None);
    }
}
