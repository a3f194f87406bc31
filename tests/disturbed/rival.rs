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
                    ($x:expr, [$($setting:tt)*], $item:pat in $head:expr => $value:expr) => {
                        hyperopt!(
                            study = run.study()?,
                            $($setting)*
                            x = $x,
                            n = 1..=64,
                            kind = ["a", "b", "c"],
                            rate = if kind == "a" {
                                log(1e-4..=1.0)
                            },
                            for $item in $head {
                                let _: (f64, i32, Option<f64>) = (x, n, rate);
                                $value
                            }
                        )
                        .into_sweep()
                    };
                }
                let space = rival!(0.0..=2.0, [], _ in 0..200 => 0.0);
                let seed = rival!(0.0..=1.0, [seed = 8,], _ in 0..200 => 0.0);
                let goal = rival!(0.0..=1.0, [goal = Maximize,], _ in 0..200 => 0.0);
                let budgets = rival!(
                    0.0..=1.0, [sampler = Hyperband::new(3.0),], (resources, _) in 1.0..=9.0 => (resources, ())
                );
                let missing = hyperopt!(
                    study = run.study()?,
                    x = 0.0..=1.0,
                    for _ in 0..200 {
                        x
                    }
                );
                let missing = missing.into_sweep();
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
