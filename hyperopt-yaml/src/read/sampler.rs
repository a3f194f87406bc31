//! Reads `sampler` and `search_alg`.

use crate::definition::{Named, SamplerName, SchedulerName, SearchMethod, named, unknown};
use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::fields::{Fields, count, text};
use crate::read::scheduler::{RungOptions, rungs};
use crate::tree::Node;

/// The contents of the mapping.
#[derive(Debug, Default)]
pub(crate) struct SamplerPart<'a> {
    pub(crate) method: SearchMethod,
    pub(crate) seed: Option<u64>,
    pub(crate) num_samples: Option<u64>,
    /// The scheduler that the name implies, and the place of the name.
    pub(crate) implied: Option<(SchedulerName, Mark)>,
    /// Whether the file chose the sampler.
    pub(crate) is_chosen: bool,
    /// The options of the implied scheduler.
    pub(crate) rungs: RungOptions,
    /// The points to try first.
    pub(crate) points: Option<&'a Node>,
}

impl SamplerPart<'_> {
    /// Adds the keys of `other` apart from the name of a sampler.
    pub(crate) fn or(self, other: &Self) -> Self {
        Self {
            seed: self.seed.or(other.seed),
            num_samples: self.num_samples.or(other.num_samples),
            points: self.points.or(other.points),
            ..self
        }
    }
}

/// Returns whether a mapping `sampler` names no sampler, or `ray`, which is for `search_alg` to say.
pub(crate) fn names_none(node: &Node) -> bool {
    let is_ray = |node: &Node| node.is_null() || node.text().is_some_and(|name| name.eq_ignore_ascii_case("ray"));
    node.entries().is_some() && node.get("type").is_none_or(is_ray)
}

/// Reads the mapping `key`; text is short for its `type`.
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
                // One trial is no better or worse than any other.
                let startup = fields.take(key).and_then(|node| count(key, 2, node, findings));
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
    if key == "sampler" {
        // They have been moved to their places.
        fields.without_effect(&["search_alg", "scheduler"], findings);
    }
    if is_foreign && key == "sampler" && names_none(node) {
        fields.finish_or_mention("has no effect here", findings);
    } else if is_foreign {
        fields.mention("is an option of another library, and has no effect here", findings);
    } else {
        fields.finish(findings);
    }
    part
}

/// Sets the sampler of this name in `part`. Returns whether the name is that of another library.
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
