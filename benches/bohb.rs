//! The cost of one suggestion of `BohbSampler` over eight axes, by the number of trials in the history.
//!
//! `cargo bench --bench bohb`

mod recorded;

use divan::Bencher;
use hyperopt::prelude::*;
use recorded::sweep;

/// The numbers of trials in the history.
const TRIALS: [usize; 3] = [100, 300, 1000];

fn main() {
    divan::main();
}

/// Measures suggestions one after the other, with no result between them.
fn suggestions(bencher: Bencher<'_, '_>, trials: usize, mut sampler: BohbSampler) {
    let (sweep, draws) = sweep(trials);
    let mut draws = draws.iter().cycle();
    bencher.bench_local(|| draws.next().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw)));
}

/// By default, where a third of the suggestions is random.
#[divan::bench(args = TRIALS)]
fn suggest(bencher: Bencher<'_, '_>, trials: usize) {
    suggestions(bencher, trials, BohbSampler::new());
}

#[divan::bench(args = TRIALS)]
fn suggest_by_model(bencher: Bencher<'_, '_>, trials: usize) {
    suggestions(bencher, trials, BohbSampler::new().random_fraction(0.0));
}

/// With every sum of the model to its end.
#[divan::bench(args = TRIALS)]
fn suggest_by_faithful_model(bencher: Bencher<'_, '_>, trials: usize) {
    suggestions(bencher, trials, BohbSampler::faithful().random_fraction(0.0));
}

/// With one candidate, so that none are compared.
#[divan::bench(args = TRIALS)]
fn suggest_first_candidate(bencher: Bencher<'_, '_>, trials: usize) {
    suggestions(bencher, trials, BohbSampler::new().random_fraction(0.0).num_samples(1));
}

/// The first suggestion, which reads the whole history and fits the densities.
#[divan::bench(args = TRIALS)]
fn suggest_first_time(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = sweep(trials);
    let sampler = BohbSampler::new().random_fraction(0.0).num_samples(1);
    bencher.with_inputs(|| sampler.clone()).bench_local_refs(|sampler| {
        draws.first().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw))
    });
}

/// Measures one suggestion after each result, as in a sweep, where each suggestion by the model fits the densities anew.
fn after_each_trial(bencher: Bencher<'_, '_>, trials: usize, mut sampler: BohbSampler) {
    let sweeps: Vec<_> = (0..100).map(|more| sweep(trials + more)).collect();
    let mut sweeps = sweeps.iter().cycle();
    bencher.bench_local(|| {
        let (sweep, draws) = sweeps.next()?;
        sampler.suggest(sweep.space(), sweep.history(), draws.last()?)
    });
}

#[divan::bench(args = TRIALS, sample_count = 100, sample_size = 1)]
fn suggest_after_each_trial(bencher: Bencher<'_, '_>, trials: usize) {
    after_each_trial(bencher, trials, BohbSampler::new());
}

/// The fits alone: one candidate, so that none are compared.
#[divan::bench(args = TRIALS, sample_count = 100, sample_size = 1)]
fn first_candidate_after_each_trial(bencher: Bencher<'_, '_>, trials: usize) {
    after_each_trial(bencher, trials, BohbSampler::new().random_fraction(0.0).num_samples(1));
}
