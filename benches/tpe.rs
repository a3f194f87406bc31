//! The cost of one suggestion of `TpeSampler` over eight axes, by the number of trials in the history.
//!
//! `cargo bench --bench tpe`

#[macro_use]
mod recorded;

use divan::Bencher;
use hyperopt::prelude::*;
use hyperopt::{Draw, History, Point, Sampler, Space};
use recorded::sweep;

/// The numbers of trials in the history.
const TRIALS: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// Measures suggestions one after the other, with no result between them.
fn suggestions(bencher: Bencher<'_, '_>, trials: usize, mut sampler: TpeSampler) {
    let (sweep, draws) = sweep(trials);
    let mut draws = draws.iter().cycle();
    bencher.bench_local(|| draws.next().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw)));
}

#[divan::bench(args = TRIALS)]
fn suggest(bencher: Bencher<'_, '_>, trials: usize) {
    suggestions(bencher, trials, TpeSampler::new());
}

/// With one candidate, so that none are compared.
#[divan::bench(args = TRIALS)]
fn suggest_first_candidate(bencher: Bencher<'_, '_>, trials: usize) {
    suggestions(bencher, trials, TpeSampler::new().candidates(1));
}

/// The first suggestion, which reads the whole history and fits the densities.
#[divan::bench(args = TRIALS, sample_count = 20)]
fn suggest_first_time(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = sweep(trials);
    let sampler = TpeSampler::new();
    bencher.with_inputs(|| sampler.clone()).bench_local_refs(|sampler| {
        draws.first().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw))
    });
}

/// One suggestion after each result, as in a sweep.
#[divan::bench(args = TRIALS, sample_count = 100, sample_size = 1)]
fn suggest_after_each_trial(bencher: Bencher<'_, '_>, trials: usize) {
    let mut ho = sweep_over_eight!(
        After { random: trials, sampler: TpeSampler::new() },
        [ratio bias cost dropout rate width batch optimizer]
    );
    // The engine itself takes less than a microsecond of this.
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

/// Random search for the first trials, and a sampler for those that follow.
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
