//! The test functions as the literature has them, and where they are smallest.

use std::f64::consts::{E, PI, TAU};

/// A function of numbers in one box, the same for each coordinate but for Branin's.
pub type Function = fn(&[f64]) -> f64;

/// Dixon and Szegö 1978, on [-5, 10] × [0, 15]: 0.397887… at (π, 2.275) and two more places.
pub fn branin(x: &[f64]) -> f64 {
    let valley = x[1] - 5.1 / (4.0 * PI * PI) * x[0] * x[0] + 5.0 / PI * x[0] - 6.0;
    valley * valley + 10.0 * (1.0 - 1.0 / (8.0 * PI)) * x[0].cos() + 10.0
}

/// Dixon and Szegö 1978, on [0, 1]⁶: -3.32237… at [`HARTMANN`].
pub fn hartmann(x: &[f64]) -> f64 {
    const HEIGHTS: [f64; 4] = [1.0, 1.2, 3.0, 3.2];
    const STEEPNESS: [[f64; 6]; 4] = [
        [10.0, 3.0, 17.0, 3.5, 1.7, 8.0],
        [0.05, 10.0, 17.0, 0.1, 8.0, 14.0],
        [3.0, 3.5, 1.7, 10.0, 17.0, 8.0],
        [17.0, 8.0, 0.05, 10.0, 0.1, 14.0],
    ];
    const CENTRES: [[f64; 6]; 4] = [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];
    let bump = |k: usize| {
        let square: f64 = x.iter().enumerate().map(|(j, x)| STEEPNESS[k][j] * (x - CENTRES[k][j]).powi(2)).sum();
        HEIGHTS[k] * (-square).exp()
    };
    -(0..4).map(bump).sum::<f64>()
}

pub const HARTMANN: [f64; 6] =
    [0.201_689_511, 0.150_010_692, 0.476_873_974, 0.275_332_431, 0.311_651_617, 0.657_300_531];

/// Ackley 1987, on [-32.768, 32.768]: 0 at 0.
pub fn ackley(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    let square = x.iter().map(|x| x * x).sum::<f64>() / n;
    let batches = x.iter().map(|x| (TAU * x).cos()).sum::<f64>() / n;
    20.0 - 20.0 * (-0.2 * square.sqrt()).exp() + (E - batches.exp())
}

/// Rosenbrock 1960 in many dimensions, on [-5, 10]: 0 at 1.
pub fn rosenbrock(x: &[f64]) -> f64 {
    x.windows(2).map(|x| 100.0 * (x[1] - x[0] * x[0]).powi(2) + (1.0 - x[0]).powi(2)).sum()
}

/// Levy and Montalvo 1985, on [-10, 10]: 0 at 1.
pub fn levy(x: &[f64]) -> f64 {
    let w: Vec<f64> = x.iter().map(|x| 1.0 + (x - 1.0) / 4.0).collect();
    let middle = w[..w.len() - 1].iter().map(|w| (w - 1.0).powi(2) * (1.0 + 10.0 * (PI * w + 1.0).sin().powi(2)));
    let last = w[w.len() - 1];
    // sin(π) is not quite 0 among the floats; written so that the smallest value is.
    (PI * (w[0] - 1.0)).sin().powi(2)
        + middle.sum::<f64>()
        + (last - 1.0).powi(2) * (1.0 + (TAU * (last - 1.0)).sin().powi(2))
}

/// Styblinski and Tang 1990, on [-5, 5]: -39.166… for each coordinate at [`STYBLINSKI_TANG`].
pub fn styblinski_tang(x: &[f64]) -> f64 {
    x.iter().map(|x| 0.5 * (x.powi(4) - 16.0 * x * x + 5.0 * x)).sum()
}

pub const STYBLINSKI_TANG: f64 = -2.903_534_027_771_177;

#[cfg(test)]
mod tests {
    use super::*;

    /// Values from the collection of Surjanovic and Bingham, and by hand.
    #[test]
    fn functions_have_their_known_values() {
        let near = |value: f64, known: f64| assert!((value - known).abs() < 1e-5, "{value} for {known}");
        for x in [[-PI, 12.275], [PI, 2.275], [3.0 * PI, 2.475]] {
            near(branin(&x), 0.397_887);
        }
        near(branin(&[0.0, 0.0]), 36.0 + 10.0 * (1.0 - 1.0 / (8.0 * PI)) + 10.0);
        near(hartmann(&HARTMANN), -3.322_368);
        near(ackley(&[0.0; 10]), 0.0);
        near(ackley(&[1.0; 10]), 20.0 - 20.0 * (-0.2_f64).exp());
        near(rosenbrock(&[1.0; 10]), 0.0);
        near(rosenbrock(&[0.0, 1.0, 2.0]), 101.0 + 100.0);
        near(levy(&[1.0; 8]), 0.0);
        near(levy(&[5.0]), 1.0);
        near(styblinski_tang(&[STYBLINSKI_TANG; 6]), 6.0 * -39.166_165_703_771_42);
        near(styblinski_tang(&[1.0, 2.0]), -5.0 - 19.0);
    }
}
