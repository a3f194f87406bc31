//! Points that are tried first.

use std::cell::Cell;

use hyperopt::prelude::*;
use hyperopt::{Error, Point, StopReason};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kernel {
    Rbf,
    Linear,
}

/// Can be neither compared nor shown.
#[derive(Clone)]
struct Opaque(u8);

const SMALL: Opaque = Opaque(1);
const LARGE: Opaque = Opaque(2);

fn points(ho: &impl AsRef<hyperopt::Sweep>) -> Vec<(usize, Point, Option<f64>)> {
    let trials = ho.as_ref().history().trials().iter();
    trials.map(|trial| (trial.number(), trial.point().clone(), trial.objective())).collect()
}

#[test]
fn given_values_come_first() {
    let ho = hyperopt!(
        seed = 7,
        try_first = [(lr = 1e-3, layers = 2), (lr = 1e-2, layers = 4, kernel = Kernel::Rbf), (lr = 0.1)],
        lr = log(1e-5..=1e-1),
        layers = 1..=4,
        kernel = [Kernel::Linear, Kernel::Rbf],
        for _ in 0..10 {
            lr * f64::from(layers) + f64::from(u8::from(kernel == Kernel::Rbf))
        }
    );
    let params: Vec<_> = ho.trials().map(|(_, p)| *p).collect();
    assert_eq!(params.len(), 10);
    assert!((params[0].lr / 1e-3 - 1.0).abs() < 1e-12 && params[0].layers == 2);
    assert!((params[1].lr / 1e-2 - 1.0).abs() < 1e-12);
    assert_eq!((params[1].layers, params[1].kernel), (4, Kernel::Rbf));
    assert_eq!(params[2].lr, 0.1);
    assert!(params[3..].iter().all(|p| p.lr != 0.1));
}

/// What is not given is drawn anew for each seed, and the trials that follow are those of a sweep without known points.
#[test]
fn what_is_left_open_is_drawn() {
    let sweep = |seed| {
        hyperopt!(
            try_first = [(a = 3), (a = 3)],
            seed = seed,
            a = 1..=4,
            b = 0.0..=1.0,
            for _ in 0..5 {
                f64::from(a) + b
            }
        )
    };
    let plain = hyperopt!(
        seed = 1,
        a = 1..=4,
        b = 0.0..=1.0,
        for _ in 0..5 {
            f64::from(a) + b
        }
    );
    let (one, other) = (sweep(1), sweep(2));
    assert_eq!(points(&one), points(&sweep(1)));
    let b = |ho: &hyperopt::Sweep, trial: usize| ho.history().trials()[trial].point().get(1);
    assert_ne!(b(one.sweep(), 0), b(one.sweep(), 1));
    assert_ne!(b(one.sweep(), 0), b(other.sweep(), 0));
    assert_eq!(points(&one)[2..], points(&plain)[2..]);
}

/// Every way to find a value among the candidates.
#[test]
fn values_of_all_types_are_found() {
    fn tanh(x: f64) -> f64 {
        x.tanh()
    }
    fn relu(x: f64) -> f64 {
        x.max(0.0)
    }
    let activations: [fn(f64) -> f64; 2] = [tanh, relu];
    let two = 2_u16;
    let ho = hyperopt!(
        opaque = [SMALL, LARGE],
        activation = &activations,
        step = linrange(0.0, 1.0, 11),
        power = exp_linrange(-7.0, 3.0, 11),
        count = log(1..=1024_u16),
        size = ordinal([16, 32, 64]),
        name = vec!["x".to_owned(), "y".to_owned()],
        ratio = 0.0..1.0,
        try_first = [(
            opaque = LARGE,
            activation = relu,
            step = 0.1 + 0.2,
            power = 1e-6,
            count = two * 300,
            size = 32,
            name = "y".into(),
            ratio = 0.25,
        )],
        for _ in 0..1 {
            let shown = (opaque.0, activation(-1.0), power, count, size, &*name, ratio);
            assert_eq!(shown, (2, 0.0, 1e-6, 600, 32, "y", 0.25));
            assert_eq!(step, 0.3);
            0
        }
    );
    assert!(ho.error().is_none(), "{ho}");
}

#[test]
fn values_are_evaluated_once() {
    let evaluated = Cell::new(0);
    let value = || {
        evaluated.set(evaluated.get() + 1);
        2
    };
    let ho = hyperopt!(
        a = 1..=4,
        try_first = [(a = value())],
        for _ in 0..20 {
            a
        }
    );
    assert_eq!((evaluated.get(), ho.trials().next().map(|(_, p)| p.a)), (1, Some(2)));
}

#[test]
fn what_is_no_candidate_is_named() {
    let far = 2.5;
    let ho = hyperopt!(
        try_first = [(lr = far, layers = 9), (kernel = "rbff", opaque = Opaque(3)), (gamma = 7.0)],
        lr = log(1e-5..=1e-1),
        layers = 1..=4,
        kernel = ["linear", "rbf"],
        opaque = [SMALL, LARGE],
        gamma = if layers > 2 { 0.0..=1.0 } else { 2.0..=3.0 },
        for _ in 0..10 {
            let _ = (kernel, opaque.0, gamma);
            lr * f64::from(layers)
        }
    );
    assert!(ho.is_empty());
    let expected = [
        "try_first: `lr = far`, which is 2.5, is not among the candidates 1e-5..=0.1 on a log scale",
        "try_first: `layers = 9` is not among the candidates 1..=4",
        "try_first: `kernel = \"rbff\"` is not among the candidates [linear, rbf]",
        "try_first: `opaque = Opaque(3)` is not among the candidates [SMALL, LARGE]",
        "try_first: `gamma = 7.0` is not among the candidates 0..=1 or 2..=3",
    ];
    assert_eq!(ho.error().unwrap().to_string(), expected.join("\n"));
}

#[test]
fn a_value_lies_on_the_alternatives_that_hold_it() {
    let ho = hyperopt!(
        seed = 3,
        try_first = [(kernel = "rbf", gamma = 0.5), (kernel = "linear", gamma = 2.5), (kernel = "none", shift = 4)],
        kernel = ["rbf", "linear", "none"],
        gamma = match kernel {
            "rbf" => 0.0..=1.0,
            "linear" => 2.0..=3.0,
            _ => 4.0..=5.0,
        },
        shift = if kernel == "none" {
            1..=9
        },
        for _ in 0..3 {
            gamma + f64::from(shift.unwrap_or(0))
        }
    );
    let params: Vec<_> = ho.trials().map(|(_, p)| (p.kernel, p.gamma, p.shift)).collect();
    assert_eq!(params[..2], [("rbf", 0.5, None), ("linear", 2.5, None)]);
    assert_eq!((params[2].0, params[2].2), ("none", Some(4)));
}

macro_rules! known {
    ($macro:ident $(($executor:expr))?, $sampler:expr, $pattern:pat in $head:expr) => {
        $macro!(
            $($executor,)?
            sampler = $sampler,
            seed = 5,
            try_first = [(a = 3, b = false), (b = true, a = 8)],
            a = 0..=9,
            b = [true, false],
            c = ordinal([1, 2, 3]),
            for $pattern in $head {
                f64::from((a - 4) * (a - 4) + c) + f64::from(u8::from(b))
            }
        )
    };
}

macro_rules! check {
    ($sampler:expr, $pattern:pat in $head:expr) => {{
        let ho = known!(hyperopt, $sampler, $pattern in $head);
        assert!(ho.error().is_none(), "{ho}");
        let first: Vec<_> = ho.trials().take(2).map(|(_, p)| (p.a, p.b)).collect();
        assert_eq!(first, [(3, false), (8, true)]);
        let ho = known!(thyperopt, $sampler, $pattern in $head);
        let first: Vec<_> = ho.trials().take(2).map(|(_, p)| (p.a, p.b)).collect();
        assert_eq!(first, [(3, false), (8, true)]);
        for threads in [1, 2, 5] {
            let other = known!(phyperopt(workers(threads)), $sampler, $pattern in $head);
            assert_eq!(points(&ho), points(&other));
        }
    }};
}

#[test]
fn every_sampler_and_every_macro_tries_them() {
    check!(RandomSampler::new(), _ in 0..20);
    check!(GridSampler::new(), _ in 0..20);
    check!(LhsSampler::new().swaps(100), _ in 0..20);
    check!(ClhSampler::new().swaps(100), _ in 0..20);
    check!(BohbSampler::new(), _ in 0..20);
    check!(Hyperband::new(3.0), (_, _) in 1.0..=9.0);
    check!(Bohb::new(), (_, _) in 1.0..=9.0);
    check!(Hyperband::new(3.0).inner(LhsSampler::new().swaps(100)), (_, _) in 1.0..=9.0);
}

#[test]
fn a_plan_loses_nothing() {
    let grid = known!(hyperopt, GridSampler::new(), _ in ..);
    let mut cells: Vec<_> = grid.trials().map(|(_, p)| (p.a, p.b, p.c)).collect();
    cells.sort_unstable();
    cells.dedup();
    assert_eq!((grid.len(), cells.len(), grid.end()), (60, 60, StopReason::Planned));
    // Ten strata of `a`, each thrice, behind the two known points.
    let lhs = known!(hyperopt, LhsSampler::new().swaps(100), _ in 0..32);
    let mut counts = [0; 10];
    lhs.trials().skip(2).for_each(|(_, p)| counts[p.a as usize] += 1);
    assert_eq!(counts, [3; 10]);
}

#[test]
fn a_sweep_that_is_asked_tries_them() -> Result<(), Error> {
    let mut ho = hyperopt!(try_first = [(a = 3)], a = 0..=9, b = 0.0..=1.0);
    let (trial, p) = ho.ask()?;
    assert_eq!(p.a, 3);
    ho.tell(trial, p.b)?;
    assert_eq!(hyperopt!(try_first = [(a = 99)], a = 0..=9).ask().unwrap_err().to_string(), {
        "try_first: `a = 99` is not among the candidates 0..=9"
    });
    Ok(())
}

#[test]
fn going_on_tries_what_has_not_been_tried() {
    macro_rules! sweep {
        ($n:expr $(, $setting:ident = $value:expr)*) => {
            hyperopt!(
                $($setting = $value,)*
                try_first = [(a = 3, b = 0.5), (a = 4)],
                a = 0..=9,
                b = if a < 4 { 0.0..=1.0 },
                for _ in 0..$n {
                    f64::from(a) + b.unwrap_or(7.0)
                }
            )
        };
    }
    let (whole, half) = (sweep!(20, seed = 2), sweep!(8, seed = 2));
    assert_eq!(points(&whole), points(&sweep!(12, ho = &half)));
    let one = sweep!(1, seed = 2);
    assert_eq!(points(&whole), points(&sweep!(19, ho = one)));
    let other = hyperopt!(
        seed = 2,
        a = 0..=9,
        b = if a < 4 {
            0.0..=1.0
        },
        for _ in 0..3 {
            f64::from(a) + b.unwrap_or(7.0)
        }
    );
    let ho = sweep!(3, ho = other);
    let (_, p) = ho.trials().nth(3).unwrap();
    assert_eq!((p.a, p.b), (3, Some(0.5)));
}

#[test]
fn the_best_of_another_sweep_are_taken_over() {
    let earlier = hyperopt!(
        seed = 1,
        goal = Maximize,
        lr = log(1e-5..=1e-1),
        layers = 1..=4,
        kernel = ["linear", "rbf", "sigmoid"],
        gone = 0.0..=1.0,
        for _ in 0..50 {
            let _ = kernel;
            lr + f64::from(layers) + gone
        }
    );
    let best = earlier.best_points(40);
    assert_eq!((best.len(), best.is_empty()), (40, false));
    let ho = hyperopt!(
        seed = 2,
        try_first = best,
        // A wider range, more levels, other levels, a new one.
        lr = log(1e-6..=1e-1),
        layers = 1..=8,
        kernel = ["rbf", "linear"],
        new = [1.0, 2.0],
        for _ in 0..42 {
            let _ = kernel;
            lr + f64::from(layers) + new
        }
    );
    let ranked = earlier.history().ranked(Maximize);
    let mut taken = 0;
    for ((trial, _), (_, new)) in ranked.iter().zip(ho.trials()).take(40) {
        let (_, old) = earlier.trials().nth(trial.number()).unwrap();
        assert!((old.lr / new.lr - 1.0).abs() < 1e-9);
        assert_eq!(old.layers, new.layers);
        if old.kernel != "sigmoid" {
            assert_eq!(old.kernel, new.kernel);
            taken += 1;
        }
    }
    assert!(taken > 15 && taken < 35, "{taken}");
}

#[test]
fn more_points_than_trials_and_none_at_all() {
    for sampler in [true, false] {
        let grid: Box<dyn hyperopt::Sampler> =
            if sampler { Box::new(LhsSampler::new()) } else { Box::new(RandomSampler::new()) };
        let ho = hyperopt!(
            sampler = grid,
            try_first = vec![(a = 1), (a = 2), (a = 3)],
            a = 0..=9,
            for _ in 0..2 {
                a
            }
        );
        assert_eq!(ho.trials().map(|(_, p)| p.a).collect::<Vec<_>>(), [1, 2], "{ho}");
    }
    let ho = hyperopt!(
        try_first = [],
        a = 0..=9,
        for _ in 0..2 {
            a
        }
    );
    assert_eq!(ho.len(), 2);
}

/// The variable outside is meant: hyperparameters have no values before the loop.
#[test]
fn a_variable_may_be_called_like_its_hyperparameter() {
    let lr = 0.01;
    let ho = hyperopt!(
        lr = log(1e-5..=1e-1),
        try_first = (lr = lr),
        for _ in 0..1 {
            lr
        }
    );
    assert!((ho.trials().next().unwrap().1.lr - 0.01).abs() < 1e-12);
}
