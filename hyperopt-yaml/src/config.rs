use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::definition::Definition;
use crate::errors::{Errors, Fault, Findings};
use crate::read::{self, Features};
use crate::resolve;
use crate::tree::{Node, parse};

/// Longer files are no configurations.
const MOST_BYTES: usize = 8 << 20;

/// A configuration with a section `hyperopt`: what is trained, and how it is searched.
///
/// ```
/// use hyperopt_yaml::Config;
/// use serde_json::json;
///
/// let config = Config::parse(
///     "sweep.yaml",
///     "
/// trainer:
///   epochs: 10
/// hyperopt:
///   parameters:
///     trainer.learning_rate:
///       space: loguniform
///       lower: 0.0001
///       upper: 0.1
/// ",
/// )?;
/// let resolved = config.resolve(&[("trainer.learning_rate".into(), json!(0.01))]);
/// assert_eq!(resolved, json!({"trainer": {"epochs": 10, "learning_rate": 0.01}}));
/// # Ok::<_, hyperopt_yaml::Errors>(())
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    source: String,
    root: Node,
    features: Features,
    definition: Definition,
    notes: Vec<String>,
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// All that is wrong with the file at once, each with line and column; or that it cannot be read.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Errors> {
        let path = path.as_ref();
        let source = path.display().to_string();
        let unreadable = |reason: String| Errors::new(&source, vec![Fault { mark: None, message: reason }]);
        let bytes = fs::read(path).map_err(|error| unreadable(format!("cannot be read: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            unreadable(format!("is not UTF-8, from byte {at} on"))
        })?;
        Self::parse(&source, &text)
    }

    /// Reads text; `source` is its name in messages.
    ///
    /// # Errors
    ///
    /// All that is wrong with the text at once, each with line and column.
    pub fn parse(source: &str, text: &str) -> Result<Self, Errors> {
        if text.len() > MOST_BYTES {
            let message = format!("has {} bytes; a configuration has {MOST_BYTES} at the most", text.len());
            return Err(Errors::new(source, vec![Fault { mark: None, message }]));
        }
        let mut root = parse(text).map_err(|faults| Errors::new(source, faults))?;
        let mut findings = Findings::default();
        read::upgrade_root(&mut root, &mut findings);
        let features = Features::of(&root);
        let definition = read::definition(&root, &features, &mut findings);
        if let Some(definition) = &definition {
            resolve::check(definition.parameters(), &root, &features, &mut findings);
        }
        let Findings { faults, notes } = findings;
        match definition {
            Some(definition) if faults.is_empty() => {
                root.remove("hyperopt");
                Ok(Self { source: source.to_owned(), root, features, definition, notes })
            }
            _ => Err(Errors::new(source, faults)),
        }
    }

    /// A file that need not have the section `hyperopt`, as a value: the configuration of a trial, say.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, with line and column; `source` is its name in messages.
    pub fn parse_value(source: &str, text: &str) -> Result<Value, Errors> {
        parse(text).map(|root| root.to_value()).map_err(|faults| Errors::new(source, faults))
    }

    /// The name of the file.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What the section `hyperopt` defines.
    #[must_use]
    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// The same, to change what a command line says otherwise.
    pub fn definition_mut(&mut self) -> &mut Definition {
        &mut self.definition
    }

    /// What a person should know of how the file was read: old names, what has no effect, what is different here.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The complete configuration of a trial with these values, without the section `hyperopt`.
    ///
    /// A name is a path from the root, or from the feature that it begins with. A mapping is merged, anything else replaces
    /// what was there, in order: later values win. What a path leads to is made where it is missing. `defaults.text.…` are
    /// values for all features of a type, which give way to those of a feature. The keys of a [`Value`] are sorted, and an
    /// infinity or NaN of the file is null in it: [`resolve_yaml`](Self::resolve_yaml) keeps both.
    #[must_use]
    pub fn resolve(&self, assignments: &[(String, Value)]) -> Value {
        self.resolved(assignments, None).to_value()
    }

    /// The same as a YAML file, in the order of the file that was read. What it says means the same in YAML 1.1 and 1.2.
    #[must_use]
    pub fn resolve_yaml(&self, assignments: &[(String, Value)]) -> String {
        self.resolved(assignments, None).to_yaml()
    }

    /// The configuration of a trial with a budget, which is written where the scheduler says.
    pub(crate) fn resolved(&self, assignments: &[(String, Value)], budget: Option<f64>) -> Node {
        let mut all;
        let mut assignments = assignments;
        if let (Some(budget), Some(path)) = (budget, &self.definition.budget_path) {
            all = assignments.to_vec();
            let whole = budget.fract() == 0.0 && budget.abs() < 9e15;
            all.push((path.clone(), if whole { Value::from(budget as i64) } else { Value::from(budget) }));
            if self.definition.is_epochs
                && let Some((section, _)) = path.rsplit_once('.')
            {
                // A trial comes to its budget, so that results are compared at equal ones.
                all.push((format!("{section}.early_stop"), Value::from(-1)));
            }
            assignments = &all;
        }
        resolve::resolve(&self.root, &self.features, assignments)
    }
}
