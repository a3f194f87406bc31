//! Learning curves that cross: a smaller rate learns more slowly and, down to the best one, ends lower; curves of different
//! widths start from different heights. All are power laws with noise, and meet their final loss at the largest budget.

use crate::budgeted::BudgetedInstance;
use crate::random::SplitMix;
use crate::space::Axis;

const EPOCHS: f64 = 81.0;
const NOISE: f64 = 0.004;

pub fn axes() -> Vec<Axis> {
    vec![
        Axis::log("rate", 1e-4, 1e0),
        Axis::log("decay", 1e-6, 1e-2),
        Axis::float("dropout", 0.0, 0.6),
        Axis::log_int("width", 8, 256),
        Axis::choice("optimiser", 3),
        Axis::choice("schedule", 2),
    ]
}

pub fn instance(seed: u64) -> BudgetedInstance {
    let axes = axes();
    let mut stream = SplitMix::new("curves", seed);
    let mut minimiser: Vec<f64> =
        [0.2, 0.15, 0.15, 0.4].iter().zip(&axes).map(|(lo, axis)| axis.value(stream.between(*lo, lo + 0.4))).collect();
    let (optimiser, schedule) = (stream.below(3), stream.below(2));
    minimiser.extend([optimiser as f64, schedule as f64]);
    let place: Vec<f64> = axes.iter().zip(&minimiser).map(|(axis, &value)| axis.unit(value)).collect();
    let optimisers: Vec<f64> =
        (0..3).map(|level| if level == optimiser { 0.0 } else { stream.between(0.02, 0.08) }).collect();

    let units = move |x: &[f64]| -> Vec<f64> { x.iter().zip(&axes).map(|(&x, axis)| axis.unit(x)).collect() };
    let end = {
        let units = units.clone();
        move |x: &[f64]| {
            let u = units(x);
            let off = |axis: usize| u[axis] - place[axis];
            // Wide networks want more dropout, and other optimisers another rate.
            let rate = off(0) - if x[4] == optimiser as f64 { 0.0 } else { 0.1 };
            1.2 * rate * rate
                + 0.2 * off(1).powi(2)
                + 0.4 * (off(2) - 0.4 * off(3)).powi(2)
                + 0.2 * off(3).powi(2)
                + optimisers[x[4] as usize]
                + if x[5] == schedule as f64 { 0.0 } else { 0.03 }
        }
    };
    let regret = end.clone();
    BudgetedInstance {
        loss: Box::new(move |x, budget, noise| {
            let u = units(x);
            // Half of the way is learnt after half an epoch to 30, by the rate.
            let pace = 0.5 * 60_f64.powf(1.0 - u[0]);
            let left = |epochs: f64| (1.0 + epochs / pace).powf(-1.2);
            let height = 0.6 + 0.6 * u[3] + if x[5] == 1.0 { 0.3 } else { 0.0 };
            let learning = left(f64::from(budget)) - left(EPOCHS);
            end(x) + height * learning + NOISE * noise.normal()
        }),
        regret: Box::new(regret),
        minimiser,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of two curves near the optimum, the one with the greater rate leads at first and loses in the end.
    #[test]
    fn curves_cross() {
        let mut crossing = 0;
        for seed in 0..50 {
            let instance = instance(seed);
            let mut noise = SplitMix::new("noise", seed);
            let slow = instance.minimiser.clone();
            let mut fast = slow.clone();
            fast[0] = (fast[0] * 20.0).min(1.0);
            let mut leads =
                |budget| (instance.loss)(&fast, budget, &mut noise) < (instance.loss)(&slow, budget, &mut noise);
            crossing += usize::from(leads(3) && !leads(81));
        }
        assert!(crossing >= 45, "{crossing} of 50");
    }
}
