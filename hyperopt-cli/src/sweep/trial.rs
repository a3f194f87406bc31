//! One trial: its files, its program, and its outcome.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use hyperopt_yaml::Config;
use serde_json::{Value, json};

use crate::metric::{MetricFile, MetricLines, Report};
use crate::output::{Layout, TrialDirectory};
use crate::process::{Ended, Finished, Launch, Line, Supervisor, last_lines, number};
use crate::sweep::program::{Filled, Program};
use crate::sweep::proposal::Proposal;
use crate::sweep::skipped::{KEPT, Skipped};

/// The number of last lines that a message quotes.
const QUOTED: usize = 10;

/// Runs the trials of a sweep, with what is common to all of them.
#[derive(Debug)]
pub(crate) struct Runner {
    pub(crate) layout: Layout,
    pub(crate) supervisor: Supervisor,
    pub(crate) program: Program,
    pub(crate) skipped: Skipped,
}

/// The answer to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Continue,
    /// The trial is pruned.
    Prune,
    /// The trial has had its full budget: what it has reported is its result.
    Finish,
}

/// The outcome of a trial.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// The metric, and the numbers beside it.
    Measured(f64, Vec<(String, f64)>),
    Failed(String),
    Pruned,
    /// The run is ending, and the trial will be run again.
    Interrupted,
}

impl Runner {
    /// Runs a trial to its end. `report` is called with each report, and says whether the trial is to be ended.
    pub(crate) fn run(&self, proposal: &Proposal<'_>, report: impl FnMut(Report) -> Answer) -> Verdict {
        if self.supervisor.is_interrupted() {
            return Verdict::Interrupted;
        }
        let directory = self.layout.trial(proposal.number);
        let mut words = Vec::new();
        let (verdict, took) = self
            .attempt(proposal, &directory, &mut words, report)
            .unwrap_or_else(|fault| (Verdict::Failed(fault), None));
        if verdict != Verdict::Interrupted
            && let Err(error) = write_result(proposal, &directory, &words, &verdict, took)
        {
            return Verdict::Failed(format!("cannot write {}: {error}", directory.result().display()));
        }
        verdict
    }

    fn attempt(
        &self,
        proposal: &Proposal<'_>,
        directory: &TrialDirectory,
        words: &mut Vec<OsString>,
        mut report: impl FnMut(Report) -> Answer,
    ) -> Result<(Verdict, Option<Duration>), String> {
        let fault = |error: io::Error| format!("cannot create {}: {error}", directory.path().display());
        directory.create().map_err(fault)?;
        fs::File::create_new(directory.config())
            .and_then(|mut file| file.write_all(proposal.config.as_bytes()))
            .map_err(|error| format!("cannot write {}: {error}", directory.config().display()))?;
        let Filled { words: filled, working_directory, metric_file } = self.program.fill(proposal, directory)?;
        *words = filled;
        let metric_file = metric_file.map(MetricFile::new);
        let stamp = metric_file.as_ref().map(MetricFile::stamp);
        let launch = Launch {
            words,
            environment: &self.program.environment,
            variables: variables(proposal, directory, self.program.dataset.as_deref()),
            directory: &working_directory,
            stdout: directory.stdout(),
            stderr: directory.stderr(),
            timeout: self.program.timeout,
            grace: self.program.grace,
        };
        let mut lines = MetricLines::new(&self.program.paths);
        let mut has_full_budget = false;
        let finished = self.supervisor.run(&launch, |line| {
            let answer = lines.line(line).map_or(Answer::Continue, &mut report);
            has_full_budget |= answer == Answer::Finish;
            if answer == Answer::Continue { Line::Continue } else { Line::Prune }
        });
        let Finished { ended, took, skipped } = finished.map_err(|error| {
            format!("cannot run `{}` in {}: {error}", words[0].display(), working_directory.display())
        })?;
        let failed = |reason: String| Verdict::Failed(format!("{reason}{}", quoted(directory)));
        let printed = || lines.metric().map(|value| (value, lines.others().to_vec()));
        let verdict = match ended {
            Ended::Pruned if has_full_budget => {
                let file = metric_file.as_ref().zip(stamp.as_ref());
                let written = file.and_then(|(file, stamp)| file.read(&self.program.paths, stamp).ok());
                let measured = written.map_or_else(printed, Ok);
                measured.map_or_else(failed, |(value, others)| Verdict::Measured(value, others))
            }
            Ended::Interrupted => Verdict::Interrupted,
            Ended::Pruned => Verdict::Pruned,
            Ended::TimedOut => failed(format!("took longer than {} and was ended", shown(self.program.timeout))),
            Ended::Exited(status) if !status.success() => failed(exit(status)),
            Ended::Exited(_) => {
                let measured = if let (Some(file), Some(stamp)) = (&metric_file, &stamp) {
                    file.read(&self.program.paths, stamp)
                } else {
                    printed().map_err(|fault| fault + &self.elsewhere(&directory.stderr()))
                };
                match measured {
                    Ok((value, others)) => Verdict::Measured(value, others),
                    // The program may have ended at the signal before this process saw it.
                    Err(_) if self.supervisor.is_interrupted() => Verdict::Interrupted,
                    Err(fault) => failed(fault),
                }
            }
        };
        let mut unkept = 0;
        let verdict = match verdict {
            Verdict::Measured(value, mut others) => {
                unkept = others.len().saturating_sub(KEPT) as u64;
                others.truncate(KEPT);
                Verdict::Measured(value, others)
            }
            Verdict::Failed(reason) if skipped > 0 && self.program.metric_file.is_none() => Verdict::Failed(format!(
                "{reason}\n(lines of more than 1 MiB on standard output: {skipped}, which are not searched)"
            )),
            verdict => verdict,
        };
        self.skipped.add(proposal.number, skipped, unkept);
        Ok((verdict, Some(took)))
    }
}

impl Runner {
    /// Returns whether the lines on standard output are read for the metric or for reports.
    pub(super) fn reads_lines(&self, config: &Config) -> bool {
        self.program.metric_file.is_none() || config.definition().is_pruning()
    }

    /// Returns a hint if the metric is on standard error.
    fn elsewhere(&self, stderr: &Path) -> String {
        let mut lines = MetricLines::new(&self.program.paths);
        last_lines(stderr, QUOTED).lines().for_each(|line| _ = lines.line(line.as_bytes()));
        if lines.metric().is_ok() {
            "; it is on standard error; print it on standard output".into()
        } else {
            String::new()
        }
    }
}

fn variables(
    proposal: &Proposal<'_>,
    directory: &TrialDirectory,
    dataset: Option<&OsStr>,
) -> Vec<(&'static str, OsString)> {
    let mut variables = vec![
        ("HYPEROPT_TRIAL", proposal.number.to_string().into()),
        ("HYPEROPT_CONFIGURATION", proposal.configuration.to_string().into()),
        ("HYPEROPT_CONFIG", directory.config().into()),
        ("HYPEROPT_OUTPUT", directory.path().into()),
    ];
    variables.extend(proposal.budget.map(|budget| ("HYPEROPT_BUDGET", number(budget).into())));
    variables.extend(dataset.map(|dataset| ("HYPEROPT_DATASET", dataset.into())));
    variables
}

/// Describes the exit status, such as `exited with code 3`.
fn exit(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exited with code {code}"),
        (None, Some(signal)) => {
            let name = match signal {
                4 => " (SIGILL)",
                6 => " (SIGABRT)",
                8 => " (SIGFPE)",
                9 => " (SIGKILL: by hand, or because memory ran out)",
                11 => " (SIGSEGV)",
                15 => " (SIGTERM)",
                _ => "",
            };
            format!("was killed by signal {signal}{name}")
        }
        (None, None) => "ended in an unknown way".into(),
    }
}

/// Quotes the end of the program's standard error, or of its standard output if that is empty.
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

/// Writes `result.json`, the outcome of the trial, beside the files of its program.
fn write_result(
    proposal: &Proposal<'_>,
    directory: &TrialDirectory,
    words: &[OsString],
    verdict: &Verdict,
    took: Option<Duration>,
) -> io::Result<()> {
    let parameters: serde_json::Map<_, _> = proposal.parameters.iter().cloned().collect();
    let command: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let mut result = json!({ "trial": proposal.number, "parameters": parameters, "command": command });
    result["state"] = match verdict {
        Verdict::Measured(..) => "complete",
        Verdict::Failed(_) => "failed",
        Verdict::Pruned => "pruned",
        Verdict::Interrupted => "running",
    }
    .into();
    match verdict {
        Verdict::Measured(value, others) => {
            result["objective"] = (*value).into();
            result["metrics"] = others.iter().map(|(name, value)| (name.clone(), Value::from(*value))).collect();
        }
        Verdict::Failed(reason) => result["reason"] = reason.as_str().into(),
        Verdict::Pruned | Verdict::Interrupted => {}
    }
    if let Some(budget) = proposal.budget {
        result["configuration"] = proposal.configuration.into();
        result["budget"] = budget.into();
    }
    result["seconds"] = took.map(|took| took.as_secs_f64()).into();
    let mut text = serde_json::to_vec_pretty(&result)?;
    text.push(b'\n');
    // It may be missing, or a link, if it could not be created.
    if !fs::symlink_metadata(directory.path()).is_ok_and(|found| found.is_dir()) {
        return Ok(());
    }
    // A file of that name that the program has written is kept.
    match fs::File::create_new(directory.result()) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => Ok(()),
        file => file?.write_all(&text),
    }
}
