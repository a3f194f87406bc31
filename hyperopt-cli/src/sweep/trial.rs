//! One trial: its files, its program, and what came of it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use serde_json::{Value, json};

use crate::metric::{MetricFile, Paths, Progress, Report};
use crate::output::{Layout, TrialDirectory};
use crate::process::{Ended, Environment, Finished, Launch, Line, Supervisor, Template, Values, last_lines, number};

/// How many last lines a message quotes.
const QUOTED: usize = 10;

/// What is common to the trials of a run.
#[derive(Debug)]
pub(crate) struct Runner {
    pub(crate) layout: Layout,
    pub(crate) supervisor: Supervisor,
    pub(crate) command: Template,
    pub(crate) working_directory: Option<Template>,
    /// Where the command was begun.
    pub(crate) directory: PathBuf,
    pub(crate) dataset: Option<OsString>,
    pub(crate) environment: Environment,
    pub(crate) paths: Paths,
    pub(crate) metric_file: Option<Template>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) grace: Duration,
}

/// What a trial is given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) number: usize,
    pub(crate) configuration: usize,
    pub(crate) budget: Option<f64>,
    pub(crate) parameters: &'a [(String, Value)],
    /// The complete configuration, as YAML.
    pub(crate) config: &'a str,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// The metric, and the numbers beside it.
    Measured(f64, Vec<(String, f64)>),
    Failed(String),
    GivenUp,
    /// The run is to end, and the trial is to be run again.
    Interrupted,
}

impl Runner {
    /// Runs a trial to its end. `report` answers whether it is worth going on.
    pub(crate) fn run(&self, asked: &Asked<'_>, report: impl FnMut(Report) -> bool) -> Verdict {
        if self.supervisor.is_interrupted() {
            return Verdict::Interrupted;
        }
        let directory = self.layout.trial(asked.number);
        let mut words = Vec::new();
        let (verdict, took) =
            self.attempt(asked, &directory, &mut words, report).unwrap_or_else(|fault| (Verdict::Failed(fault), None));
        if verdict != Verdict::Interrupted
            && let Err(error) = write_result(asked, &directory, &words, &verdict, took)
        {
            return Verdict::Failed(format!("cannot write {}: {error}", directory.result().display()));
        }
        verdict
    }

    fn attempt(
        &self,
        asked: &Asked<'_>,
        directory: &TrialDirectory,
        words: &mut Vec<OsString>,
        mut report: impl FnMut(Report) -> bool,
    ) -> Result<(Verdict, Option<Duration>), String> {
        let fault = |error: io::Error| format!("cannot make {}: {error}", directory.path().display());
        directory.create().map_err(fault)?;
        fs::File::create_new(directory.config())
            .and_then(|mut file| file.write_all(asked.config.as_bytes()))
            .map_err(|error| format!("cannot write {}: {error}", directory.config().display()))?;
        let config = directory.config();
        let values = Values {
            config: &config,
            dataset: self.dataset.as_deref(),
            output: directory.path(),
            trial: asked.number,
            budget: asked.budget,
            parameters: asked.parameters,
        };
        *words = self.command.fill(&values)?;
        let metric_file = match &self.metric_file {
            Some(path) => Some(MetricFile::new(directory.path().join(one(path, &values)?))),
            None => None,
        };
        let stamp = metric_file.as_ref().map(MetricFile::stamp);
        let working_directory = match &self.working_directory {
            Some(path) => self.directory.join(one(path, &values)?),
            None => self.directory.clone(),
        };
        let launch = Launch {
            words,
            environment: &self.environment,
            variables: variables(asked, directory, self.dataset.as_deref()),
            directory: &working_directory,
            stdout: directory.stdout(),
            stderr: directory.stderr(),
            timeout: self.timeout,
            grace: self.grace,
        };
        let mut progress = Progress::new(&self.paths);
        let finished = self.supervisor.run(&launch, |line| match progress.line(line) {
            Some(told) if !report(told) => Line::GiveUp,
            _ => Line::Noted,
        });
        let Finished { ended, took } = finished.map_err(|error| {
            format!("cannot run `{}` in {}: {error}", words[0].display(), working_directory.display())
        })?;
        let failed = |reason: String| Verdict::Failed(format!("{reason}{}", quoted(directory)));
        let verdict = match ended {
            Ended::Interrupted => Verdict::Interrupted,
            Ended::GivenUp => Verdict::GivenUp,
            Ended::TimedOut => failed(format!("took longer than {} and was ended", shown(self.timeout))),
            Ended::Exited(status) if !status.success() => failed(exit(status)),
            Ended::Exited(_) => {
                let measured = match (&metric_file, &stamp) {
                    (Some(file), Some(stamp)) => file.read(&self.paths, stamp),
                    _ => progress.metric().map(|value| (value, progress.others().to_vec())),
                };
                measured.map_or_else(failed, |(value, others)| Verdict::Measured(value, others))
            }
        };
        Ok((verdict, Some(took)))
    }
}

/// A template of one word.
fn one(template: &Template, values: &Values<'_>) -> Result<PathBuf, String> {
    Ok(template.fill(values)?.into_iter().map(PathBuf::from).collect())
}

fn variables(asked: &Asked<'_>, directory: &TrialDirectory, dataset: Option<&OsStr>) -> Vec<(&'static str, OsString)> {
    let mut variables = vec![
        ("HYPEROPT_TRIAL", asked.number.to_string().into()),
        ("HYPEROPT_CONFIGURATION", asked.configuration.to_string().into()),
        ("HYPEROPT_CONFIG", directory.config().into()),
        ("HYPEROPT_OUTPUT", directory.path().into()),
    ];
    variables.extend(asked.budget.map(|budget| ("HYPEROPT_BUDGET", number(budget).into())));
    variables.extend(dataset.map(|dataset| ("HYPEROPT_DATASET", dataset.into())));
    variables
}

/// `exited with code 3`
fn exit(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exited with code {code}"),
        (None, Some(signal)) => {
            let name = match signal {
                4 => " (SIGILL)",
                6 => " (SIGABRT)",
                8 => " (SIGFPE)",
                9 => " (SIGKILL: by hand, or for want of memory)",
                11 => " (SIGSEGV)",
                15 => " (SIGTERM)",
                _ => "",
            };
            format!("was killed by signal {signal}{name}")
        }
        (None, None) => "ended in an unknown way".into(),
    }
}

/// The end of what the program has written, standard error first.
fn quoted(directory: &TrialDirectory) -> String {
    let named = |name: &str, path: &Path| {
        let lines = last_lines(path, QUOTED);
        if lines.is_empty() { None } else { Some(format!("; the last lines of {name}:\n{lines}")) }
    };
    let quoted = named("standard error", &directory.stderr()).or_else(|| named("standard output", &directory.stdout()));
    quoted.unwrap_or_else(|| "; it wrote nothing".into())
}

fn shown(timeout: Option<Duration>) -> String {
    timeout.map_or_else(String::new, |timeout| format!("{} s", timeout.as_secs_f64()))
}

/// Leaves what came of the trial beside what it wrote.
fn write_result(
    asked: &Asked<'_>,
    directory: &TrialDirectory,
    words: &[OsString],
    verdict: &Verdict,
    took: Option<Duration>,
) -> io::Result<()> {
    let parameters: serde_json::Map<_, _> = asked.parameters.iter().cloned().collect();
    let command: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let mut result = json!({ "trial": asked.number, "parameters": parameters, "command": command });
    result["state"] = match verdict {
        Verdict::Measured(..) => "complete",
        Verdict::Failed(_) => "failed",
        Verdict::GivenUp => "pruned",
        Verdict::Interrupted => "running",
    }
    .into();
    match verdict {
        Verdict::Measured(value, others) => {
            result["objective"] = (*value).into();
            result["metrics"] = others.iter().map(|(name, value)| (name.clone(), Value::from(*value))).collect();
        }
        Verdict::Failed(reason) => result["reason"] = reason.as_str().into(),
        Verdict::GivenUp | Verdict::Interrupted => {}
    }
    if let Some(budget) = asked.budget {
        result["configuration"] = asked.configuration.into();
        result["budget"] = budget.into();
    }
    result["seconds"] = took.map(|took| took.as_secs_f64()).into();
    let mut text = serde_json::to_vec_pretty(&result)?;
    text.push(b'\n');
    // Where not even the directory could be made, there is nowhere to write it; and the program's own file of that name is
    // the program's.
    match fs::File::create_new(directory.result()) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => Ok(()),
        file => file?.write_all(&text),
    }
}
