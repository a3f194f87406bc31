//! Samplers, schedulers and pruners that are not made by their functions, and the kind of loop that a sampler visibly has.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Error, Expr};

use crate::shape::{beginning, ends_of, inner, literal, origin, path, short, text};

/// How each sampler is made.
const SAMPLERS: [&str; 14] = [
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
const SCHEDULERS: [&str; 7] = [
    "Hyperband::new(3.0)",
    "Bohb::new()",
    "Asha::new(3.0)",
    "Pasha::new(3.0)",
    "Dehb::new(3.0)",
    "PriorBand::new()",
    "AutoScheduler::new()",
];

/// The scheduler that messages name.
pub(super) const SCHEDULER: &str = "Hyperband::new(3.0)";

/// How each pruner is made.
const PRUNERS: [&str; 6] = [
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
fn of_another_library(expr: &Expr) -> Option<&'static str> {
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

/// The kind of loop that a sampler needs, as far as its expression shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One that counts trials.
    Trials,
    /// One that counts trials which report.
    Pruning,
    /// One over budgets.
    Budgets,
    Unknown,
}

/// Returns the kind of loop that the value of `sampler = …` needs; without one, random search counts trials.
pub(super) fn kind(sampler: Option<&Expr>) -> Kind {
    let Some(sampler) = sampler else { return Kind::Trials };
    match origin(sampler) {
        Some(name) if is_one_of(&SCHEDULERS, &name) => Kind::Budgets,
        _ if has_pruner(sampler) => Kind::Pruning,
        Some(name) if is_one_of(&SAMPLERS, &name) => Kind::Trials,
        _ => Kind::Unknown,
    }
}

/// Whether `expr` visibly is a sampler or a scheduler.
pub(super) fn is_sampler(expr: &Expr) -> bool {
    let name = origin(expr).or_else(|| path(expr).map(|(_, name)| name));
    name.is_some_and(|name| is_one_of(&SAMPLERS, &name) || is_one_of(&SCHEDULERS, &name))
        || of_another_library(expr).is_some()
}

/// Whether `expr` visibly is a pruner.
pub(super) fn is_pruner(expr: &Expr) -> bool {
    let name = origin(expr).or_else(|| path(expr).map(|(_, name)| name));
    name.is_some_and(|name| is_one_of(&PRUNERS, &name))
}

/// Returns the error about a sampler that is not made by its function, or about a pruner in its place.
pub(super) fn check(sampler: &Expr) -> Option<Error> {
    if let Some(text) = text(sampler) {
        let instead = by_name(&text);
        return Some(error(sampler, &format!("`\"{text}\"` is not a sampler; write `sampler = {instead}`")));
    }
    if literal(sampler).is_some() {
        let message = format!("`{}` is not a sampler; write `sampler = TpeSampler::new()`", short(sampler));
        return Some(error(sampler, &message));
    }
    if let Some(instead) = of_another_library(sampler) {
        let message = format!("`{}` is another library's; write `sampler = {instead}`", short(sampler));
        return Some(error(sampler, &message));
    }
    if is_pruner(sampler) {
        let message = format!(
            "a pruner is added to a sampler; write `sampler = TpeSampler::new().pruner({})`",
            made(&pruner_text(sampler))
        );
        return Some(error(sampler, &message));
    }
    let mut found = Unmade { found: None };
    found.visit_expr(sampler);
    let (tokens, instead) = found.found?;
    Some(Error::new_spanned(&tokens, format!("`{}` is a type; write `{instead}`", short(&tokens))))
}

/// How the pruner that `pruner` names is made, or `pruner` itself if it is made already.
pub(super) fn pruner_text(pruner: &Expr) -> String {
    let name = path(pruner).map(|(_, name)| name);
    let made = name.and_then(|name| made_by(&PRUNERS, &name));
    made.map_or_else(|| short(pruner), ToOwned::to_owned)
}

/// How the sampler of a setting is written: as it stands, or as its function makes it.
pub(super) fn sampler_text(sampler: &Expr) -> String {
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
pub(super) fn with_eta(sampler: Option<&Expr>, eta: &str) -> String {
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
pub(super) fn with_option(sampler: Option<&Expr>, option: &str, value: &str) -> String {
    let has_it = |sampler: &&Expr| {
        kind(Some(sampler)) == Kind::Budgets
            && (option != "configurations" || !matches!(origin(sampler).as_deref(), Some("Dehb" | "AutoScheduler")))
    };
    let text =
        sampler.filter(has_it).map(sampler_text).filter(|text| text != "…" && !text.contains(&format!(".{option}(")));
    format!("{}.{option}({value})", text.as_deref().unwrap_or(SCHEDULER))
}

fn made(text: &str) -> &str {
    if text == "…" { "MedianPruner::new()" } else { text }
}

fn error(tokens: &Expr, message: &str) -> Error {
    Error::new_spanned(tokens, message)
}

fn has_pruner(expr: &Expr) -> bool {
    match inner(expr) {
        Expr::MethodCall(call) => call.method == "pruner" || has_pruner(&call.receiver),
        _ => false,
    }
}

/// How the type `name` of `all` is made.
fn made_by(all: &[&'static str], name: &str) -> Option<&'static str> {
    all.iter().find(|made| made.split("::").next() == Some(name)).copied()
}

fn is_one_of(all: &[&'static str], name: &str) -> bool {
    made_by(all, name).is_some()
}

fn any(name: &str) -> Option<&'static str> {
    [&SAMPLERS[..], &SCHEDULERS, &PRUNERS].into_iter().find_map(|all| made_by(all, name))
}

/// Returns the sampler that people call `text`.
fn by_name(text: &str) -> &'static str {
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

/// Finds the first type of ours that stands where a value belongs.
struct Unmade {
    found: Option<(TokenStream, &'static str)>,
}

impl Unmade {
    fn found(&mut self, tokens: &impl ToTokens, instead: &'static str) {
        self.found.get_or_insert_with(|| (tokens.to_token_stream(), instead));
    }
}

impl<'ast> Visit<'ast> for Unmade {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Path(path) if path.qself.is_none() => {
                let (owner, name) = ends_of(&path.path);
                let owner = owner.filter(|_| name == "new").and_then(|owner| any(&owner));
                if let Some(instead) = owner.or_else(|| any(&name)) {
                    self.found(expr, instead);
                }
            }
            Expr::Struct(literal) => {
                if let Some(instead) = any(&ends_of(&literal.path).1) {
                    self.found(expr, instead);
                }
                visit::visit_expr_struct(self, literal);
            }
            Expr::Call(call) => {
                match inner(&call.func) {
                    Expr::Path(path) => {
                        let (owner, name) = ends_of(&path.path);
                        let made =
                            owner.filter(|_| name == "new" && call.args.is_empty()).and_then(|owner| any(&owner));
                        let lacks_arguments = made.filter(|made| !made.contains("new()"));
                        if let Some(instead) = any(&name).or(lacks_arguments) {
                            self.found(expr, instead);
                        }
                    }
                    function => self.visit_expr(function),
                }
                for argument in &call.args {
                    self.visit_expr(argument);
                }
            }
            expr => visit::visit_expr(self, expr),
        }
    }
}
