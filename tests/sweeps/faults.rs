//! What goes wrong is kept, named, and never best.

// Candidates that run backwards are what is tested.
#![allow(clippy::reversed_empty_ranges)]

use std::time::Duration;

use hyperopt::prelude::*;
use hyperopt::{Error, Sampler, State, StopReason};

#[test]
fn failures_are_trials_with_a_reason() -> Result<(), Error> {
    let ho = hyperopt!(
        x = 0.0..=1.0,
        for i in 0..7 {
            match i {
                0 => Err("no luck"),
                1 => Ok(None),
                2 => Ok(Some(f64::NAN)),
                3 => Ok(Some(f64::INFINITY)),
                4 => Ok(Some(f64::NEG_INFINITY)),
                _ => Ok(Some(x + f64::from(i))),
            }
        }
    );
    let reasons: Vec<_> = ho.trials().map(|(trial, _)| trial.reason()).collect();
    assert_eq!(
        reasons,
        [
            Some("no luck"),
            Some("the body returned `None`"),
            Some("the objective is NaN"),
            Some("the objective is +∞"),
            Some("the objective is −∞"),
            None,
            None,
        ]
    );
    assert_eq!(ho.history().count(State::Failed), 5);
    assert_eq!(ho.best()?.number, 5);
    assert!(ho.minimum()? >= 5.0 && ho.maximum()? <= 7.0);
    assert_eq!(ho.history().trials()[3].value(), Some(f64::INFINITY));
    assert_eq!(ho.history().trials()[3].objective(), None);
    Ok(())
}

#[test]
fn the_causes_of_an_error_are_kept_too() {
    #[derive(Debug)]
    struct Chained;
    impl std::fmt::Display for Chained {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(if f.alternate() { "outer: inner" } else { "outer" })
        }
    }
    let ho = hyperopt!(
        x = [1],
        for _ in 0..1 {
            if x == 1 { Err(Chained) } else { Ok(0) }
        }
    );
    assert_eq!(ho.history().trials()[0].reason(), Some("outer: inner"));
}

#[test]
fn all_failed_quotes_the_first() {
    let ho = hyperopt!(
        x = [1, 2],
        for i in 0..4 {
            if i < 4 { Err(format!("diverged at {i}")) } else { Ok(x) }
        }
    );
    let error = ho.best().unwrap_err();
    assert_eq!(error.to_string(), "not one of 4 trials has a finite objective; trial 0: diverged at 0");
    assert_eq!(ho.minimizer().unwrap_err(), error);
    let mut text = Vec::new();
    ho.print_min(&mut text).unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), format!("no minimum: {error}\n"));
}

#[test]
fn on_error_stop_starts_no_more() -> Result<(), Error> {
    let run = |on_error| {
        hyperopt!(
            on_error = on_error,
            x = 0.0..=1.0,
            for i in 0..6 {
                if i == 3 { Err("broken") } else { Ok(x) }
            }
        )
    };
    assert_eq!((run(OnError::Continue).len(), run(OnError::Continue).end()), (6, StopReason::Planned));
    let stopped = run(OnError::Stop);
    assert_eq!((stopped.len(), stopped.end()), (4, StopReason::Failure));
    assert!(stopped.best()?.number < 3);
    Ok(())
}

#[test]
fn faulty_candidates_are_named_all_at_once_and_nothing_runs() {
    let mut runs = 0;
    let ho = hyperopt!(
        rate = log(0.0..=1.0),
        depth = 9..=3,
        sound = [1, 2],
        for _ in 0..10 {
            runs += 1;
            rate + f64::from(depth + sound)
        }
    );
    assert_eq!(runs, 0);
    assert_eq!(ho.end(), StopReason::Error);
    let message = "hyperparameter `rate`: `0.0..=1.0` has no logarithm at its lower end; start above 0\n\
                   hyperparameter `depth`: `9..=3` runs backwards; write `3..=9`";
    assert_eq!(ho.best().unwrap_err().to_string(), message);
    assert!(ho.to_string().ends_with(&format!("error: {message}")));
}

#[test]
fn an_alternative_is_named_as_it_is_written() {
    let ho = hyperopt!(
        deep = [true, false],
        width = if deep { 1..=8 } else { 8..=1 },
        for _ in 0..10 {
            width
        }
    );
    assert_eq!(ho.best().unwrap_err().to_string(), "hyperparameter `width`: `8..=1` runs backwards; write `1..=8`");
}

#[test]
fn a_sampler_says_what_it_cannot_do() {
    let grid = hyperopt!(
        sampler = GridSampler::new(),
        rate = 0.0..=1.0,
        for _ in .. {
            rate
        }
    );
    assert_eq!(
        grid.best().unwrap_err().to_string(),
        "GridSampler: hyperparameter `rate` is continuous and has no grid; write `linrange(lo, hi, n)`, or give all such \
         hyperparameters n points: `GridSampler::new().resolution(n)`"
    );
    let endless = hyperopt!(
        rate = 0.0..=1.0,
        for _ in .. {
            rate
        }
    );
    assert_eq!(
        endless.best().unwrap_err().to_string(),
        "`for _ in ..` runs all that the sampler plans, but RandomSampler never ends; write `0..n`, or `0..` with a `break`"
    );
}

#[test]
fn a_sampler_that_proposes_no_point_ends_the_sweep() {
    #[derive(Debug)]
    struct Broken(Vec<f64>);
    impl Sampler for Broken {
        fn suggest(
            &mut self,
            _: &hyperopt::Space,
            _: &hyperopt::History,
            _: &hyperopt::Draw,
        ) -> Option<hyperopt::Point> {
            Some(self.0.clone().into())
        }
    }
    for (units, shown) in [(vec![0.5], "[0.5]"), (vec![0.5, f64::NAN], "[0.5, NaN]")] {
        let ho = hyperopt!(
            sampler = Broken(units),
            x = 0.0..=1.0,
            y = 0.0..=1.0,
            for _ in 0..3 {
                x + y
            }
        );
        let message = format!("Broken: proposed {shown}, which is not one number for each of 2 axes");
        assert_eq!(ho.best().unwrap_err().to_string(), message);
        assert!(ho.is_empty());
    }
    // Outside the cube is only moved to its edge.
    let ho = hyperopt!(
        sampler = Broken(vec![-7.0, 7.0]),
        x = 0.0..=1.0,
        y = 1..=3,
        for _ in 0..1 {
            x + f64::from(y)
        }
    );
    assert_eq!(ho.minimum(), Ok(3.0));
}

#[test]
fn nothing_run_is_an_error_too() {
    let empty = hyperopt!(
        x = [1],
        for _ in 5..5 {
            x
        }
    );
    assert_eq!(empty.best().unwrap_err(), Error::NoTrials);
    assert_eq!(empty.end(), StopReason::Planned);
    let late = hyperopt!(
        timeout = Duration::ZERO,
        x = [1],
        for _ in 0..5 {
            x
        }
    );
    assert_eq!((late.len(), late.end()), (0, StopReason::Timeout));
}

#[test]
fn timeout_ends_an_endless_loop() {
    let ho = hyperopt!(
        timeout = Duration::from_millis(20),
        x = 0.0..=1.0,
        for _ in 0.. {
            std::thread::sleep(Duration::from_millis(1));
            x
        }
    );
    assert_eq!(ho.end(), StopReason::Timeout);
    assert!((1..=20).contains(&ho.len()), "{}", ho.len());
    assert!(ho.sweep().elapsed() >= Duration::from_millis(20));
}
