//! Wilcoxon's signed-rank test: Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics Bulletin 1 (1945).

use crate::normal::probability;

/// Largest number of differences without ties or zeros for which p is exact.
const EXACT: usize = 50;
/// Largest number of differences with ties or zeros for which p is exact.
const EXACT_WITH_TIES: usize = 13;

/// The differences, and reused buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct SignedRank {
    differences: Vec<f64>,
    /// Twice the ranks of the differences that are not 0.
    ranks: Vec<usize>,
    /// The probability of each sum of ranks.
    likely: Vec<f64>,
}

impl SignedRank {
    pub(super) fn clear(&mut self) {
        self.differences.clear();
    }

    pub(super) fn push(&mut self, difference: f64) {
        self.differences.push(difference);
    }

    pub(super) fn len(&self) -> usize {
        self.differences.len()
    }

    /// Returns the probability that the sum of the ranks of positive differences is at least as large as it is if the signs
    /// are random. The ranks of differences of 0 are split between both signs; equal ones share their mean rank.
    pub(super) fn p_greater(&mut self) -> f64 {
        let n = self.differences.len();
        self.differences.sort_unstable_by(|a, b| a.abs().total_cmp(&b.abs()));
        self.ranks.clear();
        // All sums are in twice the ranks, which are integers.
        let (mut positive, mut zeros, mut ties, mut first) = (0, 0, 0.0, 0);
        for group in self.differences.chunk_by(|a, b| a.abs() == b.abs()) {
            let rank = 2 * first + group.len() + 1;
            first += group.len();
            let size = group.len() as f64;
            ties += size * size * size - size;
            if group[0] == 0.0 {
                zeros = rank * group.len();
                continue;
            }
            self.ranks.extend(group.iter().map(|_| rank));
            positive += rank * group.iter().filter(|difference| **difference > 0.0).count();
        }
        let is_plain = ties == 0.0 && zeros == 0;
        if n <= if is_plain { EXACT } else { EXACT_WITH_TIES } {
            return self.exact(positive);
        }
        let n = n as f64;
        let sum = 0.5 * positive as f64 + 0.25 * zeros as f64;
        let mean = n * (n + 1.0) / 4.0;
        let variance = (n * (n + 1.0) * (2.0 * n + 1.0) - 0.5 * ties) / 24.0;
        // The upper tail is the lower one, mirrored.
        probability((mean - sum) / variance.sqrt())
    }

    /// Returns the share of the subsets of `ranks` whose sum is at least `least`.
    fn exact(&mut self, least: usize) -> f64 {
        let total: usize = self.ranks.iter().sum();
        self.likely.clear();
        self.likely.resize(total + 1, 0.0);
        self.likely[0] = 1.0;
        let mut most = 0;
        for &rank in &self.ranks {
            most += rank;
            for sum in (0..=most).rev() {
                let without = self.likely[sum];
                let with = if sum >= rank { self.likely[sum - rank] } else { 0.0 };
                self.likely[sum] = 0.5 * (without + with);
            }
        }
        self.likely[least..].iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(differences: &[f64]) -> f64 {
        let mut test = SignedRank::default();
        for difference in differences {
            test.push(*difference);
        }
        test.p_greater()
    }

    /// By `scipy.stats.wilcoxon(d, alternative="greater", zero_method="zsplit")`, `SciPy` 1.17.1.
    #[test]
    fn p_is_that_of_scipy() {
        let close = |p: f64, expected: f64| assert!((p - expected).abs() < 1e-12, "{p} {expected}");
        close(p(&[0.3, -0.1, 0.5, 0.2, 0.9]), 0.0625);
        close(p(&[-0.3, -0.1, -0.5, 0.2]), 0.875);
        close(p(&[1.0, 1.0, -1.0, 2.0, 2.0, 3.0]), 0.0625);
        close(p(&[0.0, 0.0, 1.0, -2.0, 3.0]), 0.375);
        close(p(&[0.0; 4]), 1.0);
        close(p(&[0.0; 20]), 0.5);
        // Ties beyond what is exact; no ties within; no ties beyond.
        let tied: Vec<_> = (0..20).map(|i| f64::from(7 * i % 23 - 9) / 2.0).collect();
        close(p(&tied), 0.083_444_043_361_909_86);
        let plain: Vec<_> = (0..60).map(|i| f64::from(37 * i % 101) - 39.75).collect();
        close(p(&plain[..40]), 0.026_541_326_487_858_896);
        close(p(&plain), 0.010_606_221_905_962_73);
    }
}
