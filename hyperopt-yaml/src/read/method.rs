//! Combines the sampler and the scheduler, and finds the place of the budget in the trainer's configuration.

use crate::definition::{SamplerName, SchedulerMethod, SchedulerName, SearchMethod, SecondsRule};
use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::scheduler::{RungOptions, SchedulerPart, Unit};
use crate::read::trainer::Trainer;

/// The sampler and the scheduler, and the path that a budget is written to.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) search: SearchMethod,
    pub(crate) path: Option<String>,
    pub(crate) is_epochs: bool,
    /// The place where seconds are written.
    pub(crate) seconds: Option<Mark>,
    /// What the median rule counts.
    pub(crate) median: Option<(Mark, String)>,
}

impl Method {
    fn without_budgets(search: SearchMethod) -> Self {
        Self { search, path: None, is_epochs: false, seconds: None, median: None }
    }
}

/// A scheduler with budgets, as the file has it.
#[derive(Debug)]
struct Written {
    kind: SchedulerName,
    mark: Mark,
    rungs: RungOptions,
    model: Option<SamplerName>,
    path: Option<String>,
}

/// Combines the sampler with the scheduler: that of `executor`, or the one that the name of the sampler implies.
pub(crate) fn method(
    mut method: SearchMethod,
    implied: Option<(SchedulerName, Mark)>,
    own: RungOptions,
    is_chosen: bool,
    written: Option<SchedulerPart>,
    trainer: &Trainer,
    findings: &mut Findings,
) -> Method {
    let Written { kind, mark, rungs, model, path } = match (written, implied) {
        (Some(SchedulerPart::Fifo), Some((_, mark))) if method.sampler == SamplerName::Random => {
            findings
                .fault(mark, "this sampler hands out budgets, and `scheduler: fifo` has none; leave one of them out");
            return Method::without_budgets(method);
        }
        (Some(SchedulerPart::Fifo), _) | (None, None) => {
            return Method::without_budgets(method);
        }
        (Some(SchedulerPart::Median(median, note)), implied) => {
            if let Some((_, mark)) = implied.filter(|_| method.sampler == SamplerName::Random) {
                findings
                    .fault(mark, "this sampler hands out budgets, and the scheduler does not; leave one of them out");
            }
            method.scheduler = Some(median);
            return Method { median: note, ..Method::without_budgets(method) };
        }
        (Some(SchedulerPart::Budgets { kind, mark, rungs, model, path }), implied) => {
            if let Some((other, mark)) = implied
                && other != kind
                && method.sampler == SamplerName::Random
            {
                let (other, kind) = (other.name(), kind.name());
                findings.fault(mark, format!("the sampler says `{other}`, and the scheduler `{kind}`; leave one out"));
            }
            let rungs = RungOptions {
                max_t: rungs.max_t.or(own.max_t),
                grace: rungs.grace.or(own.grace),
                eta: rungs.eta.or(own.eta),
                unit: rungs.unit.or(own.unit),
            };
            Written { kind, mark, rungs, model, path }
        }
        (None, Some((kind, mark))) => Written { kind, mark, rungs: own, model: None, path: None },
    };
    if let Some(model) = model.filter(|_| !is_chosen) {
        method.sampler = model;
    }
    if kind == SchedulerName::Dehb && is_chosen {
        findings.fault(mark, "`dehb` proposes its configurations itself; leave the sampler out");
    }
    let unit = rungs.unit.as_ref();
    let seconds = match unit {
        Some(Unit::Seconds(mark)) if path.is_none() => Some(*mark),
        _ => None,
    };
    let is_epochs = seconds.is_none() && path.is_none() && trainer.has_epochs;
    other_units(unit, path.as_deref(), is_epochs, findings);
    let epochs = trainer.epochs.filter(|_| is_epochs);
    if let (Some(max_t), Some((epochs, at))) = (rungs.max_t, epochs)
        && max_t != epochs
    {
        let message =
            format!("`epochs` is {epochs} and the scheduler's `max_t` {max_t}; leave one out, or make them equal");
        findings.fault(at, message);
    }
    let standard = kind.standard();
    let max = rungs.max_t.or(epochs.map(|(epochs, _)| epochs)).unwrap_or(standard.0);
    let min = rungs.grace.unwrap_or(1.0);
    if min > max {
        findings.fault(mark, format!("`grace_period` is {min} and `max_t` {max}; the smallest budget comes first"));
    }
    if max / min > 1e9 {
        findings.fault(mark, format!("budgets from {min} to {max} span more than 10^9; raise `grace_period`"));
    }
    let eta = rungs.eta.unwrap_or(standard.1);
    if let Some(at) = seconds {
        method.scheduler = by_seconds(kind, method.sampler, (min, max), eta, at, findings);
        return Method { seconds, ..Method::without_budgets(method) };
    }
    method.scheduler = Some(SchedulerMethod::Budgets { kind, min, max, eta });
    let path = path.or_else(|| is_epochs.then(|| trainer.epochs_path()));
    Method { path, is_epochs, ..Method::without_budgets(method) }
}

/// Returns the scheduler `kind` in seconds.
fn by_seconds(
    kind: SchedulerName,
    sampler: SamplerName,
    (min, max): (f64, f64),
    eta: f64,
    mark: Mark,
    findings: &mut Findings,
) -> Option<SchedulerMethod> {
    let name = if sampler == SamplerName::PriorBand { "priorband" } else { kind.name() };
    if !kind.has_seconds() || name == "priorband" {
        let message =
            "counts no seconds; write `type: async_hyperband` or `hyperband`, or `time_attr: training_iteration`";
        findings.fault(mark, format!("`{name}` {message}"));
        return None;
    }
    if max > MAX_SECONDS {
        findings.fault(mark, format!("`max_t` is {max} seconds; write {MAX_SECONDS} or fewer"));
        return None;
    }
    Some(SchedulerMethod::Seconds { rule: SecondsRule::Halving { kind, eta }, grace: min, max: Some(max) })
}

/// A hundred years, which clocks can count.
const MAX_SECONDS: f64 = 3.2e9;

/// Says what budgets are that are no epochs.
fn other_units(unit: Option<&Unit>, path: Option<&str>, is_epochs: bool, findings: &mut Findings) {
    match (unit, path) {
        (Some(Unit::Seconds(mark)), Some(path)) => {
            findings.note(*mark, format!("budgets are seconds, which the trainer counts: they are written to `{path}`"));
        }
        (Some(Unit::Epochs(Some((name, mark)))), _) if is_epochs => {
            findings.note(*mark, format!("`time_attr: {name}` is read as `training_iteration`: budgets are epochs of the trainer"));
        }
        (Some(Unit::Other(name, mark)), _) if is_epochs => findings.fault(
            *mark,
            format!(
                "`time_attr: {name}` counts neither epochs nor seconds; write `training_iteration` or `time_total_s`, or the \
                 path of the trainer's setting that takes it: `budget: trainer.train_steps`"
            ),
        ),
        (Some(Unit::Other(name, mark) | Unit::Epochs(Some((name, mark)))), _) => findings
            .note(*mark, format!("budgets count what the trainer makes of them; `time_attr: {name}` has no effect")),
        _ => {}
    }
}
