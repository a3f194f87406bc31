//! Conditional hyperparameters in a study: whether one is active is known only after its trial has started.

use hyperopt::prelude::*;
use hyperopt_store::Study;

/// Sweeps with guards and compares the study; `rows` counts the hyperparameters in the table that Optuna reads.
pub(crate) fn hyperparameters_behind_guards_are_kept(url: &str, rows: impl Fn() -> i64) {
    let ho = hyperopt!(
        study = Study::open(url).unwrap(),
        seed = 0,
        a = 0.0..=1.0,
        b = if a > 0.5 { 0.0..=1.0 } else { 5.0..=6.0 },
        c = if a < 0.2 {
            [1, 2, 3]
        },
        for _ in 0..20 {
            a + b + f64::from(c.unwrap_or(0))
        }
    );
    assert!(ho.history().trials().iter().any(|trial| trial.point().is_active(3)));
    let kept = Study::open(url).unwrap().read().unwrap();
    assert_eq!(kept.history().len(), 20);
    for (kept, trial) in kept.history().trials().iter().zip(ho.history().trials()) {
        assert_eq!(kept.point(), trial.point(), "trial {}", trial.number());
    }
    let active: usize = ho.history().trials().iter().map(|trial| trial.point().iter().flatten().count()).sum();
    assert_eq!(rows(), active as i64);
}
