use std::error::Error;

use crate::history::History;
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Axis, Point, Scale, Space};
use crate::trial::Trial;

/// Every combination of the candidates once, in the order of nested loops: the last hyperparameter changes fastest.
///
/// `for i in ..` runs the whole grid; a head with a count runs its beginning. An inactive conditional hyperparameter is
/// not varied, so no two trials of a grid are the same. A continuous hyperparameter has no grid until
/// [`resolution`](Self::resolution) gives it one. Going on from an earlier grid over the same space goes on where that
/// ended.
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
    last: Option<Cell>,
}

/// The combination proposed last, as levels, and the trial that got it.
#[derive(Clone, Debug)]
struct Cell {
    levels: Vec<u64>,
    trial: usize,
}

impl GridSampler {
    /// A grid over ordered and categorical hyperparameters.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Divides every continuous hyperparameter into `points` evenly spaced ones, both ends included; a normal distribution has
    /// no ends, and is divided into parts of equal probability.
    #[must_use]
    pub fn resolution(mut self, points: u32) -> Self {
        self.resolution = Some(points);
        self
    }

    fn size(&self, axis: &Axis) -> Result<u64, String> {
        match (axis.levels(), self.resolution) {
            (Some(levels), _) => Ok(levels),
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
            // The ends of a distribution are where hardly anything is.
            points if matches!(axis.scale(), Scale::Normal | Scale::LogNormal) => (level as f64 + 0.5) / points as f64,
            points => level as f64 / (points - 1) as f64,
        };
        axis.unit_of(level).unwrap_or_else(ends)
    }

    fn point(&self, space: &Space, levels: &[u64]) -> Point {
        let axes = space.axes().iter().zip(levels).enumerate();
        axes.map(|(index, (axis, &level))| self.unit(axis, index, level)).collect()
    }

    /// The combination after `levels`; counts on at the last axis that was active, since guards read only names before
    /// their own.
    fn next(&self, mut levels: Vec<u64>, point: &Point) -> Option<Vec<u64>> {
        for axis in (0..levels.len()).rev() {
            if point.is_active(axis) && levels[axis] + 1 < self.sizes[axis] {
                levels[axis] += 1;
                return Some(levels);
            }
            levels[axis] = 0;
        }
        None
    }

    /// Whether `trial` is the combination `levels` on the axes that were active in it.
    fn is_at(&self, space: &Space, levels: &[u64], trial: &Trial) -> bool {
        let planned = self.point(space, levels);
        let mut axes = space.axes().iter().zip(planned.iter()).zip(trial.point().iter());
        axes.all(|((axis, planned), found)| found.is_none() || found == planned.map(|unit| axis.snap(unit)))
    }
}

impl Sampler for GridSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        let levels = match self.last.take() {
            None => vec![0; space.len()],
            Some(last) => self.next(last.levels, history.trials().get(last.trial)?.point())?,
        };
        let point = self.point(space, &levels);
        self.last = Some(Cell { levels, trial: draw.number() });
        Some(point)
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let space = setup.space();
        self.sizes = space.axes().iter().map(|axis| self.size(axis)).collect::<Result<_, _>>()?;
        self.last = None;
        let mut next = Some(vec![0; space.len()]);
        // Each bracket of a multi-fidelity sweep begins the grid anew.
        let done = if setup.bracket() == 0 { setup.history().trials() } else { &[] };
        for trial in done {
            match next.take() {
                Some(levels) if self.is_at(space, &levels, trial) => {
                    next = self.next(levels.clone(), trial.point());
                    self.last = Some(Cell { levels, trial: trial.number() });
                }
                other => next = other,
            }
        }
        let all = self.sizes.iter().fold(1, |all: u64, &size| all.saturating_mul(size));
        Ok(Some(all))
    }

    fn is_adaptive(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "GridSampler"
    }
}
