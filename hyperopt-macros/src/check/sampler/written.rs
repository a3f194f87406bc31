//! How messages write a sampler, a scheduler or a pruner.

use syn::Expr;

use super::catalogue::{PRUNERS, SAMPLERS, SCHEDULER, SCHEDULERS, by_name, made_by, of_another_library};
use super::kind::is_scheduler;
use crate::shape::{beginning, origin, path, short, text};

/// How the pruner that `pruner` names is made, or `pruner` itself if it is made already.
pub(in crate::check) fn pruner_text(pruner: &Expr) -> String {
    let name = path(pruner).map(|(_, name)| name);
    let made = name.and_then(|name| made_by(&PRUNERS, &name));
    made.map_or_else(|| short(pruner), ToOwned::to_owned)
}

/// How the sampler of a setting is written: as it stands, or as its function makes it.
pub(in crate::check) fn sampler_text(sampler: &Expr) -> String {
    if let Some(made) = of_another_library(sampler) {
        return made.to_owned();
    }
    if let Some(text) = text(sampler) {
        return by_name(&text).to_owned();
    }
    let name = path(sampler).map(|(_, name)| name);
    let made = name.and_then(|name| made_by(&SAMPLERS, &name).or_else(|| made_by(&SCHEDULERS, &name)));
    made.map_or_else(|| short(sampler), ToOwned::to_owned)
}

/// Returns the scheduler of `sampler = …` with another factor between its rungs; without one, Hyperband.
pub(in crate::check) fn with_eta(sampler: Option<&Expr>, eta: &str) -> String {
    match sampler.and_then(beginning).as_ref().map(|(owner, function)| (owner.as_str(), function.as_str())) {
        Some((owner @ ("Asha" | "Pasha" | "Dehb"), _)) => format!("{owner}::new({eta})"),
        Some(("AutoScheduler", _)) => format!("AutoScheduler::new().eta({eta})"),
        Some(("Bohb", "tpe")) => format!("Hyperband::new({eta}).inner(TpeSampler::new())"),
        Some(("Bohb", _)) => format!("Hyperband::new({eta}).inner(BohbSampler::new())"),
        Some(("PriorBand", _)) => format!("Hyperband::new({eta}).inner(PriorBandSampler::new())"),
        _ => format!("Hyperband::new({eta})"),
    }
}

/// Returns the scheduler of `sampler = …` with a value of one of its options; Hyperband, if there is none that has it.
pub(in crate::check) fn with_option(sampler: Option<&Expr>, option: &str, value: &str) -> String {
    let has_it = |sampler: &&Expr| {
        is_scheduler(sampler)
            && (option != "configurations" || !matches!(origin(sampler).as_deref(), Some("Dehb" | "AutoScheduler")))
    };
    let text =
        sampler.filter(has_it).map(sampler_text).filter(|text| text != "…" && !text.contains(&format!(".{option}(")));
    format!("{}.{option}({value})", text.as_deref().unwrap_or(SCHEDULER))
}
