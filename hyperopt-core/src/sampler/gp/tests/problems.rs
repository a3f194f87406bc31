//! What the sampler finds on problems whose optima are elsewhere for each seed.

use std::f64::consts::{E, TAU};
use std::ops::Range;

use super::{Sabotage, sabotaged};
use crate::candidates::Candidates;
use crate::sampler::testing::{margin, mean, minimise, space};
use crate::sampler::{RandomSampler, Sampler};
use crate::{GpSampler, Point, Space};

/// A problem over the unit cube, some of whose last axes may have four levels without an order.
#[derive(Clone, Copy, Debug)]
struct Problem {
    name: &'static str,
    axes: usize,
    unordered: usize,
    value: fn(u64, &[f64]) -> f64,
}

/// A number in [0, 1), another one for each seed and index.
fn place(seed: u64, index: usize) -> f64 {
    let mut mixed = seed.wrapping_mul(1000).wrapping_add(index as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Returns the distance along each axis, ten of which are its length, from a place in its middle three fifths.
fn offsets(seed: u64, units: &[f64]) -> impl Iterator<Item = f64> + Clone + '_ {
    units.iter().enumerate().map(move |(axis, unit)| 10.0 * (unit - 0.2 - 0.6 * place(seed, axis)))
}

fn sphere(seed: u64, units: &[f64]) -> f64 {
    offsets(seed, units).map(|x| x * x).sum()
}

fn valley(seed: u64, units: &[f64]) -> f64 {
    let x: Vec<f64> = offsets(seed, units).map(|x| x / 2.0 + 1.0).collect();
    x.windows(2).map(|x| 100.0 * (x[1] - x[0] * x[0]).powi(2) + (1.0 - x[0]).powi(2)).sum()
}

fn ackley(seed: u64, units: &[f64]) -> f64 {
    let d = units.len() as f64;
    let batches = offsets(seed, units).map(|x| (TAU * 0.3 * x).cos()).sum::<f64>() / d;
    20.0 + E - 20.0 * (-0.2 * (sphere(seed, units) / d).sqrt()).exp() - batches.exp()
}

/// Returns the first axis matters ten thousand times less than the last one.
fn ellipsoid(seed: u64, units: &[f64]) -> f64 {
    let last = units.len() as f64 - 1.0;
    offsets(seed, units).enumerate().map(|(axis, x)| 10_f64.powf(4.0 * axis as f64 / last) * x * x).sum()
}

/// Six wells of different depths and widths.
fn wells(seed: u64, units: &[f64]) -> f64 {
    let well = |k: usize| {
        let square = |(axis, unit): (usize, &f64)| {
            let width = 1.0 + 9.0 * place(seed + 5, 31 * k + axis);
            width * (unit - place(seed + 9, 17 * k + axis)).powi(2)
        };
        (0.3 + place(seed + 77, k)) * (-units.iter().enumerate().map(square).sum::<f64>()).exp()
    };
    -(0..6).map(well).sum::<f64>()
}

/// A sphere whose width goes by the first unordered axis, a cost for each level, and one more where two levels agree.
fn mixed(seed: u64, units: &[f64]) -> f64 {
    let (smooth, unordered) = units.split_at(units.len() - 3);
    let levels: Vec<usize> = unordered.iter().map(|unit| (unit * 4.0) as usize).collect();
    let costs =
        levels.iter().enumerate().map(|(axis, level)| 10.0 * place(seed + 3, 100 * (axis + smooth.len()) + level));
    let clash = if levels[0] == levels[1] { 5.0 } else { 0.0 };
    sphere(seed, smooth) * (1.0 + 0.3 * levels[0] as f64) + costs.sum::<f64>() + clash
}

const PROBLEMS: [Problem; 9] = [
    Problem { name: "sphere", axes: 5, unordered: 0, value: sphere },
    Problem { name: "sphere", axes: 10, unordered: 0, value: sphere },
    Problem { name: "sphere", axes: 20, unordered: 0, value: sphere },
    Problem { name: "valley", axes: 5, unordered: 0, value: valley },
    Problem { name: "valley", axes: 10, unordered: 0, value: valley },
    Problem { name: "ackley", axes: 6, unordered: 0, value: ackley },
    Problem { name: "ellipsoid", axes: 5, unordered: 0, value: ellipsoid },
    Problem { name: "wells", axes: 6, unordered: 0, value: wells },
    Problem { name: "mixed", axes: 7, unordered: 3, value: mixed },
];

impl Problem {
    fn space(self) -> Space {
        let axis = |index| {
            if index < self.axes - self.unordered { (0.0..=1.0).dimension() } else { [0.0, 1.0, 2.0, 3.0].dimension() }
        };
        space((0..self.axes).map(axis))
    }

    /// Returns the best of the first trials of each seed, for several counts of them.
    fn bests<S: Sampler>(
        self,
        sampler: impl Fn() -> S,
        batch: usize,
        seeds: Range<u64>,
        counts: &[usize],
    ) -> Vec<Vec<f64>> {
        let (space, mut bests) = (self.space(), vec![Vec::new(); counts.len()]);
        for seed in seeds {
            let value =
                |point: &Point| (self.value)(seed, &point.iter().map(Option::unwrap_or_default).collect::<Vec<_>>());
            let values = minimise(&mut sampler(), &space, (counts[counts.len() - 1], batch, seed), value);
            for (bests, &count) in bests.iter_mut().zip(counts) {
                bests.push(values[..count].iter().copied().fold(f64::INFINITY, f64::min));
            }
        }
        bests
    }

    /// By how many standard errors the mean best of a sampler lies below that of random search with twice as many trials.
    fn gain<S: Sampler>(self, sampler: impl Fn() -> S, batch: usize, seeds: Range<u64>, trials: usize) -> f64 {
        let found = self.bests(sampler, batch, seeds.clone(), &[trials]);
        margin(&found[0], &self.bests(RandomSampler::new, 1, seeds, &[2 * trials])[0])
    }
}

/// The negative control: a model that tells nothing, or is not listened to, has to fail.
#[test]
fn random_search_is_beaten_and_by_no_spoilt_model() {
    let problem = Problem { name: "sphere", axes: 3, unordered: 0, value: sphere };
    for seeds in [0..6, 6..12] {
        let gain = problem.gain(GpSampler::new, 1, seeds.clone(), 16);
        assert!(gain > 3.0, "{gain}");
        for sabotage in [Sabotage::Worst, Sabotage::Shuffled] {
            let gain = problem.gain(|| sabotaged(sabotage), 1, seeds.clone(), 16);
            assert!(gain < 3.0, "{sabotage:?} {gain}");
        }
    }
}

#[test]
#[ignore = "all problems and batches of eight: `cargo test --release --features models problems -- --ignored`"]
fn random_search_is_beaten_everywhere() {
    for problem in PROBLEMS {
        for seeds in [0..20, 20..40] {
            for batch in [1, 8] {
                let gain = problem.gain(GpSampler::new, batch, seeds.clone(), 60);
                assert!(gain > 3.0, "{problem:?} in batches of {batch}: {gain}");
            }
            let gain = problem.gain(|| sabotaged(Sabotage::Worst), 1, seeds, 60);
            assert!(gain < 3.0, "{problem:?} spoilt: {gain}");
        }
    }
}

#[test]
#[ignore = "a table to look at; run it in a release build"]
fn table() {
    let counts = [30, 60, 100];
    let show = |problem: Problem, name: &str, bests: &[Vec<f64>]| {
        let columns = bests.iter().map(|bests| {
            let (mean, error) = mean(bests);
            format!("{mean:10.3e} ± {error:.0e}")
        });
        eprintln!("{:>9}-{:<2} {name:8} {}", problem.name, problem.axes, columns.collect::<Vec<_>>().join("  "));
    };
    for problem in PROBLEMS {
        show(problem, "random", &problem.bests(RandomSampler::new, 1, 0..30, &counts));
        show(problem, "gp", &problem.bests(GpSampler::new, 1, 0..30, &counts));
        show(problem, "batch 8", &problem.bests(GpSampler::new, 8, 0..30, &counts));
    }
}
