//! Multi-fidelity sweeps run by a function in place of a loop.

use std::time::Instant;

use crate::engine::{Next, Suggest};
use crate::run::{AskTell, LoopRange, Objective, finished, save};
use crate::scheduler::Budgets;
use crate::search_space::{SearchSpace, proposed};
use crate::sweep::Hyperoptimizer;

impl<D: SearchSpace> Hyperoptimizer<D::Params, AskTell<D, Budgets>> {
    /// Runs all rungs of a multi-fidelity sweep with a function of the resources, the parameters, and the state that it
    /// returned for this configuration before; it returns what the body of such a loop may evaluate to.
    pub fn run<R, S, O: Objective<Budgets, S>>(
        self,
        budgets: impl LoopRange<Budgets, S, Item = (R, Option<S>)>,
        mut f: impl FnMut(R, D::Params, Option<S>) -> O,
    ) -> Hyperoptimizer<D::Params> {
        let AskTell { mut engine, space, .. } = self.source;
        let mut turns = budgets.turns();
        engine.begin(turns.work, 1);
        turns.begin(&engine);
        while let Next::Job(job) = engine.next() {
            let asked = Instant::now();
            let params = proposed(&space, &mut Suggest { engine: &mut engine, job: &job });
            let (resources, state) = turns.item(&mut engine, &job);
            let (outcome, state) = f(resources, params, state).outcome();
            save(turns.files(), &job, state.as_ref(), |note| engine.note(note));
            let told = engine.tell(job.number, outcome, asked);
            turns.keep(&job, state);
            debug_assert!(told.is_ok(), "each job is handed out once");
        }
        turns.finish(&mut engine);
        finished(engine, &space)
    }
}

/// Runs Hyperband, or BOHB, as a function: `f` takes the resources, the typed parameters, and the state that it returned for
/// this configuration before, and returns the objective and the state.
///
/// The candidates are a sweep without its loop; the name of the original is kept. See [`Hyperoptimizer::run`].
pub fn hyperband<D: SearchSpace, R, S, O: Objective<Budgets, S>>(
    f: impl FnMut(R, D::Params, Option<S>) -> O,
    candidates: Hyperoptimizer<D::Params, AskTell<D, Budgets>>,
    budgets: impl LoopRange<Budgets, S, Item = (R, Option<S>)>,
) -> Hyperoptimizer<D::Params> {
    candidates.run(budgets, f)
}
