//! The sweeps that are measured.

use hyperopt::prelude::*;
use hyperopt::{Strategy, Sweep, Trials};

/// Returns the objective: smooth in the numbers, with a choice.
pub(crate) fn loss(rate: f64, share: f64, width: i32, kind: &str) -> f64 {
    (rate.log10() + 3.0).powi(2) + (share - 0.3).powi(2) + f64::from(width - 20).abs() / 20.0 + kind.len() as f64
}

/// Returns the second objective, at odds with [`loss`].
pub(crate) fn size(share: f64, width: i32) -> f64 {
    f64::from(width) * (1.0 - share)
}

/// Sweeps with one goal.
pub(crate) fn one_goal(sampler: impl Strategy<Kind = Trials>, trials: usize) -> Sweep {
    let ho = hyperopt!(
        sampler = sampler,
        seed = 7,
        rate = log(1e-5..=1e-1),
        share = 0.0..=1.0,
        width = 1..=64,
        kind = ["adam", "sgd", "rmsprop"],
        for _ in 0..trials {
            loss(rate, share, width, kind)
        }
    );
    ho.into_sweep()
}

/// Sweeps with one goal and a constraint.
pub(crate) fn constrained(sampler: impl Strategy<Kind = Trials>, trials: usize) -> Sweep {
    let ho = hyperopt!(
        sampler = sampler,
        seed = 7,
        rate = log(1e-5..=1e-1),
        share = 0.0..=1.0,
        width = 1..=64,
        kind = ["adam", "sgd", "rmsprop"],
        for _ in 0..trials {
            Metrics::new(loss(rate, share, width, kind)).constraint("memory", size(share, width) - 30.0)
        }
    );
    ho.into_sweep()
}

/// Sweeps with two goals.
pub(crate) fn two_goals(sampler: impl Strategy<Kind = Trials>, trials: usize) -> Sweep {
    let ho = hyperopt!(
        sampler = sampler,
        seed = 7,
        goal = [Minimize, Minimize],
        rate = log(1e-5..=1e-1),
        share = 0.0..=1.0,
        width = 1..=64,
        kind = ["adam", "sgd", "rmsprop"],
        for _ in 0..trials {
            [loss(rate, share, width, kind), size(share, width)]
        }
    );
    ho.into_sweep()
}

/// Sweeps with three goals.
pub(crate) fn three_goals(sampler: impl Strategy<Kind = Trials>, trials: usize) -> Sweep {
    let ho = hyperopt!(
        sampler = sampler,
        seed = 7,
        goal = [Minimize, Minimize, Maximize],
        rate = log(1e-5..=1e-1),
        share = 0.0..=1.0,
        width = 1..=64,
        kind = ["adam", "sgd", "rmsprop"],
        for _ in 0..trials {
            [loss(rate, share, width, kind), size(share, width), rate * share]
        }
    );
    ho.into_sweep()
}
