//! What a run is made of: the configuration, and the runner of its trials.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use hyperopt_yaml::Config;

use crate::failure::{Failure, say};
use crate::metric::Paths;
use crate::output::{Kept, Layout};
use crate::process::{Environment, Interrupts, Offered, Supervisor, Template, find};
use crate::sweep::trial::Runner;

/// How many trials may run at the same time: each has a thread, and a process or more.
const MOST_WORKERS: usize = 1000;

/// The configuration with what the command line says otherwise.
pub(super) fn configured(kept: &Kept, mut config: Config) -> Result<Config, Failure> {
    let definition = config.definition_mut();
    let search = &kept.search;
    if let Some(name) = &search.sampler {
        definition.set_sampler(name).map_err(|fault| Failure::usage(format!("`--sampler {name}`: {fault}")))?;
    }
    if let Some(samples) = search.num_samples {
        definition.set_num_samples(samples);
    }
    if let Some(workers) = search.workers {
        definition.set_workers(workers.into());
    }
    if definition.workers() > MOST_WORKERS {
        let workers = definition.workers();
        return Err(Failure::usage(format!(
            "{workers} trials at the same time are too many; write {MOST_WORKERS} at the most"
        )));
    }
    if let Some(name) = &search.name {
        definition.set_study_name(name);
    }
    if let Some(seed) = search.seed {
        definition.set_seed(seed);
    }
    if let Some(timeout) = search.timeout {
        definition.set_timeout(timeout);
    }
    Ok(config)
}

/// Where the metric is.
pub(super) fn paths(kept: &Kept, config: &Config) -> Paths {
    let definition = config.definition();
    match &kept.metric.metric {
        Some(path) => Paths::given(path),
        None => Paths::named(definition.split(), definition.output_feature(), definition.metric()),
    }
}

/// What runs the trials, checked as far as it can be before the first one.
pub(super) fn runner(
    kept: &Kept,
    config: &Config,
    layout: &Layout,
    interrupts: &'static Interrupts,
) -> Result<Runner, Failure> {
    let definition = config.definition();
    let parameters: Vec<_> = definition.parameters().iter().map(|parameter| parameter.name().to_owned()).collect();
    let (has_dataset, has_budget) = (kept.dataset.is_some(), definition.budgets().is_some());
    let offered = Offered { parameters: &parameters, has_dataset, has_budget };
    let parse = |words: &[OsString]| Template::parse(words, offered);
    let faults = |faults: Vec<String>| Failure::usage(faults.join("\nhyperopt: "));
    let words: Vec<_> = kept.command.iter().map(OsString::from).collect();
    let command = parse(&words).map_err(faults)?;
    for parameter in definition.parameters() {
        let values = ["categories", "values"].into_iter().filter_map(|key| parameter.definition().get(key)?.as_array());
        values.flatten().try_for_each(|value| command.check(parameter.name(), value)).map_err(Failure::usage)?;
    }
    let one = |word: &str| parse(&[word.into()]).map_err(faults);
    let metric_file = kept.metric.metric_file.as_deref().map(one).transpose()?;
    if let (Some(file), Some(template)) = (&kept.metric.metric_file, &metric_file)
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
    let working_directory = kept.trial.working_directory.as_deref().map(one).transpose()?;
    let environment = Environment::new(kept.trial.clear_env, &kept.trial.env).map_err(Failure::usage)?;
    if let Some(program) = kept.command.first().filter(|program| !program.contains('{')) {
        find(OsStr::new(program), &kept.directory, environment.path().as_deref()).map_err(Failure::usage)?;
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
        directory: kept.directory.clone(),
        dataset: kept.dataset.clone().map(OsString::from),
        environment,
        paths: paths(kept, config),
        metric_file,
        timeout: kept.trial.trial_timeout,
        grace: kept.trial.grace,
    })
}

/// The time, to tell this process from an earlier one with the same number.
fn started() -> u128 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| now.as_nanos())
}
