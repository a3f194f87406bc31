//! Where a search looks first: points over the whole cube, and around the best trials.

use std::f64::consts::TAU;

use rand::{Rng, RngExt};

use super::problem::Problem;

/// Candidates over the whole cube: a Kronecker sequence of the powers of the root of x^(d + 1) = x + 1, shifted at random.
pub(super) fn spread(problem: Problem<'_>, candidates: usize, rng: &mut impl Rng, units: &mut Vec<f64>) {
    let d = problem.dimensions.len();
    let mut root: f64 = 2.0;
    for _ in 0..60 {
        root = (1.0 + root).powf(1.0 / (d as f64 + 1.0));
    }
    let shifts: Vec<f64> = problem.dimensions.iter().map(|_| rng.random()).collect();
    for k in 0..candidates {
        let start = units.len();
        units.resize(start + problem.space.len(), 0.5);
        let mut step = 1.0;
        for (dimension, shift) in problem.dimensions.iter().zip(&shifts) {
            step /= root;
            let unit = (shift + step * (k + 1) as f64).fract();
            units[start + dimension.axis] = problem.space.axes()[dimension.axis].snap(unit);
        }
    }
}

/// Candidates that differ from one of the best trials in some coordinates, by much or by little.
pub(super) fn surround(
    problem: Problem<'_>,
    best: &[&[f64]],
    candidates: usize,
    rng: &mut impl Rng,
    units: &mut Vec<f64>,
) {
    let d = problem.dimensions.len() as f64;
    let share = (4.0 / d).clamp(0.2, 1.0);
    for k in 0..candidates {
        let Some(centre) = best.get(k % best.len().max(1)) else { return };
        let start = units.len();
        units.extend_from_slice(centre);
        let reach = 10_f64.powf(-3.0 * rng.random::<f64>());
        for (dimension, length) in problem.dimensions.iter().zip(&problem.model.process.kernel().lengths) {
            let unit = &mut units[start + dimension.axis];
            let axis = &problem.space.axes()[dimension.axis];
            if unit.is_nan() {
                *unit = rng.random();
            } else if rng.random::<f64>() >= share {
                continue;
            } else if dimension.is_categorical {
                if rng.random::<f64>() < 0.5 {
                    *unit = rng.random();
                }
            } else {
                let normal = (-2.0 * (1.0 - rng.random::<f64>()).ln()).sqrt() * (TAU * rng.random::<f64>()).cos();
                *unit += normal * reach * length.min(0.5);
            }
            *unit = axis.snap(*unit);
        }
    }
}
