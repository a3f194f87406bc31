//! The engine as held by a loop in one thread.

use std::panic::resume_unwind;
use std::sync::Arc;

use crate::engine::{Engine, Next, SharedEngine};

/// The engine of a loop in one thread: its own, or shared with the trials that report to it.
#[derive(Debug)]
pub(crate) enum EngineHandle {
    Owned(Box<Engine>),
    Shared(Arc<SharedEngine>),
}

impl EngineHandle {
    /// Makes the trials of `shared` report to the engine, if trials report.
    pub(crate) fn new(engine: Engine, shared: Option<&Arc<SharedEngine>>) -> Self {
        let engine = Box::new(engine);
        match shared {
            None => Self::Owned(engine),
            Some(shared) => {
                shared.place(engine);
                Self::Shared(Arc::clone(shared))
            }
        }
    }

    pub(crate) fn with<R>(&mut self, f: impl FnOnce(&mut Engine) -> R) -> R {
        match self {
            Self::Owned(engine) => f(engine),
            Self::Shared(shared) => shared.with(f).expect("the engine stays until the end of the loop"),
        }
    }

    /// Returns the next trial. A panic of the sampler unwinds, as in any loop.
    pub(crate) fn next(&mut self) -> Next {
        match self {
            Self::Owned(engine) => engine.next(),
            Self::Shared(shared) => {
                let next = shared.ask(Engine::next).expect("the engine stays until the end of the loop");
                next.unwrap_or_else(|panic| resume_unwind(panic))
            }
        }
    }

    pub(crate) fn into_engine(self) -> Box<Engine> {
        match self {
            Self::Owned(engine) => engine,
            Self::Shared(shared) => shared.close().expect("the engine stays until the end of the loop"),
        }
    }
}
