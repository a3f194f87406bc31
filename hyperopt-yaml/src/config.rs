//! A configuration file: reads it, and resolves the configuration of a trial.

use std::fmt;
use std::fs;
use std::path::Path;

use hyperopt_core::Sweep;
use serde_json::Value;

use crate::definition::Definition;
use crate::errors::{Errors, Fault, Findings};
use crate::read::{self, Features};
use crate::resolve;
use crate::tree::{Node, parse};

/// The maximum size of a configuration, in bytes.
const MAX_BYTES: usize = 8 << 20;

/// A configuration with a section `hyperopt`, which says what to search and how.
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
#[derive(Clone)]
pub struct Config {
    source: String,
    root: Node,
    features: Features,
    definition: Definition,
    notes: Vec<String>,
}

impl fmt::Debug for Config {
    /// Leaves the text of the file out: it may have the password of a database.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, definition, notes, .. } = self;
        let mut shown = f.debug_struct("Config");
        shown.field("source", source).field("definition", definition).field("notes", notes).finish_non_exhaustive()
    }
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, or if it has mistakes; all of them are returned at once, each with its line and
    /// column.
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

    /// Parses the text of a file. `source` is the name of the file in messages.
    ///
    /// # Errors
    ///
    /// Fails if the text has mistakes; all of them are returned at once, each with its line and column.
    pub fn parse(source: &str, text: &str) -> Result<Self, Errors> {
        if text.len() > MAX_BYTES {
            let message = format!("has {} bytes; a configuration has at most {MAX_BYTES}", text.len());
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

    /// Parses text that need not have a section `hyperopt`, such as the configuration of a trial. `source` is the name of the
    /// file in messages.
    ///
    /// # Errors
    ///
    /// Fails if the text is not YAML; the error has the line and the column.
    pub fn parse_value(source: &str, text: &str) -> Result<Value, Errors> {
        parse(text).map(|root| root.to_value()).map_err(|faults| Errors::new(source, faults))
    }

    /// Returns the name of the file.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns the definition of the sweep, from the section `hyperopt`.
    #[must_use]
    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// Returns the definition of the sweep, for options of a command line to override.
    pub fn definition_mut(&mut self) -> &mut Definition {
        &mut self.definition
    }

    /// Returns this configuration for a study that was begun with its hyperparameters under the other name of the trainer's
    /// section, and keeps that name; `None` if `has` knows them by their own names.
    pub(crate) fn as_begun(&self, has: impl Fn(&str) -> bool) -> Option<Self> {
        let definition = self.definition.as_begun(has)?;
        let mut config = Self { definition, ..self.clone() };
        config.notes.push("the study was begun with the other name of the trainer's section, and keeps it".into());
        Some(config)
    }

    /// Returns notes on how the file was read (old names, keys without effect, differences from Ludwig), and on how many trials
    /// the [definition](Self::definition) runs, including the options that overrode the file. The list may be empty.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        self.notes.iter().cloned().chain(self.definition.notes()).collect()
    }

    /// Returns the complete configuration of a trial with these values, without the section `hyperopt`.
    ///
    /// A name is a path from the root, or from the feature that it begins with. Missing parts of the path are created. A
    /// mapping is merged into the old one, and any other value replaces it; later values override earlier ones.
    /// `defaults.text.…` sets a value for all features of a type; the values of a feature override it. A [`Value`] has sorted
    /// keys, and null in place of infinities and NaN; [`resolve_yaml`](Self::resolve_yaml) keeps the order and these numbers.
    ///
    /// If budgets are written to a setting of the configuration, such as its epochs, this is the configuration with the full
    /// budget, even if the trial ran with less: it is the one to train with in the end.
    #[must_use]
    pub fn resolve(&self, assignments: &[(String, Value)]) -> Value {
        self.resolved(assignments, self.full_budget()).to_value()
    }

    /// Returns the configuration of [`resolve`](Self::resolve) as a YAML file, in the order of the file that was read. The text
    /// means the same in YAML 1.1 and 1.2.
    #[must_use]
    pub fn resolve_yaml(&self, assignments: &[(String, Value)]) -> String {
        self.resolved(assignments, self.full_budget()).to_yaml()
    }

    /// Returns the configuration of a trial with these values that ran with `budget`, as a YAML file: the one that
    /// [`Trial::config_yaml`](crate::Trial::config_yaml) returned while the trial ran.
    #[must_use]
    pub fn resolve_yaml_of_trial(&self, assignments: &[(String, Value)], budget: Option<f64>) -> String {
        self.resolved(assignments, budget).to_yaml()
    }

    /// Returns the name of the setting that budgets are written to, such as `trainer.epochs`, and the largest budget; `None` if
    /// budgets are not written to the configuration.
    #[must_use]
    pub fn budget_setting(&self) -> Option<(&str, f64)> {
        Some((self.definition.budget_path.as_deref()?, self.full_budget()?))
    }

    /// Returns a note if no complete trial of `sweep` had the full budget of the scheduler; `None` otherwise.
    #[must_use]
    pub fn budget_note(&self, sweep: &Sweep) -> Option<String> {
        sweep.full_budget_note(self.full_budget()?)
    }

    fn full_budget(&self) -> Option<f64> {
        self.definition.budgets().filter(|_| !self.definition.counts_seconds()).map(|(_, full)| full)
    }

    /// Returns these values alone as a YAML file, in which dotted names become mappings. It serves for a trial whose
    /// configuration is not available.
    ///
    /// ```
    /// use hyperopt_yaml::Config;
    /// use serde_json::json;
    ///
    /// let yaml = Config::values_yaml(&[("trainer.learning_rate".into(), json!(0.01)), ("seed".into(), json!(7))]);
    /// assert_eq!(yaml, "trainer:\n  learning_rate: 0.01\nseed: 7\n");
    /// ```
    #[must_use]
    pub fn values_yaml(assignments: &[(String, Value)]) -> String {
        let root = Node::of(&Value::Object(serde_json::Map::new()));
        resolve::resolve(&root, &Features::default(), assignments).to_yaml()
    }

    /// Resolves the configuration of a trial, with its budget at the path of the scheduler.
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
                // A trial has to reach its budget, so that results are compared at equal budgets.
                all.push((format!("{section}.early_stop"), Value::from(-1)));
            }
            assignments = &all;
        }
        resolve::resolve(&self.root, &self.features, assignments)
    }
}
