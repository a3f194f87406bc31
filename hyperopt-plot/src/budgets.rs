//! The budgets of a multi-fidelity sweep: their order, their colours and their names.

use hyperopt_core::number;
use itertools::Itertools as _;

use crate::{
    color::Rgb,
    model::Scene,
    theme::{self, Ramp},
};

/// The different budgets of a sweep, from the smallest to the largest.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Budgets(Vec<f64>);

impl Budgets {
    /// Returns the budgets of the evaluations of `scene`, none of them without evaluations.
    pub(crate) fn of(scene: &Scene) -> Self {
        scene.evaluations.iter().map(|evaluation| evaluation.resources).collect()
    }

    /// Returns them as numbers.
    pub(crate) fn values(&self) -> &[f64] {
        &self.0
    }

    /// Returns whether there are several, which colours then tell apart.
    pub(crate) fn differ(&self) -> bool {
        self.0.len() > 1
    }

    /// Returns the rank of a budget, from 0 for the smallest to 1 for the largest in equal steps.
    pub(crate) fn share(&self, resources: f64) -> f64 {
        let index = self.0.partition_point(|budget| *budget < resources);
        if self.differ() { index as f64 / (self.0.len() - 1) as f64 } else { 1.0 }
    }

    /// Returns the colour of what was run with `resources`.
    pub(crate) fn color(&self, resources: Option<f64>) -> Rgb {
        resources.map_or(theme::AXIS, |resources| Ramp::Budget.color(self.share(resources)))
    }

    /// Returns a name for each of them: as few digits as tell them apart, but three at least.
    pub(crate) fn names(&self) -> Vec<String> {
        names(&self.0)
    }
}

impl FromIterator<f64> for Budgets {
    fn from_iter<I: IntoIterator<Item = f64>>(budgets: I) -> Self {
        Self(budgets.into_iter().sorted_by(f64::total_cmp).dedup().collect())
    }
}

/// Returns a name for each of `values`, which are sorted and differ: as few digits as tell them apart, but three at least.
pub(crate) fn names(values: &[f64]) -> Vec<String> {
    let names = |digits| values.iter().map(|&value| short(value, digits)).collect::<Vec<_>>();
    let all = (3..6).map(names).find(|names| names.iter().all_unique());
    all.unwrap_or_else(|| values.iter().map(|&value| number(value)).collect())
}

/// Writes `value` with `digits` significant digits, or more if all of them stand before the point.
pub(crate) fn short(value: f64, digits: i32) -> String {
    let decimals = (digits - 1).saturating_sub(value.abs().log10().floor() as i32);
    if !(1..=12).contains(&decimals) {
        return number(if decimals <= 0 { value.round() } else { value });
    }
    let power = 10_f64.powi(decimals);
    number((value * power).round() / power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(budgets: &[f64]) -> Vec<String> {
        budgets.iter().copied().collect::<Budgets>().names()
    }

    #[test]
    fn names_are_short_and_differ() {
        assert_eq!(names(&[81.0, 1.0, 3.0, 27.0, 9.0, 1.0]), ["1", "3", "9", "27", "81"]);
        assert_eq!(names(&[50.0 / 27.0, 50.0 / 9.0, 50.0 / 3.0, 50.0]), ["1.85", "5.56", "16.7", "50"]);
        assert_eq!(names(&[0.001, 59049.0, 1e9]), ["0.001", "59049", "1e9"]);
        assert_eq!(names(&[1.001, 1.002, 1.5]), ["1.001", "1.002", "1.5"]);
        assert_eq!(short(783.34, 3), "783");
        assert_eq!(short(1e-20, 3), "1e-20");
        assert_eq!(short(0.0, 3), "0");
    }

    #[test]
    fn shares_are_steps() {
        let budgets: Budgets = [1.0, 10.0, 1000.0].into_iter().collect();
        assert_eq!([1.0, 10.0, 1000.0].map(|budget| budgets.share(budget)), [0.0, 0.5, 1.0]);
        assert_eq!([4.0].into_iter().collect::<Budgets>().share(4.0), 1.0, "all there is");
    }
}
