//! The names of samplers and schedulers, those of other libraries among them.

use crate::definition::search::{SamplerName, SchedulerName};
use crate::suggest::nearest;

/// The meaning of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Named {
    Sampler(SamplerName),
    /// A scheduler with a sampler of its own.
    Scheduler(SchedulerName, SamplerName),
    /// The name of an algorithm of another library: the nearest sampler here.
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

/// The names that messages list.
const LISTED: &str = "`random`, `grid`, `lhs`, `clh`, `qmc`, `tpe`, `gp`, `cmaes`, `auto`, `anneal`, `hyperband`, `bohb`, `priorband`, \
                      `asha`, `pasha` or `dehb`";

/// Returns the names of samplers and schedulers that [`set_sampler`](crate::Definition::set_sampler) accepts, each with a
/// description. The names that stand for samplers of other libraries are left out.
#[must_use]
pub fn samplers() -> impl ExactSizeIterator<Item = (&'static str, &'static str)> {
    SAMPLERS.into_iter()
}

const SAMPLERS: [(&str, &str); 16] = [
    ("random", "independent random points"),
    ("grid", "all combinations"),
    ("lhs", "a Latin hypercube"),
    ("clh", "a centered Latin hypercube"),
    ("qmc", "a Sobol sequence"),
    ("tpe", "tree-structured Parzen estimator"),
    ("gp", "Gaussian process"),
    ("cmaes", "covariance matrix adaptation"),
    ("auto", "chosen by the space and the number of trials"),
    ("anneal", "simulated annealing"),
    ("hyperband", "budgets: Hyperband"),
    ("bohb", "budgets: Hyperband with a model"),
    ("priorband", "budgets: Hyperband with the trainer's own values"),
    ("asha", "budgets: asynchronous successive halving"),
    ("pasha", "budgets: ASHA that raises its largest budget"),
    ("dehb", "budgets: Hyperband with differential evolution"),
];

/// Looks a name up, in any case of its letters.
pub(crate) fn named(name: &str) -> Option<Named> {
    let name = name.to_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|&(_, named)| named)
}

/// Returns the sampler of this name, and the scheduler that the name implies. The error says what to write instead.
pub(crate) fn by_name(name: &str) -> Result<(SamplerName, Option<SchedulerName>), String> {
    match named(name) {
        Some(Named::Sampler(sampler) | Named::Nearest(sampler)) => Ok((sampler, None)),
        Some(Named::Scheduler(scheduler, sampler)) => Ok((sampler, Some(scheduler))),
        None => Err(unknown("sampler", name)),
    }
}

/// Returns the message about an unknown name.
pub(crate) fn unknown(what: &str, name: &str) -> String {
    match nearest(name, NAMES.iter().map(|(known, _)| *known)) {
        Some(known) => format!("there is no {what} `{name}`; did you mean `{known}`?"),
        None => format!("there is no {what} `{name}`; write {LISTED}"),
    }
}
