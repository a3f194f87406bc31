//! What a problem with budgets is, and what one method spends and reaches on it.
//!
//! As in the code of BOHB's paper (`countingones.py`, `util.py`): a smaller loss at a budget at least as large replaces the
//! incumbent, whose regret is computed without noise at the largest budget, and time is the sum of the budgets.

use std::collections::HashMap;

use crate::problem::Objective;
use crate::random::SplitMix;
use crate::space::Axis;

/// The resources, in largest budgets, after which the regret of the incumbent is recorded.
pub const CHECKPOINTS: [f64; 6] = [2.0, 5.0, 10.0, 20.0, 50.0, 100.0];

/// A space, and for each seed a function on it that depends on a budget.
#[derive(Clone, Copy)]
pub struct BudgetedProblem {
    pub name: &'static str,
    pub axes: fn() -> Vec<Axis>,
    pub budgets: (u32, u32),
    /// Whether a configuration resumes at its last budget, so that a larger one costs the difference only.
    pub hands_over: bool,
    pub instance: fn(seed: u64) -> BudgetedInstance,
}

/// The loss of a point at a budget, with noise.
pub type Loss = Box<dyn Fn(&[f64], u32, &mut SplitMix) -> f64>;

/// A problem with its optimum at the place that belongs to a seed.
pub struct BudgetedInstance {
    /// The loss of a point at a budget, with noise from the stream.
    pub loss: Loss,
    /// The difference to the optimum at the largest budget, without noise.
    pub regret: Objective,
    /// The point without regret.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests go there"))]
    pub minimiser: Vec<f64>,
}

/// One run of a method on a [`BudgetedProblem`]: what it has spent, and its incumbent.
pub struct BudgetedRun {
    instance: BudgetedInstance,
    largest: f64,
    hands_over: bool,
    noise: SplitMix,
    /// The largest budget of each configuration so far.
    trained: HashMap<u64, f64>,
    configurations: u64,
    spent: f64,
    /// The loss, the budget and the regret.
    incumbent: (f64, u32, f64),
    regrets: Vec<f64>,
    evaluations: u64,
}

impl BudgetedRun {
    /// Begins a run on the instance of `seed`.
    pub fn new(problem: &BudgetedProblem, seed: u64) -> Self {
        Self {
            instance: (problem.instance)(seed),
            largest: f64::from(problem.budgets.1),
            hands_over: problem.hands_over,
            noise: SplitMix::new("noise", seed),
            trained: HashMap::new(),
            configurations: 0,
            spent: 0.0,
            incumbent: (f64::INFINITY, 0, f64::NAN),
            regrets: Vec::new(),
            evaluations: 0,
        }
    }

    /// Returns the number of a new configuration.
    pub fn configuration(&mut self) -> u64 {
        self.configurations += 1;
        self.configurations
    }

    /// Returns the loss of `configuration` at `budget`, or `None` once the last checkpoint has been passed.
    pub fn evaluate(&mut self, configuration: u64, budget: u32, point: &[f64]) -> Option<f64> {
        if self.regrets.len() == CHECKPOINTS.len() {
            return None;
        }
        let loss = (self.instance.loss)(point, budget, &mut self.noise);
        self.evaluations += 1;
        let trained = self.trained.insert(configuration, f64::from(budget)).filter(|_| self.hands_over);
        self.spent += (f64::from(budget) - trained.unwrap_or_default()).max(0.0) / self.largest;
        while CHECKPOINTS.get(self.regrets.len()).is_some_and(|&checkpoint| self.spent > checkpoint + 1e-9) {
            self.regrets.push(self.incumbent.2);
        }
        if loss < self.incumbent.0 && budget >= self.incumbent.1 {
            self.incumbent = (loss, budget, (self.instance.regret)(point));
        }
        Some(loss)
    }

    /// Returns the regret at each checkpoint that was passed.
    pub fn regrets(&self) -> &[f64] {
        &self.regrets
    }

    /// Returns the number of evaluations.
    pub fn evaluations(&self) -> u64 {
        self.evaluations
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problems;

    /// A configuration that resumes costs the difference only, and a run ends with the last checkpoint.
    #[test]
    fn a_run_spends_what_it_is_charged() {
        let problem = problems::find_budgeted("curves-6").unwrap();
        let mut run = BudgetedRun::new(problem, 0);
        let x = (problem.instance)(1).minimiser;
        // Going on costs the difference: 1 + 2 + 6 + … = 81 epochs.
        let configuration = run.configuration();
        for budget in [1, 3, 9, 27, 81] {
            assert!(run.evaluate(configuration, budget, &x).is_some());
        }
        assert!((run.spent - 1.0).abs() < 1e-12);
        let mut evaluations = 5;
        loop {
            let configuration = run.configuration();
            if run.evaluate(configuration, 81, &x).is_none() {
                break;
            }
            evaluations += 1;
        }
        // The evaluation that passes the last checkpoint is the last.
        assert_eq!((evaluations, run.regrets().len()), (5 + 100, 6));
    }
}
