//! A network's training as it is usually met: numbers, logarithmic ones, integers and choices, some of which depend on one
//! another. Synthetic, so that the optimum is known: 0.

use hyperopt::Error;
use hyperopt::prelude::*;

use crate::problem::{Instance, Noise, Problem, Sweep, swept};
use crate::random::SplitMix;
use crate::space::Axis;

pub const PROBLEM: Problem = Problem { name: "mixed-9", axes, instance, sweep, is_continuous: false };

fn axes(_: u64) -> Vec<Axis> {
    vec![
        Axis::log("rate", 1e-5, 1e-1),
        Axis::float("momentum", 0.0, 0.99),
        Axis::float("dropout", 0.0, 0.6),
        Axis::log_int("batch", 8, 512),
        Axis::int("width", 16, 256),
        Axis::int("layers", 1, 6),
        Axis::choice("optimiser", 3),
        Axis::choice("activation", 4),
        Axis::choice("augment", 2),
    ]
}

fn instance(seed: u64) -> Instance {
    let axes = axes(seed);
    let mut stream = SplitMix::new(PROBLEM.name, seed);
    let best = [stream.below(3), stream.below(4), stream.below(2)];
    let mut minimiser: Vec<f64> = axes[..6].iter().map(|axis| axis.value(stream.between(0.15, 0.85))).collect();
    minimiser.extend(best.map(|level| level as f64));
    let place: Vec<f64> = axes[..6].iter().zip(&minimiser).map(|(axis, &value)| axis.unit(value)).collect();
    // The best of each choice costs nothing.
    let mut costs = |best: usize, n: usize| -> Vec<f64> {
        (0..n).map(|level| if level == best { 0.0 } else { stream.between(0.03, 0.2) }).collect()
    };
    let (optimisers, activations) = (costs(best[0], 3), costs(best[1], 4));
    // Every optimiser has its own rate: the others' is a little off.
    let rates: Vec<f64> = (0..3)
        .map(|level| {
            if level == best[0] {
                0.0
            } else {
                stream.between(0.1, 0.25) * if stream.below(2) == 0 { 1.0 } else { -1.0 }
            }
        })
        .collect();

    let objective = move |x: &[f64]| {
        let off = |axis: usize| axes[axis].unit(x[axis]) - place[axis];
        let [optimiser, activation, augment] = [6, 7, 8].map(|axis| x[axis] as usize);
        let momentum = if optimiser == 0 { 1.0 } else { 0.2 };
        // The rate goes with the batch, dropout with the width, and augmentation matters more to deep networks.
        let rate = off(0) - rates[optimiser] - 0.4 * off(3);
        let dropout = off(2) - 0.4 * off(4);
        let deep = if augment == best[2] { 0.0 } else { 0.05 + 0.02 * (x[5] - 1.0) };
        3.0 * rate * rate
            + momentum * off(1).powi(2)
            + dropout * dropout
            + 0.4 * off(3).powi(2)
            + 0.4 * off(4).powi(2)
            + 0.5 * off(5).powi(2)
            + optimisers[optimiser]
            + activations[activation]
            + deep
    };
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: 0.0, minimiser }
}

const OPTIMISERS: [&str; 3] = ["sgd", "adam", "lion"];
const ACTIVATIONS: [&str; 4] = ["relu", "gelu", "tanh", "swish"];

fn level(names: &[&str], name: &str) -> f64 {
    names.iter().position(|known| *known == name).map_or(f64::NAN, |level| level as f64)
}

fn sweep(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        {
        rate = log(1e-5..=1e-1),
        momentum = 0.0..=0.99,
        dropout = 0.0..=0.6,
        batch = log(8_i32..=512),
        width = 16_i32..=256,
        layers = 1_i32..=6,
        optimiser = OPTIMISERS,
        activation = ACTIVATIONS,
        augment = [false, true],
        },
        [rate, momentum, dropout, batch, width, layers, optimiser, activation, augment],
        [
            rate,
            momentum,
            dropout,
            f64::from(batch),
            f64::from(width),
            f64::from(layers),
            level(&OPTIMISERS, optimiser),
            level(&ACTIVATIONS, activation),
            f64::from(u8::from(augment)),
        ]
    )
}
