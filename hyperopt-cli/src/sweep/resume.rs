//! `hyperopt resume`: continues the sweep of an output directory.

use std::process::ExitCode;

use crate::args::ResumeArgs;
use crate::failure::Failure;
use crate::output::{Layout, RunFile, read_config, settle_config, study_address};
use crate::sweep::prepare::Prepared;

/// Runs the trials that an output directory lacks, with the command line in its `run.json`.
pub(crate) fn resume(args: &ResumeArgs) -> Result<ExitCode, Failure> {
    let fault = |error| Failure::usage(format!("{}: {error}", args.output.display()));
    let layout = Layout::new(&args.output).map_err(fault)?;
    let mut run = RunFile::read(&layout)?;
    let config = read_config(&layout, &run)?;
    let given = args.study.as_deref().filter(|_| run.wants_study);
    let url = study_address(&layout, &run, given)?;
    run.search.num_samples = args.num_samples.or(run.search.num_samples);
    run.search.workers = args.workers.or(run.search.workers);
    // A timeout limits one run: that of the earlier run has passed.
    run.search.timeout = args.timeout;
    let prepared = Prepared::new(&run, config, layout, args.display, url)?;
    if args.dry_run {
        return prepared.dry_run();
    }
    prepared.layout.create().and_then(|()| settle_config(&prepared.layout, &run)).map_err(fault)?;
    if args.num_samples.is_some() || args.workers.is_some() {
        run.write(&prepared.layout)?;
    }
    prepared.start(None)
}
