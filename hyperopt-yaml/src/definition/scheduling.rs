//! Samplers and budgets from a command line, in place of those of the file.

use crate::definition::names::by_name;
use crate::definition::rounds::{a_round, rounds};
use crate::definition::{Definition, SamplerName, SchedulerMethod, SchedulerName, SecondsRule};

impl Definition {
    /// Sets the sampler by its name, as in a file. A name that implies a scheduler replaces the scheduler too.
    ///
    /// # Errors
    ///
    /// Fails if there is no sampler of this name; the message says what to write instead.
    pub fn set_sampler(&mut self, name: &str) -> Result<(), String> {
        let (sampler, scheduler) = by_name(name)?;
        match (scheduler, &mut self.method.scheduler) {
            (None, _) => {}
            (Some(new), Some(SchedulerMethod::Seconds { rule: SecondsRule::Halving { kind, .. }, .. })) => {
                if !new.has_seconds() || sampler == SamplerName::PriorBand {
                    return Err(
                        "it counts no seconds, as the scheduler of the file does; write `asha` or `hyperband`".into()
                    );
                }
                *kind = new;
            }
            (Some(kind), _) => {
                let (max, eta) = kind.standard();
                let epochs = self.epochs.as_ref().and_then(|epochs| epochs.number);
                let (min, max) = self.budgets().unwrap_or((1.0, epochs.unwrap_or(max)));
                self.method.scheduler = Some(SchedulerMethod::Budgets { kind, min, max, eta });
                if let (None, Some(epochs)) = (&self.budget_path, &self.epochs) {
                    self.budget_path = Some(epochs.path.clone());
                    self.is_epochs = true;
                }
            }
        }
        self.method.sampler = sampler;
        Ok(())
    }

    /// Checks that the sampler can work on the hyperparameters, as reading a file does.
    ///
    /// # Errors
    ///
    /// Fails if the sampler is a grid, and either a hyperparameter is continuous and no `resolution` is set, or there are
    /// points to try first; the message says what to write instead.
    pub fn check_sampler(&self) -> Result<(), String> {
        match self.grid_faults().into_iter().next() {
            Some((_, fault)) => Err(fault),
            None => Ok(()),
        }
    }

    /// Sets the smallest and the largest budget, in the unit of the scheduler, without checking them. Without a scheduler with
    /// budgets, this has no effect.
    pub fn set_budgets(&mut self, smallest: f64, largest: f64) {
        match &mut self.method.scheduler {
            Some(SchedulerMethod::Budgets { min, max, .. }) => (*min, *max) = (smallest, largest),
            Some(SchedulerMethod::Seconds { grace, max: Some(max), .. }) => (*grace, *max) = (smallest, largest),
            _ => {}
        }
    }

    /// Checks that the scheduler has budgets if [`spend`](Self::spend) is set, and that the sampler needs no number of trials.
    ///
    /// # Errors
    ///
    /// Fails if `spend` is set and the scheduler has no budgets, or counts seconds, or if `spend` alone ends the sweep of a
    /// Latin hypercube; the message says what to write instead.
    pub fn check_spend(&self) -> Result<(), String> {
        match (self.spend, self.method.scheduler) {
            (Some(_), Some(SchedulerMethod::Budgets { kind: SchedulerName::Asha | SchedulerName::Pasha, .. }))
                if self.num_samples.is_none() && matches!(self.method.sampler, SamplerName::Lhs | SamplerName::Clh) =>
            {
                let name = self.method.sampler.name();
                Err(format!(
                    "`{name}` plans a number of configurations, which `spend` does not say; write `num_samples` too"
                ))
            }
            (None, _) | (Some(_), Some(SchedulerMethod::Budgets { .. })) => Ok(()),
            (Some(_), Some(SchedulerMethod::Seconds { .. })) => {
                Err("`spend` limits budgets, and this sweep counts seconds; write `time_budget_s`, or `--timeout`"
                    .into())
            }
            (Some(_), _) => {
                Err("`spend` limits budgets, and this sweep has none; write `num_samples`, or choose a scheduler \
                                 with budgets, such as `hyperband`"
                    .into())
            }
        }
    }

    /// Returns the number of configurations in a round and the number of rounds, if the scheduler runs whole rounds only
    /// (`dehb`) and the number of configurations is not a multiple of a round; `None` otherwise.
    #[must_use]
    pub fn whole_rounds(&self) -> Option<(u64, u64)> {
        let Some(SchedulerMethod::Budgets { kind: SchedulerName::Dehb, min, max, eta }) = self.method.scheduler else {
            return None;
        };
        let (all, a_round) = (self.num_samples.and(self.configurations())?, a_round(min, max, eta));
        (all % a_round.max(1) != 0).then(|| (a_round, rounds(all, min, max, eta)))
    }

    /// Returns the number of configurations that the sweep starts: [`configurations`](Self::configurations), or those of the
    /// rounds of `hyperband` and `dehb`. It is `None` for a whole grid, and if only [`spend`](Self::spend) ends the sweep.
    #[must_use]
    pub fn started(&self) -> Option<u64> {
        match self.method.scheduler {
            Some(SchedulerMethod::Budgets { .. }) if self.spend.is_some() && self.num_samples.is_none() => None,
            Some(SchedulerMethod::Budgets { kind: SchedulerName::Hyperband, min, max, eta }) => {
                self.num_samples.and(self.configurations()).or(Some(a_round(min, max, eta)))
            }
            Some(SchedulerMethod::Budgets { kind: SchedulerName::Dehb, min, max, eta }) => {
                let wanted = self.num_samples.and(self.configurations());
                let rounds = wanted.map_or(1, |all| rounds(all, min, max, eta));
                Some(rounds.saturating_mul(a_round(min, max, eta)))
            }
            _ => self.configurations(),
        }
    }

    /// Returns whether trials depend on which of those before them ends first: several workers that never wait for each other.
    pub(crate) fn depends_on_order(&self) -> bool {
        let is_adaptive = !matches!(
            self.method.sampler,
            SamplerName::Random | SamplerName::Grid | SamplerName::Lhs | SamplerName::Clh | SamplerName::Qmc
        );
        let is_so = match self.method.scheduler {
            Some(SchedulerMethod::Budgets { kind, .. }) => {
                matches!(kind, SchedulerName::Asha | SchedulerName::Pasha)
            }
            Some(SchedulerMethod::Seconds { .. }) => is_adaptive,
            _ => false,
        };
        is_so && self.workers > 1
    }
}
