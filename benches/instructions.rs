//! One sweep by the sampler that the argument names, for `benches/instructions.sh`, which counts its instructions.

#![allow(clippy::many_single_char_names)]

use hyperopt::prelude::*;

macro_rules! sweep {
    ($sampler:expr, $trials:expr) => {
        hyperopt!(
            sampler = $sampler,
            seed = 7,
            a = linrange(1.0, 5.0, 1000),
            b = [true, false],
            c = exp_linrange(-1.0, 3.0, 1000),
            d = linrange(0.0, 1.0, 1000),
            e = exp_linrange(-5.0, -1.0, 1000),
            f = 1..=64,
            g = ordinal([16, 32, 64]),
            h = ["adam", "sgd", "rmsprop"],
            for _ in 0..$trials {
                a + c + d + e + f64::from(f + g) + f64::from(b) + h.len() as f64
            }
        )
        .len()
    };
}

fn main() {
    let trials = match std::env::args().nth(1).as_deref() {
        Some("random") => sweep!(RandomSampler::new(), 2000),
        Some("grid") => sweep!(GridSampler::new(), 2000),
        Some("lhs") => sweep!(LhsSampler::new().swaps(2000), 200),
        Some("clh") => sweep!(ClhSampler::new().swaps(2000), 200),
        Some("bohb") => sweep!(BohbSampler::new(), 200),
        Some("tpe") => sweep!(TpeSampler::new(), 200),
        Some("cma_es") => sweep!(CmaEsSampler::new(), 2000),
        _ => 0,
    };
    println!("{trials} trials");
}
