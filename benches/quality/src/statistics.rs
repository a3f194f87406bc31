//! Statistics: medians, ranks, the bootstrap, and Wilcoxon's test with Holm's correction.

use crate::random::SplitMix;

pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Linear between the order statistics; NaN for nothing.
pub fn quantile(values: &[f64], at: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = at * last as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let above = (below + 1).min(last);
    sorted[below] + part * (sorted[above] - sorted[below])
}

/// From 1 for the smallest; equals share the mean of their ranks.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for ties in order.chunk_by(|&a, &b| values[a] == values[b]) {
        for &index in ties {
            ranks[index] = start as f64 + f64::midpoint(ties.len() as f64, 1.0);
        }
        start += ties.len();
    }
    ranks
}

/// Of `columns`, one for each of the things that are drawn, the mean; and the 95 % interval of it by the percentiles of 2,000
/// bootstrap samples of the columns. Each column holds values for every method.
pub fn bootstrap(columns: &[Vec<f64>]) -> Vec<(f64, f64, f64)> {
    const SAMPLES: usize = 2_000;
    let methods = columns.first().map_or(0, Vec::len);
    let mean = |picked: &mut dyn Iterator<Item = &Vec<f64>>| {
        let mut sums = vec![0.0; methods];
        for column in picked {
            for (sum, value) in sums.iter_mut().zip(column) {
                *sum += value / columns.len() as f64;
            }
        }
        sums
    };
    let mut stream = SplitMix::new("bootstrap", 0);
    let samples: Vec<Vec<f64>> =
        (0..SAMPLES).map(|_| mean(&mut (0..columns.len()).map(|_| &columns[stream.below(columns.len())]))).collect();
    let means = mean(&mut columns.iter());
    let interval = |method: usize| {
        let values: Vec<f64> = samples.iter().map(|sample| sample[method]).collect();
        (means[method], quantile(&values, 0.025), quantile(&values, 0.975))
    };
    (0..methods).map(interval).collect()
}

/// Returns the two-sided p-value of Wilcoxon's signed-rank test for pairs with these differences, zeros left out. Exact for up to
/// 50 pairs without ties; else by the normal distribution, corrected for ties and continuity.
pub fn wilcoxon(differences: &[f64]) -> f64 {
    let differences: Vec<f64> = differences.iter().copied().filter(|&difference| difference != 0.0).collect();
    let n = differences.len();
    if n == 0 {
        return 1.0;
    }
    let sizes: Vec<f64> = differences.iter().map(|difference| difference.abs()).collect();
    let ranks = ranks(&sizes);
    let positive: f64 =
        ranks.iter().zip(&differences).filter(|(_, difference)| **difference > 0.0).map(|(rank, _)| rank).sum();
    let total = (n * (n + 1)) as f64 / 2.0;
    let smaller = positive.min(total - positive);
    let mut tied = sizes.clone();
    tied.sort_by(f64::total_cmp);
    let groups = tied.chunk_by(|a, b| a == b).map(|ties| ties.len() as f64);
    let ties: f64 = groups.map(|t| t * t * t - t).sum();
    if n <= 50 && ties == 0.0 {
        return (2.0 * exact_tail(n, smaller as usize)).min(1.0);
    }
    let variance = total * (2 * n + 1) as f64 / 12.0 - ties / 48.0;
    let z = ((total / 2.0 - smaller - 0.5) / variance.sqrt()).max(0.0);
    (2.0 * upper_tail(z)).min(1.0)
}

/// Returns the probability that the ranks of one sign, out of 1 to n, add up to no more than `sum`.
fn exact_tail(n: usize, sum: usize) -> f64 {
    let total = n * (n + 1) / 2;
    let mut ways = vec![0.0; total + 1];
    ways[0] = 1.0;
    for rank in 1..=n {
        for at in (rank..=total).rev() {
            ways[at] += ways[at - rank];
        }
    }
    ways[..=sum].iter().sum::<f64>() / 2_f64.powi(n as i32)
}

/// Returns the probability that a standard normal number is above `z`, by the continued fraction or the series of the error
/// function.
fn upper_tail(z: f64) -> f64 {
    let density = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    if z > 3.0 {
        let fraction = (1..=80).rev().fold(z, |tail, k| z + f64::from(k) / tail);
        density / fraction
    } else {
        let mut term = z;
        let mut sum = z;
        for k in 1..200 {
            term *= z * z / f64::from(2 * k + 1);
            sum += term;
        }
        0.5 - density * sum
    }
}

/// Holm's step-down correction of p-values.
pub fn holm(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut corrected = vec![0.0; values.len()];
    let mut highest: f64 = 0.0;
    for (step, &index) in order.iter().enumerate() {
        highest = highest.max((values[index] * (values.len() - step) as f64).min(1.0));
        corrected[index] = highest;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, known: f64) {
        assert!((value - known).abs() < 1e-9 * known.abs().max(1.0), "{value} for {known}");
    }

    #[test]
    fn medians_and_quantiles() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(quantile(&[0.0, 10.0], 0.25), 2.5);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn equals_share_ranks() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 0.0]), [3.5, 2.0, 3.5, 1.0]);
    }

    /// The tails of the signed-rank statistic in Wilcoxon's table, and what `SciPy` 1.17 gives for ten pairs and for ties.
    #[test]
    fn wilcoxon_has_its_known_values() {
        near(exact_tail(5, 0), 1.0 / 32.0);
        near(exact_tail(10, 8), 25.0 / 1024.0);
        let depression = [0.952, -0.147, 1.022, 0.430, 0.620, 0.590, 0.490, -0.080, 0.010];
        near(wilcoxon(&depression), 0.039_062_5);
        near(wilcoxon(&[1.0, 1.0, 2.0, -1.0, 3.0, 3.0, 4.0, -2.0, 5.0, 6.0, 0.0]), 0.035_927_899_120_529_315);
        assert_eq!(wilcoxon(&[0.0, 0.0]), 1.0);
        assert_eq!(wilcoxon(&[1.0, -1.0]), 1.0);
    }

    #[test]
    fn normal_tails() {
        near(upper_tail(0.0), 0.5);
        assert!((upper_tail(1.959_963_984_540_054) - 0.025).abs() < 1e-14);
        assert!((upper_tail(3.090_232_306_167_813) - 0.001).abs() < 1e-14);
        assert!((upper_tail(6.0) / 9.865_876_450_376_98e-10 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn holm_steps_down() {
        let corrected = holm(&[0.01, 0.04, 0.03, 0.005]);
        for (value, known) in corrected.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            near(*value, known);
        }
    }

    /// The interval of a mean of 400 numbers is that of the normal distribution, nearly.
    #[test]
    fn bootstrap_has_the_right_width() {
        let mut stream = SplitMix::new("width", 1);
        let columns: Vec<Vec<f64>> = (0..400).map(|_| vec![stream.normal(), 7.0]).collect();
        let [(mean, lo, hi), constant] = bootstrap(&columns)[..] else { panic!() };
        near(constant.0, 7.0);
        near(constant.2 - constant.1, 0.0);
        assert!(lo < mean && mean < hi && ((hi - lo) / (2.0 * 1.96 / 20.0) - 1.0).abs() < 0.15, "{lo} {mean} {hi}");
    }
}
