//! Sweeps over budgets by each scheduler, and sweeps that prune by each pruner.

use hyperopt::prelude::*;
use hyperopt::{Budgets, Pruner, Strategy, Sweep};

use crate::Row;
use crate::cell::Cell;
use crate::sweeps::loss;

fn over_budgets(sampler: impl Strategy<Kind = Budgets>) -> Sweep {
    let ho = hyperopt!(
        sampler = sampler,
        seed = 7,
        rate = log(1e-5..=1e-1),
        share = 0.0..=1.0,
        width = 1..=64,
        for (epochs, _) in 1..=27 {
            loss(rate, share, width, "sgd") + 1.0 / f64::from(epochs)
        }
    );
    ho.into_sweep()
}

/// A row of a sweep over budgets, by a scheduler that is given a number of configurations.
fn row<S: Strategy<Kind = Budgets> + 'static>(name: &str, scheduler: impl Fn(u64) -> S + 'static) -> Row {
    Row::new(name, move |trials| {
        Cell::counted(|| {
            let sweep = over_budgets(scheduler(trials as u64));
            (sweep.history().trials().len(), sweep)
        })
    })
}

/// The trials of one round of brackets over 1 to 27 by thirds.
const ROUND: u64 = 100;

/// A row of a sweep whose trials report five times, in one of ten that are noisy.
fn pruned<P: Pruner + 'static>(name: &str, pruner: fn() -> P) -> Row {
    Row::new(name, move |trials| {
        Cell::of(trials, || {
            hyperopt!(
                sampler = RandomSampler::new().pruner(pruner()),
                seed = 7,
                rate = log(1e-5..=1e-1),
                share = 0.0..=1.0,
                'sweep: for trial in 0..trials {
                    let loss = loss(rate, share, 20, "sgd");
                    for step in 0..5 {
                        trial.report(step, loss + 1.0 / f64::from(step + 1));
                        if trial.should_prune() {
                            continue 'sweep;
                        }
                    }
                    loss
                }
            )
        })
    })
}

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row("Hyperband", |trials| Hyperband::new(3.0).rounds(trials.div_ceil(ROUND))),
        row("Hyperband over TpeSampler", |trials| {
            Hyperband::new(3.0).inner(TpeSampler::new()).rounds(trials.div_ceil(ROUND))
        }),
        row("Bohb", |trials| Bohb::new().rounds(trials.div_ceil(ROUND))),
        row("Bohb::tpe", |trials| Bohb::tpe().rounds(trials.div_ceil(ROUND))),
        row("Asha", |trials| Asha::new(3.0).configurations(trials)),
        row("Asha, stopping", |trials| Asha::new(3.0).stopping().configurations(trials)),
        row("Asha over TpeSampler", |trials| Asha::new(3.0).inner(TpeSampler::new()).configurations(trials)),
        row("Pasha", |trials| Pasha::new(3.0).configurations(trials)),
        row("Dehb", |trials| Dehb::new(3.0).rounds(trials.div_ceil(ROUND))),
        row("PriorBand", |trials| PriorBand::new().rounds(trials.div_ceil(ROUND))),
        row("AutoScheduler", |trials| AutoScheduler::new().rounds(trials.div_ceil(ROUND))),
        pruned("MedianPruner", MedianPruner::new),
        pruned("PercentilePruner", || PercentilePruner::new(25.0)),
        pruned("SuccessiveHalvingPruner", SuccessiveHalvingPruner::new),
        pruned("ThresholdPruner", || ThresholdPruner::new().upper(10.0)),
        pruned("PatientPruner", || PatientPruner::new(MedianPruner::new(), 2)),
        pruned("PatientPruner, alone", || PatientPruner::alone(2)),
        pruned("WilcoxonPruner", WilcoxonPruner::new),
    ]
}
