//! The cost of a sweep without its body: nanoseconds per trial over eight axes, asking and telling included.
//!
//! `cargo bench --bench suggest`

#![allow(clippy::many_single_char_names)]

use hyperopt::prelude::*;

/// Trials in a sweep, so that `ns / TRIALS` is the cost of one.
const TRIALS: usize = 10_000;

fn main() {
    divan::main();
}

#[divan::bench(counters = [divan::counter::ItemsCount::new(TRIALS)])]
fn random() -> usize {
    let ho = hyperopt!(
        sampler = RandomSampler::new(),
        seed = 7,
        a = linrange(1.0, 5.0, 1000),
        b = [true, false],
        c = exp_linrange(-1.0, 3.0, 1000),
        d = 0.0..=1.0,
        e = log(1e-5..=1e-1),
        f = 1..=64,
        g = ordinal([16, 32, 64]),
        h = ["adam", "sgd", "rmsprop"],
        for _ in 0..TRIALS {
            a + c + d + e + f64::from(f + g) + f64::from(b) + h.len() as f64
        }
    );
    ho.len()
}

#[divan::bench(counters = [divan::counter::ItemsCount::new(TRIALS)])]
fn grid() -> usize {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        seed = 7,
        a = linrange(1.0, 5.0, 4),
        b = [true, false],
        c = exp_linrange(-1.0, 3.0, 4),
        d = linrange(0.0, 1.0, 4),
        e = exp_linrange(-5.0, -1.0, 4),
        f = 1..=4,
        g = ordinal([16, 32, 64]),
        h = ["adam", "sgd", "rmsprop"],
        for _ in 0..TRIALS {
            a + c + d + e + f64::from(f + g) + f64::from(b) + h.len() as f64
        }
    );
    ho.len()
}

/// The same draws by hand, into a vector of the parameters: what the sweep is compared with.
#[divan::bench(counters = [divan::counter::ItemsCount::new(TRIALS)])]
fn by_hand() -> usize {
    use rand::rngs::ChaCha8Rng;
    use rand::{RngExt, SeedableRng};

    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut history = Vec::new();
    for _ in 0..TRIALS {
        let a = 1.0 + 4.0 * f64::from(rng.random_range(0..1000_u32)) / 999.0;
        let b = rng.random::<bool>();
        let c = 10_f64.powf(-1.0 + 4.0 * f64::from(rng.random_range(0..1000_u32)) / 999.0);
        let d = rng.random_range(0.0..=1.0);
        let e = rng.random_range(1e-5_f64.ln()..=1e-1_f64.ln()).exp();
        let f = rng.random_range(1..=64);
        let g = [16, 32, 64][rng.random_range(0..3)];
        let h = ["adam", "sgd", "rmsprop"][rng.random_range(0..3)];
        let value = a + c + d + e + f64::from(f + g) + f64::from(b) + h.len() as f64;
        history.push((a, b, c, d, e, f, g, h, value));
    }
    history.len()
}
