//! Reads hyperparameters of the dialect with a `type`: `float`, `int` or `category`.

use serde_json::Value;

use crate::definition::{ParameterKind, Scale, Space};
use crate::errors::Findings;
use crate::read::examples::Examples;
use crate::read::fields::{Fields, count, integer, list, number, peeked, text};
use crate::read::values::distinct;
use crate::suggest::instead;
use crate::sweep::dimension;
use crate::tree::{Kind, Node};

pub(crate) const TYPES: [&str; 4] = ["float", "real", "int", "category"];

/// Reads the values of a hyperparameter; `None` if something is wrong with them.
pub(crate) fn by_type(
    type_node: &Node,
    fields: &mut Fields<'_>,
    findings: &mut Findings,
) -> Option<(ParameterKind, Space)> {
    let name = text("type", type_node, findings)?;
    match name.to_lowercase().as_str() {
        "float" | "real" => Some((ParameterKind::Float, float(fields, findings)?)),
        "int" => Some((ParameterKind::Int, int(fields, findings)?)),
        "category" => {
            let node = fields.need("values", "[a, b]", findings)?;
            let values = distinct("values", list("values", node, findings)?, findings);
            if values.len() < 2 {
                let found = if values.is_empty() { "nothing" } else { "one value only" };
                findings.fault(node.mark, format!("`values` holds {found}; give two or more to choose from"));
                return None;
            }
            Some((ParameterKind::Category, Space::Choice(values)))
        }
        other => {
            let hint = instead(other, &TYPES);
            findings.fault(type_node.mark, format!("there is no type `{name}`; {hint}"));
            None
        }
    }
}

/// Reads the scale, which documents call `scale` and programs `space`.
fn scale(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Scale> {
    let (first, second) = (fields.take("scale"), fields.take("space"));
    let mut named = |key: &str, node: &Node| {
        let name = text(key, node, findings)?;
        let scale = Scale::named(name);
        if scale.is_none() {
            let hint = instead(name, &Scale::NAMES);
            findings.fault(node.mark, format!("there is no scale `{name}`; {hint}"));
        }
        scale
    };
    match (first, second) {
        (None, None) => Some(Scale::Linear),
        (Some(node), None) => named("scale", node),
        (None, Some(node)) => named("space", node),
        (Some(first), Some(second)) => {
            let scales = (named("scale", first)?, named("space", second)?);
            if scales.0 != scales.1 {
                let message = "`scale` and `space` are two names for one thing, and differ; leave one out";
                findings.fault(second.mark, message);
                return None;
            }
            Some(scales.0)
        }
    }
}

/// Checks that the ends of a range are in order and on their scale.
fn check(low: f64, high: f64, scale: Scale, low_node: &Node, findings: &mut Findings) -> Option<()> {
    let fault = if low > high {
        format!("`low: {low}` is above `high: {high}`; swap them")
    } else if low == high {
        format!(
            "`low` and `high` are both {low}, which leaves nothing to choose; write the value into the configuration"
        )
    } else if scale == Scale::Log && low <= 0.0 {
        format!("`low: {low}` has no logarithm; a log scale starts above 0")
    } else if scale == Scale::Logit && !(low > 0.0 && high < 1.0) {
        format!("{low} to {high} does not fit a logit scale; it lies between 0 and 1, without the ends")
    } else {
        return Some(());
    };
    findings.fault(low_node.mark, fault);
    None
}

/// Returns `low` and `high`, which are required.
fn ends<'a>(
    is_whole: bool,
    scale: Option<Scale>,
    fields: &mut Fields<'a>,
    findings: &mut Findings,
) -> (Option<&'a Node>, Option<&'a Node>) {
    let found = (peeked(fields.take("low")), peeked(fields.take("high")));
    let examples = Examples::new((0.0, 1.0), is_whole, scale.unwrap_or(Scale::Linear), None, found);
    (fields.need("low", &examples.low(), findings), fields.need("high", &examples.high(), findings))
}

fn float(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Space> {
    let scale = scale(fields, findings);
    let (low_node, high_node) = ends(false, scale, fields, findings);
    let base_node = fields.take("base");
    let steps = fields.take("steps").map(|node| count("steps", 2, node, findings).ok_or(()));
    let low = low_node.and_then(|node| number("low", node, findings));
    let high = high_node.and_then(|node| number("high", node, findings));
    let base = base_node.map(|node| base(node, scale, findings).ok_or(()));
    let (low_node, mut low, mut high, scale) = (low_node?, low?, high?, scale?);
    if let Some(base) = base {
        let base: f64 = base.ok()?;
        (low, high) = (base.powf(low), base.powf(high));
        if !(low > 0.0 && high.is_finite()) {
            findings
                .fault(low_node.mark, format!("the powers of {base} leave the floats; `low` and `high` are exponents"));
            return None;
        }
    }
    check(low, high, scale, low_node, findings)?;
    match steps {
        None => Some(Space::Float { low, high, is_open: false, scale }),
        Some(steps) => {
            let count = within(steps.ok()?, low_node, findings)?;
            Some(Space::Steps { low, high, count, scale })
        }
    }
}

/// Reads the base of exponents, which needs a log scale.
fn base(node: &Node, scale: Option<Scale>, findings: &mut Findings) -> Option<f64> {
    let base = number("base", node, findings)?;
    if scale.is_some_and(|scale| scale != Scale::Log) {
        findings.fault(node.mark, "`base` makes exponents of `low` and `high`, on a log scale; write `scale: log`");
        None
    } else if base <= 1.0 {
        findings.fault(node.mark, format!("`base` is `{base}`; write a number above 1"));
        None
    } else {
        Some(base)
    }
}

/// Checks that the steps can be listed.
fn within(steps: u64, node: &Node, findings: &mut Findings) -> Option<usize> {
    const MAX: u64 = 1_000_000;
    if steps > MAX {
        findings.fault(node.mark, format!("`steps` is {steps}; write {MAX} or fewer, or leave it out"));
        return None;
    }
    Some(steps as usize)
}

fn int(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Space> {
    let scale = scale(fields, findings);
    let (low_node, high_node) = ends(true, scale, fields, findings);
    let steps = fields.take("steps").map(|node| count("steps", 2, node, findings).ok_or(()));
    let low = low_node.and_then(|node| integer("low", node, findings));
    let high = high_node.and_then(|node| integer("high", node, findings));
    let (low_node, low, high, scale) = (low_node?, low?, high?, scale?);
    if scale == Scale::Logit {
        findings.fault(low_node.mark, "no integers lie between 0 and 1; write `type: float` for a logit scale");
        return None;
    }
    check(low as f64, high as f64, scale, low_node, findings)?;
    let Some(steps) = steps else { return Some(Space::Int { low, high, scale }) };
    let count = within(steps.ok()?, low_node, findings)?;
    // Truncated on a linear scale, as such files have always meant.
    let whole = |value: &Value| match scale {
        Scale::Linear => value.as_f64().map(|float| float.trunc() as i64),
        _ => value.as_f64().map(|float| float.round() as i64),
    };
    let dimension = dimension("steps", &Space::Steps { low: low as f64, high: high as f64, count, scale });
    let unit = |index: usize| (index as f64 + 0.5) / count as f64;
    let mut values: Vec<i64> = (0..count).filter_map(|index| whole(&dimension.decode(unit(index)))).collect();
    values.dedup();
    if values.len() < count {
        let integers = if values.len() == 1 { "1 integer".to_owned() } else { format!("{} integers", values.len()) };
        let message = format!("{count} steps between {low} and {high} are {integers}");
        findings.note(low_node.mark, message);
    }
    Some(Space::Ordered(values.into_iter().map(Value::from).collect()))
}

/// Returns whether the value of `space` is a scale of this dialect.
pub(crate) fn is_scale(node: &Node) -> bool {
    matches!(&node.kind, Kind::Text(name) if Scale::named(name).is_some())
}
