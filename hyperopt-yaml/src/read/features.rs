//! The features that a configuration of Ludwig lists.

use itertools::Itertools;

use crate::definition::metrics_of;
use crate::errors::Findings;
use crate::suggest::instead;
use crate::tree::Node;

/// Whether a feature is read or predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Input,
    Output,
}

/// A feature of the configuration.
#[derive(Clone, Debug)]
pub(crate) struct Feature {
    pub(crate) role: Role,
    /// The index in the list of its role.
    pub(crate) index: usize,
    /// The values of `name` and `column`.
    pub(crate) names: Vec<String>,
    pub(crate) kind: Option<String>,
}

/// The features of a configuration, if it has any.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    pub(crate) all: Vec<Feature>,
    /// Whether the configuration lists features at all.
    pub(crate) has_any: bool,
    has_outputs: bool,
}

impl Role {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Input => "input_features",
            Self::Output => "output_features",
        }
    }
}

impl Features {
    /// Reads the features that `root` lists.
    pub(crate) fn of(root: &Node) -> Self {
        let mut features = Self::default();
        for role in [Role::Input, Role::Output] {
            let Some(nodes) = root.get(role.key()).and_then(Node::list) else { continue };
            features.has_any = true;
            features.has_outputs |= role == Role::Output;
            for (index, node) in nodes.iter().enumerate() {
                let names = ["name", "column"].into_iter().filter_map(|key| node.get(key)?.text());
                let names = names.map(str::to_owned).collect();
                let kind = node.get("type").and_then(Node::text).map(str::to_lowercase);
                features.all.push(Feature { role, index, names, kind });
            }
        }
        features
    }

    /// Returns the feature that a dotted name begins with, and the rest of the name. Names of features may contain points, so
    /// the longest that fits is taken.
    pub(crate) fn find<'a>(&self, name: &'a str) -> Option<(&Feature, &'a str)> {
        let candidates = self.all.iter().flat_map(|feature| feature.names.iter().map(move |own| (feature, own)));
        let fits = candidates.filter_map(|(feature, own)| {
            let rest = name.strip_prefix(own.as_str())?;
            if rest.is_empty() { Some((feature, rest, own)) } else { Some((feature, rest.strip_prefix('.')?, own)) }
        });
        // The first of equally long ones: `name` comes before `column`, an input feature before an output feature.
        let best = fits.reduce(|best, next| if next.2.len() > best.2.len() { next } else { best });
        best.map(|(feature, rest, _)| (feature, rest))
    }

    fn outputs(&self) -> impl Iterator<Item = &Feature> {
        self.all.iter().filter(|feature| feature.role == Role::Output)
    }

    /// Returns whether the configuration lists output features, and `name` is one of them or `combined`.
    pub(crate) fn has_output(&self, name: &str) -> bool {
        self.has_outputs
            && (name == "combined" || self.outputs().any(|feature| feature.names.iter().any(|own| own == name)))
    }

    /// Checks that the output feature exists and has the metric.
    pub(crate) fn check(
        &self,
        output: &str,
        output_node: Option<&Node>,
        metric: &str,
        metric_node: Option<&Node>,
        findings: &mut Findings,
    ) {
        // A configuration of another kind of trainer, which has metrics of its own.
        if !self.has_outputs {
            return;
        }
        if output == "combined" {
            if let Some(node) = metric_node.filter(|_| metric != "loss") {
                let names = self.outputs().filter_map(|feature| feature.names.first()).join("`, `");
                let message = format!(
                    "`combined` has only the metric `loss`, not `{metric}`; write `output_feature: …`, of `{names}`"
                );
                findings.fault(node.mark, message);
            }
            return;
        }
        let Some(feature) = self.outputs().find(|feature| feature.names.iter().any(|name| name == output)) else {
            let mut names: Vec<&str> =
                self.outputs().filter_map(|feature| feature.names.first()).map(String::as_str).collect();
            names.push("combined");
            if let Some(node) = output_node {
                findings
                    .fault(node.mark, format!("there is no output feature `{output}`; {}", instead(output, &names)));
            }
            return;
        };
        let Some(metrics) = feature.kind.as_deref().and_then(metrics_of) else { return };
        if let Some(node) = metric_node.filter(|_| !metrics.contains(&metric)) {
            let kind = feature.kind.as_deref().unwrap_or_default();
            let hint = instead(metric, metrics);
            findings.fault(node.mark, format!("a feature of type `{kind}` has no metric `{metric}`; {hint}"));
        }
    }
}
