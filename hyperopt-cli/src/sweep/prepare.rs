//! A sweep that is about to start: its configuration, and the runner of its trials, checked before the first one.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;

use hyperopt_store::Study;
use hyperopt_yaml::Config;

use crate::args::Display;
use crate::failure::{Failure, say};
use crate::metric::Paths;
use crate::output::{Claim, Layout, RunFile, with_options};
use crate::process::{Environment, Interrupts, Offered, Supervisor, Template, find, interrupts};
use crate::quote::quoted;
use crate::sweep::drive::drive;
use crate::sweep::finish::finish;
use crate::sweep::trial::Runner;

/// Everything that a sweep needs to start.
pub(super) struct Prepared {
    config: Config,
    runner: Runner,
    pub(super) layout: Layout,
    display: Display,
    interrupts: &'static Interrupts,
}

impl Prepared {
    pub(super) fn new(
        run: &RunFile,
        config: Config,
        layout: Layout,
        display: Display,
        url: String,
    ) -> Result<Self, Failure> {
        let mut config = with_options(run, config)?;
        config.definition_mut().set_study(url);
        let interrupts = interrupts()
            .map_err(|error| Failure::broken(format!("cannot take over the signals of this process: {error}")))?;
        let runner = runner(run, &config, &layout, interrupts)?;
        Ok(Self { config, runner, layout, display, interrupts })
    }

    /// Refuses a metric that is not the one of the study: the numbers of its trials would be of two kinds.
    pub(super) fn check_metric(&self, is_option: bool) -> Result<(), Failure> {
        let definition = self.config.definition();
        let (name, now) = (definition.study_name(), self.runner.paths.name());
        let study = definition.study().and_then(|url| Study::open(url).ok());
        // What is wrong with the database is told when the sweep opens it.
        let Some(sweep) = study.and_then(|study| study.name(name).read().ok()) else { return Ok(()) };
        match sweep.objective_names().as_slice() {
            // The name of an objective without one.
            [kept] if kept != now && kept != "objective" => {
                let advice = if is_option { format!("--metric {}", quoted(kept)) } else { format!("metric: {kept}") };
                Err(Failure::broken(format!(
                    "study `{name}`: its metric is `{kept}`, and this sweep measures `{now}`; write `{advice}`, or give the \
                     sweep a study of its own with `--name`"
                )))
            }
            _ => Ok(()),
        }
    }

    /// Runs the sweep to its end. A sweep that does not begin releases the directory that it has claimed.
    pub(super) fn start(self, claim: Option<&Claim>) -> Result<ExitCode, Failure> {
        if !self.display.quiet {
            self.config.notes().iter().for_each(|note| say(format_args!("{}: {note}", self.config.source())));
        }
        let trained = drive(&self.config, &self.runner, self.display, self.interrupts.stop());
        let trained = trained.inspect_err(|_| claim.into_iter().for_each(Claim::release))?;
        // Processes that a trial left behind are killed before anything is printed.
        drop(self.runner);
        finish(&trained, &self.config, &self.layout, self.display, self.interrupts.signal())
    }
}

/// Returns the places where the metric is looked for.
fn paths(run: &RunFile, config: &Config) -> Paths {
    let definition = config.definition();
    match &run.metric.metric {
        Some(path) => Paths::given(path),
        None => Paths::named(definition.split(), definition.output_feature(), definition.metric()),
    }
}

/// Creates the runner of the trials. Whatever is wrong with the command, its placeholders or its environment is an error here.
fn runner(run: &RunFile, config: &Config, layout: &Layout, interrupts: &'static Interrupts) -> Result<Runner, Failure> {
    let definition = config.definition();
    let parameters: Vec<_> = definition.parameters().iter().map(|parameter| parameter.name().to_owned()).collect();
    let (has_dataset, has_budget) = (run.dataset.is_some(), definition.budgets().is_some());
    let offered = Offered { parameters: &parameters, has_dataset, has_budget };
    let parse = |words: &[OsString]| Template::parse(words, offered);
    let faults = |faults: Vec<String>| Failure::usage(faults.join("\nhyperopt: "));
    let words: Vec<_> = run.command.iter().map(OsString::from).collect();
    let command = parse(&words).map_err(faults)?;
    for parameter in definition.parameters() {
        let values = ["categories", "values"].into_iter().filter_map(|key| parameter.definition().get(key)?.as_array());
        values.flatten().try_for_each(|value| command.check(parameter.name(), value)).map_err(Failure::usage)?;
    }
    let one = |word: &str| parse(&[word.into()]).map_err(faults);
    let metric_file = run.metric.metric_file.as_deref().map(one).transpose()?;
    if let (Some(file), Some(template)) = (&run.metric.metric_file, &metric_file)
        && Path::new(file).is_absolute()
        && template.is_fixed()
        && definition.workers() > 1
    {
        return Err(Failure::usage(format!(
            "`--metric-file {file}` is one file for all trials, {} of which run at the same time; write \
             `--metric-file '{{output}}/…'`, or `--workers 1`",
            definition.workers()
        )));
    }
    let working_directory = run.trial.working_directory.as_deref().map(one).transpose()?;
    let environment = Environment::new(run.trial.clear_env, &run.trial.env).map_err(Failure::usage)?;
    if let Some(program) = run.command.first().filter(|program| !program.contains('{')) {
        find(OsStr::new(program), &run.directory, environment.path().as_deref()).map_err(Failure::usage)?;
    }
    let mark = format!("{}-{:x}", std::process::id(), started());
    let (supervisor, unguarded) = Supervisor::start(mark, interrupts);
    if let Some(error) = unguarded {
        say(format_args!("trials would outlive this process if it were killed by SIGKILL: {error}"));
    }
    Ok(Runner {
        layout: layout.clone(),
        supervisor,
        command,
        working_directory,
        directory: run.directory.clone(),
        dataset: run.dataset.clone().map(OsString::from),
        environment,
        paths: paths(run, config),
        metric_file,
        timeout: run.trial.trial_timeout,
        grace: run.trial.grace,
    })
}

/// Returns the time in nanoseconds, which tells this process from an earlier one with the same number.
fn started() -> u128 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| now.as_nanos())
}
