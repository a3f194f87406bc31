use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::engine::{OnInterrupt, Progress};
use crate::error::Error;
use crate::history::Goal;
use crate::study::Store;
use crate::sweep::{Hyperoptimizer, InitialPoints, StopReason, Sweep, TryFirst};

/// What a sweep does after a trial that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OnError {
    /// Keeps the trial with its reason and goes on.
    #[default]
    Continue,
    /// Keeps the trial with its reason and starts no more.
    Stop,
}

/// The settings of a sweep, other than its sampler; what is `None` is drawn, inherited or left out.
#[derive(Debug, Default)]
pub struct Settings {
    /// `seed = …`
    pub seed: Option<u64>,
    /// `goal = …`
    pub goal: Option<Vec<Goal>>,
    /// `ho = …`
    pub ho: Option<Sweep>,
    /// `study = …`
    pub study: Option<Box<dyn Store>>,
    /// `timeout = …`
    pub timeout: Option<Duration>,
    /// `progress = …`
    pub progress: Progress,
    /// `on_error = …`
    pub on_error: OnError,
    /// `on_interrupt = …`
    pub on_interrupt: OnInterrupt,
    /// Ends the sweep, as Ctrl-C does, once it is set.
    pub stop: Option<Arc<AtomicBool>>,
    /// `transfer = …`
    pub transfer: Option<InitialPoints>,
    /// `repeats = …`
    pub repeats: bool,
    /// `try_first = …`
    pub try_first: TryFirst,
    /// What looks at the sweep after each trial.
    pub watchers: Watchers,
}

/// What looks at a sweep after each trial that was closed, and before the first; it may end it.
pub(crate) type Watcher = Box<dyn FnMut(&Sweep) -> Result<Option<StopReason>, Error> + Send>;

/// All that look at a sweep.
#[derive(Default)]
pub struct Watchers {
    pub(crate) all: Vec<Watcher>,
}

impl fmt::Debug for Watchers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Watchers").field(&self.all.len()).finish()
    }
}

impl Settings {
    /// All settings at their defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

/// What can stand behind `ho =`: a sweep to go on from, by value or by reference.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an earlier sweep",
    label = "expected an earlier result of `hyperopt!`, or a reference to one"
)]
pub trait Earlier {
    /// The sweep without its types.
    fn earlier(self) -> Sweep;
}

#[diagnostic::do_not_recommend]
impl<P> Earlier for Hyperoptimizer<P> {
    fn earlier(self) -> Sweep {
        self.into_sweep()
    }
}

#[diagnostic::do_not_recommend]
impl<P> Earlier for &Hyperoptimizer<P> {
    fn earlier(self) -> Sweep {
        self.sweep().clone()
    }
}
