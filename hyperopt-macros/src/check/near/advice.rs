//! What to write in place of a name that is meant as a setting.

use syn::Expr;

use super::around::Around;
use super::budgets;
use super::names::Meant;
use crate::check::sampler::{Kind, SCHEDULER, is_pruner, pruner_text, sampler_text, with_eta, with_option};
use crate::check::setting::{instead, is_of};
use crate::model::Mode;
use crate::settings::{Setting, setting_named};
use crate::shape::{Literal, call, elements, inner, is_candidates, is_number, literal, short, text};

/// What to write, without the end of the sentence.
pub(super) fn advice(meant: Meant, value: &Expr, around: &Around<'_>) -> String {
    let sampler = || around.sampler.map(sampler_text).filter(|text| text != "…");
    let has_budgets = around.kind == Kind::Budgets;
    match meant {
        Meant::Setting(name) => match setting_named(name) {
            Some(setting) if setting.is_of_budgets() && around.counts_trials() => uncounted(setting, value),
            Some(setting) => format!("write `{name} = {}`", written(setting, value)),
            None => format!("write `{name} = …`"),
        },
        Meant::Trials if has_budgets => {
            let count = counted(value).unwrap_or_else(|| "50".to_owned());
            let made = with_option(around.sampler, "configurations", &count);
            format!("a scheduler counts configurations: write `sampler = {made}`")
        }
        Meant::Trials => {
            let is_count = !is_candidates(value) && text(value).is_none() && short(value) != "…";
            let count = if is_count { short(value) } else { "50".to_owned() };
            format!("the number of trials stands in the head: write `for _ in 0..{count} {{ … }}`")
        }
        Meant::Workers => {
            let executor = match call(value) {
                Some((function, _)) if function == "workers" => short(value),
                _ => format!("workers({})", counted(value).as_deref().unwrap_or("2")),
            };
            let place = match around.mode {
                Mode::Parallel => "as the first argument",
                _ => "as the first argument of `phyperopt!`",
            };
            format!("write `{executor}` {place}")
        }
        Meant::Pruner if has_budgets => "a scheduler stops trials by itself; leave it out".to_owned(),
        Meant::Pruner => {
            let sampler = sampler().unwrap_or_else(|| "TpeSampler::new()".to_owned());
            let listed = elements(value);
            let value = listed.as_ref().and_then(|listed| listed.first()).unwrap_or(value);
            let pruner = if is_pruner(value) { pruner_text(value) } else { "MedianPruner::new()".to_owned() };
            format!("a pruner is added to the sampler: write `sampler = {sampler}.pruner({pruner})`")
        }
        Meant::Objective => "the objective is the value of the loop's body: end the body with it".to_owned(),
        Meant::Space => "each hyperparameter is an argument of its own: write `name = candidates`".to_owned(),
        Meant::Budgets(end) => {
            let scheduler = if has_budgets { String::new() } else { format!("`sampler = {SCHEDULER}` and ") };
            let range = budgets::range(end, value, around);
            format!(
                "the budgets of a scheduler stand in the head: write {scheduler}`for (resources, state) in {range} {{ … }}`"
            )
        }
        Meant::Reduction => {
            let made = with_eta(around.sampler, &factor(value));
            with_loop(format!("it is an argument of the scheduler: write `sampler = {made}`"), has_budgets)
        }
        Meant::Brackets => {
            let made = with_option(around.sampler, "rounds", "2");
            let text = format!(
                "the brackets follow from the budgets; for more rounds of all of them, write `sampler = {made}`"
            );
            with_loop(text, has_budgets)
        }
        Meant::Option(option) => {
            let made = with_option(around.sampler, option, counted(value).as_deref().unwrap_or("2"));
            with_loop(format!("it is an option of the scheduler: write `sampler = {made}`"), has_budgets)
        }
        Meant::Inner => {
            let scheduler = sampler().unwrap_or_else(|| SCHEDULER.to_owned());
            let inner = sampler_text(value);
            format!("it is an option of the scheduler: write `sampler = {scheduler}.inner({inner})`")
        }
        Meant::Startup => {
            let sampler = format!("TpeSampler::new().startup({})", counted(value).as_deref().unwrap_or("10"));
            let made = if has_budgets { format!("{SCHEDULER}.inner({sampler})") } else { sampler };
            format!("it is an option of the sampler: write `sampler = {made}`")
        }
        Meant::Study => "write `study = Study::open(\"sqlite:sweep.db\")?.name(\"wine\")`".to_owned(),
        Meant::Stop => {
            let is_of = |kind| !is_candidates(value) && literal(value) == Some(kind);
            let threshold = if is_of(Literal::Float) { short(value) } else { "0.01".to_owned() };
            let trials = counted(value).unwrap_or_else(|| "20".to_owned());
            let [threshold, trials] = [format!("`loss_threshold = {threshold}`"), format!("`no_progress = {trials}`")];
            let [first, second] = if is_of(Literal::Int) { [trials, threshold] } else { [threshold, trials] };
            format!("to end the sweep early, write {first}, {second}, `timeout = …` or a `break` in the body")
        }
    }
}

/// The loop over budgets, which a scheduler needs.
const LOOP: &str = "`for (resources, state) in 1..=81 { … }`";

/// `advice` to write a scheduler, with the loop that one needs where there is none yet.
fn with_loop(advice: String, has_budgets: bool) -> String {
    if has_budgets { advice } else { format!("{advice} and {LOOP}") }
}

/// What to write for a setting of budgets in a sweep that counts trials.
fn uncounted(setting: &Setting, value: &Expr) -> String {
    let name = setting.name;
    match counted(value).filter(|_| name == "spend") {
        Some(count) => format!(
            "the number of trials stands in the head: write `for _ in 0..{count} {{ … }}`, or, with a scheduler, \
             `{name} = {count}`"
        ),
        None => format!("`{name}` is for budgets, and this sweep counts trials: leave it out"),
    }
}

/// A count that is written out.
fn counted(value: &Expr) -> Option<String> {
    literal(value).map(|_| short(value)).filter(|count| count.parse::<usize>().is_ok())
}

/// Returns the factor between two rungs, as a float above 1.
fn factor(value: &Expr) -> String {
    let found = short(value);
    match found.parse::<f64>() {
        Ok(factor) if is_number(value) && factor > 1.0 => {
            if found.contains(['.', 'e']) {
                found
            } else {
                format!("{found}.0")
            }
        }
        _ => "3.0".to_owned(),
    }
}

/// Returns the value of `setting` that `value` is meant as.
fn written(setting: &Setting, value: &Expr) -> String {
    if setting.name != "goal" || is_of(setting, value) {
        let is_choice = matches!(inner(value), Expr::If(_) | Expr::Match(_) | Expr::Block(_));
        let is_listed = elements(value).is_some_and(|listed| !listed.is_empty());
        let fits = match setting.name {
            "sampler" => is_of(setting, value) || text(value).is_some(),
            "try_first" => is_of(setting, value),
            "seed" => !is_candidates(value),
            _ => is_choice || is_listed || !is_candidates(value),
        };
        return if fits { instead(setting, value) } else { setting.example.to_owned() };
    }
    let is_word = |one: &Expr| text(one).is_some();
    let is_list = is_candidates(value);
    let are_words = elements(value).is_some_and(|listed| !listed.is_empty() && listed.iter().all(is_word));
    let fits = are_words || is_word(value) || !is_list && literal(value).is_none();
    if fits { instead(setting, value) } else { setting.example.to_owned() }
}
