//! Sweeps as files for `TensorBoard`: curves, and the table of hyperparameters.

mod event;
mod message;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use event::{EventFile, Status};
use hyperopt_core::{State, Sweep, Trial};

/// Writes a sweep for `TensorBoard`: one directory in `directory` for each trial, `trial-00000` and so on, or, in a sweep with
/// budgets, for each configuration, `configuration-00000` and so on. `tensorboard --logdir directory` shows them.
///
/// Each directory has the objectives, the metrics, the constraints (as `constraints/memory`) and the reports (as `reports`) as
/// scalars by step. The step of a report is its own. The step of all other scalars is that of the trial's last report, or 0
/// without one; in a sweep with budgets it is the resources or, if any of those is not a whole number, the number of the rung.
/// The tab HPARAMS shows the active hyperparameters; complete and pruned trials count as a success there.
///
/// Scalars are rounded to the single precision of `TensorBoard`; NaN and infinities are kept. A sweep has the durations of its
/// trials, not their dates: each trial ends at the time of writing, and its reports are evenly spaced before that.
///
/// Files of an earlier call for the same trials are replaced; other files in the directory are kept.
///
/// # Errors
///
/// If a directory or a file cannot be created or written, and if the directory of a trial is a symbolic link.
///
/// ```
/// use hyperopt::prelude::*;
/// use hyperopt_store::write_tensorboard;
///
/// let ho = hyperopt!(
///     rate = log(1e-5..=1e-1),
///     for i in 0..3 {
///         Metrics::new(rate).with("accuracy", 1.0 - rate)
///     }
/// );
/// # let directory = tempfile::tempdir()?;
/// # let runs = directory.path();
/// write_tensorboard(&ho, runs)?;
/// # assert_eq!(std::fs::read_dir(runs)?.count(), 3);
/// # Ok::<_, std::io::Error>(())
/// ```
pub fn write_tensorboard(sweep: &impl AsRef<Sweep>, directory: impl AsRef<Path>) -> io::Result<()> {
    let (sweep, directory) = (sweep.as_ref(), directory.as_ref());
    let mut configurations = BTreeMap::<_, Vec<_>>::new();
    for trial in sweep.history().trials() {
        configurations.entry(trial.configuration()).or_default().push(trial);
    }
    let resources = || sweep.history().trials().iter().filter_map(Trial::resources);
    let kind = if resources().next().is_some() { "configuration" } else { "trial" };
    let are_whole = resources().all(|resources| whole(resources).is_some());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    for (number, trials) in configurations {
        let directory = directory.join(format!("{kind}-{number:05}"));
        fs::create_dir_all(&directory)?;
        if fs::symlink_metadata(&directory)?.is_symlink() {
            let shown = directory.display();
            return Err(io::Error::other(format!("`{shown}` is a symbolic link, which is not followed; remove it")));
        }
        write_configuration(sweep, &trials, are_whole, now, &directory.join("events.out.tfevents.hyperopt"))?;
    }
    Ok(())
}

fn write_configuration(sweep: &Sweep, rungs: &[&Trial], are_whole: bool, now: f64, path: &Path) -> io::Result<()> {
    let Some(last) = rungs.last() else { return Ok(()) };
    let mut time = now - rungs.iter().map(|trial| trial.duration().as_secs_f64()).sum::<f64>();
    let mut file = EventFile::create(path, time)?;
    let parameters = sweep.space().parameters();
    let active = parameters.filter_map(|name| Some((name, sweep.space().value(name, last.point())?)));
    file.session_start(time, active)?;
    for (rung, trial) in rungs.iter().enumerate() {
        let (reports, seconds) = (trial.reports(), trial.duration().as_secs_f64());
        let apart = seconds / reports.len().max(1) as f64;
        for (index, &(step, value)) in reports.iter().enumerate() {
            file.scalar(time + apart * (index + 1) as f64, "reports", step, value)?;
        }
        time += seconds;
        let step = match trial.resources() {
            None => trial.last_report().map_or(0, |(step, _)| step),
            Some(resources) => whole(resources).filter(|_| are_whole).unwrap_or(rung as u64),
        };
        for (name, &value) in sweep.objective_names().iter().zip(trial.values()) {
            file.scalar(time, name, step, value)?;
        }
        for (name, value) in trial.metrics() {
            file.scalar(time, name, step, *value)?;
        }
        for (name, value) in trial.constraints() {
            file.scalar(time, &format!("constraints/{name}"), step, *value)?;
        }
    }
    let status = match last.state() {
        State::Complete | State::Pruned => Status::Success,
        State::Failed => Status::Failure,
        State::Running => Status::Running,
        _ => Status::Unknown,
    };
    file.session_end(time, status)?;
    file.flush()
}

/// The step of resources that are a whole number.
fn whole(resources: f64) -> Option<u64> {
    let is_whole = resources.fract() == 0.0 && (0.0..=1e15).contains(&resources);
    is_whole.then_some(resources as u64)
}
