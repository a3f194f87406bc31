//! The loop of `hyperopt!`: what its expansion calls. Not public API; the macro is.

use std::marker::PhantomData;
use std::time::Instant;

use crate::candidates::Codec;
use crate::engine::Engine;
use crate::head::{Head, Turns};
use crate::optimizer::Hyperoptimizer;
use crate::outcome::Objective;
use crate::sampler::Sampler;
use crate::settings::{Axes, Settings};
use crate::space::Point;
use crate::strategy::Strategy;
use crate::sweep::End;
use crate::trial::State;

/// Runs the turns of one loop. Holds the trial that is open: one that the next turn finds untold was left by `continue`,
/// one that the end finds untold by `break`.
#[derive(Debug)]
pub struct Driver<K, S, I> {
    engine: Engine,
    turns: Turns<I>,
    open: Option<(usize, Instant)>,
    kind: PhantomData<fn(K, S)>,
}

/// Starts a sweep of trials.
pub fn drive<M, S, H>(head: H, sampler: M, axes: Axes, settings: Settings) -> Driver<M::Kind, S, H::Item>
where
    M: Strategy + Sampler + 'static,
    H: Head<M::Kind, S>,
{
    let turns = head.turns();
    let engine = Engine::new(axes, Box::new(sampler), turns.amount, settings);
    Driver { engine, turns, open: None, kind: PhantomData }
}

impl<K, S, I> Driver<K, S, I> {
    /// The next turn: opens a trial and gives the item for the pattern of the loop.
    pub fn ask(&mut self) -> Option<I> {
        self.close(State::Pruned);
        // The item first: a head that has run out must not cost a proposal.
        let item = if self.engine.is_open() { self.turns.next() } else { None };
        let Some(item) = item else {
            self.engine.end(End::Planned);
            return None;
        };
        let number = self.engine.ask()?;
        self.open = Some((number, Instant::now()));
        Some(item)
    }

    /// The value of the open trial along `axis`.
    pub fn pick<V: Clone>(&mut self, axis: usize, codec: &Codec<V>) -> V {
        codec.decode(self.engine.pick(axis))
    }

    /// Closes the open trial with the value of the body.
    pub fn tell(&mut self, value: impl Objective<K, S>) {
        if let Some((number, asked)) = self.open.take() {
            let (outcome, _) = value.outcome();
            let told = self.engine.tell(number, outcome, asked);
            debug_assert!(told.is_ok(), "the slot holds only trials that are running");
        }
    }

    fn close(&mut self, state: State) {
        if let Some((number, asked)) = self.open.take() {
            let closed = self.engine.close(number, state, asked);
            debug_assert!(closed.is_ok(), "the slot holds only trials that are running");
        }
    }

    /// Ends the sweep; `decode` makes the typed parameters of a point.
    pub fn finish<P>(mut self, decode: impl Fn(&Point) -> P) -> Hyperoptimizer<P> {
        self.close(State::Cancelled);
        self.engine.end(End::Break);
        let sweep = self.engine.finish();
        let params = sweep.history().trials().iter().map(|trial| decode(trial.point())).collect();
        Hyperoptimizer::new(sweep, params)
    }
}
