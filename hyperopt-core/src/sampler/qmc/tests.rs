//! Tests of the sequence: stratification, projections, and stable values.

use super::*;
use crate::candidates::{Candidates, ordinal};
use crate::history::Goal;
use crate::sampler::RandomSampler;
use crate::sampler::testing::{Bench, mean, space};

fn cube(axes: usize) -> Space {
    space((0..axes).map(|_| (0.0..=1.0).dimension()))
}

/// Returns the first `trials` points of a sweep, as plain numbers.
fn points(sampler: &mut dyn Sampler, space: &Space, seed: u64, trials: usize) -> Vec<Vec<f64>> {
    let mut bench = Bench::new(space, seed);
    sampler.prepare(&bench.setup()).expect("nothing to set");
    (0..trials)
        .map(|_| {
            let trial = bench.ask(sampler, None);
            bench.units(trial)
        })
        .collect()
}

/// How many points lie in each of 2^`bits[a]` parts of each axis a.
fn counts(points: &[Vec<f64>], axes: &[usize], bits: &[u32]) -> Vec<usize> {
    let mut counts = vec![0; 1 << bits.iter().sum::<u32>()];
    for point in points {
        let parts = axes.iter().zip(bits).map(|(&axis, &bits)| ((point[axis] * f64::from(1 << bits)) as usize, bits));
        counts[parts.fold(0, |cell, (part, bits)| cell << bits | part)] += 1;
    }
    counts
}

#[test]
fn draws_are_stable_across_releases() {
    let space = cube(300);
    let point = |number| QmcSampler::new().suggest(&space, &History::default(), &Draw::new(7, number, Goal::Minimize));
    let units = |number| [0, 1, 255, 256, 299].map(|axis| point(number).unwrap().unit(axis));
    assert_eq!(
        units(0),
        [
            0.951_943_704_271_420_2,
            0.256_597_132_631_405_93,
            0.360_980_472_856_778_6,
            0.550_453_323_055_184_1,
            0.170_276_949_700_094_55
        ]
    );
    assert_eq!(
        units(1000),
        [
            0.816_684_158_136_799_7,
            0.322_070_544_736_966_17,
            0.479_397_937_930_782_56,
            0.350_057_480_633_502_3,
            0.726_729_779_957_821_5
        ]
    );
}

#[test]
fn draws_depend_on_seed_and_number_alone() {
    let space = cube(5);
    let mut sampler = QmcSampler::new();
    let all = points(&mut sampler, &space, 3, 40);
    let mut bench = Bench::new(&space, 3);
    for _ in 0..25 {
        bench.ask(&mut RandomSampler::new(), None);
    }
    // What went before, and a new bracket, change nothing.
    bench.seed = 3;
    let setup = crate::sampler::Setup { bracket: 4, trials: Some(10), ..bench.setup() };
    sampler.prepare(&setup).expect("nothing to set");
    let going_on = sampler.suggest(&space, &bench.history, &Draw::new(3, 25, Goal::Maximize)).unwrap();
    assert_eq!(going_on, Point::from(all[25].clone()));
    assert_ne!(points(&mut sampler, &space, 4, 1)[0], all[0]);
    assert!(!sampler.is_adaptive());
}

/// Any aligned block of 2^m points has one in each of 2^m parts of each axis, beyond the table too.
#[test]
fn every_axis_is_divided_evenly() {
    let space = cube(520);
    let all = points(&mut QmcSampler::new(), &space, 11, 96);
    for block in [&all[..64], &all[64..96], &all[32..64], &all[80..96], &all[4..8]] {
        for axis in 0..520 {
            assert!(counts(block, &[axis], &[block.len().ilog2()]).iter().all(|&count| count == 1), "axis {axis}");
        }
    }
}

/// The first two axes are a (0, 2)-sequence: every division into 2^m boxes has one point in each. Scrambling leaves all
/// other pairs as even as they were; random points pass neither.
#[test]
fn pairs_of_axes_are_divided_evenly() {
    let (space, bits) = (cube(12), 10);
    for seed in 0..3 {
        let scrambled = points(&mut QmcSampler::new(), &space, seed, 1 << bits);
        let plain: Vec<Vec<f64>> =
            (0..1 << bits).map(|k| (0..12).map(|axis| f64::from(sobol(axis, k)) / 2_f64.powi(32)).collect()).collect();
        for first in 0..=bits {
            let bits = [first, bits - first];
            assert!(counts(&scrambled, &[0, 1], &bits).iter().all(|&count| count == 1));
            for (a, b) in (0..12).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let [mut ours, mut before] = [&scrambled, &plain].map(|points| counts(points, &[a, b], &bits));
                ours.sort_unstable();
                before.sort_unstable();
                assert_eq!(ours, before, "axes {a} and {b}");
            }
        }
        let random = points(&mut RandomSampler::new(), &space, seed, 1 << bits);
        assert!(counts(&random, &[0, 1], &[5, 5]).iter().any(|&count| count != 1));
    }
}

/// A suggestion by itself is evenly distributed over seeds, on each side of the table's end.
#[test]
fn single_points_are_even_over_seeds() {
    let space = cube(260);
    for (number, axis) in [(0, 0), (1, 7), (37, 255), (512, 256), (1023, 259)] {
        let at = |seed, number| {
            QmcSampler::new()
                .suggest(&space, &History::default(), &Draw::new(seed, number, Goal::Minimize))
                .unwrap()
                .unit(axis)
        };
        let mut cells = [0_u32; 16];
        let units: Vec<_> = (0..800).map(|seed| at(seed, number)).collect();
        for unit in &units {
            cells[(unit * 16.0) as usize] += 1;
        }
        // 99.99 % point of χ² with 15 degrees of freedom.
        let chi2: f64 = cells.iter().map(|&cell| (f64::from(cell) - 50.0).powi(2) / 50.0).sum();
        assert!(chi2 < 44.3, "trial {number}, axis {axis}: {chi2}");
    }
}

/// A spoilt sampler: the axes are scrambled each in an order of its own, so that each is even and all together are not.
#[derive(Debug)]
struct Unlinked;

impl Sampler for Unlinked {
    fn suggest(&mut self, space: &Space, _: &History, draw: &Draw) -> Option<Point> {
        let key: u64 = draw.sweep_rng().random();
        let index = |axis: usize| scramble((draw.number() as u32) << 22, hash(key, 1000 + axis as u64)).0 >> 22;
        Some((0..space.len()).map(|axis| unit(key, index(axis), axis)).collect())
    }
}

/// Returns the error of the mean of a product over six axes, whose parts of one axis alone are zero.
fn errors(sampler: &mut dyn Sampler, seeds: std::ops::Range<u64>) -> Vec<f64> {
    let space = cube(6);
    let error = |seed| {
        let points = points(sampler, &space, seed, 1024);
        let product = |(a, b): (f64, f64)| (a - 0.5) * (b - 0.5) * 12.0;
        let pairs = |point: &Vec<f64>| {
            product((point[0], point[1])) + product((point[2], point[3])) + product((point[4], point[5]))
        };
        (points.iter().map(pairs).sum::<f64>() / 1024.0).powi(2)
    };
    seeds.map(error).collect()
}

#[test]
fn integrals_are_closer_than_by_random_points() {
    for seeds in [0..30, 30..60] {
        let random = mean(&errors(&mut RandomSampler::new(), seeds.clone())).0;
        let (qmc, error) = mean(&errors(&mut QmcSampler::new(), seeds.clone()));
        assert!(qmc + 3.0 * error < random / 100.0, "{qmc:e} ± {error:e} and {random:e}");
        let (unlinked, error) = mean(&errors(&mut Unlinked, seeds));
        assert!(unlinked - 3.0 * error > random / 100.0, "{unlinked:e} ± {error:e} and {random:e}");
    }
}

#[test]
fn levels_get_their_share() {
    let space = space([
        ["a", "b", "c", "d"].map(String::from).dimension(),
        ordinal(["x", "y", "z"].map(String::from)).dimension(),
    ]);
    let mut taken = [[0; 4]; 2];
    for point in points(&mut QmcSampler::new(), &space, 5, 64) {
        for (axis, unit) in point.into_iter().enumerate() {
            taken[axis][space.axes()[axis].level(unit).unwrap() as usize] += 1;
        }
    }
    assert_eq!(taken[0], [16; 4]);
    assert!(taken[1][..3].iter().all(|count| (20..=23).contains(count)), "{:?}", taken[1]);
}
