//! `hyperopt resume`: continues the sweep of an output directory.

use std::process::ExitCode;

use hyperopt_core::State;
use hyperopt_store::Study;
use hyperopt_yaml::Config;

use crate::args::ResumeArgs;
use crate::failure::Failure;
use crate::message::note;
use crate::output::{Layout, RunFile, read_config, settle_config, study_address, with_options};
use crate::results::is_address;
use crate::sweep::prepare::Prepared;

/// Runs the trials that an output directory lacks, with the command line in its `run.json`.
pub(crate) fn resume(args: &ResumeArgs) -> Result<ExitCode, Failure> {
    if let Some(url) = args.output.to_str().filter(|output| is_address(output)) {
        let shown = Study::open(url).map_err(Failure::study)?.shown_address();
        return Err(Failure::usage(format!(
            "a database does not hold the program of its sweeps; write the output directory instead, or continue the sweep NAME \
             of {shown} in a new one: `hyperopt run --study URL --name NAME` with its configuration and program"
        )));
    }
    let fault = |error| Failure::usage(format!("{}: {error}", args.output.display()));
    let layout = Layout::new(&args.output).map_err(fault)?;
    let mut run = RunFile::read(&layout)?;
    let config = read_config(&layout, &run)?;
    let given = args.study.as_deref().filter(|url| run.wants_study && !url.is_empty());
    let url = study_address(&layout, &run, given)?;
    let planned = with_options(&run, config.clone())?.definition().started();
    run.search.num_samples = args.num_samples.or(run.search.num_samples);
    run.search.workers = args.workers.or(run.search.workers);
    run.search.spend = args.spend.or(run.search.spend);
    // A timeout limits one run: that of the earlier run has passed.
    run.search.timeout = args.timeout;
    let prepared = Prepared::new(&run, config, layout, args.display, url)?;
    if let Some(samples) = args.num_samples {
        prepared.check_rounds(samples)?;
        check_samples(samples, &prepared.config, planned)?;
    }
    if args.dry_run {
        return prepared.dry_run();
    }
    prepared.layout.create().and_then(|()| settle_config(&prepared.layout, &run)).map_err(fault)?;
    if args.num_samples.is_some() || args.workers.is_some() || args.spend.is_some() {
        run.write(&prepared.layout)?;
    }
    prepared.start(None)
}

/// Refuses a number of trials that the sweep has exceeded already, and notes one that ends it before what was planned.
fn check_samples(samples: u64, config: &Config, planned: Option<u64>) -> Result<(), Failure> {
    let definition = config.definition();
    let (now, has_rungs) = (definition.started(), definition.budgets().is_some() && !definition.counts_seconds());
    let nouns = |count: u64| match (has_rungs, count) {
        (true, 1) => "configuration",
        (true, _) => "configurations",
        (false, 1) => "trial",
        (false, _) => "trials",
    };
    let study = definition.study().and_then(|url| Study::open(url).ok());
    // What is wrong with the database is told when the sweep opens it.
    let sweep = study.and_then(|study| study.name(definition.study_name()).read().ok());
    let done = sweep.map_or(0, |sweep| {
        let history = sweep.history();
        if has_rungs {
            history.configurations()
        } else {
            history.len() - history.count(State::Cancelled) - history.running()
        }
    }) as u64;
    let Some(now) = now else { return Ok(()) };
    if now < done {
        let had = if has_rungs { "started" } else { "run" };
        let least = done.div_ceil(definition.grid().max(1));
        return Err(Failure::usage(format!(
            "`--num-samples {samples}` is fewer than this sweep has {had} already: {done} {}; write {least} or more, or leave it out",
            nouns(done)
        )));
    }
    if let Some(planned) = planned.filter(|planned| now < *planned) {
        note(format_args!("the sweep was planned with {planned} {}, and now ends after {now}", nouns(planned)));
    }
    Ok(())
}
