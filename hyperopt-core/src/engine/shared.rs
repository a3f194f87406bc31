//! The engine as shared by the threads of a sweep.

use std::fmt;
use std::mem;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::engine::Engine;
use crate::engine::aside::{Aside, panic_message};
use crate::engine::progress::catch_panic;

/// The engine, for as long as its loop lasts.
///
/// No user code runs under its lock. While a sampler, a guard or a pruner of the user runs, the engine is taken out of the
/// lock: telling and reporting leave a message for it, and only threads that ask for something wait.
#[derive(Debug, Default)]
pub(crate) struct SharedEngine {
    desk: Mutex<Desk>,
    returned: Condvar,
    aside: Aside,
}

#[derive(Default)]
struct Desk {
    engine: Option<Box<Engine>>,
    messages: Vec<Message>,
    /// Whether the loop has ended.
    is_closed: bool,
}

type Message = Box<dyn FnOnce(&mut Engine) + Send>;

impl SharedEngine {
    /// Places `engine` here, at the beginning of the loop.
    pub(crate) fn place(&self, mut engine: Box<Engine>) {
        engine.events.defer(true).emit();
        self.lock().engine = Some(engine);
    }

    /// Returns the engine at the end of the loop; later calls find none.
    pub(crate) fn close(&self) -> Option<Box<Engine>> {
        let mut engine = self.take_away()?;
        let mut desk = self.lock();
        desk.is_closed = true;
        self.returned.notify_all();
        drop(desk);
        engine.events.defer(false).emit();
        Some(engine)
    }

    /// Waits for the engine and calls `f` with it; `f` runs no user code. Returns `None` once the loop has ended.
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut Engine) -> R) -> Option<R> {
        let mut desk = self.wait();
        let engine = desk.engine.as_deref_mut()?;
        let made = f(engine);
        let events = engine.events.release();
        drop(desk);
        events.emit();
        Some(made)
    }

    /// Waits for the engine and calls `f` with it, which runs the sampler: [aside](Self::aside), unless it is a sampler of this
    /// crate. Returns `None` once the loop has ended, and a panic of `f` as an error.
    pub(crate) fn ask<R: Send>(&self, f: impl FnOnce(&mut Engine) -> R + Send) -> Option<thread::Result<R>> {
        let mut desk = self.wait();
        let engine = desk.engine.as_deref_mut()?;
        if engine.is_sampler_ours() {
            let made = catch_panic(|| f(engine));
            let events = engine.events.release();
            drop(desk);
            events.emit();
            return Some(made);
        }
        drop(desk);
        self.aside(f)
    }

    /// Waits for the engine and calls `f` with it on a thread that runs no trials. Returns `None` once the loop has ended,
    /// and a panic of `f` as an error.
    pub(crate) fn aside<R: Send>(&self, f: impl FnOnce(&mut Engine) -> R + Send) -> Option<thread::Result<R>> {
        let mut engine = self.take_away()?;
        let made = self.aside.run(|| f(&mut engine));
        self.put_back(engine);
        Some(made)
    }

    /// Calls `f` with the engine as soon as it is available, without waiting for it; `f` is dropped once the loop has
    /// ended.
    pub(crate) fn send(&self, f: impl FnOnce(&mut Engine) + Send + 'static) {
        let mut desk = self.lock();
        let Desk { engine, messages, is_closed } = &mut *desk;
        match engine {
            Some(engine) if !engine.is_watched() => {
                f(engine);
                let events = engine.events.release();
                drop(desk);
                events.emit();
            }
            Some(_) => {
                drop(desk);
                // Watchers may run user code.
                self.aside(f);
            }
            None if *is_closed => {}
            None => messages.push(Box::new(f)),
        }
    }

    /// Returns whether the pruner would end the running trial `number`; `false` once the loop has ended.
    ///
    /// A user's pruner that panics ends the sweep, and the trial that asked.
    pub(crate) fn should_prune(&self, number: usize) -> bool {
        let ours = self.with(|engine| engine.is_pruner_ours().then(|| engine.should_prune(number)));
        if let Some(answer) = ours.unwrap_or(Some(false)) {
            return answer;
        }
        match self.aside(|engine| engine.should_prune(number)) {
            None => false,
            Some(Ok(answer)) => answer,
            Some(Err(panic)) => {
                let reason = panic_message(&*panic);
                self.with(|engine| engine.fail(engine.pruner_panicked(&reason)));
                resume_unwind(panic)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Desk> {
        // Only code of this crate runs under the lock, and it leaves nothing half written.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locks the desk once the engine is available or the loop has ended.
    fn wait(&self) -> MutexGuard<'_, Desk> {
        let is_away = |desk: &mut Desk| desk.engine.is_none() && !desk.is_closed;
        self.returned.wait_while(self.lock(), is_away).unwrap_or_else(PoisonError::into_inner)
    }

    fn take_away(&self) -> Option<Box<Engine>> {
        self.wait().engine.take()
    }

    /// Puts the engine back after it has read its messages.
    fn put_back(&self, mut engine: Box<Engine>) {
        loop {
            let messages = {
                let mut desk = self.lock();
                if desk.messages.is_empty() {
                    let events = engine.events.release();
                    desk.engine = Some(engine);
                    self.returned.notify_all();
                    drop(desk);
                    return events.emit();
                }
                mem::take(&mut desk.messages)
            };
            // The engine is put back even if a message panics.
            let read = |engine: &mut Engine| messages.into_iter().for_each(|message| message(engine));
            if engine.is_watched() {
                self.aside.run(|| read(&mut engine)).ok();
            } else {
                read(&mut engine);
            }
        }
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { engine, messages, is_closed } = self;
        let (messages, is_closed) = (messages.len(), is_closed);
        f.debug_struct("Desk")
            .field("engine", engine)
            .field("messages", &messages)
            .field("is_closed", is_closed)
            .finish()
    }
}
