//! The section of the configuration that the trainer reads, and its epochs.

use crate::definition::{NEW_SECTION as NEW, OLD_SECTION as OLD, Parameter};
use crate::mark::Mark;
use crate::tree::{Kind, Node};

/// What the configuration says of its trainer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trainer {
    /// The name of the section, as the file has it.
    pub(crate) section: &'static str,
    /// Whether the file is for a trainer that counts epochs: it has the section, or lists features.
    pub(crate) has_epochs: bool,
    /// The number of epochs in the file, and its place.
    pub(crate) epochs: Option<(f64, Mark)>,
}

impl Trainer {
    pub(crate) fn of(root: &Node, parameters: &[Parameter]) -> Self {
        let section = [NEW, OLD].into_iter().find(|name| root.get(name).is_some());
        let is_old = || parameters.iter().any(|parameter| is_in(OLD, parameter.name()));
        let named = section.unwrap_or_else(|| if is_old() { OLD } else { NEW });
        let epochs = section.and_then(|name| root.get(name)?.get("epochs"));
        let epochs = epochs.and_then(|node| match node.kind {
            Kind::Int(epochs) if epochs > 0 => Some((epochs as f64, node.mark)),
            _ => None,
        });
        let has_epochs = section.is_some() || root.get("input_features").is_some();
        Self { section: named, has_epochs, epochs }
    }

    /// Returns the path of the number of epochs.
    pub(crate) fn epochs_path(&self) -> String {
        format!("{}.epochs", self.section)
    }
}

fn is_in(section: &str, name: &str) -> bool {
    name.strip_prefix(section).is_some_and(|rest| rest.starts_with('.'))
}

/// Returns whether hyperparameters of the old section belong to the new one: the configuration has that, or other
/// hyperparameters do.
pub(crate) fn is_upgraded<'a>(root: &Node, mut names: impl Iterator<Item = &'a str>) -> bool {
    root.get(OLD).is_none() && (root.get(NEW).is_some() || names.any(|name| is_in(NEW, name)))
}
