//! Combines the sampler and the scheduler, and finds the place of the budget in the trainer's configuration.

use crate::definition::{SamplerName, SchedulerMethod, SchedulerName, SearchMethod};
use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::scheduler::{RungOptions, SchedulerPart};
use crate::tree::{Kind, Node};

/// The sampler and the scheduler, and the path that a budget is written to.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) search: SearchMethod,
    pub(crate) path: Option<String>,
    pub(crate) is_epochs: bool,
}

/// Combines the sampler with the scheduler: that of `executor`, or the one that the name of the sampler implies.
pub(crate) fn method(
    mut method: SearchMethod,
    implied: Option<(SchedulerName, Mark)>,
    own: RungOptions,
    is_chosen: bool,
    written: Option<SchedulerPart>,
    root: &Node,
    findings: &mut Findings,
) -> Method {
    let (kind, mark, rungs, model, path) = match (written, implied) {
        (Some(SchedulerPart::Fifo), Some((_, mark))) if method.sampler == SamplerName::Random => {
            findings
                .fault(mark, "this sampler hands out budgets, and `scheduler: fifo` has none; leave one of them out");
            return Method { search: method, path: None, is_epochs: false };
        }
        (Some(SchedulerPart::Fifo), _) | (None, None) => {
            return Method { search: method, path: None, is_epochs: false };
        }
        (Some(SchedulerPart::Median(median)), implied) => {
            if let Some((_, mark)) = implied.filter(|_| method.sampler == SamplerName::Random) {
                findings
                    .fault(mark, "this sampler hands out budgets, and the scheduler does not; leave one of them out");
            }
            method.scheduler = Some(median);
            return Method { search: method, path: None, is_epochs: false };
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
            };
            (kind, mark, rungs, model, path)
        }
        (None, Some((kind, mark))) => (kind, mark, own, None, None),
    };
    if let Some(model) = model.filter(|_| !is_chosen) {
        method.sampler = model;
    }
    if kind == SchedulerName::Dehb && is_chosen {
        findings.fault(mark, "`dehb` proposes its configurations itself; leave the sampler out");
    }
    let trainer = ["trainer", "training"].into_iter().find(|name| root.get(name).is_some());
    let epochs = trainer.and_then(|name| root.get(name)?.get("epochs"));
    let is_trained = trainer.is_some() || root.get("input_features").is_some();
    let is_epochs = path.is_none() && is_trained;
    let epochs = epochs.filter(|_| is_epochs).and_then(|node| match node.kind {
        Kind::Int(epochs) => Some((epochs as f64, node.mark)),
        _ => None,
    });
    let standard = kind.standard();
    if let (Some(max_t), Some((epochs, at))) = (rungs.max_t, epochs)
        && max_t != epochs
    {
        let message =
            format!("`epochs` is {epochs} and the scheduler's `max_t` {max_t}; leave one out, or make them equal");
        findings.fault(at, message);
    }
    let max = rungs.max_t.or(epochs.map(|(epochs, _)| epochs)).unwrap_or(standard.0);
    let min = rungs.grace.unwrap_or(1.0);
    if min > max {
        findings.fault(mark, format!("`grace_period` is {min} and `max_t` {max}; the smallest budget comes first"));
    }
    if max / min > 1e9 {
        findings.fault(mark, format!("budgets from {min} to {max} span more than 10^9; raise `grace_period`"));
    }
    let eta = rungs.eta.unwrap_or(standard.1);
    method.scheduler = Some(SchedulerMethod::Budgets { kind, min, max, eta });
    let path = path.or_else(|| is_epochs.then(|| format!("{}.epochs", trainer.unwrap_or("trainer"))));
    Method { search: method, path, is_epochs }
}
