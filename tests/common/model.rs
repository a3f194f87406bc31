//! A state for loops over budgets that counts how many of it are alive.

use std::cell::Cell;
use std::rc::Rc;

/// A model in training. Neither `Clone` nor `Copy`: it can only be handed on.
pub(crate) struct Model {
    pub(crate) a: f64,
    pub(crate) trained: f64,
    alive: Rc<Cell<usize>>,
}

impl Model {
    /// Counts itself in `alive` until it is dropped.
    pub(crate) fn new(a: f64, alive: &Rc<Cell<usize>>) -> Self {
        alive.set(alive.get() + 1);
        Self { a, trained: 0.0, alive: Rc::clone(alive) }
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        self.alive.set(self.alive.get() - 1);
    }
}
