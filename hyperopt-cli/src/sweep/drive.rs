//! The sweep itself: each trial of the engine is one run of the program.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use hyperopt_core::{Metrics, Outcome};
use hyperopt_yaml::{Config, Error, Trained, Training, Trial};

use crate::args::Display;
use crate::exit_code;
use crate::failure::{Failure, for_command};
use crate::metric::Report;
use crate::sweep::proposal::Proposal;
use crate::sweep::trial::{Answer, Runner, Verdict};

/// Runs the sweep of `config` to its end, or until `stop` is set.
pub(super) fn drive(
    config: &Config,
    runner: &Runner,
    display: Display,
    stop: Arc<AtomicBool>,
) -> Result<Trained, Failure> {
    let training = Training::new(config).objective_name(runner.program.paths.name());
    let trained = training.progress(display.progress()).stop_when(stop).without_signals();
    let by_clock = config.definition().counts_seconds();
    let mut trained = trained.run(|trial| body(runner, trial, by_clock)).map_err(|error| match error {
        Error::Sweep(error) => Failure::new(exit_code::of_error(&error), for_command(error)),
        error => Failure::usage(error),
    })?;
    trained.map_error(for_command);
    runner.skipped.notes(runner.reads_lines(config)).into_iter().for_each(|note| trained.add_note(note));
    Ok(trained)
}

fn body(runner: &Runner, trial: &mut Trial<'_>, by_clock: bool) -> Outcome {
    let config = trial.config_yaml();
    let parameters = trial.parameters().to_vec();
    let proposal = Proposal {
        number: trial.number(),
        configuration: trial.configuration(),
        budget: trial.budget(),
        parameters: &parameters,
        config: &config,
    };
    let verdict = runner.run(&proposal, |Report { step, value }| {
        // By the clock, any line with the metric is a report.
        let Some(step) = step.or(by_clock.then_some(0)) else { return Answer::Continue };
        trial.report(step, value);
        match trial.should_stop() {
            false => Answer::Continue,
            true if trial.had_full_budget() => Answer::Finish,
            true => Answer::Prune,
        }
    });
    match verdict {
        Verdict::Measured(value, others) => {
            others.into_iter().fold(Metrics::new(value), |metrics, (name, value)| metrics.with(name, value)).into()
        }
        Verdict::Failed(reason) => Outcome::failed(reason),
        Verdict::Pruned => Outcome::pruned(),
        Verdict::Interrupted => Outcome::interrupted(),
    }
}
