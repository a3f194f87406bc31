//! What holds for every scheduler over budgets: constraints, points that have been tried, known points, beliefs.

use std::collections::{BTreeMap, BTreeSet};

use hyperopt::prelude::*;
use hyperopt::{Sweep, Trial};

fn trials(ho: &impl AsRef<Sweep>) -> &[Trial] {
    ho.as_ref().history().trials()
}

/// Returns the number of the trial with which each configuration came to each budget.
fn arrivals(trials: &[Trial]) -> BTreeMap<(u64, usize), usize> {
    let key = |trial: &Trial| (trial.resources().unwrap().to_bits(), trial.configuration());
    trials.iter().map(|trial| (key(trial), trial.number())).collect()
}

/// How many went on although they violate a constraint, and one that keeps it had to stay behind.
fn unfair(trials: &[Trial], eta: f64) -> usize {
    let arrivals = arrivals(trials);
    let came = |resources: f64, configuration| arrivals.get(&(resources.to_bits(), configuration)).copied();
    let is_unfair = |trial: &&Trial| {
        let (up, number) = (trial.resources().unwrap(), trial.number());
        let below = up / eta;
        let is_promoted = came(below, trial.configuration()).is_some_and(|before| before < number);
        let waits = |other: &Trial| {
            other.number() < number
                && other.resources() == Some(below)
                && other.is_feasible()
                && came(up, other.configuration()).is_none_or(|later| later > number)
        };
        is_promoted && !trial.is_feasible() && trials.iter().any(waits)
    };
    trials.iter().filter(is_unfair).count()
}

macro_rules! constrained {
    ($sampler:expr, $seed:expr, $constraint:expr) => {
        hyperopt!(
            sampler = $sampler,
            seed = $seed,
            x = 0.0..=1.0,
            y = 0.0..=1.0,
            for (_, _state) in 1.0..=27.0 {
                (Metrics::new(x + 0.1 * y).constraint("x", $constraint - x), ())
            }
        )
    };
}

/// The smaller the objective, the more it violates: without a look at constraints, the wrong ones go on.
#[test]
fn who_violates_a_constraint_goes_on_last() {
    macro_rules! check {
        ($sampler:expr) => {
            for seed in 0..10 {
                let ho = constrained!($sampler, seed, 0.8);
                assert_eq!(unfair(trials(&ho), 3.0), 0, "{ho}");
                let ranked_by_x = constrained!($sampler, seed, 0.0);
                let smallest = ranked_by_x.best().unwrap().params.x;
                assert!(smallest < 0.3 && ho.best().unwrap().params.x >= 0.8);
            }
        };
    }
    check!(Asha::new(3.0));
    check!(Pasha::new(3.0));
    // The control: all who go on without a constraint would violate the one above.
    let mut wrong = 0;
    for seed in 0..10 {
        let ho = constrained!(Asha::new(3.0), seed, 0.0);
        let high = trials(&ho).iter().filter(|trial| trial.resources() > Some(1.0));
        wrong += high.filter(|trial| trial.point().get(0).unwrap() < 0.8).count();
    }
    assert!(wrong > 100);
}

#[test]
fn dehb_lets_those_compete_who_keep_the_constraints() {
    for seed in 0..10 {
        let ho = constrained!(Dehb::new(3.0).rounds(3), seed, 0.8);
        let trials = trials(&ho);
        // The first rung of the first bracket, in which all places are empty.
        let first = &trials[..27];
        let feasible = first.iter().filter(|trial| trial.is_feasible()).count();
        let promoted = trials[27..36].iter().filter(|trial| trial.is_feasible()).count();
        assert_eq!(promoted, feasible.min(9));
        // Children come from where the constraint is kept.
        let late = &trials[trials.len() / 2..];
        let share = late.iter().filter(|trial| trial.is_feasible()).count() as f64 / late.len() as f64;
        assert!(share > 0.4, "{share}");
    }
}

/// Sixty points, of which the first twenty configurations start.
#[test]
fn no_configuration_starts_twice_on_a_grid() {
    macro_rules! repeats {
        ($sampler:expr $(, $setting:ident = $value:expr)*) => {
            (0..5).map(|seed| {
                let ho = hyperopt!(
                    $($setting = $value,)*
                    sampler = $sampler,
                    seed = seed,
                    a = 0..=4,
                    b = ["x", "y", "z"],
                    c = ordinal([1, 2, 4, 8]),
                    for (_, _state) in 1.0..=9.0 {
                        (f64::from(a * c) + if b == "y" { 0.0 } else { 1.0 }, ())
                    }
                );
                let mut starts = BTreeMap::new();
                for trial in trials(&ho) {
                    starts.entry(trial.configuration()).or_insert_with(|| format!("{:?}", trial.point()));
                }
                let first: Vec<_> = starts.into_values().take(20).collect();
                assert!(first.len() > 15);
                first.len() - first.iter().collect::<BTreeSet<_>>().len()
            })
            .sum::<usize>()
        };
    }
    assert_eq!(repeats!(Hyperband::new(3.0)), 0);
    assert_eq!(repeats!(Asha::new(3.0).configurations(60)), 0);
    assert!(repeats!(Pasha::new(3.0).inner(TpeSampler::new()).configurations(60)) <= 1);
    assert!(repeats!(Dehb::new(3.0)) <= 1);
    assert!(repeats!(Dehb::new(3.0).rounds(2)) <= 1);
    // The controls. A model that has settled lets points repeat by itself.
    let bohb = || Asha::new(3.0).inner(BohbSampler::new()).configurations(60);
    assert!(repeats!(bohb()) < repeats!(bohb(), repeats = true));
    assert!(repeats!(Asha::new(3.0).configurations(60), repeats = true) > 5);
    assert!(repeats!(Dehb::new(3.0).rounds(2), repeats = true) > 5);
}

#[test]
fn known_points_come_first_and_win() {
    macro_rules! check {
        ($sampler:expr) => {
            for seed in 0..5 {
                let ho = hyperopt!(
                    sampler = $sampler,
                    seed = seed,
                    try_first = [(x = 0.125, y = 0.5), (y = 0.25)],
                    x = 0.0..=1.0,
                    y = 0.0..=1.0,
                    for (_, _state) in 1.0..=9.0 {
                        ((x - 0.125).abs() + (y - 0.5).abs(), ())
                    }
                );
                let first = trials(&ho)[0].point();
                assert_eq!((first.get(0).unwrap(), first.get(1).unwrap()), (0.125, 0.5));
                let second = trials(&ho).iter().find(|trial| trial.configuration() == 1).unwrap().point();
                assert_eq!(second.get(1).unwrap(), 0.25);
                let best = ho.best().unwrap().params;
                assert_eq!((best.x, best.y), (0.125, 0.5));
            }
        };
    }
    check!(Asha::new(3.0).stopping());
    check!(Asha::new(3.0));
    check!(Pasha::new(3.0));
    check!(Dehb::new(3.0));
    check!(Dehb::new(3.0).rounds(2));
}

/// How far from what is believed configurations are that start without a parent: evenly drawn ones, half on average.
#[test]
fn beliefs_reach_the_first_configurations() {
    macro_rules! distance {
        ($sampler:expr) => {{
            let all = (0..20).flat_map(|seed| {
                let ho = hyperopt!(
                    sampler = $sampler,
                    seed = seed,
                    x = (0.0..=1.0).prior(0.0).confidence(Confidence::High),
                    for (_, _state) in 1.0..=9.0 {
                        (x, ())
                    }
                );
                trials(&ho)[..9].iter().map(|trial| trial.point().get(0).unwrap()).collect::<Vec<_>>()
            });
            let all: Vec<f64> = all.collect();
            all.iter().sum::<f64>() / all.len() as f64
        }};
    }
    // 180 trials; half of them 0.1 away.
    let dehb = distance!(Dehb::new(3.0));
    assert!((dehb - 0.3).abs() < 0.07, "{dehb}");
    let blind = distance!(Hyperband::new(3.0));
    assert!((blind - 0.5).abs() < 0.07, "{blind}");
}

#[test]
fn a_pruner_takes_one_goal() {
    let mut runs = 0;
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        goal = [Minimize, Minimize],
        x = 0.0..=1.0,
        for trial in 0..10 {
            let _ = &trial;
            runs += 1;
            [x, 1.0 - x]
        }
    );
    assert_eq!(runs, 0);
    let message = ho.error().map(ToString::to_string).unwrap_or_default();
    assert_eq!(
        message,
        "RandomSampler with MedianPruner: gives trials up by one value that they report, and there are 2 goals; give one, \
         or leave out the pruner"
    );
}

/// A rung need not be a whole number of batches.
#[test]
fn batches_that_are_not_used_up_do_not_end_the_sweep() {
    macro_rules! counted {
        ($macro:ident, $sampler:expr) => {{
            let ho = $macro!(
                sampler = $sampler,
                seed = 3,
                x = 0.0..=1.0,
                for (_, _state) in 1.0..=27.0 {
                    (x, ())
                }
            );
            let points = trials(&ho).iter().map(|trial| (trial.point().get(0), trial.resources()));
            points.collect::<Vec<_>>()
        }};
    }
    for batch in [1, 2, 5, 8, 100] {
        let hyperband = counted!(hyperopt, Hyperband::new(3.0).inner(BohbSampler::new().batch(batch)));
        assert_eq!(hyperband.len(), 69);
        assert_eq!(hyperband, counted!(phyperopt, Hyperband::new(3.0).inner(BohbSampler::new().batch(batch))));
        let asha = counted!(hyperopt, Asha::new(3.0).batch(batch));
        assert!(asha.iter().any(|trial| trial.1 == Some(27.0)) && asha.len() > 69);
        assert_eq!(asha, counted!(phyperopt, Asha::new(3.0).batch(batch)));
    }
}

/// With η below 2, integer budgets of neighbouring rungs round to the same.
#[test]
fn no_configuration_is_given_an_integer_budget_twice() {
    macro_rules! check {
        ($sampler:expr, $head:expr) => {
            let ho = hyperopt!(
                sampler = $sampler,
                seed = 1,
                a = 0.0..=1.0,
                for (resources, _) in $head {
                    a + 1.0 / f64::from(resources)
                }
            );
            let mut last = BTreeMap::new();
            for trial in trials(&ho) {
                let before = last.insert(trial.configuration(), trial.resources().unwrap());
                assert!(before < trial.resources(), "{}: {before:?}", stringify!($sampler));
            }
            assert!(last.values().any(|resources| *resources > 1.0), "{}: {last:?}", stringify!($sampler));
        };
    }
    check!(Hyperband::new(1.3), 1..=3);
    check!(Hyperband::new(1.3).inner(TpeSampler::new()), 1..=3);
    check!(Dehb::new(1.3), 1..=3);
    check!(Asha::new(1.3), 1..=3);
    check!(Pasha::new(1.3).configurations(3), 1..=3);
    check!(AutoScheduler::new().eta(1.3), 1..=3);
}

/// The table says which scheduler was chosen, and the history does not depend on the threads.
#[test]
fn the_scheduler_is_chosen_by_the_rungs() {
    macro_rules! sweep {
        ($run:ident!($($executor:expr,)?), $head:expr) => {
            $run!(
                $($executor,)?
                sampler = AutoScheduler::new(),
                seed = 5,
                a = 0.0..=1.0,
                b = ["x", "y"],
                for (resources, _) in $head {
                    (a - 0.3).abs() + if b == "x" { 0.1 } else { 0.0 } + 1.0 / f64::from(resources)
                }
            )
        };
    }
    let one_by_one = sweep!(hyperopt!(), 1..=27);
    assert!(one_by_one.to_string().contains("AutoScheduler (Hyperband over TpeSampler)"));
    assert!(sweep!(hyperopt!(), 1..=3).to_string().contains("AutoScheduler (Asha over TpeSampler)"));
    let parallel = |threads| sweep!(phyperopt!(workers(threads),), 1..=27);
    let points = |ho: &dyn AsRef<Sweep>| -> Vec<_> {
        let trials = ho.as_ref().history().trials().iter();
        trials.map(|trial| (trial.configuration(), trial.resources(), trial.point().get(0))).collect()
    };
    let one = parallel(1);
    assert!(one.to_string().contains("AutoScheduler (Hyperband over TpeSampler)"));
    assert_eq!(points(&parallel(3)), points(&one));
}
