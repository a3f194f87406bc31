//! The sampler whose trials are a Latin hypercube with categorical axes.

use std::error::Error;

use crate::error::counted;
use crate::history::History;
use crate::sampler::lhs::{Criterion, LhsSampler};
use crate::sampler::{Draw, Sampler, Setup};
use crate::space::{Axis, Kind, Point, Space};

/// Categorical Latin hypercube sampling: works like [`LhsSampler`], but plans categorical hyperparameters without an order.
///
/// - Every level of a categorical hyperparameter occurs as often as any other, or once more; one with weights is planned by
///   strata, as [`LhsSampler`] does, so that each level occurs by its weight.
/// - Levels have no order: any two of them are as different as any other two.
/// - Trials lie far apart along the other hyperparameters, over all trials and also among those of one level: the latter counts
///   with [`weight`](Self::weight).
///
/// Arrays, `Vec`s and `categorical([…])` are categorical candidates. Without any, the plan is that of [`LhsSampler`].
///
/// The source is the categorical hypercube of Hyperopt.jl and LatinHypercubeSampling.jl, which takes the distance of two levels
/// from their numbers and by default does not spread trials within a level.
///
/// ```
/// use hyperopt_core::{ClhSampler, Kind};
///
/// let sampler = ClhSampler::new();
/// // `a` is a range, `b` one of three functions; the order of the two candidates of `c` does mean something.
/// let told = ClhSampler::new().dims([Kind::Continuous, Kind::Categorical(3), Kind::Ordered(2)]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct ClhSampler {
    hypercube: LhsSampler,
    dims: Option<Box<[Kind]>>,
    weight: Option<f64>,
}

impl ClhSampler {
    /// Makes the sampler, which plans each hyperparameter by the kind of its candidates; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the criterion of a plan, over all trials and within each level (default: [`Criterion::PhiP`]).
    #[must_use]
    pub fn criterion(mut self, criterion: Criterion) -> Self {
        self.hypercube = self.hypercube.criterion(criterion);
        self
    }

    /// Sets whether trials take a random place in each stratum of an ordered hyperparameter: see [`LhsSampler::jitter`].
    #[must_use]
    pub fn jitter(mut self, jitter: bool) -> Self {
        self.hypercube = self.hypercube.jitter(jitter);
        self
    }

    /// Sets how many swaps are tried for a better plan: see [`LhsSampler::swaps`].
    #[must_use]
    pub fn swaps(mut self, swaps: usize) -> Self {
        self.hypercube = self.hypercube.swaps(swaps);
        self
    }

    /// Sets how many trials to plan if the loop does not say: see [`LhsSampler::trials`].
    #[must_use]
    pub fn trials(mut self, trials: u64) -> Self {
        self.hypercube = self.hypercube.trials(trials);
        self
    }

    /// Sets the kinds to plan for, one for each axis in order (default: those of the candidates).
    ///
    /// [`Kind::Categorical`] plans without an order; the other two are planned by strata. A hyperparameter with alternatives
    /// has an axis for each set of candidates. If there are not as many kinds as axes, or not as many levels as candidates, the
    /// sweep ends with an error.
    #[must_use]
    pub fn dims(mut self, dims: impl IntoIterator<Item = Kind>) -> Self {
        self.dims = Some(dims.into_iter().collect());
        self
    }

    /// Sets the weight of the spread within one level, relative to that over all trials (default: 1 / L for each of L levels,
    /// so that the mean over the levels counts as much as the whole).
    ///
    /// [`Criterion::CentredDiscrepancy`] does not use it, since its formula holds both parts. A weight that is negative,
    /// infinite or NaN is an error of the sweep.
    #[must_use]
    pub fn weight(mut self, weight: f64) -> Self {
        self.weight = Some(weight);
        self
    }

    /// Returns the number of levels of each axis that is planned without an order.
    fn unordered(&self, axes: &[Axis]) -> Result<Vec<Option<u64>>, String> {
        let Some(dims) = &self.dims else {
            let levels = |axis: &Axis| levels_without_order(axis.kind()).filter(|_| axis.is_even());
            return Ok(axes.iter().map(levels).collect());
        };
        if dims.len() != axes.len() {
            let axes = if axes.len() == 1 { "1 axis".to_owned() } else { format!("{} axes", axes.len()) };
            return Err(format!("`dims` has {} for {axes}; give one for each", counted(dims.len(), "kind")));
        }
        let checked = dims.iter().zip(axes).map(|(&kind, axis)| match (kind, axis.levels()) {
            (Kind::Ordered(told) | Kind::Categorical(told), found) if found != Some(told) => Err(format!(
                "`dims` gives {told} levels to `{}`, which has {}; write `Kind::{}`",
                axis.parameter(),
                found.map_or("no levels".into(), |found| counted(found as usize, "candidate")),
                match (kind, found) {
                    (_, None) => "Continuous".into(),
                    (Kind::Categorical(_), Some(found)) => format!("Categorical({found})"),
                    (_, Some(found)) => format!("Ordered({found})"),
                },
            )),
            _ => Ok(levels_without_order(kind)),
        });
        checked.collect()
    }
}

fn levels_without_order(kind: Kind) -> Option<u64> {
    if let Kind::Categorical(levels) = kind { Some(levels) } else { None }
}

impl Sampler for ClhSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.hypercube.suggest(space, history, draw)
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        if let Some(weight) = self.weight.filter(|weight| !weight.is_finite() || *weight < 0.0) {
            return Err(format!("the weight of a level is {weight}; write a number above 0").into());
        }
        let unordered = self.unordered(setup.space().axes())?;
        Ok(Some(self.hypercube.plan(setup, &unordered, self.weight)?))
    }

    fn is_adaptive(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "ClhSampler"
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

    /// Checks a plan of twelve trials: each of an axis's cells comes as often as any other.
    fn check(space: &Space, cells: &[usize]) {
        let mut bench = Bench { repeats: true, ..Bench::new(space, 5) };
        let mut sampler = ClhSampler::new().trials(12);
        assert_eq!(sampler.prepare(&bench.setup()).expect("a plan"), Some(12));
        for _ in 0..12 {
            bench.ask(&mut sampler, None);
        }
        assert_eq!(sampler.suggest(space, &bench.history, &bench.draw(12)), None);
        for (axis, &cells) in cells.iter().enumerate() {
            let mut counts = vec![0; cells];
            (0..12).for_each(|trial| counts[(bench.units(trial)[axis] * cells as f64) as usize] += 1);
            assert!(counts.iter().all(|&count| count == 12 / cells), "{counts:?} along axis {axis}");
        }
    }

    #[test]
    fn every_level_and_every_stratum_comes_as_often_as_any_other() {
        let levels = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>().dimension();
        check(&space([levels(&["x", "y", "z"]), levels(&["a", "b"])]), &[3, 2]);
        check(&space([(0.0..=1.0).dimension(), (2.0..=3.0).dimension()]), &[12, 12]);
    }
}
