//! Any space under any sampler or scheduler with any outcomes: no panic, and a history that holds what was proposed and told.

use super::super::{Outcomes, inspect, space};
use arbitrary::{Result, Unstructured};
use hyperopt::prelude::*;
use hyperopt::{Budgets, Hyperoptimizer, NamedValues, Parameters, Pruning, Search, Trials};

/// Runs the input `bytes`.
pub fn run(bytes: &[u8]) {
    _ = sweep(&mut Unstructured::new(bytes));
}

/// A body is ended here if a sampler never ends the sweep.
const TRIALS: usize = 60;

fn sweep(u: &mut Unstructured<'_>) -> Result<()> {
    let kind = u.int_in_range(0..=19)?;
    let goals = if kind == 11 { u.int_in_range(1..=3)? } else { 1 };
    let goal = *u.choose(&[Minimize, Maximize])?;
    let seed: u64 = u.arbitrary()?;
    let space = space(u)?;
    let outcomes = Outcomes::new(u, goals)?;
    let search = Search::new(space).seed(seed).goal(vec![goal; goals]).repeats(u.arbitrary()?);
    match kind {
        0 => trials(search.sampler(RandomSampler::new()), outcomes),
        1 => trials(search.sampler(GridSampler::new()), outcomes),
        2 => trials(search.sampler(LhsSampler::new()), outcomes),
        3 => trials(search.sampler(ClhSampler::new()), outcomes),
        4 => trials(search.sampler(QmcSampler::new()), outcomes),
        5 => trials(search.sampler(TpeSampler::new()), outcomes),
        6 => trials(search.sampler(GpSampler::new()), outcomes),
        7 => trials(search.sampler(CmaEsSampler::new()), outcomes),
        8 => trials(search.sampler(AutoSampler::new()), outcomes),
        9 => trials(search.sampler(AnnealSampler::new()), outcomes),
        10 => trials(search.sampler(BohbSampler::new()), outcomes),
        11 => trials(search.sampler(Nsga2Sampler::new()), outcomes),
        12 => pruned(search.sampler(TpeSampler::new().pruner(MedianPruner::new())), outcomes),
        13 => pruned(search.sampler(RandomSampler::new().pruner(SuccessiveHalvingPruner::new())), outcomes),
        14 => budgets(search.sampler(Hyperband::new(3.0)), outcomes),
        15 => budgets(search.sampler(Bohb::tpe()), outcomes),
        16 => budgets(search.sampler(Asha::new(3.0)), outcomes),
        17 => budgets(search.sampler(Pasha::new(3.0)), outcomes),
        18 => budgets(search.sampler(Dehb::new(3.0)), outcomes),
        _ => budgets(search.sampler(AutoScheduler::new()), outcomes),
    }
    Ok(())
}

fn trials(search: Search<Parameters<f64>, Trials>, mut outcomes: Outcomes) {
    let mut seen = Vec::new();
    let ho = search.run(0..TRIALS, |_, params| {
        seen.push(params);
        outcomes.turn().0.ok_or("the trial fails")
    });
    check(&ho, &seen);
}

fn pruned(search: Search<Parameters<f64>, Pruning>, mut outcomes: Outcomes) {
    let mut seen = Vec::new();
    let ho = search.run_trials(0..TRIALS, |trial, params| {
        seen.push(params);
        let (values, reports) = outcomes.turn();
        for (step, value) in reports.into_iter().enumerate() {
            trial.report(step as u64, value);
            if trial.should_prune() {
                return None;
            }
        }
        values
    });
    check(&ho, &seen);
}

fn budgets(search: Search<Parameters<f64>, Budgets>, mut outcomes: Outcomes) {
    let mut seen = Vec::new();
    let ho = search.run(1..=9, |(resources, _): (u64, Option<()>), params| {
        assert!((1..=9).contains(&resources));
        seen.push(params);
        outcomes.turn().0.map(|values| values[0])
    });
    check(&ho, &seen);
}

fn check(ho: &Hyperoptimizer<NamedValues<f64>>, seen: &[NamedValues<f64>]) {
    let same = |a: &[(String, f64)], b: &[(String, f64)]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && a.1.to_bits() == b.1.to_bits())
    };
    // Trials of one configuration share its parameters.
    for (_, params) in ho.trials() {
        assert!(seen.iter().any(|seen| same(seen, params)), "{params:?} was never proposed");
    }
    match ho.best() {
        Ok(best) => assert!(best.value.is_finite()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    inspect(ho.sweep());
}
