//! The configuration of a sweep: `sweep.yaml` of its output directory, and the options that override it.

use std::fs;

use hyperopt_yaml::Config;

use crate::failure::Failure;
use crate::output::layout::Layout;
use crate::output::run_file::RunFile;

/// The maximum of `--workers`: each worker has a thread, and a process or more.
const MAX_WORKERS: usize = 1000;

/// Reads `sweep.yaml`, the configuration as it was given to `hyperopt run`.
pub(crate) fn read_config(layout: &Layout, run: &RunFile) -> Result<Config, Failure> {
    let path = layout.config();
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}", path.display())))?;
    Config::parse(&run.config, &text).map_err(Failure::usage)
}

/// Applies the options of the command line, which override the file.
pub(crate) fn with_options(run: &RunFile, mut config: Config) -> Result<Config, Failure> {
    let definition = config.definition_mut();
    let search = &run.search;
    if let Some(name) = &search.sampler {
        definition.set_sampler(name).map_err(|fault| Failure::usage(format!("`--sampler {name}`: {fault}")))?;
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
    Ok(config)
}
