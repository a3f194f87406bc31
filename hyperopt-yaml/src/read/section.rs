//! Reads the section `hyperopt` of a file.

use hyperopt_core::Goal;

use crate::definition::{Definition, EpochsSetting, Hidden};
use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::executor::executor;
use crate::read::features::Features;
use crate::read::fields::{Fields, count, text, truth};
use crate::read::method::method;
use crate::read::metric::{MetricPart, metric};
use crate::read::parameters::parameters;
use crate::read::sampler::{SamplerPart, names_none, sampler};
use crate::read::scheduler::SchedulerPart;
use crate::read::trainer::Trainer;
use crate::read::try_first::points;
use crate::read::upgrade::upgrade;
use crate::suggest::{instead, nearest};
use crate::tree::{Kind, Node};

/// Reads the section `hyperopt` of `root`. Errors are added to `findings`; `None` without a section.
pub(crate) fn definition(root: &Node, features: &Features, findings: &mut Findings) -> Option<Definition> {
    if root.entries().is_none() {
        let found = if root.is_null() { "empty" } else { &root.describe() };
        let message = format!("the file is {found}; write a mapping with a section `hyperopt`");
        findings.fault(root.mark, message);
        return None;
    }
    let Some(section) = root.get("hyperopt") else {
        let near = root.entries().unwrap_or_default().iter();
        let near = nearest("hyperopt", near.map(|entry| entry.key.text.as_str()));
        let near = near.map_or_else(String::new, |key| format!("; did you mean it by `{key}`?"));
        findings.fault(Mark { line: 1, column: 1 }, format!("there is no section `hyperopt`{near}"));
        return None;
    };
    note_outside(root, section, findings);
    let mut section = section.clone();
    upgrade(&mut section, root, findings);
    let mut fields = Fields::of(&section, "`hyperopt`", findings)?;
    let parameters = match fields.need("parameters", "{x: {space: uniform, lower: 0.0, upper: 1.0}}", findings) {
        Some(node) => parameters(node, findings),
        None => Vec::new(),
    };
    let goal_node = fields.take("goal");
    let goal = goal_node.and_then(|node| goal(node, findings)).unwrap_or(Goal::Minimize);
    let MetricPart { metric, split, eval_split, output_feature } =
        metric(&mut fields, features, goal_node.is_some(), findings);
    let sampler_node = fields.take("sampler");
    let search_node = fields.take("search_alg");
    let part = match (search_node, sampler_node) {
        (Some(node), None) => sampler("search_alg", node, findings),
        (None, Some(node)) => sampler("sampler", node, findings),
        (Some(node), Some(other)) if names_none(other) => {
            let other = sampler("sampler", other, findings);
            sampler("search_alg", node, findings).or(&other)
        }
        (Some(node), Some(_)) => {
            findings.fault(node.mark, "`sampler` and `search_alg` both say what proposes the trials; leave one out");
            sampler("search_alg", node, findings)
        }
        (None, None) => SamplerPart::default(),
    };
    let mut try_first =
        fields.take("try_first").map_or_else(Vec::new, |node| points("try_first", node, &parameters, findings));
    if let Some(node) = part.points {
        try_first.extend(points("points_to_evaluate", node, &parameters, findings));
    }
    let executor = executor(fields.take("executor"), findings);
    let (study, study_name) = fields.take("study").map_or((None, None), |node| study(node, findings));
    let seed = fields.take("seed").and_then(|node| count("seed", 0, node, findings));
    let repeats = fields.take("repeats").and_then(|node| truth("repeats", node, findings));
    fields.finish(findings);
    let scheduler = match &executor.scheduler {
        Some(SchedulerPart::Budgets { mark, .. }) => Some(*mark),
        _ => None,
    };
    let trainer = Trainer::of(root, &parameters);
    let budget = method(part.method, part.implied, part.rungs, part.is_chosen, executor.scheduler, &trainer, findings);
    if let Some(path) = &budget.path
        && let Some(parameter) = parameters.iter().find(|parameter| parameter.name == *path)
    {
        let message = format!("`{path}` is what the scheduler hands out; leave it out of the hyperparameters");
        findings.fault(parameter.mark, message);
    }
    let definition = Definition {
        parameters,
        goal,
        metric,
        split,
        eval_split,
        output_feature,
        method: budget.search,
        scheduler_mark: scheduler,
        seconds_mark: budget.seconds,
        median_note: budget.median,
        num_samples: executor.num_samples.or(part.num_samples),
        workers: executor.workers,
        study: study.map(Hidden::new),
        study_name,
        seed: seed.or(part.seed),
        timeout: executor.timeout,
        spend: executor.spend,
        repeats: repeats.unwrap_or(false),
        try_first,
        budget_path: budget.path,
        is_epochs: budget.is_epochs,
        epochs: trainer
            .has_epochs
            .then(|| EpochsSetting { path: trainer.epochs_path(), number: trainer.epochs.map(|(epochs, _)| epochs) }),
    };
    definition.check(findings);
    Some(definition)
}

/// Notes keys of the sweep that lie beside its section, as one space too few makes them, where they are settings of the program.
fn note_outside(root: &Node, section: &Node, findings: &mut Findings) {
    // Programs have few settings of these names.
    let is_own = |key: &str| matches!(key, "executor" | "search_alg") && section.get(key).is_none();
    for entry in root.entries().unwrap_or_default().iter().filter(|entry| is_own(&entry.key.text)) {
        let message = format!(
            "`{0}` lies outside of the section `hyperopt`, as a setting of the program; for the sweep, write it in `hyperopt`",
            entry.key.text
        );
        findings.note(entry.key.mark, message);
    }
}

fn goal(node: &Node, findings: &mut Findings) -> Option<Goal> {
    let name = text("goal", node, findings)?;
    match name {
        "minimize" => Some(Goal::Minimize),
        "maximize" => Some(Goal::Maximize),
        _ => {
            let hint = instead(name, &["minimize", "maximize"]);
            findings.fault(node.mark, format!("there is no goal `{name}`; {hint}"));
            None
        }
    }
}

/// Reads the address of a database, alone or with a name.
fn study(node: &Node, findings: &mut Findings) -> (Option<String>, Option<String>) {
    if let Kind::Text(url) = &node.kind {
        return (Some(url.clone()), None);
    }
    let Some(mut fields) = Fields::of(node, "`study`", findings) else { return (None, None) };
    let url = fields.need("url", "sqlite:sweep.db", findings).and_then(|node| text("url", node, findings));
    let name = fields.take("name").and_then(|node| text("name", node, findings));
    fields.finish(findings);
    (url.map(str::to_owned), name.map(str::to_owned))
}
