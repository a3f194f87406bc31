//! The cost of a sweep on threads, compared with a rayon loop written by hand: an objective of one millisecond on two
//! threads, interleaved rounds, medians.
//!
//! `cargo bench --bench parallel`

use std::hint::black_box;
use std::time::{Duration, Instant};

use hyperopt::prelude::*;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

const TRIALS: usize = 400;
const ROUNDS: usize = 11;
const THREADS: usize = 2;

/// Keeps a core busy for one millisecond.
fn objective(x: f64) -> f64 {
    let started = Instant::now();
    let mut value = x;
    while started.elapsed() < Duration::from_millis(1) {
        value = black_box(value.sin() + x);
    }
    value
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pool = ThreadPoolBuilder::new().num_threads(THREADS).build()?;
    let sweep = || {
        let ho = phyperopt!(
            &pool,
            seed = 7,
            x = 0.0..=1.0,
            for _ in 0..TRIALS {
                objective(x)
            }
        );
        assert_eq!(ho.history().complete().count(), TRIALS);
    };
    let by_hand = || {
        let values: Vec<f64> = pool.install(|| {
            (0..TRIALS).into_par_iter().with_max_len(1).map(|trial| objective(trial as f64 / TRIALS as f64)).collect()
        });
        assert_eq!(values.len(), TRIALS);
    };
    let (mut sweeps, mut loops) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        sweeps.push(timed(&sweep));
        loops.push(timed(&by_hand));
    }
    let (sweep, by_hand) = (median(&mut sweeps), median(&mut loops));
    println!("{TRIALS} trials of 1 ms on {THREADS} threads: sweep {sweep:.1?}, by hand {by_hand:.1?}");
    let ratio = sweep.as_secs_f64() / by_hand.as_secs_f64();
    println!("ratio {ratio:.3} (at most 1.05)");
    Ok(())
}

fn timed(run: &dyn Fn()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
