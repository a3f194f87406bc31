//! What to write in place of candidates in the words of another library.

use proc_macro2::Ident;
use syn::{Expr, ExprRange};

use super::arguments::{Arguments, sorted};
use super::read::{Function, read};
use super::words::{Kind, Meaning};
use crate::model::name_of;
use crate::shape::{Literal, elements, float, inner, literal};
use crate::source::source;

/// Returns the text that stands for `value` here, if it visibly calls a function of another library.
pub(in crate::check) fn written(value: &Expr) -> Option<String> {
    let function = read(value)?;
    instead(&function, None)
}

/// What to write in place of the candidates that `function` makes for the hyperparameter `name`.
pub(super) fn instead(function: &Function<'_>, name: Option<&Ident>) -> Option<String> {
    let Meaning { kind, is_log, is_half_open } = function.meaning;
    let mut arguments = sorted(&function.arguments);
    arguments.is_log |= is_log;
    let label = name.map_or_else(|| "x".to_owned(), name_of);
    match kind {
        Kind::List => list(&arguments),
        Kind::Floats => floats(&arguments, &label),
        Kind::Integers => integers(arguments, is_half_open),
        Kind::Normal => {
            let log = if arguments.is_log { "log" } else { "" };
            let (low, high) = (number(arguments.low.as_ref(), "0.0"), number(arguments.high.as_ref(), "1.0"));
            match arguments.step.or(arguments.third) {
                Some(q) => Some(format!("hp::q{log}normal(\"{label}\", {low}, {high}, {})", float(&q))),
                None => Some(format!("hp::{log}normal(\"{label}\", {low}, {high})")),
            }
        }
        Kind::Spaced | Kind::Powers | Kind::Geometric => spaced(kind, &arguments),
        Kind::Stepped => stepped(&arguments),
    }
}

fn number(value: Option<&Expr>, default: &str) -> String {
    value.map_or_else(|| default.to_owned(), float)
}

/// Returns the number that `value` visibly is.
fn value_of(value: &Expr) -> Option<f64> {
    source(value).parse().ok()
}

/// Returns the ends of a range, or of a tuple or a list of two numbers.
fn ends(whole: &Expr) -> Option<[Expr; 2]> {
    let listed = match inner(whole) {
        Expr::Range(ExprRange { start: Some(start), end: Some(end), .. }) => {
            return Some([(**start).clone(), (**end).clone()]);
        }
        Expr::Tuple(tuple) => tuple.elems.iter().cloned().collect(),
        _ => elements(whole)?,
    };
    <[Expr; 2]>::try_from(listed).ok()
}

fn both_ends(arguments: &Arguments) -> Option<[Expr; 2]> {
    match (&arguments.low, &arguments.high, &arguments.whole) {
        (Some(low), Some(high), _) => Some([low.clone(), high.clone()]),
        (_, _, Some(whole)) => ends(whole),
        _ => None,
    }
}

fn list(arguments: &Arguments) -> Option<String> {
    let listed: Vec<String> = match arguments.whole.as_ref() {
        Some(whole) => match inner(whole) {
            Expr::Range(_) => return Some(source(whole)),
            Expr::Tuple(tuple) => tuple.elems.iter().map(source).collect(),
            _ => match elements(whole) {
                Some(listed) => listed.iter().map(source).collect(),
                None => return written(whole),
            },
        },
        None if arguments.low.is_none() => arguments.texts.clone(),
        None => [&arguments.low, &arguments.high, &arguments.third].into_iter().flatten().map(source).collect(),
    };
    let rust = |one: String| match one.as_str() {
        "True" => "true".to_owned(),
        "False" => "false".to_owned(),
        _ => one,
    };
    (!listed.is_empty()).then(|| format!("[{}]", listed.into_iter().map(rust).collect::<Vec<_>>().join(", ")))
}

fn floats(arguments: &Arguments, label: &str) -> Option<String> {
    let [low, high] = both_ends(arguments)?;
    let (start, end) = (float(&low), float(&high));
    if arguments.is_log {
        // Python's hyperopt takes the logarithms of the ends.
        let is_log_scale = value_of(&low).is_some_and(|low| low <= 0.0);
        return Some(if is_log_scale {
            format!("hp::loguniform(\"{label}\", {start}, {end})")
        } else {
            format!("log({start}..={end})")
        });
    }
    match arguments.step.as_ref().or(arguments.third.as_ref()) {
        Some(step) => {
            let count = counted_steps(&low, &high, step).map(|count| count + 1);
            Some(count.map_or_else(
                || format!("hp::quniform(\"{label}\", {start}, {end}, {})", float(step)),
                |count| format!("linrange({start}, {end}, {count})"),
            ))
        }
        None => Some(format!("{start}..={end}")),
    }
}

fn integers(arguments: Arguments, is_half_open: bool) -> Option<String> {
    let dots = if is_half_open { ".." } else { "..=" };
    let (low, high) = match (both_ends(&arguments), arguments.low) {
        (Some([low, high]), _) => (source(&low), source(&high)),
        (None, Some(high)) => ("0".to_owned(), source(&high)),
        (None, None) => return None,
    };
    let low = if arguments.is_log && low == "0" { "1".to_owned() } else { low };
    let range = format!("{low}{dots}{high}");
    match arguments.step.or(arguments.third) {
        _ if arguments.is_log => Some(format!("log({range})")),
        Some(step) if source(&step) != "1" => Some(format!("ordinal(({range}).step_by({}))", source(&step))),
        _ => Some(range),
    }
}

fn spaced(kind: Kind, arguments: &Arguments) -> Option<String> {
    let [low, high] = both_ends(arguments)?;
    let count = arguments.count.as_ref().or(arguments.third.as_ref()).map_or_else(|| "50".to_owned(), source);
    let (low, high) = (float(&low), float(&high));
    Some(match kind {
        Kind::Powers => format!("exp_linrange({low}, {high}, {count})"),
        Kind::Geometric => format!("log(linrange({low}, {high}, {count}))"),
        _ => format!("linrange({low}, {high}, {count})"),
    })
}

/// Python's `range` and `np.arange`, which end before their upper end, and Julia's `range`, which takes a number of values.
fn stepped(arguments: &Arguments) -> Option<String> {
    if arguments.count.is_some() {
        return spaced(if arguments.is_log { Kind::Geometric } else { Kind::Spaced }, arguments);
    }
    let Some([low, high]) = both_ends(arguments) else {
        return arguments.low.as_ref().map(|high| format!("0..{}", source(high)));
    };
    let is_float = [&low, &high].iter().any(|end| literal(end) == Some(Literal::Float));
    let (start, end) = if is_float { (float(&low), float(&high)) } else { (source(&low), source(&high)) };
    let Some(step) = arguments.step.as_ref().or(arguments.third.as_ref()) else {
        let range = if is_float { format!("{start}..={end}") } else { format!("{start}..{end}") };
        return Some(if arguments.is_log { format!("log({range})") } else { range });
    };
    let span = value_of(&high)? - value_of(&low)?;
    let distance = value_of(step)?;
    if distance > span {
        // As a distance it would leave one value only.
        return spaced(Kind::Spaced, arguments);
    }
    if !is_float && literal(step) == Some(Literal::Int) {
        return Some(format!("ordinal(({start}..{end}).step_by({}))", source(step)));
    }
    let count = ((span / distance) - 1e-9).ceil();
    let last = value_of(&low)? + (count - 1.0) * distance;
    let last = (last * 1e9).round() / 1e9;
    (1.0..1e6).contains(&count).then(|| format!("linrange({}, {last:?}, {count})", float(&low)))
}

/// Returns the number of steps between two numbers, if it is a whole one.
pub(super) fn counted_steps(low: &Expr, high: &Expr, step: &Expr) -> Option<u32> {
    let steps = (value_of(high)? - value_of(low)?) / value_of(step)?;
    ((1.0..1e6).contains(&steps) && (steps - steps.round()).abs() < 1e-6).then(|| steps.round() as u32)
}
