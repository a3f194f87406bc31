//! The cost of one suggestion of `CmaEsSampler` over eight axes, by the number of trials in the history.
//!
//! `cargo bench --features models --bench cma_es`

#![allow(clippy::many_single_char_names)]

mod recorded;

use divan::Bencher;
use hyperopt::prelude::*;
use hyperopt::{Draw, Sampler, Sweep};
use recorded::Recorder;

/// The numbers of trials in the history.
const TRIALS: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// Runs a sweep by CMA-ES; returns it with the draws of its trials.
fn sweep(trials: usize) -> (Sweep, Vec<Draw>) {
    let recorder = Recorder::new(CmaEsSampler::new());
    let ho = hyperopt!(
        sampler = recorder.clone(),
        seed = 7,
        a = 0.0..=1.0,
        b = 0.0..=1.0,
        c = 0.0..=1.0,
        d = log(1e-5..=1e-1),
        e = log(1e-5..=1e-1),
        ratio = linrange(1.0, 5.0, 1000),
        width = 1..=64,
        batch = ordinal([16, 32, 64]),
        for _ in 0..trials {
            let numbers =
                (a - 0.3_f64).powi(2) + (b - a).powi(2) + c * a + (d.log10() + 3.0).powi(2) + (e / d).log10().abs();
            numbers + (ratio - 3.0).powi(2) + f64::from(width + batch) / 64.0
        }
    );
    (ho.into_sweep(), recorder.draws())
}

/// Suggestions one after the other, with no result between them.
#[divan::bench(args = TRIALS)]
fn suggest(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = sweep(trials);
    let mut draws = draws.iter().cycle();
    let mut sampler = CmaEsSampler::new();
    bencher.bench_local(|| draws.next().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw)));
}

/// The first suggestion, which reads the whole history with all updates and decompositions of the covariance.
#[divan::bench(args = TRIALS, sample_count = 20, sample_size = 1)]
fn suggest_first_time(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = sweep(trials);
    bencher.with_inputs(CmaEsSampler::new).bench_local_refs(|sampler| {
        draws.last().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw))
    });
}
