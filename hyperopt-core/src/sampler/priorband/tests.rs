//! Tests of the suggestions and of the shares.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use super::*;
use crate::candidates::{Candidates, Dimension, WithPrior, linrange, log, ordinal};
use crate::sampler::Rungs;
use crate::sampler::testing::{Bench, space};
use crate::space::Axis;
use crate::trial::{Metrics, Outcome};

const LADDER: [f64; 3] = [1.0, 3.0, 9.0];

fn prepared(bench: &Bench<'_>, first: usize) -> PriorBandSampler {
    let mut sampler = PriorBandSampler::new();
    let rungs = Rungs { resources: &LADDER, first, eta: 3.0 };
    sampler.prepare(&Setup { rungs, ..bench.setup() }).expect("nothing to be wrong");
    sampler
}

fn with_priors() -> Space {
    fn axis<V>(dimension: &Dimension<V>, name: &str, parents: &[usize]) -> Axis {
        dimension.axis(name, name, parents).expect("sound candidates")
    }
    Space::new(vec![
        axis(&["x", "y", "z"].prior("y").dimension(), "kernel", &[]),
        axis(&log(1e-5..=1e-1).prior(1e-3).dimension(), "lr", &[]),
        axis(&(0.0..=1.0).dimension(), "gamma", &[0]),
        axis(&(1..=64).prior(60).dimension(), "n", &[]),
        axis(&linrange(0.0, 1.0, 5).dimension(), "step", &[]),
        axis(&ordinal([16, 32]).dimension(), "batch", &[]),
        axis(&["only"].prior("only").dimension(), "one", &[]),
        axis(&(2.0..=2.0).prior(2.0).dimension(), "two", &[]),
    ])
}

/// A bracket by hand: nine trials, three, one.
fn bracket(space: &Space, seed: u64, loss: impl Fn(&Point) -> f64) -> Bench<'_> {
    let mut bench = Bench::new(space, seed);
    let mut sampler = prepared(&bench, 0);
    for _ in 0..9 {
        bench.ask(&mut sampler, Some(1.0));
    }
    for trial in 0..9 {
        let point = bench.history.running_mut(trial).expect("a trial").point_mut();
        if space.len() > 2 && point.unit(0) < 0.5 {
            point.deactivate(2);
        }
    }
    for (trial, resources) in [(0, 3.0), (1, 3.0), (2, 3.0), (0, 9.0)] {
        bench.promote(trial, resources);
    }
    for trial in 0..bench.history.len() {
        let value = loss(bench.history.trials()[trial].point());
        let outcome = if value.is_nan() { Outcome::failed("no") } else { Outcome::value(value) };
        bench.tell(trial, outcome);
    }
    bench
}

fn sum(point: &Point) -> f64 {
    point.iter().flatten().sum()
}

#[test]
fn suggestions_are_points_whatever_the_history() {
    let space = with_priors();
    let losses: [fn(&Point) -> f64; 4] = [sum, |_| 1.0, |_| f64::NAN, |_| f64::MAX];
    for (seed, loss) in (0..).zip(losses) {
        let mut bench = bracket(&space, seed, loss);
        let mut sampler = prepared(&bench, 1);
        for number in 0..200 {
            let draw = Draw::new(seed, number, bench.goal);
            let fresh = prepared(&bench, 1).suggest(&space, &bench.history, &draw);
            assert_eq!(sampler.suggest(&space, &bench.history, &draw), fresh);
        }
        // Running ones change nothing; `ask` checks the coordinates.
        for _ in 0..100 {
            bench.ask(&mut sampler, Some(3.0));
        }
    }
    let none = Space::new(Vec::new());
    let bench = Bench::new(&none, 0);
    assert!(prepared(&bench, 0).suggest(&none, &bench.history, &Draw::new(0, 0, bench.goal)).is_some());
}

/// 1 / (1 + η^r) of the draws is even, and before the incumbent counts the others come from the prior.
#[test]
fn shares_are_those_of_the_paper() {
    let space = space([(0.0..=1.0).prior(0.5).confidence(Confidence::High).dimension()]);
    let bench = Bench::new(&space, 0);
    for (rung, share) in [(0, 0.5), (1, 0.25), (2, 0.1)] {
        let mut sampler = prepared(&bench, rung);
        let outside = (0..4000).filter(|&number| {
            let draw = Draw::new(7, number, Goal::Minimize);
            let point = sampler.suggest(&space, &bench.history, &draw).expect("an endless sampler");
            (point.unit(0) - 0.5).abs() > 0.4
        });
        // A fifth of the even draws; of the prior's, those beyond 3.2 deviations.
        let expected = 0.2 * share + 0.0014 * (1.0 - share);
        let found = outside.count() as f64 / 4000.0;
        let error = (expected * (1.0 - expected) / 4000.0_f64).sqrt();
        assert!((found - expected).abs() < 4.0 * error, "{rung}: {found} {expected}");
    }
}

/// The incumbent counts after one bracket with a trial of all resources, and more, the less the prior explains.
#[test]
fn the_incumbent_takes_over_from_a_bad_prior() {
    let share = |believed: f64| {
        let space = space([(0.0..=1.0).prior(believed).confidence(Confidence::High).dimension()]);
        let mut bench = Bench::new(&space, 0);
        let mut before = prepared(&bench, 0);
        for (trial, unit) in [0.1, 0.12, 0.14, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0].into_iter().enumerate() {
            bench.ask(&mut prepared(&bench, 0), Some(1.0));
            *bench.history.running_mut(trial).expect("a trial").point_mut() = Point::from(vec![unit]);
        }
        for (trial, resources) in [(0, 3.0), (1, 3.0), (2, 3.0), (0, 9.0)] {
            bench.promote(trial, resources);
        }
        for trial in 0..12 {
            let value = bench.history.trials()[trial].point().unit(0);
            bench.tell(trial, Outcome::value(value));
            assert!(before.incumbent(&space, &bench.history, bench.goal).is_none());
        }
        bench.tell(12, Outcome::value(0.1));
        let (incumbent, share) = before.incumbent(&space, &bench.history, bench.goal).expect("a whole bracket");
        assert_eq!(incumbent.number(), 12);
        share
    };
    let (good, bad) = (share(0.1), share(0.9));
    assert!((good - 0.5).abs() < 1e-9 && bad > 0.999, "{good} {bad}");
}

#[test]
fn suggestions_are_stable_across_releases() {
    let space = space([(0.0..=1.0).prior(0.25).dimension(), (0.0..=1.0).dimension()]);
    let bench = bracket(&space, 3, sum);
    let mut sampler = prepared(&bench, 2);
    let units = |number| {
        let draw = Draw::new(3, number, Goal::Minimize);
        sampler.suggest(&space, &bench.history, &draw).map(|point| [point.unit(0), point.unit(1)])
    };
    let found: Vec<_> = (20..24).filter_map(units).collect();
    let expected = [
        [0.258_049_999_872_494_7, 0.176_348_426_931_289_38],
        [0.867_335_059_412_134_6, 0.990_294_509_468_668_6],
        [0.557_898_525_939_405_5, 0.280_751_262_214_046_67],
        [0.962_454_772_831_773_7, 0.630_080_275_030_426_2],
    ];
    assert_eq!(found, expected);
}

/// What is kept of a history that grows is what the whole of it says: with ties, violations, failures, and trials that are
/// closed late.
#[test]
fn ranks_are_those_of_the_whole_history() {
    let space = space([(0.0..=1.0).dimension()]);
    let mut found = 0;
    for seed in 0..16 {
        let goal = [Goal::Minimize, Goal::Maximize][seed as usize % 2];
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (mut bench, mut ranks, mut open) = (Bench::new(&space, seed), Ranks::default(), Vec::new());
        for number in 0..200 {
            let configurations = bench.history.configurations();
            let level = if configurations == 0 { 0 } else { rng.random_range(0..3) };
            let configuration = if level == 0 { configurations } else { rng.random_range(0..configurations) };
            let trial = Trial::running(number, configuration, Some(LADDER[level]), Point::from(vec![0.5]));
            bench.history.push(trial);
            open.push(number);
            while open.len() > rng.random_range(0..4) {
                let trial = open.swap_remove(rng.random_range(0..open.len()));
                let violation = f64::from(rng.random_range(-3..2));
                let outcome = match rng.random_range(0..20) {
                    0 => Outcome::failed("no"),
                    value => Metrics::new(f64::from(value)).constraint("memory", violation).into(),
                };
                bench.tell(trial, outcome);
            }
            ranks.read(&bench.history, goal);
            let ranked = bench.history.ranked(goal);
            assert_eq!(ranks.best(), ranked.first().map(|(trial, _)| trial.number()));
            assert!(ranks.numbers(0..ranked.len() + 1).eq(ranked.iter().map(|(trial, _)| trial.number())));
            let mut start = 0;
            let mut rungs = ranked.chunk_by(|(a, _), (b, _)| a.resources() == b.resources());
            let expected = rungs.find_map(|rung| {
                let ranks = start..start + rung.len();
                start = ranks.end;
                (rung.len() >= 3).then_some(ranks)
            });
            assert_eq!(ranks.rung(bench.history.trials(), 3.0), expected);
            let mut spent = vec![0.0_f64; bench.history.configurations()];
            for (trial, _) in &ranked {
                let spent = &mut spent[trial.configuration()];
                *spent = spent.max(trial.resources().unwrap());
            }
            let is_full = ranked.iter().any(|(trial, _)| trial.resources() == Some(9.0));
            assert_eq!(ranks.have_spent(9.0, 45.0), is_full && spent.iter().sum::<f64>() >= 45.0);
            found += usize::from(expected.is_some());
        }
    }
    assert!(found > 1_000);
}
