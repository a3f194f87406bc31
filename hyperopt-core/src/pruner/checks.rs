//! The steps at which a pruner looks at a trial.

use std::error::Error;

/// The reports that a pruner checks: the first at or after each of `warmup`, `warmup + interval`, `warmup + 2 * interval` …
#[derive(Clone, Copy, Debug)]
pub(super) struct Checks {
    pub(super) warmup: u64,
    pub(super) interval: u64,
}

impl Default for Checks {
    fn default() -> Self {
        Self { warmup: 0, interval: 1 }
    }
}

impl Checks {
    /// Returns the last report if it is the first since a check was due.
    pub(super) fn due(self, reports: &[(u64, f64)]) -> Option<(u64, f64)> {
        let &(step, value) = reports.last()?;
        let past = step.checked_sub(self.warmup)?;
        let due = self.warmup + past - past % self.interval.max(1);
        let before = reports.len().checked_sub(2).map(|index| reports[index].0);
        before.is_none_or(|before| before < due).then_some((step, value))
    }

    pub(super) fn check(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        if self.interval == 0 {
            return Err("interval_steps = 0 leaves no step to look at; write at least 1".into());
        }
        Ok(())
    }
}
