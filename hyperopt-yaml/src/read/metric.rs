//! Reads what is measured: `metric`, `split` and `output_feature`.

use crate::definition::is_better_large;
use crate::errors::Findings;
use crate::read::features::Features;
use crate::read::fields::{Fields, text};
use crate::suggest::instead;
use crate::tree::Node;

/// The metric of a sweep, and where it is measured.
#[derive(Debug)]
pub(crate) struct MetricPart {
    pub(crate) metric: String,
    pub(crate) split: String,
    pub(crate) eval_split: String,
    pub(crate) output_feature: String,
}

/// Reads the keys that say what is measured. Without a goal, a metric that is better the larger it is, is noted.
pub(crate) fn metric(
    fields: &mut Fields<'_>,
    features: &Features,
    has_goal: bool,
    findings: &mut Findings,
) -> MetricPart {
    let metric_node = fields.take("metric");
    let written = metric_node.and_then(|node| text("metric", node, findings)).unwrap_or("loss");
    if let Some(node) = metric_node.filter(|_| written.split('.').any(|part| part.trim().is_empty())) {
        let parts: Vec<_> = written.split('.').map(str::trim).filter(|part| !part.is_empty()).collect();
        let instead = if parts.is_empty() { "loss".to_owned() } else { parts.join(".") };
        findings.fault(node.mark, format!("`metric: {written:?}` has an empty part; write `metric: {instead}`"));
    }
    let split_node = fields.take("split");
    let split = split_node.and_then(|node| split("split", node, findings));
    let eval_split = fields.take("eval_split").and_then(|node| self::split("eval_split", node, findings));
    let feature_node = fields.take("output_feature");
    let feature = feature_node.and_then(|node| text("output_feature", node, findings));
    let path = metric_node.zip(path(written, features));
    let (metric, split, feature) = match path {
        Some((node, path)) => {
            let named = [("split", path.split, split), ("output_feature", Some(path.feature), feature)];
            for (key, own, given) in named {
                if let (Some(own), Some(given)) = (own, given)
                    && own != given
                {
                    let message = format!("`metric: {written}` names `{own}`, and `{key}` is `{given}`; leave one out");
                    findings.fault(node.mark, message);
                }
            }
            let split = path.split.or(split).unwrap_or("validation");
            let message = format!(
                "`metric: {written}` is read as `metric: {}`, `output_feature: {}` and `split: {split}`",
                path.metric, path.feature
            );
            findings.note(node.mark, message);
            (path.metric, split, path.feature)
        }
        None => (written, split.unwrap_or("validation"), feature.unwrap_or("combined")),
    };
    features.check(feature, feature_node.or(path.map(|(node, _)| node)), metric, metric_node, findings);
    if let Some(node) = metric_node.filter(|_| !has_goal && is_better_large(metric)) {
        findings.note(node.mark, format!("`{metric}` is minimized; write `goal: maximize` if more is better"));
    }
    for key in ["validation_metric", "validation_metrics"] {
        if let Some(node) = fields.take(key) {
            findings.note(node.mark, format!("`{key}` of `hyperopt` has no effect here: the metric is `{metric}`"));
        }
    }
    MetricPart {
        metric: metric.to_owned(),
        split: split.to_owned(),
        eval_split: eval_split.unwrap_or("validation").to_owned(),
        output_feature: feature.to_owned(),
    }
}

/// A metric that is written as a path: `validation.combined.loss`.
#[derive(Clone, Copy, Debug)]
struct MetricPath<'a> {
    split: Option<&'static str>,
    feature: &'a str,
    metric: &'a str,
}

/// Returns the parts of a metric that is written as a path through the statistics of a configuration with output features.
fn path<'a>(written: &'a str, features: &Features) -> Option<MetricPath<'a>> {
    let (rest, metric) = written.rsplit_once('.')?;
    let (split, feature) = match rest.split_once('.') {
        Some((first, feature)) if split_named(first).is_some() => (split_named(first), feature),
        _ => (None, rest),
    };
    features.has_output(feature).then_some(MetricPath { split, feature, metric })
}

fn split(key: &str, node: &Node, findings: &mut Findings) -> Option<&'static str> {
    let name = text(key, node, findings)?;
    let split = split_named(name);
    if split.is_none() {
        let hint = instead(name, &["training", "validation", "test"]);
        findings.fault(node.mark, format!("there is no {key} `{name}`; {hint}"));
    }
    split
}

fn split_named(name: &str) -> Option<&'static str> {
    match name {
        "training" | "train" => Some("training"),
        "validation" => Some("validation"),
        "test" => Some("test"),
        _ => None,
    }
}
