//! A sweep that is about to start: its configuration and its program, checked before the first trial.

use std::process::ExitCode;

use hyperopt_store::Study;
use hyperopt_yaml::Config;

use crate::args::Display;
use crate::failure::Failure;
use crate::message::{note, warning};
use crate::output::{Claim, Layout, RunFile, with_options};
use crate::process::{Interrupts, Supervisor, interrupts};
use crate::quote::quoted;
use crate::sweep::drive::drive;
use crate::sweep::finish::finish;
use crate::sweep::program::Program;
use crate::sweep::skipped::Skipped;
use crate::sweep::trial::Runner;

/// Everything that a sweep needs to start. Nothing has been started or written yet.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) config: Config,
    pub(super) program: Program,
    pub(super) layout: Layout,
    pub(super) display: Display,
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
        let program = Program::new(run, &config)?;
        Ok(Self { config, program, layout, display })
    }

    /// Refuses a number of trials on the command line of which the scheduler would make more: it runs whole rounds.
    pub(super) fn check_rounds(&self, samples: u64) -> Result<(), Failure> {
        let definition = self.config.definition();
        let Some((a_round, rounds)) = definition.whole_rounds() else { return Ok(()) };
        let name = definition.scheduler().unwrap_or("dehb");
        let whole = rounds.saturating_mul(a_round);
        Err(Failure::usage(format!(
            "`--num-samples {samples}`: `{name}` runs whole rounds of {a_round} configurations; write `-n {whole}`, leave it out \
             for one round, or write `--sampler hyperband`, which starts as many as you say"
        )))
    }

    /// Refuses a metric that is not the one of the study: the numbers of its trials would be of two kinds.
    pub(super) fn check_metric(&self, is_option: bool) -> Result<(), Failure> {
        let definition = self.config.definition();
        let (name, now) = (definition.study_name(), self.program.paths.name());
        let study = definition.study().and_then(|url| Study::open(url).ok());
        // What is wrong with the database is told when the sweep opens it.
        let Some(sweep) = study.and_then(|study| study.name(name).read().ok()) else { return Ok(()) };
        match sweep.objective_names().as_slice() {
            // The name of an objective without one.
            [kept] if kept != now && kept != "objective" => {
                let advice = if is_option { format!("--metric {}", quoted(kept)) } else { format!("metric: {kept}") };
                Err(Failure::usage(format!(
                    "study `{name}`: its metric is `{kept}`, and this sweep measures `{now}`; write `{advice}`, or give the \
                     sweep a study of its own with `--name`"
                )))
            }
            _ => Ok(()),
        }
    }

    /// Runs the sweep to its end. A sweep that does not begin releases the directory that it has claimed.
    pub(super) fn start(self, claim: Option<&Claim>) -> Result<ExitCode, Failure> {
        let Self { config, program, layout, display } = self;
        if !display.quiet {
            config.notes().iter().for_each(|text| note(format_args!("{}: {text}", config.source())));
        }
        let started = begin(program, &layout).and_then(|(runner, interrupts)| {
            Ok((drive(&config, &runner, display, interrupts.stop())?, runner, interrupts))
        });
        let (trained, runner, interrupts) = started.inspect_err(|_| claim.into_iter().for_each(Claim::release))?;
        // Processes that a trial left behind are killed before anything is printed.
        drop(runner);
        finish(&trained, &config, &layout, display, interrupts.signal())
    }
}

/// Takes over the signals of this process, which end the sweep from now on.
pub(super) fn listen() -> Result<&'static Interrupts, Failure> {
    interrupts().map_err(|error| Failure::broken(format!("cannot take over the signals of this process: {error}")))
}

/// Takes over the signals of this process, and starts the guard of its trials.
fn begin(program: Program, layout: &Layout) -> Result<(Runner, &'static Interrupts), Failure> {
    let interrupts = listen()?;
    let mark = format!("{}-{:x}", std::process::id(), started());
    let (supervisor, unguarded) = Supervisor::start(mark, interrupts);
    if let Some(error) = unguarded {
        warning(format_args!("trials would outlive this process if it were killed by SIGKILL: {error}"));
    }
    Ok((Runner { layout: layout.clone(), supervisor, program, skipped: Skipped::default() }, interrupts))
}

/// Returns the time in nanoseconds, which tells this process from an earlier one with the same number.
fn started() -> u128 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| now.as_nanos())
}
