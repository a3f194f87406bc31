//! The configuration of a sweep: `sweep.yaml` of its output directory, and the options that override it.

use std::fs;
use std::io;

use hyperopt_yaml::Config;

use crate::args::MAX_WORKERS;
use crate::failure::Failure;
use crate::output::layout::Layout;
use crate::output::run_file::RunFile;

/// Reads `sweep.yaml`, the configuration as it was given to `hyperopt run`.
pub(crate) fn read_config(layout: &Layout, run: &RunFile) -> Result<Config, Failure> {
    let path = layout.config();
    let text = config_text(layout, run).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::usage(format!(
            "{} is missing, the configuration of the sweep: put it back, or, to start anew, remove {} and write `hyperopt run`",
            path.display(),
            layout.run_file().display()
        )),
        _ => Failure::usage(format!("cannot read {}: {error}", path.display())),
    })?;
    Config::parse(&run.config, &text).map_err(Failure::usage)
}

/// Reads the text of the configuration. If the process that started the sweep was killed while it put the file in its place,
/// the staged file is read instead.
pub(crate) fn config_text(layout: &Layout, run: &RunFile) -> io::Result<String> {
    let path = layout.config();
    match (fs::read_to_string(&path), run.token) {
        (Err(error), Some(token)) if error.kind() == io::ErrorKind::NotFound => {
            // A process that is alive may put it there between the two.
            fs::read_to_string(layout.staged_config(token)).or_else(|_| fs::read_to_string(&path))
        }
        (read, _) => read,
    }
}

/// Puts the configuration in its place, if the process that started the sweep was killed before it could.
pub(crate) fn settle_config(layout: &Layout, run: &RunFile) -> io::Result<()> {
    let Some(staged) = run.token.map(|token| layout.staged_config(token)) else { return Ok(()) };
    if layout.config().exists() || !staged.exists() { Ok(()) } else { fs::rename(staged, layout.config()) }
}

/// Applies the options of the command line, which override the file.
pub(crate) fn with_options(run: &RunFile, mut config: Config) -> Result<Config, Failure> {
    let definition = config.definition_mut();
    let search = &run.search;
    if let Some(name) = &search.sampler {
        let set = definition.set_sampler(name).and_then(|()| definition.check_sampler());
        set.map_err(|fault| Failure::usage(format!("`--sampler {name}`: {fault}")))?;
    }
    if let Some(samples) = search.num_samples {
        definition.set_num_samples(samples);
    }
    if let Some(workers) = search.workers {
        definition.set_workers(workers.into());
    }
    if definition.workers() > MAX_WORKERS {
        let workers = definition.workers();
        return Err(Failure::usage(format!(
            "{workers} trials at the same time are too many; write at most {MAX_WORKERS}"
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
    if let Some(spend) = search.spend {
        definition.set_spend(spend);
    }
    definition.check_spend().map_err(Failure::usage)?;
    Ok(config)
}
