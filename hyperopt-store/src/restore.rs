//! A sweep made of the rows of a study.

use std::collections::BTreeSet;
use std::time::Duration;

use hyperopt_core::study::{Opened, Record, given_up_note};
use hyperopt_core::{Outcome, Sweep};

use crate::error::StudyError;
use crate::inferred;
use crate::ledger::Ledger;
use crate::rows::{Rows, TrialRow, key};
use crate::settings::StudySettings;
use crate::study_row::StudyRow;

/// A study as it was read.
#[derive(Debug)]
pub(crate) struct Restored {
    pub(crate) opened: Opened,
    pub(crate) records: Vec<Record>,
    /// The numbers of the records that wait for a process to run them.
    pub(crate) waiting: Vec<usize>,
}

impl Restored {
    /// Reads `study` and its `trials`, which are in the order of their numbers.
    ///
    /// # Errors
    ///
    /// Fails if an attribute or a trial cannot be read, or a number is missing.
    pub(crate) fn of(settings: &StudySettings, study: &StudyRow, trials: Vec<TrialRow>) -> Result<Self, StudyError> {
        let opened = study.opened(settings)?;
        let space = match &opened.space {
            Some(space) => space.clone(),
            None => inferred::space(trials.iter()).map_err(|reason| settings.damaged(reason))?,
        };
        let rows = Rows::new(space, opened.goals.clone(), opened.has_budgets.unwrap_or_default());
        let mut ledger = Ledger::new(rows);
        let rows = trials.into_iter().enumerate().map(|(id, row)| (id as i64, row)).collect();
        let records = ledger.absorb(rows).map_err(|fault| settings.trial(fault))?;
        Ok(Self { opened, records, waiting: ledger.waiting() })
    }
}

/// Makes the sweep of `study` and its `trials`, which are in the order of their numbers.
///
/// # Errors
///
/// Fails if an attribute or a trial cannot be read, or a number is missing.
pub(crate) fn restore(settings: &StudySettings, study: &StudyRow, trials: Vec<TrialRow>) -> Result<Sweep, StudyError> {
    let space = match study.attribute(settings, key::SPACE)? {
        Some(space) => space,
        None => inferred::space(trials.iter()).map_err(|reason| settings.damaged(reason))?,
    };
    let has_budgets = study.attribute(settings, key::BUDGETS)?.unwrap_or_default();
    let names = study.attribute(settings, key::METRIC_NAMES)?.unwrap_or_default();
    let seed = study.attribute(settings, key::SEED)?.unwrap_or_default();
    let sampler = study.attribute(settings, key::SAMPLER)?.unwrap_or_else(|| "another program".to_owned());
    let goals = study.goals.clone();
    let mut ledger = Ledger::new(Rows::new(space.clone(), goals.clone(), has_budgets));
    let queued: BTreeSet<_> = trials.iter().filter(|row| row.system.point.is_none()).map(|row| row.number).collect();
    let rows = trials.into_iter().enumerate().map(|(id, row)| (id as i64, row)).collect();
    let mut records = ledger.absorb(rows).map_err(|fault| settings.trial(fault))?;
    let waiting = ledger.waiting();
    for Record { trial, .. } in &mut records {
        // No process runs it: it was interrupted, as the process itself said of it at its end.
        if waiting.binary_search(&trial.number()).is_ok() && !queued.contains(&trial.configuration()) {
            trial.close(Outcome::interrupted(), Duration::ZERO);
        }
    }
    let sweep = Sweep::restored(space, &goals, names, seed, sampler, &records);
    let mut sweep = sweep.ok_or_else(|| settings.damaged("the numbers of its trials have gaps"))?;
    if let Some(note) = given_up_note(sweep.history()) {
        sweep.add_note(note);
    }
    Ok(match study.spend(settings)? {
        Some(spend) => sweep.limited(spend),
        None => sweep,
    })
}
