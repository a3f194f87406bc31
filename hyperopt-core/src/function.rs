//! Multi-fidelity sweeps run by a function in place of a loop.

use std::time::Instant;

use crate::engine::Next;
use crate::head::Head;
use crate::live::{Live, Picker, Typed};
use crate::optimizer::Hyperoptimizer;
use crate::outcome::Objective;
use crate::strategy::Budgets;

impl<D: Typed> Hyperoptimizer<D::Params, Live<D, Budgets>> {
    /// Runs all rungs of a multi-fidelity sweep with a function of the resources, the parameters, and the state that it
    /// returned for this configuration before; it returns what the body of such a loop may evaluate to.
    pub fn run<R, S, O: Objective<Budgets, S>>(
        self,
        budgets: impl Head<Budgets, S, Item = (R, Option<S>)>,
        mut f: impl FnMut(R, D::Params, Option<S>) -> O,
    ) -> Hyperoptimizer<D::Params> {
        let Self { mut params, source: Live { mut engine, typed, .. } } = self;
        let mut turns = budgets.turns();
        engine.begin(turns.work, 1);
        while let Next::Job(job) = engine.next() {
            let asked = Instant::now();
            let proposed = typed.propose(&mut Picker { engine: &mut engine, job: &job });
            params.push(typed.decode(engine.point(&job)));
            let (resources, state) = turns.item(&mut engine, &job);
            let (outcome, state) = f(resources, proposed, state).outcome();
            turns.keep(&job, state);
            let told = engine.tell(job.number, outcome, asked);
            debug_assert!(told.is_ok(), "each job is handed out once");
        }
        Hyperoptimizer::new(engine.finish(), params)
    }
}

/// Runs Hyperband, or BOHB, as a function: `f` takes the resources, the typed parameters, and the state that it returned for
/// this configuration before, and returns the objective and the state.
///
/// The candidates are a sweep without its loop; the name of the original is kept. See [`Hyperoptimizer::run`].
pub fn hyperband<D: Typed, R, S, O: Objective<Budgets, S>>(
    f: impl FnMut(R, D::Params, Option<S>) -> O,
    candidates: Hyperoptimizer<D::Params, Live<D, Budgets>>,
    budgets: impl Head<Budgets, S, Item = (R, Option<S>)>,
) -> Hyperoptimizer<D::Params> {
    candidates.run(budgets, f)
}
