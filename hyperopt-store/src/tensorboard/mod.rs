//! Sweeps as files for `TensorBoard`: curves, and the table of hyperparameters.

mod event;
mod message;

use std::fs;
use std::io;
use std::path::Path;

use event::{EventFile, Status};
use hyperopt_core::{State, Sweep};

use crate::runs::{Run, Scalar, now, runs};

/// Writes a sweep for `TensorBoard`, as one directory in `directory` for each trial (`trial-00000` and so on) or, in a sweep
/// with budgets, for each configuration (`configuration-00000` and so on). `tensorboard --logdir directory` shows them.
///
/// Each directory has the objectives, the metrics, the constraints (such as `constraints/memory`) and the reports (as
/// `reports`) as scalars. A report keeps its step. All other scalars have the step of the trial's last report, or 0 without
/// one; in a sweep with budgets, their step is the budget or, if any budget is not a whole number, the number of the rung. The
/// tab HPARAMS shows the active hyperparameters, and complete and pruned trials as successes.
///
/// Scalars are rounded to the single precision of `TensorBoard`; NaN and infinities are kept. A sweep records the durations of
/// its trials, not their dates: every trial is written as if it ended at the time of writing, with its reports evenly spaced
/// over its duration.
///
/// Files of an earlier call for the same trials are replaced; other files in the directory are kept.
///
/// # Errors
///
/// Fails if a directory or a file cannot be created or written, or if the directory of a trial is a symbolic link.
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
    let directory = directory.as_ref();
    for run in runs(sweep.as_ref(), now()) {
        let directory = directory.join(&run.name);
        fs::create_dir_all(&directory)?;
        if fs::symlink_metadata(&directory)?.is_symlink() {
            let shown = directory.display();
            return Err(io::Error::other(format!("`{shown}` is a symbolic link, which is not followed; remove it")));
        }
        write_run(run, &directory.join("events.out.tfevents.hyperopt"))?;
    }
    Ok(())
}

fn write_run(run: Run<'_>, path: &Path) -> io::Result<()> {
    let mut file = EventFile::create(path, run.start)?;
    file.session_start(run.start, run.parameters)?;
    for Scalar { time, name, step, value } in run.scalars {
        file.scalar(time, &name, step, value)?;
    }
    let status = match run.last.state() {
        State::Complete | State::Pruned => Status::Success,
        State::Failed => Status::Failure,
        State::Running => Status::Running,
        _ => Status::Unknown,
    };
    file.session_end(run.end, status)?;
    file.flush()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_in_the_directory_are_not_followed() {
        let sweep = hyperopt_core::Search::new(hyperopt_core::hp::randint("x", 9)).run(0..1, |_, x| f64::from(x));
        let scratch = tempfile::tempdir().unwrap();
        let (runs, precious) = (scratch.path().join("runs"), scratch.path().join("precious"));
        write_tensorboard(&sweep, &runs).unwrap();
        let events = runs.join("trial-00000/events.out.tfevents.hyperopt");
        let expected = fs::read(&events).unwrap().len();
        fs::write(&precious, "weights").unwrap();
        fs::remove_file(&events).unwrap();
        symlink(&precious, &events).unwrap();
        write_tensorboard(&sweep, &runs).unwrap();
        assert_eq!(fs::symlink_metadata(&events).unwrap().len(), expected as u64);
        assert_eq!(fs::read_to_string(&precious).unwrap(), "weights");

        fs::rename(runs.join("trial-00000"), scratch.path().join("elsewhere")).unwrap();
        symlink(scratch.path().join("elsewhere"), runs.join("trial-00000")).unwrap();
        let error = write_tensorboard(&sweep, &runs).unwrap_err().to_string();
        assert!(error.ends_with("trial-00000` is a symbolic link, which is not followed; remove it"), "{error}");
        fs::remove_file(runs.join("trial-00000")).unwrap();
        write_tensorboard(&sweep, &runs).unwrap();
    }
}
