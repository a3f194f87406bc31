//! Reads `scheduler`.

use crate::definition::{Named, SamplerName, SchedulerMethod, SchedulerName, named};
use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::fields::{Fields, count, number, text};
use crate::suggest::instead;
use crate::tree::Node;

/// The options of schedulers with budgets; `None` for those that are not written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RungOptions {
    pub(crate) max_t: Option<f64>,
    pub(crate) grace: Option<f64>,
    pub(crate) eta: Option<f64>,
}

/// Reads `max_t`, `grace_period` and `reduction_factor`.
pub(crate) fn rungs(fields: &mut Fields<'_>, findings: &mut Findings) -> RungOptions {
    let mut above = |key: &'static str, least: f64| {
        let node = fields.take(key)?;
        let found = number(key, node, findings)?;
        if found > least {
            return Some(found);
        }
        findings.fault(node.mark, format!("`{key}` is `{found}`; write a number above {least}"));
        None
    };
    RungOptions { max_t: above("max_t", 0.0), grace: above("grace_period", 0.0), eta: above("reduction_factor", 1.0) }
}

const SCHEDULERS: [&str; 11] = [
    "fifo",
    "async_hyperband",
    "asynchyperband",
    "asha",
    "hyperband",
    "hb_bohb",
    "bohb",
    "median_stopping_rule",
    "pasha",
    "dehb",
    "priorband",
];

/// The contents of the mapping.
#[derive(Debug)]
pub(crate) enum SchedulerPart {
    Fifo,
    Budgets { kind: SchedulerName, mark: Mark, rungs: RungOptions, model: Option<SamplerName>, path: Option<String> },
    Median(SchedulerMethod),
}

/// Reads the mapping `scheduler`; text is short for its `type`.
pub(crate) fn scheduler(node: &Node, findings: &mut Findings) -> Option<SchedulerPart> {
    if let Some(name) = node.text() {
        return scheduler_named(name, node.mark, None, findings);
    }
    let mut fields = Fields::of(node, "`scheduler`", findings)?;
    let Some(type_node) = fields.take("type") else {
        fields.finish(findings);
        return Some(SchedulerPart::Fifo);
    };
    let name = text("type", type_node, findings)?;
    let part = scheduler_named(name, type_node.mark, Some(&mut fields), findings);
    fields.without_effect(&["brackets", "stop_last_trials", "metric", "mode", "max_concurrent"], findings);
    if let Some(node) = fields.take("time_attr")
        && let Some(name) = text("time_attr", node, findings)
        && name != "training_iteration"
    {
        findings.note(
            node.mark,
            format!("budgets count what the trainer makes of them; `time_attr: {name}` has no effect"),
        );
    }
    if part.is_some() {
        fields.finish(findings);
    }
    part
}

fn scheduler_named(
    name: &str,
    mark: Mark,
    fields: Option<&mut Fields<'_>>,
    findings: &mut Findings,
) -> Option<SchedulerPart> {
    let lower = name.to_lowercase();
    match lower.as_str() {
        "fifo" => return Some(SchedulerPart::Fifo),
        "median_stopping_rule" | "medianstopping" => return median(fields, findings),
        "pbt" | "pbt_replay" | "pb2" | "resource_changing" => {
            let message = "changes trials while they run, which no trial here allows; write `asha` or `hyperband`";
            findings.fault(mark, format!("the scheduler `{name}` {message}"));
            return None;
        }
        _ => {}
    }
    let Some(Named::Scheduler(kind, model)) = named(&lower) else {
        let hint = instead(&lower, &SCHEDULERS);
        findings.fault(mark, format!("there is no scheduler `{name}`; {hint}"));
        return None;
    };
    let mut path = None;
    let rungs = fields.map_or_else(RungOptions::default, |fields| {
        path = fields.take("budget").and_then(|node| text("budget", node, findings)).map(str::to_owned);
        rungs(fields, findings)
    });
    let model = (model != SamplerName::Random).then_some(model);
    Some(SchedulerPart::Budgets { kind, mark, rungs, model, path })
}

fn median(fields: Option<&mut Fields<'_>>, findings: &mut Findings) -> Option<SchedulerPart> {
    let default = SchedulerMethod::Median { grace: 0, startup: 3, min_trials: 3 };
    let Some(fields) = fields else { return Some(SchedulerPart::Median(default)) };
    let grace = fields.take("grace_period").map_or(Some(0), |node| count("grace_period", 0, node, findings));
    let samples = fields.take("min_samples_required");
    let samples = samples.map_or(Some(3), |node| count("min_samples_required", 1, node, findings));
    fields.without_effect(&["min_time_slice", "hard_stop", "eval_interval"], findings);
    let startup = samples? as usize;
    Some(SchedulerPart::Median(SchedulerMethod::Median { grace: grace?, startup, min_trials: startup }))
}
