//! Reads `scheduler`.

use crate::definition::{Named, SamplerName, SchedulerMethod, SchedulerName, SecondsRule, named, own_section};
use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::fields::{Fields, count, number, text};
use crate::suggest::instead;
use crate::tree::Node;

/// The options of schedulers with budgets; `None` for those that are not written.
#[derive(Clone, Debug, Default)]
pub(crate) struct RungOptions {
    pub(crate) max_t: Option<f64>,
    pub(crate) grace: Option<f64>,
    pub(crate) eta: Option<f64>,
    pub(crate) unit: Option<Unit>,
}

/// Reads `max_t`, `grace_period`, `reduction_factor` and `time_attr`.
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
    let (max_t, grace, eta) = (above("max_t", 0.0), above("grace_period", 0.0), above("reduction_factor", 1.0));
    RungOptions { max_t, grace, eta, unit: Unit::read(fields, findings) }
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

/// What the numbers of a scheduler count, by its `time_attr`.
#[derive(Clone, Debug)]
pub(crate) enum Unit {
    /// The name, if it is not the usual one.
    Epochs(Option<(String, Mark)>),
    Seconds(Mark),
    /// Something else, which the trainer counts.
    Other(String, Mark),
}

impl Unit {
    /// Reads `time_attr`; `None` if it is not written.
    fn read(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Self> {
        let node = fields.take("time_attr")?;
        Some(Self::of(text("time_attr", node, findings)?, node.mark))
    }

    fn of(name: &str, mark: Mark) -> Self {
        match name {
            "training_iteration" => Self::Epochs(None),
            "iterations_since_restore" | "epoch" | "epochs" | "iteration" | "iterations" => {
                Self::Epochs(Some((name.to_owned(), mark)))
            }
            "time_total_s" | "time_since_restore" | "seconds" => Self::Seconds(mark),
            other => Self::Other(other.to_owned(), mark),
        }
    }
}

/// The contents of the mapping.
#[derive(Debug)]
pub(crate) enum SchedulerPart {
    Fifo,
    Budgets {
        kind: SchedulerName,
        mark: Mark,
        rungs: RungOptions,
        model: Option<SamplerName>,
        path: Option<String>,
    },
    /// With a note on what it counts.
    Median(SchedulerMethod, Option<(Mark, String)>),
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
    if matches!(part, Some(SchedulerPart::Fifo)) {
        fields.beside(&["max_t", "grace_period", "reduction_factor", "time_attr"], "`type: fifo`", findings);
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
        "median_stopping_rule" | "medianstoppingrule" | "medianstopping" => {
            return median(mark, fields, findings);
        }
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
        path = fields.take("budget").and_then(|node| {
            let path = text("budget", node, findings)?;
            if let Some(message) = own_section(path) {
                findings.fault(node.mark, message);
            }
            Some(path.to_owned())
        });
        rungs(fields, findings)
    });
    let model = (model != SamplerName::Random).then_some(model);
    Some(SchedulerPart::Budgets { kind, mark, rungs, model, path })
}

/// Reads the options of the median rule. Its steps are those of the reports of a trial, or its seconds.
fn median(mark: Mark, mut fields: Option<&mut Fields<'_>>, findings: &mut Findings) -> Option<SchedulerPart> {
    let mut take = |key| fields.as_mut().and_then(|fields| fields.take(key));
    let (grace_node, samples) = (take("grace_period"), take("min_samples_required"));
    let samples = samples.map_or(Some(3), |node| count("min_samples_required", 1, node, findings));
    let unit = fields.as_mut().and_then(|fields| Unit::read(fields, findings));
    if let Some(fields) = fields {
        fields.without_effect(&["min_time_slice", "hard_stop", "eval_interval"], findings);
    }
    if let Some(Unit::Seconds(mark)) = unit {
        let grace = grace_node.map_or(Some(60.0), |node| seconds("grace_period", node, findings))?;
        let message = format!(
            "`median_stopping_rule` counts seconds from the start of a trial, at the lines with its metric, and stops none before \
             {grace}"
        );
        let rule = SecondsRule::Median { samples: samples? as usize };
        return Some(SchedulerPart::Median(SchedulerMethod::Seconds { rule, grace, max: None }, Some((mark, message))));
    }
    let note = match unit {
        Some(Unit::Other(name, mark) | Unit::Epochs(Some((name, mark)))) => {
            let what = format!(
                "`median_stopping_rule` counts the steps that a trial reports, whatever `time_attr: {name}` is"
            );
            Some((mark, what))
        }
        Some(_) => None,
        None => {
            let what = "`median_stopping_rule` counts the steps that a trial reports; for seconds, as in Ludwig, write `time_attr: \
                        time_total_s`";
            Some((mark, what.to_owned()))
        }
    };
    let grace = grace_node.map_or(Some(0), |node| count("grace_period", 0, node, findings));
    let startup = samples? as usize;
    Some(SchedulerPart::Median(SchedulerMethod::Median { grace: grace?, startup, min_trials: startup }, note))
}

/// Reads a time in seconds, which may be 0.
fn seconds(key: &str, node: &Node, findings: &mut Findings) -> Option<f64> {
    let found = number(key, node, findings)?;
    if found < 0.0 {
        findings.fault(node.mark, format!("`{key}` is `{found}`; write seconds, 0 or more"));
        return None;
    }
    Some(found)
}
