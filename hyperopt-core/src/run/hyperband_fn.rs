//! Multi-fidelity sweeps run by a function in place of a loop.

use crate::run::Driver;

use crate::run::{AskTell, LoopRange, Objective};
use crate::scheduler::Budgets;
use crate::search_space::{SearchSpace, proposed};
use crate::sweep::Hyperoptimizer;

impl<D: SearchSpace> Hyperoptimizer<D::Params, AskTell<D, Budgets>> {
    /// Runs all rungs of a multi-fidelity sweep. `f` takes the resources, the parameters, and the state that it returned for
    /// this configuration before; it returns any value that the body of such a loop may have: see [`Objective`].
    pub fn run<R, S, O: Objective<Budgets, S>>(
        self,
        budgets: impl LoopRange<Budgets, S, Item = (R, Option<S>)>,
        mut f: impl FnMut(R, D::Params, Option<S>) -> O,
    ) -> Hyperoptimizer<D::Params> {
        let AskTell { engine, space, .. } = self.source;
        let mut driver = Driver::<Budgets, S, _>::begin(engine, budgets.items(), 1);
        while let Some(((resources, state), params)) = driver.ask_for(|suggest| proposed(&space, suggest)) {
            driver.tell(f(resources, params, state));
        }
        driver.finish(|point| space.decode(0, point))
    }
}

/// Runs Hyperband, or any other scheduler, with a function: `f` takes the resources, the typed parameters, and the state that
/// it returned for this configuration before, and returns the objective and the state.
///
/// A sweep without a loop holds the candidates and the scheduler. The name of the function is that of Hyperopt.jl.
/// [`Hyperoptimizer::run`] is the same as a method.
pub fn hyperband<D: SearchSpace, R, S, O: Objective<Budgets, S>>(
    f: impl FnMut(R, D::Params, Option<S>) -> O,
    candidates: Hyperoptimizer<D::Params, AskTell<D, Budgets>>,
    budgets: impl LoopRange<Budgets, S, Item = (R, Option<S>)>,
) -> Hyperoptimizer<D::Params> {
    candidates.run(budgets, f)
}
