//! Methods that ranges and lists do not have: `(1e-5..=1e-1).log()`, `[1, 2].labels(["a", "b"])`, `(1..=64).step_by(2)`.

use syn::{Error, Expr, ExprMethodCall, ExprRange, RangeLimits};

use crate::shape::{Literal, call, elements, float, inner, is_number, literal, short};
use crate::source::source;

/// Methods that make an iterator of a range.
const ITERATORS: [&str; 8] = ["step_by", "map", "filter", "filter_map", "rev", "take", "skip", "chain"];

/// Returns the error about candidates with a method that they do not have.
pub(super) fn check(value: &Expr) -> Option<Error> {
    let at = |message: String| Some(Error::new_spanned(value, message));
    match inner(value) {
        Expr::Range(range) => {
            // The method belongs to the number before it.
            let Expr::MethodCall(end) = range.end.as_deref()? else { return None };
            if is_unsuffixed(&end.receiver) && is_step(end) {
                let range = ExprRange { end: Some(end.receiver.clone()), ..range.clone() };
                let is_float = [&range.start, &range.end].into_iter().flatten().any(|end| is_float(end));
                return if is_float { stepped(&range, end) } else { Some(stepped_integers(&range, end)) }.and_then(at);
            }
            let scale = scale(end).filter(|_| is_unsuffixed(&end.receiver) && end.args.is_empty())?;
            let range = ExprRange { end: Some(end.receiver.clone()), ..range.clone() };
            let (lacks, instead) = scaled(scale, &range);
            at(format!("`{}` is not a method of a number{lacks}; write `{instead}`", end.method))
        }
        Expr::MethodCall(method) => {
            let receiver = inner(&method.receiver);
            let written = source(receiver);
            let name = &method.method;
            if let Some((why, instead)) = on_scale(value) {
                return at(format!("{why}; write `{instead}`"));
            }
            if let (Some("log"), Some(listed)) = (scale(method), elements(receiver)) {
                let values: Option<Vec<f64>> = listed.iter().map(|one| source(one).parse().ok()).collect();
                let [low, .., high] = &listed[..] else { return None };
                return match values.as_deref() {
                    Some([lowest, .., highest]) if 0.0 < *lowest && lowest < highest => at(format!(
                        "a list has no method `{name}`; write `log({}..={})` for all between, or `ordinal({written})` for \
                         these",
                        source(low),
                        source(high)
                    )),
                    _ => None,
                };
            }
            if name == "labels" {
                return labels(receiver, method).and_then(at);
            }
            let Some(range) = ranged(receiver) else { return iterated(method).and_then(at) };
            if [&range.start, &range.end].into_iter().flatten().any(|end| is_float(end)) {
                return stepped(range, method).or_else(|| all_between(range, method)).and_then(at);
            }
            let is_iterator = ITERATORS.contains(&name.to_string().as_str());
            is_iterator
                .then(|| format!("an iterator is not a set of candidates; write `ordinal({})`", iterator(value)))
                .or_else(|| collected(method))
                .and_then(at)
        }
        _ => None,
    }
}

/// Why a range or `linrange` with a method such as `log` is wrong, and what to write instead.
fn on_scale(value: &Expr) -> Option<(String, String)> {
    let Expr::MethodCall(method) = inner(value) else { return None };
    let (scale, receiver, name) = (scale(method)?, inner(&method.receiver), &method.method);
    match receiver {
        Expr::Range(range) => {
            let (lacks, instead) = scaled(scale, range);
            Some((format!("a range has no method `{name}`{lacks}"), instead))
        }
        _ if call(receiver).is_some_and(|(function, _)| function == "linrange") => {
            Some((format!("`{name}` is a function"), format!("{scale}({})", source(receiver))))
        }
        _ => None,
    }
}

/// Returns a range or `linrange` with such a method as it should be written.
pub(super) fn rescaled(value: &Expr) -> Option<String> {
    on_scale(value).map(|(_, instead)| instead)
}

/// Returns the function that is meant by a method without arguments, such as `log10`.
fn scale(method: &ExprMethodCall) -> Option<&'static str> {
    match method.method.to_string().as_str() {
        "log" | "ln" | "log2" | "log10" => Some("log"),
        "logit" => Some("logit"),
        "bilog" => Some("bilog"),
        _ => None,
    }
}

/// Whether `expr` is a number without a type, on which no method can be called.
fn is_unsuffixed(expr: &Expr) -> bool {
    is_number(expr) && source(expr).parse::<f64>().is_ok()
}

/// Returns the range on a scale, without the numbers that the scale does not have, after what to say about these.
fn scaled(scale: &str, range: &ExprRange) -> (&'static str, String) {
    let dots = if matches!(range.limits, RangeLimits::Closed(_)) { "..=" } else { ".." };
    let text = |end: &Option<Box<Expr>>| end.as_ref().map(source);
    let number = |end: &Option<Box<Expr>>| text(end).and_then(|text| text.parse::<f64>().ok());
    let (Some(start), Some(end)) = (text(&range.start), text(&range.end)) else {
        let (low, high) = if scale == "logit" { ("0.01", "0.99") } else { ("1e-5", "1e-1") };
        let (start, end) = (text(&range.start), text(&range.end));
        return ("", format!("{scale}({}..={})", start.as_deref().unwrap_or(low), end.as_deref().unwrap_or(high)));
    };
    let (low, high) = (number(&range.start), number(&range.end));
    let is_int = range.end.as_deref().and_then(literal) == Some(Literal::Int);
    match (scale, low, high) {
        ("log", Some(..0.0), _) | ("log", _, Some(..0.0)) => {
            let ends = [&range.start, &range.end].map(|end| end.as_deref().map(float).unwrap_or_default());
            (", and a logarithm no numbers below 0", format!("bilog({})", ends.join("..=")))
        }
        ("log", Some(0.0), _) if is_int => (", and a logarithm no 0", format!("log(1{dots}{end})")),
        ("log", Some(0.0), Some(..=1e-5)) => (", and a logarithm no 0", "log(1e-5..=1e-1)".to_owned()),
        ("log", Some(0.0), _) => (", and a logarithm no 0", format!("log(1e-5{dots}{end})")),
        ("logit", Some(low), Some(high)) if low <= 0.0 || high >= 1.0 => {
            let start = if low > 0.0 && low < 0.99 { start } else { "0.01".to_owned() };
            let end = if high < 1.0 && high > 0.01 { end } else { "0.99".to_owned() };
            (", and the log-odds are between 0 and 1", format!("logit({start}..={end})"))
        }
        _ => ("", format!("{scale}({start}{dots}{end})")),
    }
}

/// Returns the message about labels of a list or a range, which only `categorical` and `ordinal` give.
fn labels(receiver: &Expr, method: &ExprMethodCall) -> Option<String> {
    let arguments: Vec<String> = method.args.iter().map(source).collect();
    if elements(receiver).is_some() {
        let written = format!("categorical({}).labels({})", source(receiver), arguments.join(", "));
        return Some(format!("a list gets its labels from `categorical`; write `{written}`"));
    }
    let is_range = matches!(receiver, Expr::Range(_))
        || call(receiver)
            .is_some_and(|(name, _)| matches!(name.as_str(), "linrange" | "exp_linrange" | "log" | "logit" | "bilog"));
    is_range.then(|| {
        let range = short(receiver);
        format!("numbers of a range have no labels; write `{range}`, or a list, `categorical([…]).labels([…])`")
    })
}

/// Returns the range at the beginning of a chain of methods.
fn ranged(receiver: &Expr) -> Option<&ExprRange> {
    match inner(receiver) {
        Expr::Range(range) => Some(range),
        Expr::MethodCall(call) => ranged(&call.receiver),
        _ => None,
    }
}

fn is_float(number: &Expr) -> bool {
    literal(number) == Some(Literal::Float)
}

fn is_step(method: &ExprMethodCall) -> bool {
    matches!(method.method.to_string().as_str(), "step_by" | "step") && method.args.len() == 1
}

fn stepped_integers(range: &ExprRange, method: &ExprMethodCall) -> String {
    let step = source(&method.args);
    format!(
        "the step is that of the range, which needs parentheses; write `ordinal(({}).step_by({step}))`",
        source(range)
    )
}

/// Returns the message about a range of floats that is collected.
fn all_between(range: &ExprRange, method: &ExprMethodCall) -> Option<String> {
    let name = method.method.to_string();
    (ITERATORS.contains(&name.as_str()) || name == "collect")
        .then(|| format!("floats between two ends cannot be counted; write `{}` for all of them", source(range)))
}

/// Returns the message about `collect` that does not say what it makes.
fn collected(method: &ExprMethodCall) -> Option<String> {
    (method.method == "collect" && method.turbofish.is_none()).then(|| {
        format!("`collect` needs the type of a list; write `{}.collect::<Vec<_>>()`", source(&method.receiver))
    })
}

/// Methods that make an iterator of a list or a text.
const BEGINNINGS: [&str; 8] = ["iter", "into_iter", "chars", "bytes", "lines", "split", "split_whitespace", "windows"];

/// Returns the message about an iterator over a list: `values.iter().map(f)`.
fn iterated(method: &ExprMethodCall) -> Option<String> {
    let name = method.method.to_string();
    let receiver = source(&method.receiver);
    let begins = BEGINNINGS.contains(&name.as_str());
    let why = "an iterator is not a set of candidates";
    if matches!(name.as_str(), "iter" | "into_iter") && method.args.is_empty() {
        return Some(format!("{why}; write `{receiver}`"));
    }
    let is_adaptor =
        ITERATORS.contains(&name.as_str()) || matches!(name.as_str(), "copied" | "cloned" | "zip" | "enumerate");
    let is_iterator = begins && matches!(inner(&method.receiver), Expr::Lit(_) | Expr::Path(_))
        || is_adaptor && is_begun(&method.receiver);
    if is_iterator {
        let method = source(method);
        return Some(format!("{why}; write `{method}.collect::<Vec<_>>()`"));
    }
    if is_begun(&method.receiver) { collected(method) } else { None }
}

/// Whether a chain of methods begins with one that makes an iterator.
fn is_begun(expr: &Expr) -> bool {
    match inner(expr) {
        Expr::MethodCall(call) => BEGINNINGS.contains(&call.method.to_string().as_str()) || is_begun(&call.receiver),
        _ => false,
    }
}

/// Returns the message about a range of floats with a step.
fn stepped(range: &ExprRange, method: &ExprMethodCall) -> Option<String> {
    if !is_step(method) {
        return None;
    }
    let (low, high) = (range.start.as_ref()?, range.end.as_ref()?);
    let number = |expr: &Expr| source(expr).parse::<f64>().ok();
    let steps =
        Some((number(high)? - number(low)?) / number(&method.args[0])?).filter(|steps| (1.0..1e6).contains(steps));
    let count = steps.map_or(11.0, |steps| steps.round() + 1.0);
    Some(format!(
        "floats are listed by their number; write `linrange({}, {}, {count})`, both ends included",
        float(low),
        float(high)
    ))
}

/// Returns the source text of an iterator over a range, whose parentheses it needs.
fn iterator(value: &Expr) -> String {
    match short(value) {
        long if long == "…" => "(1..=64).step_by(2)".to_owned(),
        text => text,
    }
}
