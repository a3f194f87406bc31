//! The brackets of Hyperband: how many configurations start, and with how many resources each rung runs them.

/// The two schedules of brackets in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Schedule {
    /// Algorithm 1 of the paper: ⌈(`s_max` + 1) / (s + 1) · η^s⌉ configurations in bracket s.
    #[default]
    Paper,
    /// The authors' code and `HpBandSter`: ⌊(`s_max` + 1) / (s + 1)⌋ · η^s, rounded down.
    Reference,
}

/// One bracket: how many configurations start, and the resources of each rung from the first to the last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bracket {
    pub(super) configurations: u64,
    pub(super) resources: Vec<f64>,
}

/// Rounding errors smaller than this neither add a configuration nor take one away.
const EPSILON: f64 = 1e-9;

/// Returns the brackets over the resources of `ladder`, from the smallest to the largest; the one with the most rungs first.
pub(super) fn brackets(schedule: Schedule, eta: f64, ladder: &[f64]) -> Vec<Bracket> {
    let bracket = |first: usize| {
        let resources = ladder[first..].to_vec();
        let (all, rungs) = (ladder.len() as f64, resources.len() as f64);
        let power = eta.powi(resources.len() as i32 - 1);
        let configurations = match schedule {
            Schedule::Paper => (all / rungs * power - EPSILON).ceil(),
            Schedule::Reference => ((all / rungs).floor() * power + EPSILON).floor(),
        };
        Bracket { configurations: configurations as u64, resources }
    };
    (0..ladder.len()).map(bracket).collect()
}

/// Returns the resources of all rungs from `min` to `max`, each `eta` times the one before.
pub(super) fn ladder(eta: f64, min: f64, max: f64) -> Vec<f64> {
    (0..=largest_power(eta, max / min)).rev().map(|power| max / eta.powi(power as i32)).collect()
}

/// Returns how many of `configurations` the next rung keeps.
pub(super) fn survivors(configurations: u64, eta: f64) -> u64 {
    (configurations as f64 / eta + EPSILON).floor() as u64
}

/// Returns the largest s with `eta^s ≤ ratio`. It multiplies, since a quotient of logarithms is one too small for 3⁵ and
/// others.
fn largest_power(eta: f64, ratio: f64) -> u32 {
    let mut power = eta;
    let mut s = 0;
    while power <= ratio * (1.0 + 1e-12) {
        power *= eta;
        s += 1;
    }
    s
}

/// Returns the number of evaluations of all rungs of `bracket`.
pub(super) fn evaluations(bracket: &Bracket, eta: f64) -> u64 {
    counts(bracket, eta).sum()
}

/// Iterates over the number of configurations of each rung of `bracket`.
pub(super) fn counts(bracket: &Bracket, eta: f64) -> impl Iterator<Item = u64> {
    bracket.resources.iter().scan(bracket.configurations, move |left, _| {
        let here = *left;
        *left = survivors(here, eta);
        Some(here)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brackets(schedule: Schedule, eta: f64, min: f64, max: f64) -> Vec<Bracket> {
        super::brackets(schedule, eta, &ladder(eta, min, max))
    }

    /// Returns the counts of each rung, bracket by bracket.
    fn counts(schedule: Schedule, eta: f64, max: f64) -> Vec<Vec<u64>> {
        brackets(schedule, eta, 1.0, max).iter().map(|bracket| super::counts(bracket, eta).collect()).collect()
    }

    /// Evaluations, and units when every rung starts from scratch.
    fn totals(schedule: Schedule, eta: f64, max: f64) -> (u64, f64) {
        let all = brackets(schedule, eta, 1.0, max);
        let evaluations = all.iter().map(|bracket| evaluations(bracket, eta)).sum();
        let units = |bracket: &Bracket| -> f64 {
            super::counts(bracket, eta).zip(&bracket.resources).map(|(count, resources)| count as f64 * resources).sum()
        };
        (evaluations, all.iter().map(units).sum())
    }

    #[test]
    fn algorithm_1_for_81() {
        let expected: [&[u64]; 5] = [&[81, 27, 9, 3, 1], &[34, 11, 3, 1], &[15, 5, 1], &[8, 2], &[5]];
        assert_eq!(counts(Schedule::Paper, 3.0, 81.0), expected);
        assert_eq!(totals(Schedule::Paper, 3.0, 81.0), (206, 1902.0));
        let resources: Vec<_> = brackets(Schedule::Paper, 3.0, 1.0, 81.0).into_iter().map(|b| b.resources).collect();
        assert_eq!(resources[0], [1.0, 3.0, 9.0, 27.0, 81.0]);
        assert_eq!(resources[3], [27.0, 81.0]);
        assert_eq!(resources[4], [81.0]);
    }

    #[test]
    fn the_reference_for_81() {
        let expected: [&[u64]; 5] = [&[81, 27, 9, 3, 1], &[27, 9, 3, 1], &[9, 3, 1], &[6, 2], &[5]];
        assert_eq!(counts(Schedule::Reference, 3.0, 81.0), expected);
        assert_eq!(totals(Schedule::Reference, 3.0, 81.0), (187, 1701.0));
    }

    #[test]
    fn further_rows_of_algorithm_1() {
        assert_eq!(counts(Schedule::Paper, 3.0, 27.0), [&[27, 9, 3, 1][..], &[12, 4, 1], &[6, 2], &[4]]);
        assert_eq!(totals(Schedule::Paper, 3.0, 27.0), (69, 423.0));
        assert_eq!(totals(Schedule::Paper, 3.0, 9.0), (22, 78.0));
        assert_eq!(totals(Schedule::Paper, 3.0, 100.0).0, 206);
        assert_eq!(totals(Schedule::Paper, 4.0, 16.0), (31, 136.0));
        assert_eq!(totals(Schedule::Paper, 2.0, 64.0), (301, 2948.0));
        assert_eq!(totals(Schedule::Paper, 10.0, 30.0).0, 13);
        let (evaluations, units) = totals(Schedule::Paper, 3.0, 50.0);
        assert_eq!(evaluations, 69);
        assert!((units - 783.34).abs() < 0.01, "{units}");
        let first = &brackets(Schedule::Paper, 3.0, 1.0, 50.0)[0].resources;
        for (found, expected) in first.iter().zip([1.852, 5.556, 16.67, 50.0]) {
            assert!((found - expected).abs() < 0.005, "{first:?}");
        }
    }

    /// Every power of η is reached: a quotient of logarithms misses 3⁵, 3¹⁰, 10³ and more.
    #[test]
    fn powers_of_eta_are_exact() {
        for eta in [2.0, 3.0, 4.0, 9.0, 10.0_f64] {
            for power in 0..=25 {
                assert_eq!(largest_power(eta, eta.powi(power)), power as u32, "{eta}^{power}");
                if power > 0 {
                    assert_eq!(largest_power(eta, eta.powi(power) * (1.0 - 1e-9)), power as u32 - 1);
                }
            }
        }
        assert_eq!(brackets(Schedule::Paper, 3.0, 1.0, 243.0).len(), 6);
        assert_eq!(brackets(Schedule::Paper, 3.0, 7.0, 7.0).len(), 1);
    }
}
