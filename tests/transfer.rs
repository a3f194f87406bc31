//! What an earlier sweep on another data set hands on.

#[path = "common/statistics.rs"]
mod statistics;

use hyperopt::prelude::*;
use hyperopt::{Hyperoptimizer, Sweep};

use statistics::{margin, mean};

fn loss(optimum: f64, numbers: [f64; 5], kernel: &str) -> f64 {
    let offsets = [0.0, 0.1, -0.05, 0.05, -0.1];
    let squares = numbers.iter().zip(offsets).map(|(number, offset)| (number - optimum - offset).powi(2));
    squares.sum::<f64>() + if kernel == "rbf" { 0.0 } else { 0.1 }
}

/// A sweep of the problem whose optimum lies at `optimum`.
macro_rules! sweep {
    ($sampler:expr, $optimum:expr, $seed:expr $(, $setting:ident = $value:expr)*) => {
        hyperopt!(
            $($setting = $value,)*
            sampler = $sampler,
            seed = $seed,
            a = 0.0..=1.0,
            b = 0.0..=1.0,
            c = 0.0..=1.0,
            d = linrange(0.0, 1.0, 101),
            e = 0.0..=1.0,
            kernel = ["linear", "rbf", "poly"],
            for (resources, _) in 1.0..=27.0 {
                loss($optimum, [a, b, c, d, e], kernel) + (a * 1e7).sin() * 0.3 / f64::sqrt(resources)
            }
        )
    };
}

/// The true loss of the best trial.
macro_rules! regret {
    ($sampler:expr, $optimum:expr, $($rest:tt)*) => {{
        let ho = sweep!($sampler, $optimum, $($rest)*);
        let p = ho.best().unwrap().params;
        loss($optimum, [p.a, p.b, p.c, p.d, p.e], p.kernel)
    }};
}

/// A related problem helps, whatever the sampler; an unrelated one, the control, does not, and hurts little.
#[test]
fn a_related_problem_helps() {
    macro_rules! check {
        ($sampler:expr) => {
            for seeds in [0..100, 100..200_u64] {
                let earlier = |optimum, seed| sweep!(Hyperband::new(3.0).rounds(3), optimum, seed + 500);
                let plain: Vec<_> = seeds.clone().map(|seed| regret!($sampler, 0.3, seed)).collect();
                let related: Vec<_> =
                    seeds.clone().map(|s| regret!($sampler, 0.3, s, transfer = earlier(0.35, s))).collect();
                let unrelated: Vec<_> =
                    seeds.clone().map(|s| regret!($sampler, 0.3, s, transfer = earlier(0.9, s))).collect();
                println!("{:?} {:?} {:?}", mean(&plain), mean(&related), mean(&unrelated));
                assert!(margin(&related, &plain) > 3.0);
                assert!(margin(&related, &unrelated) > 3.0);
                assert!(mean(&unrelated).0 < mean(&plain).0 + 0.1);
            }
        };
    }
    check!(PriorBand::new());
    check!(Bohb::new());
    check!(Hyperband::new(3.0));
}

#[test]
fn the_best_three_come_first_behind_what_is_given() {
    let earlier = sweep!(Hyperband::new(3.0), 0.3, 1);
    let ho = sweep!(Hyperband::new(3.0), 0.3, 2, transfer = &earlier, try_first = [(a = 0.125)]);
    let points = |sweep: &Sweep| sweep.history().trials().iter().map(|t| t.point().clone()).collect::<Vec<_>>();
    let best: Vec<_> = earlier.history().ranked(Minimize).iter().take(3).map(|(t, _)| t.point().clone()).collect();
    let first = points(ho.sweep());
    assert_eq!(first[0].get(0), Some(0.125));
    assert_eq!(first[1..4], best[..]);
    // From a sweep without hyperparameters of such names, nothing is taken over.
    let other = hyperopt!(
        z = 0.0..=1.0,
        for _ in 0..30 {
            z
        }
    );
    let ho = sweep!(Hyperband::new(3.0), 0.3, 2, transfer = other);
    assert_eq!(points(ho.sweep()), points(sweep!(Hyperband::new(3.0), 0.3, 2).sweep()));
}

#[test]
fn a_sweep_without_trials_hands_on_nothing() {
    fn empty<P>(ho: &Hyperoptimizer<P>) -> bool {
        ho.best_points(5).is_empty()
    }
    let nothing = hyperopt!(
        a = 0.0..=1.0,
        for _ in 0..0 {
            a
        }
    );
    assert!(empty(&nothing));
    let ho = sweep!(PriorBand::new(), 0.3, 2, transfer = &nothing);
    assert!(ho.error().is_none() && ho.len() == 69);
}
