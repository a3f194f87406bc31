//! The cost of one suggestion of `GpSampler` over eight axes, by the number of trials in the history.
//!
//! `cargo bench --bench gp --features models`

#[macro_use]
mod recorded;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use divan::Bencher;
use hyperopt::prelude::*;
use hyperopt::{Draw, History, Point, Sampler, Space, Sweep};
use recorded::Recorder;

/// The numbers of trials in the history.
const TRIALS: [usize; 4] = [50, 100, 200, 500];

fn main() {
    sweep_of_its_own(200);
    divan::main();
}

/// A sweep whose objective a Gaussian process fits well.
macro_rules! sweep {
    ($sampler:expr, $trials:expr) => {
        sweep_over_eight!(
            $sampler,
            [ratio bias cost dropout rate width batch optimizer]
            for _ in 0..$trials {
                let numbers = (ratio - 3.0).powi(2) + cost.log10().powi(2) + dropout + (rate.log10() + 3.0).powi(2);
                numbers + f64::from(width + batch) / 64.0 + f64::from(bias) + optimizer.len() as f64
            }
        )
    };
}

/// Prints the mean and the longest time of a suggestion over a whole sweep, with the fits of the parameters.
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
    println!("a sweep of {} trials: {:.1} ms a suggestion, {most:.1} ms at most", ho.len(), sum / ho.len() as f64);
}

/// Runs a sweep of random trials; returns it with their draws.
fn random(trials: usize) -> (Sweep, Vec<Draw>) {
    let recorder = Recorder::new(RandomSampler::new());
    let ho = sweep!(recorder.clone(), trials);
    let draws = recorder.draws();
    (ho.into_sweep(), draws)
}

/// Suggestions one after the other, with no result between them: parameters and factor are kept.
#[divan::bench(args = TRIALS)]
fn suggest(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = random(trials);
    let (mut sampler, mut draws) = (GpSampler::new(), draws.iter().cycle());
    bencher.bench_local(|| draws.next().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw)));
}

/// The first suggestion, which reads the whole history and repeats all its fits.
#[divan::bench(args = TRIALS, sample_count = 3, sample_size = 1)]
fn suggest_first_time(bencher: Bencher<'_, '_>, trials: usize) {
    let (sweep, draws) = random(trials);
    bencher.with_inputs(GpSampler::new).bench_local_refs(|sampler| {
        draws.first().and_then(|draw| sampler.suggest(sweep.space(), sweep.history(), draw))
    });
}
