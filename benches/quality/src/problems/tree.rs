//! Random trees: which choice a hyperparameter depends on, and on which of its values, goes with the seed.

use hyperopt::Error;
use hyperopt::prelude::*;

use crate::problem::{Instance, Noise, Problem, Sweep, swept};
use crate::random::SplitMix;
use crate::space::{Axis, point};

pub const PROBLEM: Problem = Problem { name: "tree-12", axes, instance, sweep, is_continuous: false };

/// The choices on which others may depend come first.
const CHOICES: usize = 3;

fn slots() -> Vec<Axis> {
    vec![
        Axis::choice("root", 3),
        Axis::choice("second", 3),
        Axis::choice("third", 2),
        Axis::log("rate", 1e-5, 1e-1),
        Axis::log("penalty", 1e-4, 1e2),
        Axis::float("share", 0.0, 1.0),
        Axis::float("momentum", 0.0, 0.99),
        Axis::float("shift", -5.0, 5.0),
        Axis::int("layers", 1, 6),
        Axis::int("degree", 2, 9),
        Axis::log_int("width", 8, 512),
        Axis::choice("kernel", 3),
    ]
}

/// All but the root and about one leaf in five depend on a choice before them: on some of its values, never on all.
fn axes(seed: u64) -> Vec<Axis> {
    let mut stream = SplitMix::new("tree", seed);
    let mut slots = slots();
    for index in 1..slots.len() {
        if index >= CHOICES && stream.below(5) == 0 {
            continue;
        }
        let parent = stream.below(index.min(CHOICES));
        let levels = slots[parent].ends().1 as i64 + 1;
        let first = stream.below(levels as usize) as i64;
        let mut values = vec![first];
        if levels > 2 && stream.below(2) == 0 {
            values.push((first + 1) % levels);
        }
        slots[index].only_if = Some((parent, values));
    }
    slots
}

/// Wrong choices cost something, and what exists is to be in its place, which depends on the root a little.
fn instance(seed: u64) -> Instance {
    let axes = axes(seed);
    let mut stream = SplitMix::new(PROBLEM.name, seed);
    let best: Vec<usize> = axes.iter().map(|axis| stream.below(axis.ends().1.max(1.0) as usize + 1)).collect();
    let is_choice =
        |axis: &Axis| axis.name == "kernel" || axis.name == "root" || axis.name == "second" || axis.name == "third";
    let costs: Vec<Vec<f64>> = axes
        .iter()
        .zip(&best)
        .map(|(axis, &best)| {
            let levels = if is_choice(axis) { axis.ends().1 as usize + 1 } else { 0 };
            (0..levels).map(|level| if level == best { 0.0 } else { stream.between(0.02, 0.2) }).collect()
        })
        .collect();
    let weights: Vec<f64> = axes.iter().map(|_| 10_f64.powf(stream.between(-1.0, 0.5))).collect();
    let own = stream.between(0.0, 0.2);
    let places: Vec<Vec<f64>> = axes
        .iter()
        .map(|axis| {
            let common = stream.between(0.1, 0.9);
            let mut place = || axis.unit(axis.value((common + own * stream.normal()).clamp(0.0, 1.0)));
            (0..3).map(|_| place()).collect()
        })
        .collect();
    let minimiser = point(
        &axes,
        |index, axis| {
            if is_choice(axis) { best[index] as f64 } else { axis.value(places[index][best[0]]) }
        },
    );
    let objective = move |x: &[f64]| {
        let root = x[0] as usize;
        let terms = (0..x.len()).filter(|&index| !x[index].is_nan()).map(|index| {
            if costs[index].is_empty() {
                weights[index] * (axes[index].unit(x[index]) - places[index][root]).powi(2)
            } else {
                costs[index][x[index] as usize]
            }
        });
        terms.sum()
    };
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: 0.0, minimiser }
}

fn sweep(sweep: Sweep) -> Option<Error> {
    fn number<T: Into<f64>>(value: Option<T>) -> f64 {
        value.map_or(f64::NAN, Into::into)
    }
    let axes = axes(sweep.seed);
    let has = |index: usize, choices: &[f64]| axes[index].exists(choices);
    swept!(
        sweep,
        {
            root = [0_u8, 1, 2],
            second = if has(1, &[f64::from(root)]) {
                [0_u8, 1, 2]
            },
            third = if has(2, &[f64::from(root), number(second)]) {
                [0_u8, 1]
            },
            rate = if has(3, &[f64::from(root), number(second), number(third)]) {
                log(1e-5..=1e-1)
            },
            penalty = if has(4, &[f64::from(root), number(second), number(third)]) {
                log(1e-4..=1e2)
            },
            share = if has(5, &[f64::from(root), number(second), number(third)]) {
                0.0..=1.0
            },
            momentum = if has(6, &[f64::from(root), number(second), number(third)]) {
                0.0..=0.99
            },
            shift = if has(7, &[f64::from(root), number(second), number(third)]) {
                -5.0..=5.0
            },
            layers = if has(8, &[f64::from(root), number(second), number(third)]) {
                1_i32..=6
            },
            degree = if has(9, &[f64::from(root), number(second), number(third)]) {
                2_i32..=9
            },
            width = if has(10, &[f64::from(root), number(second), number(third)]) {
                log(8_i32..=512)
            },
            kernel = if has(11, &[f64::from(root), number(second), number(third)]) {
                [0_u8, 1, 2]
            },
        },
        [root, second, third, rate, penalty, share, momentum, shift, layers, degree, width, kernel],
        [
            f64::from(root),
            number(second),
            number(third),
            number(rate),
            number(penalty),
            number(share),
            number(momentum),
            number(shift),
            number(layers),
            number(degree),
            number(width),
            number(kernel),
        ]
    )
}
