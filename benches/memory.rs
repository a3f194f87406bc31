//! The memory of a trial: bytes per trial of a finished sweep over eight numeric hyperparameters, as the allocator counts
//! them.
//!
//! `cargo bench --bench memory`, column `max alloc`

#![allow(clippy::many_single_char_names)]

use hyperopt::prelude::*;

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

const TRIALS: usize = 1 << 14;

fn main() {
    println!("{TRIALS} trials; the vectors double as they grow, so the peak holds up to half as much again");
    divan::main();
}

#[divan::bench(sample_count = 3, counters = [divan::counter::ItemsCount::new(TRIALS)])]
fn eight_numeric_axes() -> usize {
    let ho = hyperopt!(
        seed = 7,
        a = 0.0..=1.0,
        b = 0.0..=1.0,
        c = 0.0..=1.0,
        d = 0.0..=1.0,
        e = 0.0..=1.0,
        f = 0.0..=1.0,
        g = 0.0..=1.0,
        h = 0.0..=1.0,
        for _ in 0..TRIALS {
            a + b + c + d + e + f + g + h
        }
    );
    ho.len()
}
