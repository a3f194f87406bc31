//! Beliefs about hyperparameters: `PriorBand`, BOHB, and what is said about wrong ones.

use hyperopt::prelude::*;
use hyperopt::{Draw, History, Point, Sampler, Space};

use crate::common::statistics::{margin, mean};
use rand::RngExt;

/// Never leaves what is believed: what `PriorBand` would be without its even draws and its incumbent.
#[derive(Debug)]
struct Believer;

impl Sampler for Believer {
    fn suggest(&mut self, space: &Space, _: &History, draw: &Draw) -> Option<Point> {
        let mut rng = draw.rng();
        let drawn = space.axes().iter().map(|axis| match axis.prior() {
            Some(prior) => prior.draw(axis, &mut rng),
            None => rng.random(),
        });
        Some(drawn.collect())
    }
}

/// The true loss of the best trial of a sweep over five numbers and a kernel; what a trial sees of it gets clearer with its
/// resources. Beliefs are off by `off` along each number.
macro_rules! believing {
    (believing, $candidates:expr, $value:expr) => {
        $candidates.prior($value)
    };
    (blind, $candidates:expr, $value:expr) => {
        &$candidates
    };
}

macro_rules! regret {
    ($sampler:expr, $off:expr, $seed:expr) => {
        regret!(believing, $sampler, $off, $seed)
    };
    ($how:ident, $sampler:expr, $off:expr, $seed:expr) => {{
        let (off, kernel): (f64, &str) = ($off, if $off < 0.3 { "rbf" } else { "linear" });
        let _ = (off, kernel);
        let ho = hyperopt!(
            sampler = $sampler,
            seed = $seed,
            lr = believing!($how, log(1e-5..=1e-1), 10f64.powf(-3.8 + 4.0 * off)),
            momentum = believing!($how, (0.0..=1.0), 0.25 + off),
            decay = believing!($how, (0.0..=1.0), 0.3 + off),
            width = believing!($how, (0.0..=1.0), 0.2 + off),
            free = 0.0..=1.0,
            kernel = believing!($how, ["linear", "rbf", "poly", "none"], kernel),
            for (resources, _) in 1.0..=27.0 {
                let true_loss = loss(lr, [momentum, decay, width, free], kernel);
                // What is left of the beginning of the training: the same for all that follow.
                true_loss + (lr * 1e7).sin() * 0.3 / f64::sqrt(resources)
            }
        );
        let p = ho.best().unwrap().params;
        loss(p.lr, [p.momentum, p.decay, p.width, p.free], p.kernel)
    }};
}

fn loss(lr: f64, numbers: [f64; 4], kernel: &str) -> f64 {
    let lr = (lr.log10() + 5.0) / 4.0;
    let optimum = [0.25, 0.3, 0.2, 0.6];
    let squares: f64 = numbers.iter().zip(optimum).map(|(number, best)| (number - best).powi(2)).sum();
    squares + (lr - 0.3).powi(2) + if kernel == "rbf" { 0.0 } else { 0.2 }
}

#[test]
fn good_beliefs_pay_at_once() {
    for seeds in [0..40, 40..80_u64] {
        let believing: Vec<_> = seeds.clone().map(|seed| regret!(PriorBand::new(), 0.05, seed)).collect();
        let plain: Vec<_> = seeds.clone().map(|seed| regret!(Hyperband::new(3.0), 0.05, seed)).collect();
        // The control: a sampler that does not look at them gains nothing.
        let blind: Vec<_> = seeds.map(|seed| regret!(Hyperband::new(3.0), 0.05, seed + 1000)).collect();
        println!("{:?} {:?} {:?}", mean(&believing), mean(&plain), mean(&blind));
        assert!(margin(&believing, &plain) > 3.0);
        assert!(margin(&blind, &plain) < 3.0);
    }
}

#[test]
fn bad_beliefs_are_left() {
    for seeds in [0..30, 30..60_u64] {
        let all = |sampler: &dyn Fn(u64) -> f64| seeds.clone().map(sampler).collect::<Vec<_>>();
        let believing = all(&|seed| regret!(PriorBand::new().rounds(6), 0.65, seed));
        let plain = all(&|seed| regret!(Hyperband::new(3.0).rounds(6), 0.65, seed));
        // The control: one that never leaves them stays bad.
        let stubborn = all(&|seed| regret!(Hyperband::new(3.0).inner(Believer).rounds(6), 0.65, seed));
        println!("{:?} {:?} {:?}", mean(&believing), mean(&plain), mean(&stubborn));
        let tolerated = mean(&plain).0 * 1.2;
        assert!(mean(&believing).0 < tolerated);
        assert!(mean(&stubborn).0 > tolerated + 3.0 * mean(&stubborn).1);
    }
}

#[test]
fn bohb_believes_too() {
    for seeds in [0..160, 160..320_u64] {
        let all = |sampler: &dyn Fn(u64) -> f64| seeds.clone().map(sampler).collect::<Vec<_>>();
        let believing = all(&|seed| regret!(Bohb::new(), 0.05, seed));
        let blind = all(&|seed| regret!(blind, Bohb::new(), 0.05, seed));
        println!("{:?} {:?}", mean(&believing), mean(&blind));
        assert!(margin(&believing, &blind) > 3.0);
    }
}

#[test]
fn a_belief_in_no_candidate_is_named() {
    macro_rules! message {
        ($candidates:expr) => {{
            let ho = hyperopt!(
                lr = $candidates,
                for _ in 0..3 {
                    let _ = &lr;
                    0
                }
            );
            ho.error().map(ToString::to_string).unwrap_or_default()
        }};
    }
    assert_eq!(
        message!(log(1e-5..=1e-1).prior(0.5)),
        "hyperparameter `lr`: the prior 0.5 is not among the candidates 1e-5..=0.1 on a log scale"
    );
    assert_eq!(message!((1..=4).prior(9)), "hyperparameter `lr`: the prior 9 is not among the candidates 1..=4");
    assert_eq!(
        message!(["x", "y"].prior("z").confidence(Confidence::Low)),
        "hyperparameter `lr`: the prior is not among the candidates [x, y]"
    );
    // What is wrong with the candidates comes first.
    assert_eq!(message!((0.9..=0.1).prior(0.5)), "hyperparameter `lr`: `0.9..=0.1` runs backwards; write `0.1..=0.9`");
}

/// A belief changes neither labels nor the sweep of a sampler that does not look at it, and one may go on without it.
#[test]
fn a_belief_is_no_part_of_the_candidates() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Kernel {
        Rbf,
        Linear,
    }
    macro_rules! sweep {
        ($n:expr, $kernel:expr, $a:expr $(, $setting:ident = $value:expr)*) => {
            hyperopt!(
                $($setting = $value,)*
                kernel = $kernel,
                a = $a,
                for _ in 0..$n {
                    a + f64::from(u8::from(kernel == Kernel::Rbf))
                }
            )
        };
    }
    let plain = sweep!(20, [Kernel::Rbf, Kernel::Linear], 0.0..=1.0, seed = 4);
    let half = sweep!(10, [Kernel::Rbf, Kernel::Linear].prior(Kernel::Linear), (0.0..=1.0).prior(0.9), seed = 4);
    assert_eq!(half.space().axes()[0].labels(), plain.space().axes()[0].labels());
    let ho = sweep!(10, [Kernel::Rbf, Kernel::Linear], (0.0..=1.0).prior(0.1), ho = half);
    let points = |ho: &hyperopt::Sweep| ho.history().trials().iter().map(|t| t.point().clone()).collect::<Vec<_>>();
    assert_eq!(points(ho.sweep()), points(plain.sweep()));
}

/// Every kind of axis, conditional ones, and no objective at all; on any number of threads the same.
#[test]
fn every_kind_of_axis_and_any_number_of_threads() {
    macro_rules! sweep {
        ($macro:ident $(($executor:expr))?, $value:expr) => {
            $macro!(
                $($executor,)?
                sampler = PriorBand::new(),
                seed = 9,
                kernel = ["rbf", "linear"].prior("rbf"),
                gamma = if kernel == "rbf" { log(1e-3..=1.0).prior(0.1) },
                n = (1..=64).prior(8),
                batch = ordinal([16, 32, 64]).prior(32),
                step = linrange(0.0, 1.0, 11).prior(0.3),
                one = ["only"],
                for (resources, _) in 1..=27 {
                    let _ = one;
                    let value = gamma.unwrap_or(0.5) + step + f64::from(n + batch) / f64::from(resources);
                    $value(value)
                }
            )
        };
    }
    let points = |ho: &hyperopt::Sweep| ho.history().trials().iter().map(|t| t.point().clone()).collect::<Vec<_>>();
    let one = sweep!(phyperopt(workers(1)), |value: f64| value);
    assert!(one.error().is_none() && one.len() == 69, "{one}");
    for threads in [2, 5] {
        let other = sweep!(phyperopt(workers(threads)), |value: f64| value);
        assert_eq!(points(one.sweep()), points(other.sweep()));
    }
    let failed = sweep!(hyperopt, |_| f64::NAN);
    assert!(failed.error().is_none() && !failed.is_empty());
}
