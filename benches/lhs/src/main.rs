//! Latin hypercubes of ours beside those of `egobox-doe`: the medians over 11 seeds of the criteria of the plans, and
//! the CPU time of one plan.
//!
//! `cargo run --release --manifest-path benches/lhs/Cargo.toml`; `peers.py` prints the same columns for SMT and SciPy.

use cpu_time::ProcessTime;
use egobox_doe::{Lhs, SamplingMethod};
use hyperopt::Criterion;
use hyperopt::prelude::*;
use ndarray::Array2;
use rand_xoshiro::Xoshiro256Plus;
use rand_xoshiro::rand_core::SeedableRng;

const SEEDS: u64 = 11;

type Points = Vec<Vec<f64>>;

/// Runs a sweep whose objective is constant, and returns its points: the plan.
macro_rules! sweep {
    ($sampler:expr, $seed:expr, $trials:expr; $($axis:ident)*) => {{
        let ho = hyperopt!(
            sampler = $sampler,
            seed = $seed,
            $($axis = 0.0..=1.0,)*
            for _ in 0..$trials {
                $(let _: f64 = $axis;)*
                0.0
            }
        );
        ho.trials().map(|(_, p)| vec![$(p.$axis),*]).collect()
    }};
}

fn ours(sampler: LhsSampler, seed: u64, (trials, axes): (usize, usize)) -> Points {
    match axes {
        3 => sweep!(sampler, seed, trials; a b c),
        8 => sweep!(sampler, seed, trials; a b c d e f g h),
        _ => sweep!(sampler, seed, trials; a b c d e f g h j k),
    }
}

fn egobox(seed: u64, (trials, axes): (usize, usize)) -> Points {
    let limits = Array2::from_shape_fn((axes, 2), |(_, end)| end as f64);
    let plan = Lhs::new(&limits).with_rng(Xoshiro256Plus::seed_from_u64(seed)).sample(trials);
    plan.rows().into_iter().map(|row| row.to_vec()).collect()
}

/// Returns the number of swaps that `egobox-doe` and SMT try.
fn their_swaps(axes: usize) -> usize {
    (axes * 3 / 2).min(30) * (20 * axes).min(100) * 20
}

/// Returns the smallest distance, Σ 1/d² and φ₁₀.
fn distances(points: &Points) -> [f64; 3] {
    let (mut least, mut energy, mut tenth) = (f64::INFINITY, 0.0, 0.0);
    for (i, p) in points.iter().enumerate() {
        for q in &points[..i] {
            let square: f64 = p.iter().zip(q).map(|(p, q)| (p - q).powi(2)).sum();
            least = square.min(least);
            energy += 1.0 / square;
            tenth += square.powi(-5);
        }
    }
    [least.sqrt(), energy, tenth.powf(0.1)]
}

/// Returns the squared centred L2 discrepancy, straight from its formula.
fn discrepancy(points: &Points) -> f64 {
    let (rows, axes) = (points.len() as f64, points[0].len() as i32);
    let off = |x: f64| (x - 0.5).abs();
    let single = |p: &Vec<f64>| p.iter().map(|&x| 1.0 + 0.5 * off(x) - 0.5 * off(x).powi(2)).product::<f64>();
    let factor = |(&x, &y): (&f64, &f64)| 1.0 + 0.5 * off(x) + 0.5 * off(y) - 0.5 * (x - y).abs();
    let double = |p: &Vec<f64>| points.iter().map(|q| p.iter().zip(q).map(factor).product::<f64>()).sum::<f64>();
    (13.0_f64 / 12.0).powi(axes) - 2.0 / rows * points.iter().map(single).sum::<f64>()
        + points.iter().map(double).sum::<f64>() / (rows * rows)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn report(shape: (usize, usize), name: &str, plan: impl Fn(u64) -> Points) {
    let start = ProcessTime::now();
    let plans: Vec<Points> = (0..SEEDS).map(plan).collect();
    let milliseconds = start.elapsed().as_secs_f64() * 1e3 / SEEDS as f64;
    let worth: Vec<[f64; 3]> = plans.iter().map(distances).collect();
    let [least, energy, tenth] = [0, 1, 2].map(|index| median(worth.iter().map(|worth| worth[index]).collect()));
    let even = median(plans.iter().map(discrepancy).collect());
    println!(
        "{:>4} {:>3}  {name:<34} {least:>8.4} {energy:>10.1} {tenth:>8.4} {even:>11.4e} {milliseconds:>10.2}",
        shape.0, shape.1
    );
}

/// Prints the cost of a trial with a plan of a million, sweep included, and the times of the largest optimised plans.
fn report_times() {
    let of = |sampler: LhsSampler, shape| {
        let start = ProcessTime::now();
        let points: Points = ours(sampler, 7, shape);
        start.elapsed().as_secs_f64() / points.len() as f64
    };
    println!("1,000,000 trials of 8 axes without swaps: {:.0} ns each", of(LhsSampler::new(), (1_000_000, 8)) * 1e9);
    let random = || -> Points { sweep!(RandomSampler::new(), 7, 1_000_000; a b c d e f g h) };
    let start = ProcessTime::now();
    let trials = random().len() as f64;
    println!("the same by RandomSampler: {:.0} ns each", start.elapsed().as_secs_f64() / trials * 1e9);
    for criterion in [Criterion::PhiP, Criterion::CentredDiscrepancy] {
        let seconds = of(LhsSampler::new().criterion(criterion), (2_000, 10)) * 2e3;
        println!("2,000 trials of 10 axes by {criterion:?}: {seconds:.2} s");
    }
}

fn main() {
    println!("   n   d  plan                               min dist   Σ 1/d²     φ10       CD²        CPU ms");
    for shape in [(50, 3), (100, 3), (100, 8), (400, 10)] {
        let swaps = their_swaps(shape.1);
        let with = |criterion, swaps: Option<usize>| {
            move |seed| {
                let sampler = LhsSampler::new().criterion(criterion);
                ours(swaps.into_iter().fold(sampler, LhsSampler::swaps), seed, shape)
            }
        };
        report(shape, "egobox-doe", |seed| egobox(seed, shape));
        report(shape, "PhiP, as many swaps", with(Criterion::PhiP, Some(swaps)));
        report(shape, "PhiP", with(Criterion::PhiP, None));
        report(shape, "AudzeEglais", with(Criterion::AudzeEglais, None));
        report(shape, "CentredDiscrepancy, 10,000 swaps", with(Criterion::CentredDiscrepancy, Some(10_000)));
        report(shape, "CentredDiscrepancy", with(Criterion::CentredDiscrepancy, None));
        report(shape, "without swaps", with(Criterion::PhiP, Some(0)));
    }
    report_times();
}
