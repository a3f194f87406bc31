//! The sampler, or search algorithm, and the scheduler.

use crate::definition::{SamplerName, SchedulerMethod, SchedulerName, SearchMethod};
use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::fields::{Fields, count, number, text};
use crate::suggest::nearest;
use crate::tree::Node;

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
enum Named {
    Sampler(SamplerName),
    /// A scheduler with a sampler of its own.
    Scheduler(SchedulerName, SamplerName),
    /// Of another library: what comes nearest here.
    Nearest(SamplerName),
}

const NAMES: [(&str, Named); 37] = [
    ("random", Named::Sampler(SamplerName::Random)),
    ("variant_generator", Named::Sampler(SamplerName::Random)),
    ("ray", Named::Sampler(SamplerName::Random)),
    ("grid", Named::Sampler(SamplerName::Grid)),
    ("lhs", Named::Sampler(SamplerName::Lhs)),
    ("latin_hypercube", Named::Sampler(SamplerName::Lhs)),
    ("clh", Named::Sampler(SamplerName::Clh)),
    ("qmc", Named::Sampler(SamplerName::Qmc)),
    ("sobol", Named::Sampler(SamplerName::Qmc)),
    ("tpe", Named::Sampler(SamplerName::Tpe)),
    ("gp", Named::Sampler(SamplerName::Gp)),
    ("cmaes", Named::Sampler(SamplerName::CmaEs)),
    ("cma_es", Named::Sampler(SamplerName::CmaEs)),
    ("cma-es", Named::Sampler(SamplerName::CmaEs)),
    ("auto", Named::Sampler(SamplerName::Auto)),
    ("anneal", Named::Sampler(SamplerName::Anneal)),
    ("hyperband", Named::Scheduler(SchedulerName::Hyperband, SamplerName::Random)),
    ("bohb", Named::Scheduler(SchedulerName::Hyperband, SamplerName::Bohb)),
    ("hb_bohb", Named::Scheduler(SchedulerName::Hyperband, SamplerName::Bohb)),
    ("priorband", Named::Scheduler(SchedulerName::Hyperband, SamplerName::PriorBand)),
    ("asha", Named::Scheduler(SchedulerName::Asha, SamplerName::Random)),
    ("async_hyperband", Named::Scheduler(SchedulerName::Asha, SamplerName::Random)),
    ("asynchyperband", Named::Scheduler(SchedulerName::Asha, SamplerName::Random)),
    ("pasha", Named::Scheduler(SchedulerName::Pasha, SamplerName::Random)),
    ("dehb", Named::Scheduler(SchedulerName::Dehb, SamplerName::Random)),
    ("hyperopt", Named::Nearest(SamplerName::Tpe)),
    ("optuna", Named::Nearest(SamplerName::Tpe)),
    ("skopt", Named::Nearest(SamplerName::Gp)),
    ("bayesopt", Named::Nearest(SamplerName::Gp)),
    ("ax", Named::Nearest(SamplerName::Gp)),
    ("hebo", Named::Nearest(SamplerName::Gp)),
    ("dragonfly", Named::Nearest(SamplerName::Gp)),
    ("pysot", Named::Nearest(SamplerName::Gp)),
    ("nevergrad", Named::Nearest(SamplerName::Auto)),
    ("zoopt", Named::Nearest(SamplerName::Auto)),
    ("blendsearch", Named::Nearest(SamplerName::Auto)),
    ("cfo", Named::Nearest(SamplerName::CmaEs)),
];

/// The names that are worth listing.
const LISTED: &str = "`random`, `grid`, `lhs`, `clh`, `qmc`, `tpe`, `gp`, `cmaes`, `auto`, `anneal`, `hyperband`, `bohb`, `priorband`, \
                      `asha`, `pasha` or `dehb`";

fn named(name: &str) -> Option<Named> {
    let name = name.to_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|&(_, named)| named)
}

/// The sampler of this name, for a command line; with a scheduler of its own where it has one.
pub(crate) fn by_name(name: &str) -> Result<(SamplerName, Option<SchedulerName>), String> {
    match named(name) {
        Some(Named::Sampler(sampler) | Named::Nearest(sampler)) => Ok((sampler, None)),
        Some(Named::Scheduler(scheduler, sampler)) => Ok((sampler, Some(scheduler))),
        None => Err(unknown("sampler", name)),
    }
}

fn unknown(what: &str, name: &str) -> String {
    match nearest(name, NAMES.iter().map(|(known, _)| *known)) {
        Some(known) => format!("there is no {what} `{name}`; did you mean `{known}`?"),
        None => format!("there is no {what} `{name}`; write {LISTED}"),
    }
}

/// What is read of a sampler's mapping.
#[derive(Debug, Default)]
pub(crate) struct SamplerPart<'a> {
    pub(crate) method: SearchMethod,
    pub(crate) seed: Option<u64>,
    pub(crate) num_samples: Option<u64>,
    /// A scheduler that the name implies, and where the name stands.
    pub(crate) implied: Option<(SchedulerName, Mark)>,
    /// Whether the file chose the sampler.
    pub(crate) is_chosen: bool,
    /// The options of the implied scheduler.
    pub(crate) rungs: Rungs,
    /// Points to begin with.
    pub(crate) points: Option<&'a Node>,
}

/// The options of schedulers, as far as they are written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rungs {
    pub(crate) max_t: Option<f64>,
    pub(crate) grace: Option<f64>,
    pub(crate) eta: Option<f64>,
}

/// The mapping `sampler` or `search_alg`; text is short for its type.
pub(crate) fn sampler<'a>(key: &str, node: &'a Node, findings: &mut Findings) -> SamplerPart<'a> {
    let mut part = SamplerPart::default();
    let name = node.text().map(|name| (name, node.mark));
    let fields = if name.is_some() { None } else { Fields::of(node, format!("`{key}`"), findings) };
    let Some(mut fields) = fields else {
        if let Some((name, mark)) = name {
            choose(name, mark, &mut part, findings);
        }
        return part;
    };
    let type_node = fields.take("type");
    let mut is_foreign = false;
    if let Some(node) = type_node
        && let Some(name) = text("type", node, findings)
    {
        is_foreign = choose(name, node.mark, &mut part, findings);
    }
    part.num_samples = fields.take("num_samples").and_then(|node| count("num_samples", 1, node, findings));
    for key in ["seed", "random_seed", "random_state", "random_state_seed"] {
        let seed = fields.take(key).and_then(|node| count(key, 0, node, findings));
        part.seed = part.seed.or(seed);
    }
    match part.method.sampler {
        SamplerName::Tpe | SamplerName::Gp => {
            for key in ["startup", "n_initial_points", "n_startup_trials"] {
                let startup = fields.take(key).and_then(|node| count(key, 1, node, findings));
                part.method.startup = part.method.startup.or(startup.map(|trials| trials as usize));
            }
        }
        SamplerName::Grid => {
            let resolution = fields.take("resolution").and_then(|node| count("resolution", 1, node, findings));
            part.method.resolution = resolution.map(|points| u32::try_from(points).unwrap_or(u32::MAX));
        }
        _ => {}
    }
    if part.implied.is_some() {
        part.rungs = rungs(&mut fields, findings);
    }
    part.points = fields.take("points_to_evaluate");
    fields.without_effect(&["goal", "metric", "mode", "max_concurrent", "parallel"], findings);
    if is_foreign {
        fields.mention("is an option of another library, and has no effect here", findings);
    } else {
        fields.finish(findings);
    }
    part
}

/// Chooses the sampler of this name; true if it is one of another library.
fn choose(name: &str, mark: Mark, part: &mut SamplerPart<'_>, findings: &mut Findings) -> bool {
    match named(name) {
        Some(Named::Sampler(sampler)) => {
            part.method.sampler = sampler;
            part.is_chosen = !matches!(name, "ray" | "variant_generator");
            matches!(name, "ray" | "variant_generator")
        }
        Some(Named::Scheduler(scheduler, sampler)) => {
            part.method.sampler = sampler;
            part.is_chosen = sampler != SamplerName::Random;
            part.implied = Some((scheduler, mark));
            false
        }
        Some(Named::Nearest(sampler)) => {
            part.method.sampler = sampler;
            part.is_chosen = true;
            findings
                .note(mark, format!("`{name}` is not built in; `{}`, which comes nearest, is taken", sampler.name()));
            true
        }
        None => {
            findings.fault(mark, unknown("sampler", name));
            true
        }
    }
}

fn rungs(fields: &mut Fields<'_>, findings: &mut Findings) -> Rungs {
    let mut above = |key: &'static str, least: f64| {
        let node = fields.take(key)?;
        let found = number(key, node, findings)?;
        if found > least {
            return Some(found);
        }
        findings.fault(node.mark, format!("`{key}` is `{found}`; write a number above {least}"));
        None
    };
    Rungs { max_t: above("max_t", 0.0), grace: above("grace_period", 0.0), eta: above("reduction_factor", 1.0) }
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

/// A scheduler as it is written.
#[derive(Debug)]
pub(crate) enum SchedulerPart {
    Fifo,
    Budgets { kind: SchedulerName, mark: Mark, rungs: Rungs, model: Option<SamplerName>, path: Option<String> },
    Median(SchedulerMethod),
}

/// The mapping `scheduler`; text is short for its type.
pub(crate) fn scheduler(node: &Node, findings: &mut Findings) -> Option<SchedulerPart> {
    if let Some(name) = node.text() {
        return by_type(name, node.mark, None, findings);
    }
    let mut fields = Fields::of(node, "`scheduler`", findings)?;
    let Some(type_node) = fields.take("type") else {
        fields.finish(findings);
        return Some(SchedulerPart::Fifo);
    };
    let name = text("type", type_node, findings)?;
    let part = by_type(name, type_node.mark, Some(&mut fields), findings);
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

fn by_type(name: &str, mark: Mark, fields: Option<&mut Fields<'_>>, findings: &mut Findings) -> Option<SchedulerPart> {
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
        let hint = crate::suggest::instead(&lower, &SCHEDULERS);
        findings.fault(mark, format!("there is no scheduler `{name}`; {hint}"));
        return None;
    };
    let mut path = None;
    let rungs = fields.map_or_else(Rungs::default, |fields| {
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
