//! The program of a sweep: its command, where it runs, and where its metric is, checked before the first trial.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use hyperopt_yaml::Config;

use crate::failure::Failure;
use crate::metric::Paths;
use crate::output::{RunFile, TrialDirectory};
use crate::process::{Environment, Offered, Template, Values, enter, find};
use crate::sweep::proposal::Proposal;

/// What is common to the programs of all trials.
#[derive(Debug)]
pub(crate) struct Program {
    command: Template,
    working_directory: Option<Template>,
    /// The directory in which the command was started.
    directory: PathBuf,
    pub(crate) dataset: Option<OsString>,
    pub(crate) environment: Environment,
    pub(crate) paths: Paths,
    pub(crate) metric_file: Option<Template>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) grace: Duration,
}

/// The program of one trial.
#[derive(Debug)]
pub(crate) struct Filled {
    /// The program and its arguments.
    pub(crate) words: Vec<OsString>,
    pub(crate) working_directory: PathBuf,
    pub(crate) metric_file: Option<PathBuf>,
}

impl Program {
    /// Checks the command, its placeholders and its environment; any mistake in them is an error.
    pub(crate) fn new(run: &RunFile, config: &Config) -> Result<Self, Failure> {
        let definition = config.definition();
        let parameters: Vec<_> = definition.parameters().iter().map(|parameter| parameter.name().to_owned()).collect();
        let (has_dataset, has_budget) = (run.dataset.is_some(), definition.budgets().is_some());
        let offered = Offered { parameters: &parameters, has_dataset, has_budget };
        let parse = |words: &[OsString]| Template::parse(words, offered).map_err(Failure::mistakes);
        if let Some(path) = &run.metric.metric {
            Paths::check(path).map_err(Failure::usage)?;
        }
        let words: Vec<_> = run.command.iter().map(OsString::from).collect();
        let command = parse(&words)?;
        for parameter in definition.parameters() {
            let values =
                ["categories", "values"].into_iter().filter_map(|key| parameter.definition().get(key)?.as_array());
            values.flatten().try_for_each(|value| command.check(parameter.name(), value)).map_err(Failure::usage)?;
        }
        let one = |word: &str| parse(&[word.into()]);
        let metric_file = run.metric.metric_file.as_deref().map(one).transpose()?;
        if let (Some(file), Some(template)) = (&run.metric.metric_file, &metric_file) {
            check_metric_file(file, template, definition.workers())?;
        }
        let working_directory = run.trial.working_directory.as_deref().map(one).transpose()?;
        let dataset = run.dataset.clone().map(OsString::from);
        // `None` if each trial has one of its own, which may not exist yet.
        let directory = match &working_directory {
            None => Some(run.directory.clone()),
            Some(template) => template.fixed(dataset.as_deref()).map(|path| run.directory.join(path)),
        };
        if let (Some(path), Some(written)) = (&directory, &run.trial.working_directory) {
            enter(path).map_err(|fault| Failure::usage(format!("`--working-directory {written}`: {fault}")))?;
        }
        let environment = Environment::new(run.trial.clear_env, &run.trial.env).map_err(Failure::usage)?;
        // A relative path means a file in the working directory of the trial.
        let is_known = |program: &&String| {
            !program.contains('{') && (directory.is_some() || !program.contains('/') || program.starts_with('/'))
        };
        if let Some(program) = run.command.first().filter(is_known) {
            let from = directory.as_ref().unwrap_or(&run.directory);
            find(OsStr::new(program), from, environment.path().as_deref()).map_err(Failure::usage)?;
        }
        let directory = run.directory.clone();
        let (timeout, grace) = (run.trial.trial_timeout, run.trial.grace);
        let paths = paths(run, config);
        Ok(Self { command, working_directory, directory, dataset, environment, paths, metric_file, timeout, grace })
    }

    /// Fills in the placeholders for a trial.
    pub(crate) fn fill(&self, proposal: &Proposal<'_>, directory: &TrialDirectory) -> Result<Filled, String> {
        let config = directory.config();
        let values = Values {
            config: &config,
            dataset: self.dataset.as_deref(),
            output: directory.path(),
            trial: proposal.number,
            budget: proposal.budget,
            parameters: proposal.parameters,
        };
        let one = |template: &Template| -> Result<PathBuf, String> {
            Ok(template.fill(&values)?.into_iter().map(PathBuf::from).collect())
        };
        let words = self.command.fill(&values)?;
        let metric_file = self.metric_file.as_ref().map(one).transpose()?;
        let working_directory = self.working_directory.as_ref().map(one).transpose()?;
        Ok(Filled {
            words,
            working_directory: working_directory.map_or(self.directory.clone(), |path| self.directory.join(path)),
            metric_file: metric_file.map(|path| directory.path().join(path)),
        })
    }
}

/// Refuses a file that several trials would write at the same time.
fn check_metric_file(file: &str, template: &Template, workers: usize) -> Result<(), Failure> {
    if file.trim().is_empty() {
        return Err(Failure::usage(
            "`--metric-file` is empty; write the name of the file, such as `--metric-file results.json`",
        ));
    }
    if Path::new(file).is_absolute() && template.is_fixed() && workers > 1 {
        return Err(Failure::usage(format!(
            "`--metric-file {file}` is one file for all trials, {workers} of which run at the same time; write \
             `--metric-file '{{output}}/…'`, or `--workers 1`"
        )));
    }
    Ok(())
}

/// Returns the places where the metric is looked for.
fn paths(run: &RunFile, config: &Config) -> Paths {
    let definition = config.definition();
    match &run.metric.metric {
        Some(path) => Paths::given(path),
        None => Paths::named(definition.split(), definition.output_feature(), definition.metric()),
    }
}
