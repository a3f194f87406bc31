//! The combination of a sampler with the lists of `grid_search`.

use std::error::Error;

use hyperopt_core::{Draw, History, Point, Sampler, Setup, Space};

/// Proposes each combination of the values of `grid_search` in turn, the last of the lists the fastest, with a sample of the other
/// hyperparameters for each.
#[derive(Debug)]
pub(crate) struct Crossed {
    inner: Box<dyn Sampler>,
    /// The axes of the lists.
    grid: Vec<usize>,
}

impl Crossed {
    pub(crate) fn new(inner: Box<dyn Sampler>, grid: Vec<usize>) -> Self {
        Self { inner, grid }
    }
}

impl Sampler for Crossed {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        let point = self.inner.suggest(space, history, draw)?;
        let mut units: Vec<f64> = point.iter().map(|unit| unit.unwrap_or(f64::NAN)).collect();
        let mut number = draw.number() as u64;
        for &axis in self.grid.iter().rev() {
            let levels = space.axes()[axis].levels().unwrap_or(1).max(1);
            if let (Some(unit), Some(own)) = (space.axes()[axis].unit_of(number % levels), units.get_mut(axis)) {
                *own = unit;
            }
            number /= levels;
        }
        Some(units.into())
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        // Planned to the end, so that repetitions of a point are not replaced by other points.
        Ok(self.inner.prepare(setup)?.or(Some(u64::MAX)))
    }

    fn is_adaptive(&self) -> bool {
        self.inner.is_adaptive()
    }

    fn batch(&self) -> Option<usize> {
        self.inner.batch()
    }

    fn name(&self) -> &str {
        self.inner.name()
    }
}
