//! Reads hyperparameters of the dialect with a `space`: `choice`, `uniform`, `loguniform` and so on.

use crate::definition::{ParameterKind, Scale, Space};
use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::examples::{Examples, short};
use crate::read::fields::{Fields, integer, list, number, peeked, text};
use crate::read::values::distinct;
use crate::suggest::instead;
use crate::tree::Node;

pub(crate) const SPACES: [&str; 14] = [
    "choice",
    "grid_search",
    "uniform",
    "float",
    "loguniform",
    "quniform",
    "qloguniform",
    "randint",
    "int",
    "lograndint",
    "qrandint",
    "qlograndint",
    "randn",
    "qrandn",
];

/// The keys of all spaces, and of hyperparameters with a `type`.
const KEYS: [&str; 12] =
    ["lower", "upper", "q", "base", "categories", "values", "mean", "sd", "low", "high", "steps", "scale"];

/// The range of fractions that messages suggest.
const USUAL: (f64, f64) = (0.0001, 0.1);

/// Returns whether `node` is the name of a space of this dialect.
pub(crate) fn is_space(node: &Node) -> bool {
    node.text().is_some_and(|name| {
        let name = name.to_lowercase();
        name == "categorical" || SPACES.contains(&name.as_str())
    })
}

/// Reads the values of a hyperparameter; `None` if something is wrong with them. Keys that this space does not have are noted if
/// another one has them.
pub(crate) fn by_space(
    space_node: &Node,
    fields: &mut Fields<'_>,
    findings: &mut Findings,
) -> Option<(ParameterKind, Space)> {
    let read = values_by_space(space_node, fields, findings)?;
    if let Some(name) = space_node.text() {
        fields.beside(&KEYS, &format!("`space: {name}`"), findings);
    }
    Some(read)
}

fn values_by_space(
    space_node: &Node,
    fields: &mut Fields<'_>,
    findings: &mut Findings,
) -> Option<(ParameterKind, Space)> {
    let name = text("space", space_node, findings)?;
    let lower = name.to_lowercase();
    let scale = if lower.contains("log") { Scale::Log } else { Scale::Linear };
    match lower.as_str() {
        "choice" | "categorical" => {
            Some((ParameterKind::Category, Space::Choice(values("categories", "values", fields, findings)?)))
        }
        "grid_search" => {
            Some((ParameterKind::Category, Space::Grid(values("values", "categories", fields, findings)?)))
        }
        "float" => {
            let (low, high, mark) = range(scale, None, fields, findings)?;
            above(low, high, false, mark, findings)?;
            Some((ParameterKind::Float, Space::Float { low, high, is_open: false, scale }))
        }
        "uniform" | "loguniform" => {
            let (low, high, mark) = range(scale, None, fields, findings)?;
            above(low, high, true, mark, findings)?;
            Some((ParameterKind::Float, Space::Float { low, high, is_open: true, scale }))
        }
        "quniform" | "qloguniform" => {
            let q = fields.need("q", "0.5", findings).map(|node| quantum(node, findings));
            // An end that is no multiple is said with one that is, which above 0 has a logarithm too.
            let ends = ends(false, scale, Some(q.flatten().unwrap_or(0.5)), fields, findings);
            let q = q??;
            let (low, high, mark) = numbers(ends, findings)?;
            above(low, high, false, mark, findings)?;
            multiples((low, ends.0?.mark), (high, ends.1?.mark), q, scale, findings)?;
            positive_end(low, scale, mark, findings)?;
            Some((ParameterKind::Float, Space::Quantized { low, high, q, scale }))
        }
        "randint" | "lograndint" => {
            let (low, high, mark) = int_range(scale, None, fields, findings)?;
            above(low as f64, high as f64, true, mark, findings)?;
            Some((ParameterKind::Int, Space::Int { low, high: high - 1, scale }))
        }
        "int" => {
            let (low, high, mark) = int_range(scale, None, fields, findings)?;
            above(low as f64, high as f64, false, mark, findings)?;
            Some((ParameterKind::Int, Space::Int { low, high, scale }))
        }
        "qrandint" | "qlograndint" => {
            let q_node = if lower == "qrandint" { fields.take("q") } else { fields.need("q", "2", findings) };
            let q = q_node.map(|node| step(node, findings));
            let multiple = match (q, lower.as_str()) {
                (Some(q), _) => q.map(|q| q as f64),
                (None, "qrandint") => None,
                (None, _) => Some(2.0),
            };
            let range = int_range(scale, multiple, fields, findings);
            let q = match (q, lower.as_str()) {
                (Some(q), _) => q?,
                (None, "qrandint") => 1,
                (None, _) => return None,
            };
            quantized_int(range?, q, scale, findings)
        }
        "randn" | "qrandn" => {
            let mean = fields.take("mean").map_or(Some(0.0), |node| number("mean", node, findings));
            let sd = fields.take("sd").map_or(Some(1.0), |node| positive("sd", node, findings));
            let q = match lower.as_str() {
                "randn" => None,
                _ => Some(fields.need("q", "0.5", findings).and_then(|node| quantum(node, findings))?),
            };
            Some((ParameterKind::Float, Space::Normal { mean: mean?, sd: sd?, q }))
        }
        _ => {
            let hint = instead(&lower, &SPACES);
            findings.fault(space_node.mark, format!("there is no space `{name}`; {hint}"));
            None
        }
    }
}

fn values(
    key: &'static str,
    alias: &'static str,
    fields: &mut Fields<'_>,
    findings: &mut Findings,
) -> Option<Vec<serde_json::Value>> {
    let node = fields.take_as(key, alias, findings).or_else(|| fields.need(key, "[a, b]", findings))?;
    let values = distinct(key, list(key, node, findings)?, findings);
    if values.is_empty() {
        findings.fault(node.mark, format!("`{key}` is empty; give at least one value"));
        return None;
    }
    Some(values)
}

/// The nodes of `lower` and `upper`.
type Ends<'a> = (Option<&'a Node>, Option<&'a Node>);

/// Returns `lower` and `upper`. The `base` of a logarithmic space does not change them.
fn ends<'a>(
    is_whole: bool,
    scale: Scale,
    q: Option<f64>,
    fields: &mut Fields<'a>,
    findings: &mut Findings,
) -> Ends<'a> {
    let found = (peeked(fields.take("lower")), peeked(fields.take("upper")));
    let examples = Examples::new(USUAL, is_whole, scale, q, found);
    let ends = (fields.need("lower", &examples.low(), findings), fields.need("upper", &examples.high(), findings));
    if scale == Scale::Log {
        fields.without_effect(&["base"], findings);
    }
    ends
}

fn numbers((lower, upper): Ends<'_>, findings: &mut Findings) -> Option<(f64, f64, Mark)> {
    let low = lower.and_then(|node| number("lower", node, findings));
    let high = upper.and_then(|node| number("upper", node, findings));
    Some((low?, high?, lower?.mark))
}

fn range(scale: Scale, q: Option<f64>, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<(f64, f64, Mark)> {
    let (lower, upper) = ends(false, scale, q, fields, findings);
    let low = lower.and_then(|node| number("lower", node, findings));
    let high = upper.and_then(|node| number("upper", node, findings));
    let mark = lower?.mark;
    positive_end(low?, scale, mark, findings)?;
    Some((low?, high?, mark))
}

fn int_range(
    scale: Scale,
    q: Option<f64>,
    fields: &mut Fields<'_>,
    findings: &mut Findings,
) -> Option<(i64, i64, Mark)> {
    let (lower, upper) = ends(true, scale, q, fields, findings);
    let low = lower.and_then(|node| integer("lower", node, findings));
    let high = upper.and_then(|node| integer("upper", node, findings));
    let mark = lower?.mark;
    positive_end(low? as f64, scale, mark, findings)?;
    Some((low?, high?, mark))
}

fn positive_end(low: f64, scale: Scale, mark: Mark, findings: &mut Findings) -> Option<()> {
    if scale == Scale::Log && low <= 0.0 {
        findings.fault(mark, format!("`lower: {low}` has no logarithm; a log space starts above 0"));
        return None;
    }
    Some(())
}

/// Checks that the ends are in order, and different if the upper one is excluded.
fn above(low: f64, high: f64, is_open: bool, mark: Mark, findings: &mut Findings) -> Option<()> {
    if low > high {
        findings.fault(mark, format!("`lower: {low}` is above `upper: {high}`; swap them"));
        None
    } else if is_open && low == high {
        findings.fault(mark, format!("there is nothing from {low} up to {high}, which is left out; raise `upper`"));
        None
    } else {
        Some(())
    }
}

fn positive(key: &str, node: &Node, findings: &mut Findings) -> Option<f64> {
    let found = number(key, node, findings)?;
    if found <= 0.0 {
        findings.fault(node.mark, format!("`{key}` is `{found}`; write a number above 0"));
        return None;
    }
    Some(found)
}

fn quantum(node: &Node, findings: &mut Findings) -> Option<f64> {
    positive("q", node, findings)
}

fn step(node: &Node, findings: &mut Findings) -> Option<i64> {
    let found = integer("q", node, findings)?;
    if found < 1 {
        findings.fault(node.mark, format!("`q` is `{found}`; write 1 or more"));
        return None;
    }
    Some(found)
}

/// Checks that both ends are multiples of `q`. The multiples that are written instead make a range together.
fn multiples(
    (low, low_mark): (f64, Mark),
    (high, high_mark): (f64, Mark),
    q: f64,
    scale: Scale,
    findings: &mut Findings,
) -> Option<()> {
    let is_multiple = |end: f64| {
        let ratio = end / q;
        (ratio - ratio.round()).abs() <= 1e-9 * ratio.abs().max(1.0)
    };
    let lowest = if scale == Scale::Log { 1.0 } else { f64::NEG_INFINITY };
    let first = (low / q).round().max(lowest);
    let last = (high / q).round().max(first + 1.0);
    for (key, end, near, mark) in [("lower", low, first, low_mark), ("upper", high, last, high_mark)] {
        if !is_multiple(end) {
            findings.fault(mark, format!("`{key}: {end}` is no multiple of `q: {q}`; write {}", short(near * q)));
        }
    }
    (is_multiple(low) && is_multiple(high)).then_some(())
}

/// Returns the multiples of `q` from `low` to `high`. An end that is not a multiple is left out, with a note.
fn quantized_int(
    (low, high, mark): (i64, i64, Mark),
    q: i64,
    scale: Scale,
    findings: &mut Findings,
) -> Option<(ParameterKind, Space)> {
    // With a step of 1, the upper end is excluded, as without a step.
    above(low as f64, high as f64, q == 1, mark, findings)?;
    if q == 1 {
        return Some((ParameterKind::Int, Space::Int { low, high: high - 1, scale }));
    }
    let ends = low.checked_add((q - low.rem_euclid(q)) % q).zip(high.checked_sub(high.rem_euclid(q)));
    let Some((first, last)) = ends else {
        findings
            .fault(mark, format!("the multiples of `q: {q}` next to {low} and {high} leave 64 bits; narrow the range"));
        return None;
    };
    if first > last {
        let message = format!("no multiple of `q: {q}` lies between {low} and {high}; write `upper: {first}`");
        findings.fault(mark, message);
        return None;
    }
    if (first, last) != (low, high) {
        findings
            .note(mark, format!("the multiples of `q: {q}` between {low} and {high} are those from {first} to {last}"));
    }
    Some((ParameterKind::Int, Space::Multiples { low: first, high: last, q, scale }))
}
