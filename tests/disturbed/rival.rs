//! A second program, with another sweep, in the same study.

use hyperopt::Sweep;
use hyperopt::prelude::*;

use crate::run::{Result, places};

#[test]
fn another_sweep_is_refused_and_the_first_goes_on() -> Result<()> {
    for has_rivals in [false, true] {
        for (scratch, mut run) in places(&format!("rival-{has_rivals}"))? {
            (run.trials, run.pause) = (100, 30_000);
            run.survives(&scratch, |_| {
                if !has_rivals {
                    return Ok(());
                }
                run.reaches(10)?;
                macro_rules! rival {
                    ($($sweep:tt)*) => {
                        hyperopt!(study = run.study()?, $($sweep)*).into_sweep()
                    };
                }
                let same = |n: i32, x: f64| x + f64::from(n);
                let space = rival!(
                    x = 0.0..=2.0,
                    n = 1..=64,
                    kind = ["a", "b", "c"],
                    rate = if kind == "a" {
                        log(1e-4..=1.0)
                    },
                    for _ in 0..200 {
                        let _ = rate;
                        same(n, x)
                    }
                );
                let missing = rival!(
                    x = 0.0..=1.0,
                    for _ in 0..200 {
                        x
                    }
                );
                let seed = rival!(
                    seed = 8,
                    x = 0.0..=1.0,
                    n = 1..=64,
                    kind = ["a", "b", "c"],
                    rate = if kind == "a" {
                        log(1e-4..=1.0)
                    },
                    for _ in 0..200 {
                        let _ = rate;
                        same(n, x)
                    }
                );
                let goal = rival!(
                    goal = Maximize,
                    x = 0.0..=1.0,
                    n = 1..=64,
                    kind = ["a", "b", "c"],
                    rate = if kind == "a" {
                        log(1e-4..=1.0)
                    },
                    for _ in 0..200 {
                        let _ = rate;
                        same(n, x)
                    }
                );
                let budgets = rival!(
                    sampler = Hyperband::new(3.0),
                    x = 0.0..=1.0,
                    n = 1..=64,
                    kind = ["a", "b", "c"],
                    rate = if kind == "a" {
                        log(1e-4..=1.0)
                    },
                    for (resources, _) in 1.0..=9.0 {
                        let _ = rate;
                        (same(n, x) * resources, ())
                    }
                );
                let name = format!("study `{}`", run.name);
                for (sweep, what) in [
                    (space, "hyperparameter `x` had the candidates 0..=1, and now has 0..=2"),
                    (missing, "`n`"),
                    (seed, "it was begun with `seed = 7`, and now has `seed = 8`"),
                    (goal, "its goal is Minimize, and now is Maximize"),
                    (budgets, "it counts trials, and this sweep has budgets"),
                ] {
                    let said = |sweep: &Sweep| sweep.error().map(ToString::to_string).unwrap_or_default();
                    assert!(said(&sweep).contains(&name) && said(&sweep).contains(what), "{what}: {}", said(&sweep));
                    assert_eq!(sweep.history().len(), 0, "{what}");
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}
