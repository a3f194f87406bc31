//! What one suggestion of `GpSampler` costs over eight axes, by the number of trials there have been.
//!
//! `cargo bench --bench gp --features models`

mod recorded;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use divan::Bencher;
use hyperopt::prelude::*;
use hyperopt::{Draw, History, Point, Sampler, Space, Sweep};
use recorded::Recorder;

/// How many trials there have been.
const TRIALS: [usize; 4] = [50, 100, 200, 500];

fn main() {
    sweep_of_its_own(200);
    divan::main();
}

/// A sweep of so many trials of eight hyperparameters.
macro_rules! sweep {
    ($sampler:expr, $trials:expr) => {
        hyperopt!(
            sampler = $sampler,
            seed = 7,
            ratio = linrange(1.0, 5.0, 1000),
            bias = [true, false],
            cost = exp_linrange(-1.0, 3.0, 1000),
            dropout = 0.0..=1.0,
            rate = log(1e-5..=1e-1),
            width = 1..=64,
            batch = ordinal([16, 32, 64]),
            optimizer = ["adam", "sgd", "rmsprop"],
            for _ in 0..$trials {
                let numbers = (ratio - 3.0).powi(2) + cost.log10().powi(2) + dropout + (rate.log10() + 3.0).powi(2);
                numbers + f64::from(width + batch) / 64.0 + f64::from(bias) + optimizer.len() as f64
            }
        )
    };
}

/// The mean and the longest time of a suggestion over a whole sweep, fits of the parameters included.
fn sweep_of_its_own(trials: usize) {
    #[derive(Debug)]
    struct Timed(GpSampler, Arc<Mutex<Vec<f64>>>);

    impl Sampler for Timed {
        fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
            let started = Instant::now();
            let point = self.0.suggest(space, history, draw);
            self.1.lock().unwrap_or_else(PoisonError::into_inner).push(started.elapsed().as_secs_f64() * 1e3);
            point
        }
    }

    let times = Arc::default();
    let ho = sweep!(Timed(GpSampler::new(), Arc::clone(&times)), trials);
    let times = times.lock().unwrap_or_else(PoisonError::into_inner);
    let (sum, most) = (times.iter().sum::<f64>(), times.iter().copied().fold(0.0, f64::max));
    println!("a sweep of {} trials: {:.1} ms a suggestion, {most:.1} ms at the most", ho.len(), sum / ho.len() as f64);
}

/// A sweep of so many random trials, and what they drew from.
fn random(trials: usize) -> (Sweep, Vec<Draw>) {
    let recorder = Recorder::default();
    let ho = sweep!(recorder.clone(), trials);
    let draws = recorder.draws();
    (ho.into_sweep(), draws)
}

/// Suggestions one after the other while nothing is told: parameters and factor are at hand.
#[divan::bench(args = TRIALS)]
fn suggest(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = random(trials);
    let (mut sampler, mut draws) = (GpSampler::new(), draws.iter().cycle());
    bencher.bench_local(|| draws.next().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw)));
}

/// With reading the whole history and all the fits that it has had.
#[divan::bench(args = TRIALS, sample_count = 3, sample_size = 1)]
fn suggest_first_time(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = random(trials);
    bencher.with_inputs(GpSampler::new).bench_local_refs(|sampler| {
        draws.first().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw))
    });
}
