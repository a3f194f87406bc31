//! Reads `executor`.

use std::time::Duration;

use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::fields::{Fields, count, number, text};
use crate::read::scheduler::{SchedulerPart, scheduler};
use crate::suggest::instead;
use crate::tree::{Kind, Node};

/// The contents of the mapping.
#[derive(Debug)]
pub(crate) struct ExecutorPart {
    pub(crate) workers: usize,
    pub(crate) num_samples: Option<u64>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) spend: Option<f64>,
    pub(crate) scheduler: Option<SchedulerPart>,
}

/// The maximum of `num_workers`; more threads are a slip of the pen.
const MAX_WORKERS: u64 = 1024;

const TYPES: [&str; 5] = ["serial", "parallel", "ray", "fiber", "optuna"];

/// Reads the mapping `executor`; text is short for its `type`.
pub(crate) fn executor(node: Option<&Node>, findings: &mut Findings) -> ExecutorPart {
    let mut part = ExecutorPart { workers: 1, num_samples: None, timeout: None, spend: None, scheduler: None };
    let Some(node) = node else { return part };
    if let Kind::Text(name) = &node.kind {
        part.workers = workers(name, node.mark, None, findings);
        return part;
    }
    let Some(mut fields) = Fields::of(node, "`executor`", findings) else { return part };
    let type_node = fields.take("type");
    let name = type_node.and_then(|node| text("type", node, findings));
    let wanted = fields.take("num_workers").and_then(|node| {
        let workers = count("num_workers", 1, node, findings)?;
        if workers > MAX_WORKERS {
            findings.fault(node.mark, format!("`num_workers` is `{workers}`; write {MAX_WORKERS} or fewer"));
            return None;
        }
        Some(workers)
    });
    let at_a_time = match fields.take("max_concurrent_trials") {
        Some(Node { kind: Kind::Text(auto), .. }) if auto == "auto" => None,
        Some(node) => count("max_concurrent_trials", 1, node, findings),
        None => None,
    };
    let given = match (wanted, at_a_time) {
        (Some(workers), Some(most)) => Some(workers.min(most)),
        (workers, most) => workers.or(most.map(|most| most.min(MAX_WORKERS))),
    };
    let given = given.map(|workers| usize::try_from(workers).unwrap_or(usize::MAX));
    part.workers = workers(name.unwrap_or("ray"), type_node.map_or(node.mark, |node| node.mark), given, findings);
    part.num_samples = fields.take("num_samples").and_then(|node| count("num_samples", 1, node, findings));
    part.timeout = fields.take("time_budget_s").and_then(|node| {
        let seconds = number("time_budget_s", node, findings)?;
        let timeout = Duration::try_from_secs_f64(seconds).ok().filter(|timeout| !timeout.is_zero());
        if timeout.is_none() {
            findings.fault(node.mark, format!("`time_budget_s` is `{seconds}`; write seconds above 0"));
        }
        timeout
    });
    part.spend = fields.take("spend").and_then(|node| {
        let spend = number("spend", node, findings)?;
        if spend <= 0.0 {
            findings.fault(node.mark, format!("`spend` is `{spend}`; write a number above 0"));
            return None;
        }
        Some(spend)
    });
    part.scheduler = fields.take("scheduler").and_then(|node| scheduler(node, findings));
    fields.without_effect(
        &[
            "cpu_resources_per_trial",
            "gpu_resources_per_trial",
            "num_cpus_per_worker",
            "num_gpus_per_worker",
            "trial_driver_resources",
            "kubernetes_namespace",
            "fiber_backend",
            "epsilon",
            "run_remote",
        ],
        findings,
    );
    fields.finish(findings);
    part
}

/// Returns the number of trials that run at a time under an executor of this name.
fn workers(name: &str, mark: Mark, given: Option<usize>, findings: &mut Findings) -> usize {
    match name.to_lowercase().as_str() {
        "serial" => {
            if given.is_some_and(|workers| workers > 1) {
                findings.note(mark, "`type: serial` runs one trial at a time; write `type: parallel` for more");
            }
            1
        }
        "parallel" => given.unwrap_or(2),
        "fiber" => {
            findings.note(mark, "`fiber` is read as `parallel`, on this machine");
            given.unwrap_or(2)
        }
        "ray" | "optuna" | "local" => given.unwrap_or(1),
        other => {
            let hint = instead(other, &TYPES);
            findings.fault(mark, format!("there is no executor `{name}`; {hint}"));
            1
        }
    }
}
