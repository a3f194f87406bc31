//! Checks of a definition that need several of its parts.

use crate::definition::rounds::{a_round, rounds};
use crate::definition::steps::five_steps;
use crate::definition::{Definition, SamplerName, SchedulerMethod, SchedulerName, SecondsRule, plural};
use crate::errors::Findings;
use crate::mark::Mark;

impl Definition {
    /// Adds what is wrong with the definition as a whole to `findings`.
    pub(crate) fn check(&self, findings: &mut Findings) {
        self.grid_faults().into_iter().for_each(|(mark, fault)| findings.fault(mark, fault));
        if let (Err(fault), Some(first)) = (self.check_spend(), self.parameters.first()) {
            findings.fault(self.scheduler_mark.unwrap_or(first.mark), fault);
        }
    }

    /// Returns notes on what is counted and how much is run, which options of a command line change as well as the file.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut findings = Findings::default();
        self.note_counted(&mut findings);
        self.note_rounds(&mut findings);
        self.note_grid(&mut findings);
        findings.notes
    }

    fn note_counted(&self, findings: &mut Findings) {
        let (kind, eta, min, max, mark) = match (self.method.scheduler, &self.median_note, self.seconds_mark) {
            (
                Some(SchedulerMethod::Seconds { rule: SecondsRule::Halving { kind, eta }, grace, max: Some(max) }),
                _,
                Some(mark),
            ) => (kind, eta, grace, max, mark),
            (Some(_), Some((mark, message)), _) if self.has_pruner() => return findings.note(*mark, message),
            _ => return,
        };
        let from = if kind == SchedulerName::Asha { min } else { first_rung((min, max), eta) };
        let message = format!(
            "`{}` counts seconds from the start of a trial, at the lines with its metric: trials are compared after {}, and then \
             each time the seconds are {eta} times as many; they end after {}. The number of epochs stays as it is",
            kind.name(),
            plural(from, "second"),
            plural(max, "second"),
        );
        findings.note(mark, message);
    }

    fn note_rounds(&self, findings: &mut Findings) {
        let Some(SchedulerMethod::Budgets { kind, min, max, eta }) = self.method.scheduler else { return };
        let (name, a_round) = (kind.name(), a_round(min, max, eta));
        let Some(samples) = self.num_samples else {
            if let (SchedulerName::Hyperband, Some(mark), None) = (kind, self.scheduler_mark, self.spend) {
                let message =
                    format!("`num_samples` is not set, so `{name}` starts a whole round: {a_round} configurations");
                findings.note(mark, message);
            }
            return;
        };
        let (Some(all), Some(first)) = (self.configurations(), self.parameters.first()) else { return };
        match kind {
            SchedulerName::Hyperband if all < a_round => findings.note(
                first.mark,
                format!("a round of `{name}` starts {a_round} configurations, and `num_samples: {samples}` ends it after {all}"),
            ),
            SchedulerName::Dehb => {
                let rounds = plural(rounds(all, min, max, eta) as f64, "round");
                let message = format!(
                    "`{name}` starts {a_round} configurations a round, and `num_samples: {samples}` makes that {rounds}"
                );
                findings.note(first.mark, message);
            }
            _ => {}
        }
    }

    fn note_grid(&self, findings: &mut Findings) {
        if self.method.sampler == SamplerName::Grid {
            return;
        }
        let grids: Vec<_> = self.parameters.iter().filter(|parameter| parameter.grid().is_some()).collect();
        if let Some(first) = grids.first()
            && grids.len() == self.parameters.len()
            && let Some(samples @ 2..) = self.num_samples
        {
            let message = format!(
                "all hyperparameters are searched as a grid, so `num_samples: {samples}` runs each of its points {samples} times"
            );
            findings.note(first.mark, message);
        }
    }

    /// Returns why the sampler `grid` cannot work on the hyperparameters, with the place of each; nothing for other samplers.
    pub(crate) fn grid_faults(&self) -> Vec<(Mark, String)> {
        if self.method.sampler != SamplerName::Grid {
            return Vec::new();
        }
        let mut faults = Vec::new();
        if let (Some(first), false) = (self.parameters.first(), self.try_first.is_empty()) {
            let fault = "points to try first leave gaps in a grid; leave them out, or the sampler `grid`";
            faults.push((first.mark, fault.to_owned()));
        }
        let endless = self.parameters.iter().filter(|_| self.method.resolution.is_none());
        faults.extend(endless.filter_map(|parameter| {
            let (name, advice) = (&parameter.name, five_steps(parameter)?);
            let fault = format!("hyperparameter `{name}` has no end of values for a grid; write {advice}, say");
            Some((parameter.mark, fault))
        }));
        faults
    }
}

/// Returns the smallest quotient of `max` and a power of `eta` that is no less than `min`, to three digits.
fn first_rung((min, max): (f64, f64), eta: f64) -> f64 {
    let rungs = std::iter::successors(Some(max), |rung| Some(rung / eta));
    let first = rungs.take_while(|rung| *rung >= min * (1.0 - 1e-9)).take(64).last().unwrap_or(max);
    format!("{first:.2e}").parse().unwrap_or(first)
}
