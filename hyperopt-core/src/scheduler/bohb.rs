//! BOHB, Hyperband over its model.

use crate::sampler::{BohbSampler, TpeSampler};
use crate::scheduler::Hyperband;

/// BOHB: Hyperband whose configurations come from a model of the good ones.
///
/// `Bohb::new()` is short for `Hyperband::new(3.0).explore(1.0 / 3.0).inner(BohbSampler::new())`: see [`Hyperband`] and
/// [`BohbSampler`]. [`Bohb::tpe`] uses a newer model, and does better on the multi-fidelity problems of `benches/quality`.
///
/// A third of the configurations of the first bracket is random and promoted separately, and so is a third of each further
/// bracket as long as the best trial is one of these ([`Hyperband::explore`]). Where learning curves cross, a model of trials
/// with few resources proposes configurations that learn fast at first, and no others would reach the larger budgets. This is a
/// departure from the paper, which does not promote random configurations separately.
///
/// Falkner, Klein and Hutter, "BOHB: Robust and Efficient Hyperparameter Optimization at Scale", ICML 2018.
#[derive(Clone, Copy, Debug)]
pub struct Bohb;

/// The share of explorers.
pub(super) const EXPLORERS: f64 = 1.0 / 3.0;

impl Bohb {
    /// Makes BOHB with η = 3 and the defaults of its sampler.
    #[must_use]
    #[allow(clippy::new_ret_no_self)]
    pub fn new() -> Hyperband<BohbSampler> {
        Hyperband::new(3.0).explore(EXPLORERS).inner(BohbSampler::new())
    }

    /// Makes BOHB with the model of [`TpeSampler`], which weighs the trials of all budgets by how well each predicts the next:
    /// short for `Hyperband::new(3.0).explore(1.0 / 3.0).inner(TpeSampler::new())`.
    #[must_use]
    pub fn tpe() -> Hyperband<TpeSampler> {
        Hyperband::new(3.0).explore(EXPLORERS).inner(TpeSampler::new())
    }

    /// Makes BOHB with the schedule and the model of the reference implementation, `HpBandSter` 0.7.4, including their
    /// known defects.
    #[must_use]
    pub fn faithful() -> Hyperband<BohbSampler> {
        Hyperband::new(3.0).faithful().inner(BohbSampler::faithful())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::ops::Range;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::candidates::Candidates;
    use crate::run::Search;
    use crate::sampler::testing::margin;
    use crate::scheduler::{Budgets, Strategy};
    use crate::search_space::Parameters;

    /// The trials of the first bracket for budgets from 1 to 81.
    const FIRST: usize = 81 + 27 + 9 + 3 + 1;
    /// The trials of all brackets.
    const ROUND: usize = 206;

    /// A space, and how far the optimum for a budget of 1 lies from that for an unlimited one along each of its axes.
    #[derive(Clone, Copy)]
    struct Moving {
        axes: usize,
        far: f64,
        power: f64,
    }

    /// A budget of 1 is misleading.
    const FAR: Moving = Moving { axes: 2, far: 0.75, power: 0.25 };
    /// It says something.
    const NEAR: Moving = Moving { axes: 4, far: 0.3, power: 0.5 };

    /// Returns the distance to the optimum with a budget of 81 of the best trial with that budget, after so many trials.
    fn regret<S: Strategy<Kind = Budgets>>(scheduler: S, moving: Moving, seed: u64, trials: usize) -> f64 {
        let space = (0..moving.axes)
            .fold(Parameters::new(), |space, axis| space.with(format!("x{axis}"), (0.0..=1.0).dimension()));
        let off = |params: &[(String, f64)], budget: f64| -> f64 {
            let best = 0.2 + moving.far * budget.powf(-moving.power);
            params.iter().map(|(_, value)| (value - best).powi(2)).sum()
        };
        let stop = Arc::new(AtomicBool::new(false));
        let found = Cell::new(f64::INFINITY);
        let search = Search::new(space).sampler(scheduler).seed(seed).stop_when(Arc::clone(&stop));
        let _ = search.run_trials(1..=81, |trial, params| {
            let loss = off(&params, trial.resources().unwrap_or_default());
            if trial.resources() == Some(81.0) {
                found.set(found.get().min(loss));
            }
            stop.store(trial.number() + 1 >= trials, Ordering::Relaxed);
            loss
        });
        found.get().sqrt()
    }

    fn regrets<S: Strategy<Kind = Budgets>>(
        scheduler: impl Fn() -> S,
        moving: Moving,
        seeds: Range<u64>,
        trials: usize,
    ) -> Vec<f64> {
        seeds.map(|seed| regret(scheduler(), moving, seed, trials)).collect()
    }

    #[test]
    fn explorers_survive_where_curves_cross() {
        for seeds in [0..16, 16..32] {
            let bred = regrets(|| Hyperband::new(3.0).inner(TpeSampler::new()), FAR, seeds.clone(), FIRST);
            assert!(margin(&regrets(Bohb::tpe, FAR, seeds.clone(), FIRST), &bred) > 3.0);
            let bred = regrets(|| Hyperband::new(3.0).inner(BohbSampler::new()), FAR, seeds.clone(), FIRST);
            assert!(margin(&regrets(Bohb::new, FAR, seeds, FIRST), &bred) > 3.0);
        }
    }

    #[test]
    fn random_configurations_are_beaten_where_curves_cross() {
        for seeds in [0..16, 16..32] {
            let random = regrets(|| Hyperband::new(3.0), NEAR, seeds.clone(), ROUND);
            let found = margin(&regrets(Bohb::tpe, NEAR, seeds, ROUND), &random);
            assert!(found > 3.0, "{found}");
        }
    }
}
