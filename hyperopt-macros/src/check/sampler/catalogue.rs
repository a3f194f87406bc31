//! How each sampler, scheduler and pruner is made, and what other libraries call them.

use syn::Expr;

use crate::shape::{inner, path};

/// How each sampler is made.
pub(super) const SAMPLERS: [&str; 14] = [
    "RandomSampler::new()",
    "TpeSampler::new()",
    "QmcSampler::new()",
    "GridSampler::new()",
    "LhsSampler::new()",
    "ClhSampler::new()",
    "AnnealSampler::new()",
    "MixSampler::new()",
    "Nsga2Sampler::new()",
    "PriorBandSampler::new()",
    "BohbSampler::new()",
    "GpSampler::new()",
    "CmaEsSampler::new()",
    "AutoSampler::new()",
];

/// How each scheduler of budgets is made.
pub(super) const SCHEDULERS: [&str; 7] = [
    "Hyperband::new(3.0)",
    "Bohb::new()",
    "Asha::new(3.0)",
    "Pasha::new(3.0)",
    "Dehb::new(3.0)",
    "PriorBand::new()",
    "AutoScheduler::new()",
];

/// The scheduler that messages name.
pub(in crate::check) const SCHEDULER: &str = "Hyperband::new(3.0)";

/// How each pruner is made.
pub(super) const PRUNERS: [&str; 6] = [
    "MedianPruner::new()",
    "PercentilePruner::new(25.0)",
    "PatientPruner::new(MedianPruner::new(), 3)",
    "SuccessiveHalvingPruner::new()",
    "ThresholdPruner::new().upper(1.0)",
    "WilcoxonPruner::new()",
];

/// Samplers and schedulers of other libraries, and how ours is made.
const FOREIGN: [(&str, &str); 13] = [
    ("TPESampler", "TpeSampler::new()"),
    ("QMCSampler", "QmcSampler::new()"),
    ("GPSampler", "GpSampler::new()"),
    ("NSGAIISampler", "Nsga2Sampler::new()"),
    ("BruteForceSampler", "GridSampler::new()"),
    ("ASHAScheduler", "Asha::new(3.0)"),
    ("AsyncHyperBandScheduler", "Asha::new(3.0)"),
    ("HyperBandScheduler", "Hyperband::new(3.0)"),
    ("HyperBandForBOHB", "Bohb::new()"),
    ("TuneBOHB", "Bohb::new()"),
    ("OptunaSearch", "TpeSampler::new()"),
    ("HyperOptSearch", "TpeSampler::new()"),
    ("BayesOptSearch", "GpSampler::new()"),
];

/// How ours is made, if `expr` is a sampler or a scheduler of another library.
pub(super) fn of_another_library(expr: &Expr) -> Option<&'static str> {
    let expr = match inner(expr) {
        Expr::Call(call) => inner(&call.func),
        Expr::MethodCall(call) => return of_another_library(&call.receiver),
        expr => expr,
    };
    let (owner, name) = path(expr)?;
    if name == "suggest" {
        return match owner.as_deref() {
            Some("tpe") => Some("TpeSampler::new()"),
            Some("rand" | "random") => Some("RandomSampler::new()"),
            Some("anneal") => Some("AnnealSampler::new()"),
            _ => None,
        };
    }
    let owner = owner.unwrap_or_default();
    FOREIGN.iter().find(|(known, _)| *known == name || *known == owner).map(|(_, made)| *made)
}

/// How the type `name` of `all` is made.
pub(super) fn made_by(all: &[&'static str], name: &str) -> Option<&'static str> {
    all.iter().find(|made| made.split("::").next() == Some(name)).copied()
}

pub(super) fn is_one_of(all: &[&'static str], name: &str) -> bool {
    made_by(all, name).is_some()
}

pub(super) fn any(name: &str) -> Option<&'static str> {
    [&SAMPLERS[..], &SCHEDULERS, &PRUNERS].into_iter().find_map(|all| made_by(all, name))
}

/// Returns the sampler that people call `text`.
pub(super) fn by_name(text: &str) -> &'static str {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let plain = plain.trim_end_matches("sampler").trim_end_matches("search");
    match plain {
        "random" | "rand" => "RandomSampler::new()",
        "grid" => "GridSampler::new()",
        "sobol" | "qmc" | "halton" => "QmcSampler::new()",
        "lhs" | "latinhypercube" => "LhsSampler::new()",
        "nsga2" | "nsgaii" | "nsga" => "Nsga2Sampler::new()",
        "cmaes" | "cma" => "CmaEsSampler::new()",
        "gp" | "bayes" | "bayesian" | "bayesopt" | "bo" => "GpSampler::new()",
        "hyperband" => "Hyperband::new(3.0)",
        "bohb" => "Bohb::new()",
        "asha" => "Asha::new(3.0)",
        "dehb" => "Dehb::new(3.0)",
        "anneal" => "AnnealSampler::new()",
        _ => "TpeSampler::new()",
    }
}
