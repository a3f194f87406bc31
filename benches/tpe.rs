//! What one suggestion of `TpeSampler` costs over eight axes, by the number of trials there have been.
//!
//! `cargo bench --bench tpe`

mod recorded;

use divan::Bencher;
use hyperopt::prelude::*;
use hyperopt::{Draw, History, Point, Sampler, Space};
use recorded::sweep;

/// How many trials there have been.
const TRIALS: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// Suggestions one after the other while nothing is told.
fn suggestions(bencher: Bencher<'_, '_>, trials: usize, mut sampler: TpeSampler) {
    let (sweep, draws) = sweep(trials);
    let mut draws = draws.iter().cycle();
    bencher.bench_local(|| draws.next().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw)));
}

#[divan::bench(args = TRIALS)]
fn suggest(bencher: Bencher<'_, '_>, trials: usize) {
    suggestions(bencher, trials, TpeSampler::new());
}

/// One candidate: what is not spent on comparing them.
#[divan::bench(args = TRIALS)]
fn suggest_first_candidate(bencher: Bencher<'_, '_>, trials: usize) {
    suggestions(bencher, trials, TpeSampler::new().candidates(1));
}

/// With reading the whole history and fitting the densities.
#[divan::bench(args = TRIALS, sample_count = 20)]
fn suggest_first_time(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = sweep(trials);
    let sampler = TpeSampler::new();
    bencher.with_inputs(|| sampler.clone()).bench_local_refs(|sampler| {
        draws.first().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw))
    });
}

/// One suggestion after each trial that is told, as in a sweep.
#[divan::bench(args = TRIALS, sample_count = 100, sample_size = 1)]
fn suggest_after_each_trial(bencher: Bencher<'_, '_>, trials: usize) {
    let mut ho = hyperopt!(
        sampler = After { random: trials, sampler: TpeSampler::new() },
        seed = 7,
        ratio = linrange(1.0, 5.0, 1000),
        bias = [true, false],
        cost = exp_linrange(-1.0, 3.0, 1000),
        dropout = 0.0..=1.0,
        rate = log(1e-5..=1e-1),
        width = 1..=64,
        batch = ordinal([16, 32, 64]),
        optimizer = ["adam", "sgd", "rmsprop"],
    );
    // The engine's part is a microsecond.
    let mut next = || {
        let (trial, p) = ho.ask().ok()?;
        let numbers = (p.ratio - 3.0).powi(2) + p.cost.log10() + p.dropout + p.rate.log10().abs();
        let all = numbers + f64::from(p.width + p.batch) / 64.0 + f64::from(p.bias) + p.optimizer.len() as f64;
        ho.tell(trial, all).ok()
    };
    for _ in 0..=trials {
        next();
    }
    bencher.bench_local(next);
}

/// Random search for so many trials, and a sampler from then on.
#[derive(Debug)]
struct After {
    random: usize,
    sampler: TpeSampler,
}

impl Sampler for After {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        if draw.number() < self.random {
            return RandomSampler::new().suggest(space, history, draw);
        }
        self.sampler.suggest(space, history, draw)
    }
}
