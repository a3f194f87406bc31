//! Reads hyperparameters of the dialect with a `space`: `choice`, `uniform`, `loguniform` and so on.

use crate::definition::{ParameterKind, Scale, Space};
use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::fields::{Fields, integer, list, number, text};
use crate::read::values::distinct;
use crate::suggest::instead;
use crate::tree::Node;

pub(crate) const SPACES: [&str; 13] = [
    "choice",
    "grid_search",
    "uniform",
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

/// Reads the values of a hyperparameter; `None` if something is wrong with them.
pub(crate) fn by_space(
    space_node: &Node,
    fields: &mut Fields<'_>,
    findings: &mut Findings,
) -> Option<(ParameterKind, Space)> {
    let name = text("space", space_node, findings)?;
    let lower = name.to_lowercase();
    let scale = if lower.contains("log") { Scale::Log } else { Scale::Linear };
    match lower.as_str() {
        "choice" | "categorical" => {
            Some((ParameterKind::Category, Space::Choice(values("categories", fields, findings)?)))
        }
        "grid_search" => Some((ParameterKind::Category, Space::Grid(values("values", fields, findings)?))),
        "uniform" | "loguniform" => {
            let (low, high, mark) = range(scale, fields, findings)?;
            above(low, high, true, mark, findings)?;
            Some((ParameterKind::Float, Space::Float { low, high, is_open: true, scale }))
        }
        "quniform" | "qloguniform" => {
            let q = fields.need("q", "0.5", findings).map(|node| quantum(node, findings));
            let (low, high, mark) = range(scale, fields, findings)?;
            let q = q??;
            above(low, high, false, mark, findings)?;
            multiples(low, high, q, mark, findings)?;
            Some((ParameterKind::Float, Space::Quantized { low, high, q, scale }))
        }
        "randint" | "lograndint" => {
            let (low, high, mark) = int_range(scale, fields, findings)?;
            above(low as f64, high as f64, true, mark, findings)?;
            Some((ParameterKind::Int, Space::Int { low, high: high - 1, scale }))
        }
        "int" => {
            let (low, high, mark) = int_range(scale, fields, findings)?;
            above(low as f64, high as f64, false, mark, findings)?;
            Some((ParameterKind::Int, Space::Int { low, high, scale }))
        }
        "qrandint" | "qlograndint" => {
            let q_node = if lower == "qrandint" { fields.take("q") } else { fields.need("q", "2", findings) };
            let q = q_node.map(|node| step(node, findings));
            let range = int_range(scale, fields, findings);
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

fn values(key: &'static str, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Vec<serde_json::Value>> {
    let node = fields.need(key, "[a, b]", findings)?;
    let values = distinct(key, list(key, node, findings)?, findings);
    if values.is_empty() {
        findings.fault(node.mark, format!("`{key}` is empty; give at least one value"));
        return None;
    }
    Some(values)
}

/// Returns `lower` and `upper`. The `base` of a logarithmic space does not change them.
fn ends<'a>(scale: Scale, fields: &mut Fields<'a>, findings: &mut Findings) -> (Option<&'a Node>, Option<&'a Node>) {
    let ends = (fields.need("lower", "0.0001", findings), fields.need("upper", "0.1", findings));
    if scale == Scale::Log {
        fields.without_effect(&["base"], findings);
    }
    ends
}

fn range(scale: Scale, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<(f64, f64, Mark)> {
    let (lower, upper) = ends(scale, fields, findings);
    let low = lower.and_then(|node| number("lower", node, findings));
    let high = upper.and_then(|node| number("upper", node, findings));
    let mark = lower?.mark;
    positive_end(low?, scale, mark, findings)?;
    Some((low?, high?, mark))
}

fn int_range(scale: Scale, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<(i64, i64, Mark)> {
    let (lower, upper) = ends(scale, fields, findings);
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

/// Checks that both ends are multiples of `q`.
fn multiples(low: f64, high: f64, q: f64, mark: Mark, findings: &mut Findings) -> Option<()> {
    for (key, end) in [("lower", low), ("upper", high)] {
        let ratio = end / q;
        if (ratio - ratio.round()).abs() > 1e-9 * ratio.abs().max(1.0) {
            let near = (ratio.round() * q * 1e12).round() / 1e12;
            findings.fault(mark, format!("`{key}: {end}` is no multiple of `q: {q}`; write {near}"));
            return None;
        }
    }
    Some(())
}

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
    multiples(low as f64, high as f64, q as f64, mark, findings)?;
    Some((ParameterKind::Int, Space::Multiples { low, high, q, scale }))
}
