//! The engine as a loop holds it: alone, or shared with the trials that report to it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::engine::Engine;

/// Where running trials report: the engine, for as long as the loop goes on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Desk(Arc<Mutex<Option<Box<Engine>>>>);

impl Desk {
    pub(super) fn lock(&self) -> MutexGuard<'_, Option<Box<Engine>>> {
        // A pruner that panics has changed nothing but itself.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut Engine) -> R) -> Option<R> {
        self.lock().as_deref_mut().map(f)
    }
}

/// The engine as a loop holds it: alone, or at the desk that its trials report to.
#[derive(Debug)]
pub(crate) enum Hold {
    Alone(Box<Engine>),
    Shared(Desk),
}

impl Hold {
    /// Lets trials report at `desk`, where there is one.
    pub(crate) fn new(engine: Engine, desk: Option<&Desk>) -> Self {
        let engine = Box::new(engine);
        match desk {
            None => Self::Alone(engine),
            Some(desk) => {
                *desk.lock() = Some(engine);
                Self::Shared(desk.clone())
            }
        }
    }

    pub(crate) fn with<R>(&mut self, f: impl FnOnce(&mut Engine) -> R) -> R {
        match self {
            Self::Alone(engine) => f(engine),
            Self::Shared(desk) => desk.with(f).expect("the engine leaves the desk with the end of the loop"),
        }
    }

    pub(crate) fn into_engine(self) -> Engine {
        match self {
            Self::Alone(engine) => *engine,
            Self::Shared(desk) => *desk.lock().take().expect("the engine leaves the desk with the end of the loop"),
        }
    }
}
