//! Checks of a definition that need several of its parts.

use crate::definition::rounds::{a_round, rounds};
use crate::definition::{Definition, SamplerName, SchedulerMethod, SchedulerName, Space};
use crate::errors::Findings;

impl Definition {
    /// Adds what is wrong with the definition as a whole to `findings`.
    pub(crate) fn check(&self, findings: &mut Findings) {
        if let (Some(SchedulerMethod::Budgets { kind, min, max, eta }), Some(samples), Some(all)) =
            (self.method.scheduler, self.num_samples, self.configurations())
            && matches!(kind, SchedulerName::Hyperband | SchedulerName::Dehb)
            && let Some(first) = self.parameters.first()
        {
            let (a_round, rounds) = (a_round(min, max, eta), rounds(all, min, max, eta));
            let message = format!(
                "`{}` starts {a_round} configurations a round, and `num_samples: {samples}` makes that {rounds} round{}",
                kind.name(),
                if rounds == 1 { "" } else { "s" }
            );
            findings.note(first.mark, message);
        }
        let grids: Vec<_> = self.parameters.iter().filter(|parameter| parameter.grid().is_some()).collect();
        if self.method.sampler == SamplerName::Grid {
            if let (Some(first), false) = (self.parameters.first(), self.try_first.is_empty()) {
                findings.fault(
                    first.mark,
                    "points to try first leave gaps in a grid; leave them out, or the sampler `grid`",
                );
            }
            for parameter in &self.parameters {
                if matches!(parameter.space, Space::Float { .. } | Space::Normal { q: None, .. })
                    && self.method.resolution.is_none()
                {
                    let name = &parameter.name;
                    let message =
                        format!("hyperparameter `{name}` has no end of values for a grid; write `steps: 5`, say");
                    findings.fault(parameter.mark, message);
                }
            }
        } else if let Some(first) = grids.first()
            && grids.len() == self.parameters.len()
            && let Some(samples @ 2..) = self.num_samples
        {
            let message = format!(
                "all hyperparameters are searched as a grid, so `num_samples: {samples}` runs each of its points {samples} times"
            );
            findings.note(first.mark, message);
        }
    }
}
