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
            let scale = scale(end).filter(|_| is_unsuffixed(&end.receiver) && end.args.is_empty())?;
            let range = ExprRange { end: Some(end.receiver.clone()), ..range.clone() };
            at(format!("`{}` is not a method of a number; write `{}`", end.method, scaled(scale, &range)))
        }
        Expr::MethodCall(method) => {
            let receiver = inner(&method.receiver);
            let written = source(receiver);
            let name = &method.method;
            if let (Some(scale), Expr::Range(range)) = (scale(method), receiver) {
                return at(format!("a range has no method `{name}`; write `{}`", scaled(scale, range)));
            }
            if let (Some(scale), Some(("linrange", _))) = (scale(method), call(receiver).as_ref().map(named)) {
                return at(format!("`{name}` is a function; write `{scale}({written})`"));
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
            let range = ranged(receiver)?;
            let is_float =
                [&range.start, &range.end].into_iter().flatten().any(|end| literal(end) == Some(Literal::Float));
            if is_float {
                return stepped(range, method).and_then(at);
            }
            let is_iterator = ITERATORS.contains(&name.to_string().as_str());
            is_iterator
                .then(|| format!("an iterator is not a set of candidates; write `ordinal({})`", iterator(value)))
                .and_then(at)
        }
        _ => None,
    }
}

fn named<'a, 'e>((name, arguments): &'a (String, Vec<&'e Expr>)) -> (&'a str, &'a [&'e Expr]) {
    (name, arguments)
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

/// Returns the range on a scale, without the numbers that the scale does not have.
fn scaled(scale: &str, range: &ExprRange) -> String {
    let dots = if matches!(range.limits, RangeLimits::Closed(_)) { "..=" } else { ".." };
    let number = |end: &Option<Box<Expr>>| end.as_ref().map(|end| (source(end), source(end).parse::<f64>().ok()));
    let (start, end) = (number(&range.start), number(&range.end));
    let is_int = range.end.as_deref().and_then(literal) == Some(Literal::Int);
    match (scale, start, end) {
        ("log", Some((_, Some(..=0.0))) | None, Some((end, high))) if high.is_none_or(|high| high > 0.0) => {
            format!("log({}{dots}{end})", if is_int { "1" } else { "1e-5" })
        }
        ("logit", Some((_, Some(low))), Some((_, Some(high)))) if low <= 0.0 || high >= 1.0 => {
            "logit(0.01..=0.99)".to_owned()
        }
        (_, Some((start, _)), Some((end, _))) => format!("{scale}({start}{dots}{end})"),
        _ => format!("{scale}({})", if scale == "logit" { "0.01..=0.99" } else { "1e-5..=1e-1" }),
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

/// Returns the message about a range of floats with a step.
fn stepped(range: &ExprRange, method: &ExprMethodCall) -> Option<String> {
    if !matches!(method.method.to_string().as_str(), "step_by" | "step") || method.args.len() != 1 {
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
