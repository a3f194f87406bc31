//! The budgets of a loop, checked before rungs are made of them.

use std::error::Error;

use crate::scheduler::Workload;
use crate::scheduler::brackets::{Bracket, Schedule, brackets, ladder};

/// Largest number of rungs; more are taken for a mistake in the budgets.
const MOST_RUNGS: i32 = 64;

/// Budgets whose rungs can be built.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Span {
    min: f64,
    max: f64,
    integer: bool,
}

impl Span {
    /// Returns the budgets of `work` if they and `eta` are valid; for an invalid one, the error says what to write for
    /// `scheduler`.
    pub(super) fn new(scheduler: &str, eta: f64, work: Workload) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let Workload::Budgets { min, max, integer } = work else {
            return Err("needs budgets; write `for (resources, state) in 1.0..=81.0`".into());
        };
        if !(eta > 1.0 && eta.is_finite()) {
            return Err(format!("η = {eta} must be above 1; write `{scheduler}::new(3.0)`").into());
        }
        if !(min > 0.0 && max.is_finite()) {
            return Err(
                format!("budgets from {min:?} to {max:?}; write finite ones above 0, such as `1.0..=81.0`").into()
            );
        }
        if min > max {
            return Err(format!("budgets from {min:?} to {max:?} run backwards; write `{max:?}..={min:?}`").into());
        }
        if max / min > 1e9 {
            return Err(format!("budgets from {min:?} to {max:?} span more than 10^9; start higher").into());
        }
        if eta.powi(MOST_RUNGS) <= max / min {
            return Err(format!("η = {eta} makes too many rungs of budgets from {min:?} to {max:?}; write 3.0").into());
        }
        Ok(Self { min, max, integer })
    }

    /// Returns Hyperband's brackets over these budgets. Integer budgets are rounded; those that become equal are one rung.
    pub(super) fn brackets(self, schedule: Schedule, eta: f64) -> Result<Vec<Bracket>, Box<dyn Error + Send + Sync>> {
        let Self { min, max, integer } = self;
        let mut ladder = ladder(eta, min, max);
        if integer {
            for resources in &mut ladder {
                *resources = resources.round().max(1.0);
            }
            ladder.dedup();
        }
        let brackets = brackets(schedule, eta, &ladder);
        if brackets.iter().any(|bracket| bracket.configurations > 100_000_000) {
            let reason = format!("η = {eta} with budgets from {min:?} to {max:?} starts too many configurations");
            return Err(reason.into());
        }
        Ok(brackets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resources(eta: f64, min: f64, max: f64, integer: bool) -> Vec<Vec<f64>> {
        let span = Span::new("Hyperband", eta, Workload::Budgets { min, max, integer }).unwrap();
        let brackets = span.brackets(Schedule::Paper, eta).unwrap();
        brackets.into_iter().map(|bracket| bracket.resources).collect()
    }

    fn refusal(eta: f64, min: f64, max: f64) -> Option<String> {
        let made = Span::new("Asha", eta, Workload::Budgets { min, max, integer: false });
        made.and_then(|span| span.brackets(Schedule::Paper, eta)).err().map(|error| error.to_string())
    }

    #[test]
    fn what_no_rungs_can_be_made_of_is_refused() {
        for eta in [1.0, 0.5, -3.0, f64::INFINITY, f64::NAN] {
            assert_eq!(refusal(eta, 1.0, 81.0), Some(format!("η = {eta} must be above 1; write `Asha::new(3.0)`")));
        }
        for (min, max) in [(0.0, 81.0), (-1.0, 81.0), (f64::NAN, 81.0), (1.0, f64::INFINITY), (1.0, f64::NAN)] {
            let expected = format!("budgets from {min:?} to {max:?}; write finite ones above 0, such as `1.0..=81.0`");
            assert_eq!(refusal(3.0, min, max), Some(expected));
        }
        let expected = "budgets from 81.0 to 1.0 run backwards; write `1.0..=81.0`";
        assert_eq!(refusal(3.0, 81.0, 1.0).as_deref(), Some(expected));
        assert_eq!(refusal(3.0, 1.0, 81.0).or(refusal(3.0, 1.0, 1.0)), None);
        // The span is that between the two, wherever they lie.
        assert!(refusal(1e5, 0.5, 1e9).is_some_and(|error| error.contains("span more than 10^9; start higher")));
        assert_eq!(refusal(1e5, 2.0, 2e9).or(refusal(1e5, 1e-9, 0.5)), None);
        // The powers of 1.01 reach 1.89 in 64 rungs.
        assert!(
            refusal(1.01, 2.0, 4.0)
                .is_some_and(|error| error.contains("makes too many rungs of budgets from 2.0 to 4.0"))
        );
        assert_eq!(refusal(1.01, 2.0, 3.0), None);
        assert!(refusal(2.0, 1.0, 1e9).is_some_and(|error| error.ends_with("starts too many configurations")));
        let counted = Span::new("Asha", 3.0, Workload::Open(9)).unwrap_err().to_string();
        assert_eq!(counted, "needs budgets; write `for (resources, state) in 1.0..=81.0`");
    }

    #[test]
    fn integer_budgets_are_distinct() {
        assert_eq!(resources(1.2, 1.0, 3.0, true), [&[1.0, 2.0, 3.0][..], &[2.0, 3.0], &[3.0]]);
        for (eta, max) in [(1.1, 10.0), (1.3, 40.0), (1.5, 3.0), (1.9, 27.0), (2.0, 13.0), (3.0, 50.0)] {
            let ladder = &resources(eta, 1.0, max, true)[0];
            assert!(ladder.is_sorted_by(|a, b| a < b), "{eta} {max}: {ladder:?}");
            assert_eq!(ladder.last(), Some(&max));
        }
        // From 2 on, rungs are as far apart as the paper has them.
        assert_eq!(resources(3.0, 1.0, 50.0, true)[0], [2.0, 6.0, 17.0, 50.0]);
        assert_eq!(resources(1.5, 1.0, 2.25, false)[0], [1.0, 1.5, 2.25]);
    }
}
