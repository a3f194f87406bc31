//! The command of a trial: the words after `--`, with placeholders in braces that each trial fills in.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use hyperopt_yaml::parameter_named;
use itertools::Itertools;
use serde_json::Value;

use super::value::{number, text};
use crate::suggest::nearest;

/// The placeholders that are not hyperparameters.
const OWN: [&str; 5] = ["config", "dataset", "output", "trial", "budget"];

/// The words of a command, parsed once before the first trial.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    words: Vec<Word>,
}

/// One argument, which stays one argument whatever is filled in.
#[derive(Clone, Debug)]
struct Word {
    written: OsString,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(OsString),
    Place(Place),
}

#[derive(Clone, Debug, PartialEq)]
enum Place {
    Config,
    Dataset,
    Output,
    Trial,
    Budget,
    Parameter(String),
}

/// The placeholders that a command may contain in this sweep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offered<'a> {
    pub(crate) parameters: &'a [String],
    pub(crate) has_dataset: bool,
    pub(crate) has_budget: bool,
}

/// The values of the placeholders in one trial.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values<'a> {
    pub(crate) config: &'a Path,
    pub(crate) dataset: Option<&'a OsStr>,
    pub(crate) output: &'a Path,
    pub(crate) trial: usize,
    pub(crate) budget: Option<f64>,
    pub(crate) parameters: &'a [(String, Value)],
}

impl Template {
    /// Parses `words`. Returns all errors at once.
    pub(crate) fn parse(words: &[OsString], offered: Offered<'_>) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let mut parsed = Vec::new();
        for written in words {
            // A word that is not UTF-8 has no placeholder that could be told from its bytes.
            let parts = match written.to_str() {
                Some(text) => parts(text, offered, &mut faults),
                None => vec![Part::Text(written.clone())],
            };
            parsed.push(Word { written: written.clone(), parts });
        }
        if let Some(program) = parsed.first()
            && program.parts.iter().any(|part| matches!(part, Part::Place(Place::Parameter(_))))
        {
            let shown = program.written.display();
            faults.push(format!("`{shown}`: which program runs cannot depend on a hyperparameter; write its name"));
        }
        if faults.is_empty() { Ok(Self { words: parsed }) } else { Err(faults) }
    }

    /// Returns whether the words are the same in all trials.
    pub(crate) fn is_fixed(&self) -> bool {
        let varies = |part: &Part| !matches!(part, Part::Text(_) | Part::Place(Place::Dataset));
        !self.words.iter().flat_map(|word| &word.parts).any(varies)
    }

    /// Returns the first word as it was written.
    pub(crate) fn written(&self) -> &OsStr {
        self.words.first().map_or(OsStr::new(""), |word| &word.written)
    }

    /// Returns the first word, if it is the same in all trials.
    pub(crate) fn fixed(&self, dataset: Option<&OsStr>) -> Option<OsString> {
        let part = |part: &Part| match part {
            Part::Text(text) => Some(text.clone()),
            Part::Place(Place::Dataset) => Some(dataset.unwrap_or_default().to_owned()),
            Part::Place(_) => None,
        };
        self.words.first()?.parts.iter().map(part).collect::<Option<Vec<_>>>().map(|parts| parts.into_iter().collect())
    }

    /// Checks that `value` of the hyperparameter `name` can be an argument; the error is the reason if not.
    pub(crate) fn check(&self, name: &str, value: &Value) -> Result<(), String> {
        let is_it = |part: &Part| matches!(part, Part::Place(Place::Parameter(parameter)) if parameter == name);
        self.words.iter().try_for_each(|word| {
            let mut places = word.parts.iter().enumerate().filter(|(_, part)| is_it(part));
            places.try_for_each(|(index, _)| admit(word, index == 0, name, value))
        })
    }

    /// Returns the arguments of a trial, the program first.
    pub(crate) fn fill(&self, values: &Values<'_>) -> Result<Vec<OsString>, String> {
        self.words.iter().map(|word| fill(word, values)).collect()
    }
}

fn parts(text: &str, offered: Offered<'_>, faults: &mut Vec<String>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        plain.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            plain.push_str(brace);
            rest = after;
        } else if brace == "}" {
            faults.push(format!("`{text}`: a `}}` without its `{{`; write `}}}}` for the brace itself"));
            return parts;
        } else if let Some((name, after)) = rest.split_once('}') {
            match place(name, offered) {
                Ok(place) => {
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain).into()));
                    }
                    parts.push(Part::Place(place));
                }
                Err(fault) => faults.push(format!("`{text}`: {fault}")),
            }
            rest = after;
        } else {
            faults.push(format!("`{text}`: a `{{` without its `}}`; write `{{{{` for the brace itself"));
            return parts;
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() || parts.is_empty() {
        parts.push(Part::Text(plain.into()));
    }
    parts
}

fn place(name: &str, offered: Offered<'_>) -> Result<Place, String> {
    match name {
        "config" => Ok(Place::Config),
        "dataset" if offered.has_dataset => Ok(Place::Dataset),
        "dataset" => Err("there is no dataset to fill in; add `--dataset FILE`".into()),
        "output" => Ok(Place::Output),
        "trial" => Ok(Place::Trial),
        "budget" if offered.has_budget => Ok(Place::Budget),
        "budget" => {
            Err("trials have a budget only with `hyperband`, `bohb` or `asha`; choose one with `--sampler`, or \
                         take the placeholder out"
                .into())
        }
        _ => {
            if let Some(parameter) = parameter_named(name, offered.parameters, String::as_str) {
                return Ok(Place::Parameter(parameter.clone()));
            }
            let known = OWN.iter().copied().chain(offered.parameters.iter().map(String::as_str));
            let instead = match nearest(name, known) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None if offered.parameters.is_empty() => format!("there are {}", listed(OWN)),
                None => format!("there are {}, and the hyperparameters {}", listed(OWN), listed(offered.parameters)),
            };
            Err(format!("`{{{name}}}` is not a placeholder; {instead} (`{{{{` is the brace itself)"))
        }
    }
}

fn listed<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    names.into_iter().map(|name| format!("`{}`", name.as_ref())).join(", ")
}

fn fill(word: &Word, values: &Values<'_>) -> Result<OsString, String> {
    let mut filled = OsString::new();
    for (index, part) in word.parts.iter().enumerate() {
        match part {
            Part::Text(text) => filled.push(text),
            Part::Place(Place::Config) => filled.push(values.config),
            Part::Place(Place::Dataset) => filled.push(values.dataset.unwrap_or_default()),
            Part::Place(Place::Output) => filled.push(values.output),
            Part::Place(Place::Trial) => filled.push(values.trial.to_string()),
            Part::Place(Place::Budget) => filled.push(values.budget.map(number).unwrap_or_default()),
            Part::Place(Place::Parameter(name)) => {
                // A study that was begun under the other name of the trainer's section keeps that.
                let found = parameter_named(name, values.parameters, |(parameter, _)| parameter);
                let (_, value) = found.ok_or_else(|| format!("hyperparameter `{name}` has no value in this trial"))?;
                admit(word, index == 0, name, value)?;
                filled.push(text(value));
            }
        }
    }
    Ok(filled)
}

/// Refuses a value that the program would take for an option, or that cannot be an argument.
fn admit(word: &Word, is_first: bool, name: &str, value: &Value) -> Result<(), String> {
    let Value::String(text) = value else { return Ok(()) };
    let shown = word.written.display();
    if text.contains('\0') {
        return Err(format!("hyperparameter `{name}`: a value with a NUL byte cannot be an argument"));
    }
    if is_first && text.starts_with('-') {
        return Err(format!(
            "hyperparameter `{name}`: the value `{text}` begins with `-`, and as the argument `{shown}` the program would \
             take it for an option; write `--option={{{name}}}`, or let the program read it from `{{config}}`"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
