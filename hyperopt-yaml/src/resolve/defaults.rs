//! Values for all features of a type at once: `defaults.text.encoder.num_layers`. A value of the feature itself overrides them,
//! and a feature whose block has another type is left alone.

use crate::read::{Features, Role};
use crate::resolve::merge::{at, merge, typed};
use crate::tree::Node;

/// The types of features that have defaults.
pub(crate) const TYPES: [&str; 15] = [
    "audio",
    "bag",
    "binary",
    "category",
    "date",
    "h3",
    "image",
    "number",
    "numerical",
    "sequence",
    "set",
    "text",
    "timeseries",
    "vector",
    "anomaly",
];

const SECTIONS: [&str; 4] = ["preprocessing", "encoder", "decoder", "loss"];

/// A default that a trial sets: `defaults.<feature type>.<section>.…`, or with an option of the feature in place of a section.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeDefault<'a> {
    pub(crate) feature_type: &'a str,
    /// A section with a path into it, or an option.
    pub(crate) rest: &'a str,
}

impl<'a> TypeDefault<'a> {
    /// Parses the name of a default; `None` for any other name.
    pub(crate) fn named(name: &'a str) -> Option<Self> {
        let (feature_type, rest) = name.strip_prefix("defaults.")?.split_once('.')?;
        Some(Self { feature_type, rest })
    }

    fn section(&self) -> Option<&'a str> {
        let section = self.rest.split('.').next()?;
        SECTIONS.contains(&section).then_some(section)
    }

    /// Sets the default of the type, and applies it to the features of the type.
    pub(crate) fn apply(&self, root: &mut Node, value: &Node, features: &Features) {
        let Some(section) = self.section() else { return self.apply_option(root, value, features) };
        merge(at(root, &format!("defaults.{}.{}", self.feature_type, self.rest)), value);
        let Some(block) = root.get("defaults").and_then(|node| node.get(self.feature_type)?.get(section)).cloned()
        else {
            return;
        };
        let standard = block.get("type").and_then(Node::text).or_else(|| standard(self.feature_type, section));
        let role = if matches!(section, "decoder" | "loss") { Role::Output } else { Role::Input };
        for feature in self.of(features).filter(|feature| feature.role == role) {
            let Some(node) = feature_node(root, role, feature.index) else { continue };
            if section != "preprocessing" && !is_of(node.get(section), standard) {
                continue;
            }
            let own = node.entry(section);
            typed(own);
            let mut merged = block.clone();
            if own.entries().is_some() {
                merge(&mut merged, own);
            }
            own.kind = merged.kind;
        }
    }

    /// Applies an option to the features that have the standard encoder or decoder of their type.
    fn apply_option(&self, root: &mut Node, value: &Node, features: &Features) {
        for feature in self.of(features) {
            let Some(node) = feature_node(root, feature.role, feature.index) else { continue };
            let section = if feature.role == Role::Input { "encoder" } else { "decoder" };
            if is_of(node.get(section), standard(self.feature_type, section)) {
                let own = at(node, self.rest);
                let mut merged = value.clone();
                if !matches!(own.kind, crate::tree::Kind::Null) {
                    merge(&mut merged, own);
                }
                own.kind = merged.kind;
            }
        }
    }

    fn of<'f>(&self, features: &'f Features) -> impl Iterator<Item = &'f crate::read::Feature> {
        let wanted = modern(self.feature_type);
        features.all.iter().filter(move |feature| feature.kind.as_deref().map(modern) == Some(wanted))
    }
}

/// Returns the present name of a type.
fn modern(feature_type: &str) -> &str {
    if feature_type == "numerical" { "number" } else { feature_type }
}

fn feature_node(root: &mut Node, role: Role, index: usize) -> Option<&mut Node> {
    root.get_mut(role.key())?.element(index)
}

/// Returns whether a block has the type `standard`, or does not name its type.
fn is_of(block: Option<&Node>, standard: Option<&str>) -> bool {
    let named = block.and_then(|block| block.text().or_else(|| block.get("type")?.text()));
    named.is_none_or(|named| Some(named) == standard)
}

/// Returns the encoder, decoder or loss that a type of features has by default.
fn standard(feature_type: &str, section: &str) -> Option<&'static str> {
    Some(match (section, modern(feature_type)) {
        ("encoder", "text" | "sequence" | "audio" | "timeseries") => "parallel_cnn",
        ("encoder", "category" | "vector") => "dense",
        ("encoder", "number" | "binary") => "passthrough",
        ("encoder", "set" | "bag" | "date" | "h3") => "embed",
        ("encoder", "image") => "stacked_cnn",
        ("decoder", "text" | "sequence") => "generator",
        ("decoder", "category" | "set") => "classifier",
        ("decoder", "number" | "binary") => "regressor",
        ("decoder", "vector" | "timeseries") => "projector",
        ("loss", "category") => "softmax_cross_entropy",
        ("loss", "binary") => "binary_weighted_cross_entropy",
        ("loss", "number" | "vector") => "mean_squared_error",
        ("loss", "set") => "sigmoid_cross_entropy",
        ("loss", "text" | "sequence") => "sequence_softmax_cross_entropy",
        _ => return None,
    })
}
