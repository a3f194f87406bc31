//! Densities against numbers worked out apart from this code, and suggestions that no release may change unnoticed.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use super::super::coordinate::Coordinate;
use super::super::options::Options;
use super::super::parzen::Parzen;
use crate::candidates::{Candidates, log};
use crate::normal::TruncatedNormal;
use crate::sampler::testing::{Bench, space};
use crate::space::{Axis, Space};
use crate::trial::Outcome;
use crate::{Dimension, TpeSampler};

/// A continuous axis, one of five levels, and one of three without an order.
fn mixed() -> Space {
    fn axis<V>(dimension: &Dimension<V>, name: &str) -> Axis {
        dimension.axis(name, name, &[]).expect("sound candidates")
    }
    Space::new(vec![
        axis(&(0.0..=1.0).dimension(), "a"),
        axis(&(1..=5).dimension(), "b"),
        axis(&["x", "y", "z"].map(String::from).dimension(), "c"),
    ])
}

fn estimator(space: &Space, options: &Options, reaches: bool) -> Parzen {
    let dimensions = Coordinate::all(space);
    let mut parzen = Parzen::new(&dimensions, true);
    // In another order than that of the trials.
    for (trial, row) in [(5, [0.25, 1.0, 2.0]), (2, [0.2, 1.0, 0.0]), (7, [0.9, 4.0, 2.0])] {
        parzen.insert(trial, &row, &dimensions, space);
    }
    parzen.refresh(options, 10, reaches, Some(&[1.0, 0.4, 0.1]));
    parzen
}

/// With error functions of another library; weights, a prior of weight 2, and bandwidths as documented.
#[test]
fn densities_are_those_worked_out_by_hand() {
    let space = mixed();
    let options = Options { prior_weight: 2.0, ..Options::default() };
    let places = [[0.22, 1.0, 2.0], [0.6, 3.0, 1.0], [0.95, 4.0, 0.0]];
    let near = [5.434_432_023_837_663, 0.547_916_480_271_810_6, 0.446_841_682_841_798_7];
    let far = [2.428_425_520_751_230_4, 0.542_209_016_318_688_2, 0.430_300_443_695_174_1];
    for (reaches, expected) in [(false, near), (true, far)] {
        let parzen = estimator(&space, &options, reaches);
        for (place, expected) in places.iter().zip(expected) {
            let density = (parzen.log_density(place, &mut Vec::new()) - parzen.log_norm()).exp();
            assert!((density / expected - 1.0).abs() < 1e-12, "{density} for {expected} at {place:?}");
        }
    }
}

/// What is drawn is distributed as the density says: the mean of the density's reciprocal is the volume, 1.
#[test]
fn draws_are_from_the_density() {
    let space = mixed();
    for reaches in [false, true] {
        let parzen = estimator(&space, &Options::default(), reaches);
        let (mut rng, mut normal) = (ChaCha8Rng::seed_from_u64(0), TruncatedNormal::default());
        let (mut x, mut sums) = (Vec::new(), Vec::new());
        let mut reciprocals = Vec::new();
        for _ in 0..20_000 {
            x.clear();
            parzen.draw(&mut x, &mut rng, &mut normal);
            reciprocals.push((parzen.log_norm() - parzen.log_density(&x, &mut sums)).exp());
        }
        let (mean, error) = crate::sampler::testing::mean(&reciprocals);
        assert!((mean - 1.0).abs() < 4.0 * error && error < 0.02, "{mean} ± {error}");
    }
}

/// Summed over cells and integrated by the midpoint rule, the density is 1; on an axis of many levels too.
#[test]
fn densities_integrate_to_one() {
    let space = space([(0..=4).dimension(), (0..=99).dimension(), log(1..=2000).dimension()]);
    for (axis, levels) in [(0, 5), (1, 100), (2, 2000)] {
        let dimensions = &Coordinate::all(&space)[axis..=axis];
        let mut parzen = Parzen::new(dimensions, true);
        let axis = &space.axes()[axis];
        for (trial, unit) in [0.03, 0.04, 0.4, 0.41, 0.99].into_iter().enumerate() {
            let unit = axis.snap(unit);
            let x = if levels == 5 { axis.level(unit).unwrap() as f64 } else { unit };
            parzen.insert(trial, &[x], dimensions, &space);
        }
        parzen.refresh(&Options::default(), 10, true, None);
        let mut sums = Vec::new();
        let mass = |level: u64| {
            let (start, end) = axis.cell(level).unwrap();
            let x = if levels == 5 { level as f64 } else { 0.5 * (start + end) };
            parzen.log_density(&[x], &mut sums).exp() * (end - start)
        };
        let total: f64 = (0..levels).map(mass).sum::<f64>() / parzen.log_norm().exp();
        let tolerance = if levels == 5 { 1e-12 } else { 0.01 };
        assert!((total - 1.0).abs() < tolerance, "{total} over {levels} levels");
    }
}

#[test]
fn suggestions_are_stable_across_releases() {
    let space = mixed();
    let mut bench = Bench::new(&space, 7);
    let mut sampler = TpeSampler::new();
    for _ in 0..30 {
        let trial = bench.ask(&mut sampler, None);
        let units = bench.units(trial);
        bench.tell(trial, Outcome::value((units[0] - 0.3).powi(2) + (units[1] - 0.7).powi(2) + units[2]));
    }
    let found: Vec<_> = [0, 9, 10, 20, 29].map(|trial| bench.units(trial)).into();
    let expected = [
        [0.246_593_761_511_996_1, 0.7, 0.166_666_666_666_666_66],
        [0.056_594_142_990_599_56, 0.5, 0.833_333_333_333_333_4],
        [0.103_941_145_500_647_45, 0.9, 0.166_666_666_666_666_66],
        [0.212_575_791_085_398_17, 0.7, 0.166_666_666_666_666_66],
        [0.259_567_173_641_468_9, 0.7, 0.166_666_666_666_666_66],
    ];
    assert_eq!(found, expected);
}
