//! The strategy itself: its constants, what it is invariant to, how it converges, and the margin.

use crate::CmaEsSampler;
use crate::candidates::{Candidates, Dimension, linrange, log, ordinal};
use crate::sampler::Sampler;
use crate::sampler::testing::{Bench, minimise, space};
use crate::space::{Point, Space};
use crate::trial::Outcome;

use super::super::parameters::{Parameters, default_population};
use crate::normal::probability;

fn cube(axes: usize) -> Space {
    space((0..axes).map(|_| (0.0..=1.0).dimension()))
}

fn best(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Those of the Python package `cma` 4.4.0; the two of the step size, which it has others for, of `cmaes` 0.13.1.
#[test]
fn constants_are_those_of_the_reference() {
    // c_1, c_μ, c_c, c_σ, d_σ, μ_eff, the first weight and the last.
    let cases: [(usize, usize, [f64; 8]); 4] = [
        (
            2,
            6,
            [
                0.154_815_399_9,
                0.085_592_779_4,
                0.624_554_539_0,
                0.446_204_987_4,
                1.446_204_987_4,
                2.028_611_464_6,
                0.637_042_571_2,
                -1.155_981_778_2,
            ],
        ),
        (
            8,
            10,
            [
                0.022_307_163_1,
                0.033_596_414_6,
                0.343_650_141_5,
                0.319_614_252_9,
                1.319_614_252_9,
                3.167_299_281_4,
                0.456_272_646_9,
                -0.554_760_441_7,
            ],
        ),
        (
            20,
            12,
            [
                0.004_372_354_4,
                0.009_216_561_8,
                0.171_767_211_3,
                0.199_428_013_9,
                1.199_428_013_9,
                3.729_458_934_3,
                0.402_402_942_8,
                -0.415_204_422_6,
            ],
        ),
        (
            8,
            40,
            [
                0.020_450_006_0,
                0.173_352_769_0,
                0.365_114_317_0,
                0.547_501_672_0,
                1.688_060_486_8,
                11.309_482_088_9,
                0.167_124_701_5,
                -0.051_288_775_8,
            ],
        ),
    ];
    for (dimensions, population, expected) in cases {
        let Parameters { weights, mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu, .. } =
            Parameters::new(dimensions, population);
        let found = [c_1, c_mu, c_c, c_sigma, d_sigma, mu_eff, weights[0], weights[population - 1]];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found}, not {expected}, in {dimensions} dimensions");
        }
    }
}

#[test]
fn populations_are_those_of_the_tutorial() {
    assert_eq!([0, 1, 2, 5, 8, 10, 20, 100].map(default_population), [4, 4, 6, 8, 10, 10, 12, 17]);
}

/// Moved within the interior, the search makes the same steps.
#[test]
fn moves_change_nothing() {
    let space = cube(3);
    let run = |centre: f64| {
        let mut bench = Bench::new(&space, 2);
        let mut sampler = CmaEsSampler::new().sigma(0.01);
        sampler.prepare(&bench.setup()).expect("sound options");
        sampler.search.gaussian.mean.fill(centre);
        // Only what is told matters to the state, so it can be moved by hand; nothing comes near a bound.
        let mut points = Vec::new();
        for _ in 0..120 {
            let trial = bench.ask(&mut sampler, None);
            let units = bench.units(trial);
            points.push(units.iter().map(|unit| unit - centre).collect::<Vec<_>>());
            let value =
                units.iter().zip([1.0, 3.0, 9.0]).map(|(unit, scale)| scale * (unit - centre - 0.02).powi(2)).sum();
            bench.tell(trial, Outcome::value(value));
        }
        points
    };
    for (a, b) in run(0.4).iter().flatten().zip(run(0.6).iter().flatten()) {
        assert!((a - b).abs() < 1e-9, "{a} and {b}");
    }
}

/// In turned coordinates, a stretched valley is found as fast as along the axes.
#[test]
fn turns_change_little() {
    let space = cube(4);
    let (sine, cosine) = 0.6_f64.sin_cos();
    let evaluations = |turned: bool, seed: u64| {
        let mut sampler = CmaEsSampler::new();
        let values = minimise(&mut sampler, &space, (2000, 8, seed), |point| {
            let x: Vec<f64> = point.iter().flatten().map(|unit| unit - 0.45).collect();
            let y = [
                cosine * x[0] - sine * x[2],
                cosine * x[1] - sine * x[3],
                sine * x[0] + cosine * x[2],
                sine * x[1] + cosine * x[3],
            ];
            let x = if turned { y.to_vec() } else { x };
            x.iter().zip([1.0, 1e2, 1e4, 1e6]).map(|(x, scale)| scale * x * x).sum()
        });
        values.iter().position(|&value| value < 1e-8).unwrap_or(2000) as f64
    };
    let mean = |turned| (0..10).map(|seed| evaluations(turned, seed)).sum::<f64>() / 10.0;
    let (straight, turned) = (mean(false), mean(true));
    assert!(straight < 1500.0 && (straight / turned - 1.0).abs() < 0.2, "{straight} and {turned} evaluations");
}

#[test]
fn stretched_ellipsoids_are_solved() {
    let ellipsoid = |point: &Point| {
        let axes = point.iter().flatten().enumerate();
        axes.map(|(axis, unit)| 1e6_f64.powf(axis as f64 / 7.0) * (unit - 0.3 - 0.05 * axis as f64).powi(2)).sum()
    };
    for seed in 0..5 {
        let values = minimise(&mut CmaEsSampler::new(), &cube(8), (4000, 10, seed), ellipsoid);
        assert!(best(&values) < 1e-8, "{:e}", best(&values));
    }
}

/// Minima on bounds are reached themselves, with a slope or without.
#[test]
fn minima_on_bounds_are_found() {
    for seed in 0..10 {
        let slope = |point: &Point| point.iter().flatten().sum();
        let corner = minimise(&mut CmaEsSampler::new(), &cube(6), (600, 9, seed), slope);
        assert_eq!(best(&corner), 0.0);
        let flat = |point: &Point| point.iter().flatten().map(|unit| (1.0 - unit).powi(2)).sum();
        let bottom = minimise(&mut CmaEsSampler::new(), &cube(6), (600, 9, seed), flat);
        assert_eq!(best(&bottom), 0.0);
        // Half of the axes have their minimum on a bound, the others within.
        let wall = |point: &Point| {
            let terms = point
                .iter()
                .flatten()
                .zip([-0.1, 0.3, 1.2, 0.6, -0.3, 0.8])
                .map(|(unit, at): (_, f64)| (unit - at).powi(2) - (at.clamp(0.0, 1.0) - at).powi(2));
            terms.sum()
        };
        let side = minimise(&mut CmaEsSampler::new(), &cube(6), (600, 9, seed), wall);
        assert!(best(&side) < 1e-5, "{:e}", best(&side));
    }
}

/// Nor are minima lost that lie close to bounds: a search that only puts draws back on the bound gets stuck there.
#[test]
fn minima_close_to_bounds_are_found() {
    let at = [0.001, 0.99, 0.003, 0.97, 0.01, 0.999, 0.03, 0.995];
    let close = |point: &Point| {
        let terms = point.iter().flatten().zip(at).enumerate();
        terms.map(|(axis, (unit, at))| 10_f64.powf(axis as f64 / 4.0) * (unit - at).powi(2)).sum()
    };
    for seed in 0..6 {
        let values = minimise(&mut CmaEsSampler::new(), &cube(8), (1500, 10, seed), close);
        assert!(best(&values) < 1e-6, "{:e}", best(&values));
    }
}

#[test]
fn restarts_double_the_population() {
    let space = cube(2);
    let mut bench = Bench::new(&space, 3);
    let (mut sampler, mut once) = (CmaEsSampler::new(), CmaEsSampler::new().restarts(false));
    sampler.prepare(&bench.setup()).expect("sound options");
    once.prepare(&bench.setup()).expect("sound options");
    for (sampler, restarts) in [(&mut sampler, true), (&mut once, false)] {
        bench = Bench::new(&space, 3);
        let mut populations = vec![sampler.search.population()];
        for _ in 0..6000 {
            let trial = bench.ask(sampler, None);
            let value = bench.units(trial).iter().map(|unit| (unit - 0.3).powi(2)).sum();
            bench.tell(trial, Outcome::value(value));
            if sampler.search.population() != populations[populations.len() - 1] {
                populations.push(sampler.search.population());
                assert!(sampler.search.gaussian.sigma == 1.0 / 6.0 && sampler.search.gaussian.generation == 0);
            }
        }
        if restarts {
            assert!(populations.len() > 2, "{populations:?}");
            assert!(
                populations.iter().zip(0..).all(|(&population, start)| population == 6 << start),
                "{populations:?}"
            );
        } else {
            assert_eq!(populations, [6]);
        }
    }
}

/// Each step of the search leaves at least the margin outside of the mean's cell: half of it on each side, or all on one.
#[test]
fn other_levels_keep_the_margin() {
    let dimensions: [Dimension<f64>; 4] = [
        linrange(0.0, 1.0, 2).dimension(),
        linrange(0.0, 1.0, 3).dimension(),
        linrange(0.0, 1.0, 10).dimension(),
        linrange(0.0, 1.0, 1000).dimension(),
    ];
    check_margin(&space(dimensions));
    check_margin(&space([
        log(1..=40).dimension(),
        ordinal([1, 2, 3, 4, 5]).dimension(),
        (1..=7).dimension(),
        log(1..=2).dimension(),
    ]));
}

fn check_margin(space: &Space) {
    for (seed, place) in (0..).zip([0.05, 0.45, 0.62, 0.97]) {
        let mut bench = Bench::new(space, seed);
        let mut sampler = CmaEsSampler::new().restarts(false);
        sampler.prepare(&bench.setup()).expect("sound options");
        let (mut checked, margin) = (0, 1.0 / (4 * sampler.search.population()) as f64);
        for _ in 0..600 {
            let trial = bench.ask(&mut sampler, None);
            let value = bench.units(trial).iter().map(|unit| (unit - place).powi(2)).sum();
            bench.tell(trial, Outcome::value(value));
            let gaussian = &sampler.search.gaussian;
            if gaussian.generation == 0 {
                continue;
            }
            for (index, axis) in space.axes().iter().enumerate() {
                let (mean, deviation) = (gaussian.mean[index], gaussian.deviation(index));
                let level = axis.level(mean.clamp(0.0, 1.0)).unwrap();
                let (lower, upper) = axis.cell(level).unwrap();
                let outside = [(lower - mean) / deviation, (mean - upper) / deviation].map(probability);
                let (first, last) = (level == 0, level + 1 == axis.levels().unwrap());
                let share = if first || last { margin } else { margin / 2.0 } * (1.0 - 1e-6);
                assert!((first || outside[0] >= share) && (last || outside[1] >= share), "{outside:?} of {margin}");
                checked += 1;
            }
        }
        assert!(checked > 1000);
        let found = bench.history.ranked(bench.goal)[0].0.point().clone();
        for (axis, unit) in space.axes().iter().zip(found.iter().flatten()) {
            let distance = |level| (axis.unit_of(level).unwrap() - place).abs();
            let least = (0..axis.levels().unwrap()).map(distance).fold(f64::INFINITY, f64::min);
            assert!((unit - place).abs() <= least + 0.002, "{unit} for {place}");
        }
    }
}

/// Probabilities of levels add up, and none falls below the margin.
#[test]
fn levels_without_an_order_keep_the_margin() {
    let space =
        space([["a", "b"].map(String::from).dimension(), ["a", "b", "c", "d", "e"].map(String::from).dimension()]);
    let mut bench = Bench::new(&space, 1);
    let mut sampler = CmaEsSampler::new();
    sampler.prepare(&bench.setup()).expect("sound options");
    let outside = 1.0 - 0.73_f64.sqrt();
    for _ in 0..300 {
        let trial = bench.ask(&mut sampler, None);
        let units = bench.units(trial);
        bench.tell(trial, Outcome::value((units[0] - 0.75).abs() + (units[1] - 0.3).abs()));
        let probabilities = &sampler.search.categorical.probabilities;
        for (part, least) in [(&probabilities[..2], outside), (&probabilities[2..], outside / 4.0)] {
            assert!((part.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            assert!(part.iter().all(|&probability| probability >= least * (1.0 - 1e-9)), "{part:?}");
        }
    }
    let probabilities = &sampler.search.categorical.probabilities;
    assert!(probabilities[1] > 0.8 && probabilities[3] > 0.8, "{probabilities:?}");
}
