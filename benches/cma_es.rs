//! What one suggestion of `CmaEsSampler` costs over eight axes, by the number of trials there have been.
//!
//! `cargo bench --features models --bench cma_es`

#![allow(clippy::many_single_char_names)]

use std::sync::{Arc, Mutex, PoisonError};

use divan::Bencher;
use hyperopt::prelude::*;
use hyperopt::{Draw, History, Point, Sampler, Setup, Space, Sweep};

/// How many trials there have been.
const TRIALS: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// CMA-ES that lets out what each trial draws from.
#[derive(Clone, Debug, Default)]
struct Recorder {
    sampler: CmaEsSampler,
    draws: Arc<Mutex<Vec<Draw>>>,
}

impl Sampler for Recorder {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.draws.lock().unwrap_or_else(PoisonError::into_inner).push(draw.clone());
        self.sampler.suggest(space, history, draw)
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn std::error::Error + Send + Sync>> {
        self.sampler.prepare(setup)
    }

    fn batch(&self) -> Option<usize> {
        Sampler::batch(&self.sampler)
    }
}

/// A sweep of so many trials, and what they drew from.
fn sweep(trials: usize) -> (Sweep, Vec<Draw>) {
    let recorder = Recorder::default();
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
    let draws = recorder.draws.lock().unwrap_or_else(PoisonError::into_inner).clone();
    (ho.into_sweep(), draws)
}

/// Suggestions one after the other while nothing is told.
#[divan::bench(args = TRIALS)]
fn suggest(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = sweep(trials);
    let mut draws = draws.iter().cycle();
    let mut sampler = CmaEsSampler::new();
    bencher.bench_local(|| draws.next().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw)));
}

/// With reading the whole history: so many times what a trial costs, all updates and decompositions included.
#[divan::bench(args = TRIALS, sample_count = 20, sample_size = 1)]
fn suggest_first_time(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = sweep(trials);
    bencher.with_inputs(CmaEsSampler::new).bench_local_refs(|sampler| {
        draws.last().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw))
    });
}
