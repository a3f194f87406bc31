//! Sweeps over budgets that are asked and told by hand.

use std::marker::PhantomData;

use crate::engine::Engine;
use crate::run::ask_tell::AskKind;
use crate::run::{AskTell, LoopRange, OpenKind};
use crate::scheduler::Budgets;
use crate::search_space::SearchSpace;
use crate::sweep::{Hyperoptimizer, Params};

/// The kind of an open sweep over budgets that [has begun](Hyperoptimizer::over).
#[derive(Clone, Copy, Debug)]
pub struct OverBudgets;

impl OpenKind for OverBudgets {
    #[allow(private_interfaces)]
    fn open(_: &mut Engine) {}
}

impl AskKind for OverBudgets {}

/// The kinds of open sweeps that begin over a range of budgets.
#[diagnostic::on_unimplemented(
    message = "`over` begins a sweep over budgets, and the sampler of this one is for `{Self}`",
    label = "the sampler is not a scheduler",
    note = "write a scheduler as the sampler: `sampler = Hyperband::new(3.0)`",
    note = "without budgets, trials are asked for directly: `let (ticket, params) = ho.ask()?;`"
)]
#[doc(hidden)]
pub trait OverKind: OpenKind {}

impl OverKind for Budgets {}

// The bound is that of the method: its message then says what is missing.
impl<D: SearchSpace, K> Hyperoptimizer<D::Params, AskTell<D, K>> {
    /// Begins the sweep over `budgets`, such as `1..=81`, whose trials are then asked for and told by hand. Tickets and handles
    /// have the [resources](crate::Ticket::resources) and the [configuration](crate::Ticket::configuration) of their trial; the
    /// program keeps the states of its configurations itself.
    ///
    /// [`ask`](Hyperoptimizer::ask) fails with [`Error::Waiting`](crate::Error::Waiting) while a rung waits for the outcomes of
    /// running trials.
    ///
    /// ```
    /// use std::collections::HashMap;
    ///
    /// use hyperopt_core::{Hyperband, Parameters, Search};
    ///
    /// let space = Parameters::new().with("x", 0.0..=1.0);
    /// let mut ho = Search::new(space).sampler(Hyperband::new(3.0)).seed(7).open().over(1..=9);
    /// let mut trained = HashMap::new();
    /// for (turn, params) in ho.turns(100) {
    ///     let (configuration, epochs) = (turn.configuration(), turn.resources().unwrap_or_default());
    ///     let before = trained.insert(configuration, epochs).unwrap_or(0.0);
    ///     assert!(before < epochs);
    ///     turn.tell(params["x"] / epochs);
    /// }
    /// assert_eq!(ho.trials().filter(|(trial, _)| trial.resources() == Some(9.0)).count(), 5);
    /// ```
    ///
    /// Before that, nothing can be asked for:
    ///
    /// ```compile_fail,E0277
    /// use hyperopt_core::{Hyperband, Parameters, Search};
    ///
    /// let space = Parameters::new().with("x", 0.0..=1.0);
    /// let mut ho = Search::new(space).sampler(Hyperband::new(3.0)).seed(7).open();
    /// let asked = ho.ask();
    /// ```
    pub fn over(self, budgets: impl LoopRange<Budgets, ()>) -> Hyperoptimizer<D::Params, AskTell<D, OverBudgets>>
    where
        K: OverKind,
    {
        let AskTell { mut engine, space, dropped, .. } = self.source;
        let mut items = budgets.items();
        engine.begin(items.work, 1);
        // The program keeps the states.
        drop(items.begin(&mut engine));
        let params = Params::of(engine.sweep().history().trials(), |point| space.decode(0, point));
        Hyperoptimizer { params, source: AskTell { engine, space, dropped, kind: PhantomData } }
    }
}
