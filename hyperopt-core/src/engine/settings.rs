//! The settings of a sweep, other than its sampler.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::engine::{OnInterrupt, Progress};
use crate::error::Error;
use crate::history::Goal;
use crate::study::Store;
use crate::sweep::{Hyperoptimizer, InitialPoints, StopReason, Sweep, TryFirst};

/// What a sweep does after a failed trial.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnError {
    /// Records the trial with its reason and continues (default).
    #[default]
    Continue,
    /// Records the trial with its reason and starts no further trial.
    Stop,
}

/// The settings of a sweep, other than its sampler. A setting that is `None` is drawn, inherited or unset.
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
    /// A flag that ends the sweep, as Ctrl-C does, once it is `true`.
    pub stop: Option<Arc<AtomicBool>>,
    /// The names of the objectives of outcomes that do not name theirs; empty for none.
    pub names: Vec<Cow<'static, str>>,
    /// `transfer = …`
    pub transfer: Option<InitialPoints>,
    /// `loss_threshold = …`
    pub loss_threshold: Option<f64>,
    /// `no_progress = …`
    pub no_progress: Option<u64>,
    /// `spend = …`
    pub spend: Option<f64>,
    /// `repeats = …`
    pub repeats: bool,
    /// `try_first = …`
    pub try_first: TryFirst,
    /// The functions called with the sweep after each trial.
    pub watchers: Watchers,
}

/// A function called with the sweep before the first trial and after each closed one; it may end the sweep.
pub(crate) type Watcher = Box<dyn FnMut(&Sweep) -> Result<Option<StopReason>, Error> + Send>;

/// All watchers of a sweep.
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
    /// Returns all settings at their defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

/// The value of `seed = …`: an integer of any type. A negative one, and one of 128 bits, counts by its lowest 64 bits.
#[diagnostic::on_unimplemented(
    message = "a seed is an integer, not a `{Self}`",
    label = "expected an integer, such as `7`"
)]
pub trait Seed {
    /// Returns the seed of the sweep.
    #[doc(hidden)]
    fn seed(self) -> u64;
}

macro_rules! seeds {
    ($($integer:ty)+) => {$(
        #[diagnostic::do_not_recommend]
        impl Seed for $integer {
            #[allow(clippy::cast_lossless)]
            fn seed(self) -> u64 {
                self as u64
            }
        }
    )+};
}

seeds!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

/// The value of `spend = …`: a number of any type, in the unit of the budgets.
#[diagnostic::on_unimplemented(
    message = "`spend` takes a number in the unit of the budgets, not a `{Self}`",
    label = "expected a number, such as `1000`",
    note = "a limit of time is written `timeout = Duration::from_secs(60)`"
)]
pub trait Spend {
    /// Returns the resources.
    #[doc(hidden)]
    fn resources(self) -> f64;
}

macro_rules! spends {
    ($($number:ty)+) => {$(
        #[diagnostic::do_not_recommend]
        impl Spend for $number {
            #[allow(clippy::cast_lossless, clippy::cast_precision_loss)]
            fn resources(self) -> f64 {
                self as f64
            }
        }
    )+};
}

spends!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64);

/// The value of `ho = …`: a sweep to resume, by value or by reference, typed or not.
///
/// The head of the loop counts further trials: `for i in 0..30` runs 30 more, with `i` from 0 again. A study, by contrast, has
/// `0..30` as its total, and continues `i`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an earlier sweep",
    label = "expected an earlier result of `hyperopt!`, or a reference to one",
    note = "a sweep without a loop is ended first: `ho = open.finish()`",
    note = "a `&mut` is written `&`: `ho = &earlier`; a file of an earlier sweep is a study: `study = Study::open(\"sqlite:sweep.db\")?`"
)]
pub trait Earlier {
    /// Returns the sweep without its types.
    fn earlier(self) -> Sweep;
}

#[diagnostic::do_not_recommend]
impl<P> Earlier for Hyperoptimizer<P> {
    fn earlier(self) -> Sweep {
        self.into_sweep()
    }
}

#[diagnostic::do_not_recommend]
impl Earlier for Sweep {
    fn earlier(self) -> Sweep {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Earlier for &Sweep {
    fn earlier(self) -> Sweep {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl<P> Earlier for &Hyperoptimizer<P> {
    fn earlier(self) -> Sweep {
        self.sweep().clone()
    }
}
