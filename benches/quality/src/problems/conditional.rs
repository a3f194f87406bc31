//! Three models to choose from, each with hyperparameters of its own, some of them only for one kernel or for deep enough
//! networks. Synthetic, so that the optimum is known: 0.

use hyperopt::Error;
use hyperopt::prelude::*;

use crate::problem::{Instance, Noise, Problem, Sweep, swept};
use crate::random::SplitMix;
use crate::space::{Axis, point};

pub const PROBLEM: Problem = Problem { name: "conditional-10", axes, instance, sweep, is_continuous: false };

const LINEAR: i64 = 0;
const SVM: i64 = 1;
const NETWORK: i64 = 2;

const MODEL: usize = 0;
const KERNEL: usize = 3;
const LAYERS: usize = 6;

fn axes(_: u64) -> Vec<Axis> {
    vec![
        Axis::choice("model", 3),
        Axis::log("penalty", 1e-6, 1e0).only_if(MODEL, &[LINEAR]),
        Axis::log("cost", 1e-3, 1e3).only_if(MODEL, &[SVM]),
        Axis::choice("kernel", 2).only_if(MODEL, &[SVM]),
        Axis::log("gamma", 1e-4, 1e1).only_if(KERNEL, &[1]),
        Axis::log("rate", 1e-5, 1e-1).only_if(MODEL, &[NETWORK]),
        Axis::int("layers", 1, 3).only_if(MODEL, &[NETWORK]),
        Axis::int("first", 4, 128).only_if(MODEL, &[NETWORK]),
        Axis::int("second", 4, 128).only_if(LAYERS, &[2, 3]),
        Axis::int("third", 4, 128).only_if(LAYERS, &[3]),
    ]
}

fn instance(seed: u64) -> Instance {
    let axes = axes(seed);
    let mut stream = SplitMix::new(PROBLEM.name, seed);
    let best = stream.below(3);
    let models: Vec<f64> = (0..3).map(|model| if model == best { 0.0 } else { stream.between(0.02, 0.15) }).collect();
    let kernel = stream.below(2);
    let layers = 1 + stream.below(3);
    let places: Vec<f64> = axes.iter().map(|axis| axis.unit(axis.value(stream.between(0.1, 0.9)))).collect();
    let minimiser = point(&axes, |index, axis| match index {
        MODEL => best as f64,
        KERNEL => kernel as f64,
        LAYERS => layers as f64,
        _ => axis.value(places[index]),
    });
    let objective = move |x: &[f64]| {
        let off = |index: usize| {
            let off = axes[index].unit(x[index]) - places[index];
            off * off
        };
        let kernels = if x[KERNEL] == kernel as f64 { 0.0 } else { 0.08 };
        let depth = 0.06 * (x[LAYERS] - layers as f64).abs();
        models[x[MODEL] as usize]
            + match x[MODEL] as i64 {
                LINEAR => off(1),
                SVM => kernels + off(2) + if x[KERNEL] == 1.0 { 1.5 * off(4) } else { 0.0 },
                _ => {
                    let widths = (7..10).filter(|&index| !x[index].is_nan()).map(|index| 0.4 * off(index));
                    2.0 * off(5) + depth + widths.sum::<f64>()
                }
            }
    };
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: 0.0, minimiser }
}

fn sweep(sweep: Sweep) -> Option<Error> {
    let number = |value: Option<i32>| value.map_or(f64::NAN, f64::from);
    swept!(
        sweep,
        {
        model = [0, 1, 2],
        penalty = if model == 0 {
            log(1e-6..=1e0)
        },
        cost = if model == 1 {
            log(1e-3..=1e3)
        },
        kernel = if model == 1 {
            [0, 1]
        },
        gamma = if kernel == Some(1) {
            log(1e-4..=1e1)
        },
        rate = if model == 2 {
            log(1e-5..=1e-1)
        },
        layers = if model == 2 {
            1..=3
        },
        first = if model == 2 {
            4..=128
        },
        second = if layers > Some(1) {
            4..=128
        },
        third = if layers > Some(2) {
            4..=128
        },
        },
        [model, penalty, cost, kernel, gamma, rate, layers, first, second, third],
        [
                f64::from(model),
                penalty.unwrap_or(f64::NAN),
                cost.unwrap_or(f64::NAN),
                number(kernel),
                gamma.unwrap_or(f64::NAN),
                rate.unwrap_or(f64::NAN),
                number(layers),
                number(first),
                number(second),
                number(third),
            ]
    )
}
