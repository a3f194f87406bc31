//! Events for the subscribers of `tracing`: what a sweep starts, closes and finds.

#[cfg(not(feature = "tracing"))]
use crate::sweep::Sweep;

/// The events of one sweep.
///
/// A subscriber is code of the user, and none of it runs under the lock that threads share the engine by: events wait until
/// the lock has been released.
#[derive(Debug, Default)]
pub(crate) struct Events {
    #[cfg(feature = "tracing")]
    waiting: Vec<emitted::Event>,
    #[cfg(feature = "tracing")]
    is_deferred: bool,
}

impl Events {
    /// Returns whether there may be a subscriber.
    pub(crate) fn are_wanted() -> bool {
        #[cfg(feature = "tracing")]
        return emitted::is_wanted();
        #[cfg(not(feature = "tracing"))]
        false
    }
}

/// The events that waited for a lock, of which there are none.
#[cfg(not(feature = "tracing"))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Released;

// The calls are the same as with subscribers.
#[cfg(not(feature = "tracing"))]
#[allow(clippy::unused_self)]
impl Events {
    pub(super) fn begun(&mut self, _: &Sweep, _: Option<u64>) {}

    pub(super) fn opened(&mut self, _: &Sweep, _: usize) {}

    pub(super) fn closed(&mut self, _: &Sweep, _: usize) {}

    pub(super) fn improved(&mut self, _: &Sweep, _: usize) {}

    pub(super) fn ended(&mut self, _: &Sweep) {}

    pub(crate) fn defer(&mut self, _: bool) -> Released {
        Released
    }

    pub(crate) fn release(&mut self) -> Released {
        Released
    }
}

#[cfg(not(feature = "tracing"))]
#[allow(clippy::unused_self)]
impl Released {
    pub(crate) fn emit(self) {}
}

#[cfg(feature = "tracing")]
mod emitted {
    use tracing::level_filters::LevelFilter;
    use tracing::{Level, debug, info, warn};

    use crate::engine::events::Events;
    use crate::engine::progress::params;
    use crate::sweep::Sweep;
    use crate::trial::{State, Trial};

    /// What has happened.
    #[derive(Debug)]
    pub(crate) enum Event {
        Begun { sampler: String, seed: u64, trials: Option<u64> },
        Opened { trial: usize, budget: Option<f64>, params: String },
        Closed { trial: usize, state: State, objective: Option<f64>, seconds: f64, reason: Option<String> },
        Improved { trial: usize, objective: Option<f64>, params: String },
        Ended { trials: usize, end: String },
    }

    /// Returns whether a subscriber may want events. Asking it itself would run code of the user.
    pub(super) fn is_wanted() -> bool {
        is_level_wanted(Level::INFO)
    }

    fn is_level_wanted(level: Level) -> bool {
        level <= LevelFilter::current()
    }

    impl Events {
        pub(crate) fn begun(&mut self, sweep: &Sweep, trials: Option<u64>) {
            let event = || Event::Begun { sampler: sweep.sampler().to_owned(), seed: sweep.seed(), trials };
            self.push(Level::INFO, event);
        }

        pub(crate) fn opened(&mut self, sweep: &Sweep, number: usize) {
            let event = |trial: &Trial| {
                let (budget, params) = (trial.resources(), params(sweep.space(), trial.point()));
                Event::Opened { trial: number, budget, params }
            };
            self.of_trial(Level::DEBUG, sweep, number, event);
        }

        pub(crate) fn closed(&mut self, sweep: &Sweep, number: usize) {
            let event = |trial: &Trial| Event::Closed {
                trial: number,
                state: trial.state(),
                objective: trial.value(),
                seconds: trial.duration().as_secs_f64(),
                reason: trial.reason().map(ToOwned::to_owned),
            };
            let has_failed = sweep.history().trials().get(number).is_some_and(|trial| trial.state() == State::Failed);
            let level = if has_failed { Level::WARN } else { Level::DEBUG };
            self.of_trial(level, sweep, number, event);
        }

        pub(crate) fn improved(&mut self, sweep: &Sweep, number: usize) {
            let event = |trial: &Trial| {
                let (objective, params) = (trial.value(), params(sweep.space(), trial.point()));
                Event::Improved { trial: number, objective, params }
            };
            self.of_trial(Level::INFO, sweep, number, event);
        }

        pub(crate) fn ended(&mut self, sweep: &Sweep) {
            let event = || Event::Ended { trials: sweep.history().len(), end: sweep.end().to_string() };
            self.push(Level::INFO, event);
        }

        fn of_trial(&mut self, level: Level, sweep: &Sweep, number: usize, event: impl FnOnce(&Trial) -> Event) {
            if let Some(trial) = sweep.history().trials().get(number) {
                self.push(level, || event(trial));
            }
        }

        fn push(&mut self, level: Level, event: impl FnOnce() -> Event) {
            if !is_level_wanted(level) {
                return;
            }
            if self.is_deferred {
                self.waiting.push(event());
            } else {
                event().emit();
            }
        }

        /// Makes events wait from now on until they are [released](Self::release), or not. Returns those that have waited.
        pub(crate) fn defer(&mut self, is_deferred: bool) -> Released {
            self.is_deferred = is_deferred;
            self.release()
        }

        /// Returns the events that have waited, to be emitted once the lock has been released.
        pub(crate) fn release(&mut self) -> Released {
            Released(std::mem::take(&mut self.waiting))
        }
    }

    /// Events that have waited for a lock.
    #[derive(Debug)]
    #[must_use]
    pub(crate) struct Released(Vec<Event>);

    impl Released {
        /// Passes the events on to the subscriber. No lock may be held.
        pub(crate) fn emit(self) {
            self.0.into_iter().for_each(Event::emit);
        }
    }

    impl Event {
        fn emit(self) {
            match self {
                Self::Begun { sampler, seed, trials } => {
                    info!(target: "hyperopt", sampler, seed, trials, "sweep started");
                }
                Self::Opened { trial, budget, params } => {
                    debug!(target: "hyperopt", trial, budget, params, "trial started");
                }
                Self::Closed { trial, state: State::Failed, seconds, reason, .. } => {
                    warn!(target: "hyperopt", trial, seconds, reason, "trial failed");
                }
                Self::Closed { trial, state, objective, seconds, .. } => match state {
                    State::Pruned => debug!(target: "hyperopt", trial, seconds, "trial pruned"),
                    State::Complete => debug!(target: "hyperopt", trial, objective, seconds, "trial complete"),
                    _ => debug!(target: "hyperopt", trial, seconds, "trial cancelled"),
                },
                Self::Improved { trial, objective, params } => {
                    info!(target: "hyperopt", trial, objective, params, "new best");
                }
                Self::Ended { trials, end } => info!(target: "hyperopt", trials, end, "sweep ended"),
            }
        }
    }
}
