//! Objectives as the model sees them: transformed so that they look like draws from a normal distribution, as the process
//! assumes of them.

/// Replaces losses by targets of mean 0 and variance 1, in the same order of merit. NaN, a trial without an objective, gets the
/// worst target of all.
///
/// Losses are counted from their median, in units of the deviation of the better half from it: what the better half can be
/// told apart by is then of size one, however bad the worst are. A power transformation with the likeliest exponent takes the
/// skewness off (Yeo and Johnson, "A New Family of Power Transformations to Improve Normality or Symmetry", Biometrika 87,
/// 2000; Cowen-Rivers et al., "HEBO", JAIR 74, 2022, section 4.1).
pub(super) fn warp(losses: &[f64], targets: &mut Vec<f64>) {
    targets.clear();
    targets.extend(losses.iter().filter(|loss| !loss.is_nan()));
    // Nothing overflows after this.
    let largest = targets.iter().fold(0.0_f64, |largest, loss| largest.max(loss.abs()));
    let unit = if largest > 0.0 { largest } else { 1.0 };
    for loss in targets.iter_mut() {
        *loss /= unit;
    }
    targets.sort_unstable_by(f64::total_cmp);
    let Some(&median) = targets.get(targets.len().saturating_sub(1) / 2) else {
        targets.resize(losses.len(), 0.0);
        return;
    };
    let better = &targets[..targets.len().div_ceil(2)];
    let scale = [better, targets].map(|losses| deviation(losses, median)).into_iter().find(|scale| *scale > 0.0);
    let scale = scale.unwrap_or(1.0);
    let power = Power::likeliest(targets.iter().map(|loss| (loss - median) / scale));
    targets.clear();
    targets.extend(losses.iter().map(|loss| power.of((loss / unit - median) / scale)));
    standardise(targets);
}

/// Returns the root of the mean square difference from `centre`.
fn deviation(losses: &[f64], centre: f64) -> f64 {
    let squares: f64 = losses.iter().map(|loss| (loss - centre) * (loss - centre)).sum();
    (squares / losses.len() as f64).sqrt()
}

/// To mean 0 and variance 1; NaN to the largest.
fn standardise(targets: &mut [f64]) {
    let known = || targets.iter().copied().filter(|target| !target.is_nan());
    let count = known().count() as f64;
    let mean = known().sum::<f64>() / count;
    let variance = known().map(|target| (target - mean) * (target - mean)).sum::<f64>() / count;
    let scale = if variance > 0.0 { variance.sqrt() } else { 1.0 };
    let worst = (known().fold(f64::NEG_INFINITY, f64::max) - mean) / scale;
    for target in targets {
        *target = if target.is_nan() { worst } else { (*target - mean) / scale };
    }
}

/// The power transformation of Yeo and Johnson: at exponent 1 the identity, below 1 it draws large numbers together and small
/// ones apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Power {
    pub(super) exponent: f64,
}

impl Power {
    /// Returns the exponent under which `numbers` are likeliest to be draws from a normal distribution, of those from −2 to 3 in
    /// steps of a quarter.
    fn likeliest(numbers: impl Iterator<Item = f64>) -> Self {
        let numbers: Vec<f64> = numbers.collect();
        let count = numbers.len() as f64;
        // The derivative is (1 + |x|)^(λ − 1) above 0, and the reciprocal of that below.
        let slopes: f64 = numbers.iter().map(|x| x.signum() * x.abs().ln_1p()).sum();
        let mut best = (f64::NEG_INFINITY, Self { exponent: 1.0 });
        for step in -8..=12 {
            let power = Self { exponent: f64::from(step) / 4.0 };
            let mean = numbers.iter().map(|&x| power.of(x)).sum::<f64>() / count;
            let variance = numbers.iter().map(|&x| (power.of(x) - mean).powi(2)).sum::<f64>() / count;
            let likelihood = (power.exponent - 1.0) * slopes - 0.5 * count * variance.ln();
            if likelihood.is_finite() && likelihood > best.0 {
                best = (likelihood, power);
            }
        }
        best.1
    }

    pub(super) fn of(self, x: f64) -> f64 {
        let branch = |exponent: f64| {
            let log = x.abs().ln_1p();
            if exponent == 0.0 { log } else { (exponent * log).exp_m1() / exponent }
        };
        if x < 0.0 { -branch(2.0 - self.exponent) } else { branch(self.exponent) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warped(losses: &[f64]) -> Vec<f64> {
        let mut targets = vec![7.0];
        warp(losses, &mut targets);
        targets
    }

    #[test]
    fn targets_are_standard_and_keep_the_order() {
        for power in [0.2, 1.0, 3.0, 9.0] {
            let losses: Vec<f64> = (0..40).map(|k| f64::from(k * 17 % 40 + 1).powf(power) - 1e3).collect();
            let targets = warped(&losses);
            let mean = targets.iter().sum::<f64>() / 40.0;
            let variance = targets.iter().map(|target| (target - mean).powi(2)).sum::<f64>() / 40.0;
            assert!(mean.abs() < 1e-12 && (variance - 1.0).abs() < 1e-12);
            for i in 0..40 {
                for j in 0..40 {
                    assert_eq!(losses[i] < losses[j], targets[i] < targets[j]);
                }
            }
        }
    }

    /// One loss of a million, and the others are still as far apart as they were: without the power, they would share a hair.
    #[test]
    fn outliers_do_not_hide_the_rest() {
        let mut losses: Vec<f64> = (0..20).map(f64::from).collect();
        losses.push(1e6);
        let targets = warped(&losses);
        assert!(targets[19] - targets[0] > 1.0, "{targets:?}");
    }

    #[test]
    fn shift_and_scale_of_the_losses_do_not_matter() {
        let losses: Vec<f64> = (0..30).map(|k| f64::from(k).sin().exp()).collect();
        let moved: Vec<f64> = losses.iter().map(|loss| 1e4 * loss - 3e5).collect();
        let apart = warped(&losses).iter().zip(warped(&moved)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(apart < 1e-8, "{apart:e}");
    }

    #[test]
    fn trials_without_an_objective_are_as_bad_as_the_worst() {
        let targets = warped(&[1.0, f64::NAN, 5.0, 2.0, f64::NAN]);
        assert_eq!(targets[1], targets[2]);
        assert_eq!(targets[4], targets[2]);
        assert!(targets[0] < targets[3] && targets[3] < targets[2]);
    }

    #[test]
    fn edges() {
        assert!(warped(&[]).is_empty());
        assert_eq!(warped(&[f64::NAN; 3]), [0.0; 3]);
        assert_eq!(warped(&[3.0; 4]), [0.0; 4]);
        // Half of them tied at the best.
        assert!(warped(&[0.0, 0.0, 0.0, 1.0]).iter().all(|target| target.is_finite()));
        let huge = warped(&[f64::MAX, f64::MIN, 0.0, 1.0, -1e300]);
        assert!(huge.iter().all(|target| target.is_finite()), "{huge:?}");
        assert!(warped(&[5e-324, 0.0, 1e-320, 3e-322]).iter().all(|target| target.is_finite()));
    }

    #[test]
    fn power_is_smooth_where_its_branches_meet() {
        for exponent in [-2.0, 0.0, 0.5, 1.0, 2.0, 3.0] {
            let power = Power { exponent };
            for x in [-2.0, -1e-9, 0.0, 1e-9, 3.0_f64] {
                let slope = (power.of(x + 1e-6) - power.of(x - 1e-6)) / 2e-6;
                let exact = (1.0 + x.abs()).powf((exponent - 1.0) * if x < 0.0 { -1.0 } else { 1.0 });
                assert!((slope - exact).abs() < 1e-4 * exact, "{slope} for {exact}");
            }
        }
        assert_eq!(Power { exponent: 1.0 }.of(-2.5), -2.5);
    }
}
