//! What holds for every history, and what happens at the edges.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::super::model::Model;
use super::super::proposal::Candidates as Drawn;
use super::Bench;
use crate::BohbSampler;
use crate::candidates::{Candidates, linrange};
use crate::history::{Goal, History};
use crate::sampler::testing::{every_kind, guard, ragged_loss, space};
use crate::sampler::{Draw, RandomSampler, Sampler};
use crate::space::{Kind, Point, Space};
use crate::trial::Outcome;

fn samplers() -> [BohbSampler; 2] {
    [BohbSampler::new().random_fraction(0.1), BohbSampler::faithful().random_fraction(0.1)]
}

/// Runs trials at three budgets, eight at a time, and tells them in an order of its own; leaves the last eight running.
fn run<'a>(space: &'a Space, sampler: &mut dyn Sampler, seed: u64, trials: usize, goal: Goal) -> Bench<'a> {
    let mut bench = Bench { goal, ..Bench::new(space, seed) };
    sampler.prepare(&bench.setup()).expect("sound options");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut running = Vec::new();
    for _ in 0..trials {
        let budget = [1.0, 3.0, 9.0 * (1.0 + 1e-15)][rng.random_range(0..3)];
        let trial = bench.ask(sampler, Some(budget));
        guard(bench.space, bench.history.running_mut(trial).expect("a trial").point_mut());
        running.push(trial);
        if running.len() == 8 {
            let told = running.swap_remove(rng.random_range(0..8));
            let loss = ragged_loss(bench.history.trials()[told].point());
            let value = if goal == Goal::Minimize { loss } else { -loss };
            bench.tell(told, if loss.is_nan() { Outcome::failed("no") } else { Outcome::value(value) });
        }
    }
    bench
}

#[test]
fn proposals_are_candidates() {
    let space = every_kind();
    for sampler in samplers() {
        let mut sampler = sampler.random_fraction(0.0);
        for seed in 0..3 {
            let bench = run(&space, &mut sampler, seed, 120, Goal::Minimize);
            assert!(sampler.model.good.fitted() > 0, "no model was made");
            for number in 0..20 {
                let point = sampler.suggest(&space, &bench.history, &Draw::new(seed, number, bench.goal)).unwrap();
                for (axis, unit) in space.axes().iter().zip(point.iter()) {
                    let unit = unit.expect("never NaN");
                    assert!((0.0..=1.0).contains(&unit));
                    // The middle of a level; coordinates with an order are brought there by the sweep.
                    if matches!(axis.kind(), Kind::Categorical(2..)) {
                        assert_eq!(unit, axis.snap(unit));
                    }
                }
            }
        }
    }
}

#[test]
fn suggestions_depend_on_seed_history_and_number_alone() {
    let space = every_kind();
    for mut sampler in samplers() {
        let bench = run(&space, &mut sampler, 5, 150, Goal::Minimize);
        for number in 0..30 {
            let draw = Draw::new(5, number, bench.goal);
            let mut fresh = BohbSampler { options: sampler.options.clone(), ..BohbSampler::default() };
            let expected = fresh.suggest(&space, &bench.history, &draw);
            assert_eq!(sampler.suggest(&space, &bench.history, &draw), expected);
            assert_eq!(sampler.clone().suggest(&space, &bench.history, &draw), expected);
            let other = sampler.suggest(&space, &bench.history, &Draw::new(6, number, bench.goal));
            assert_ne!(other, expected);
        }
    }
}

#[test]
fn another_history_is_read_from_the_start() {
    let space = every_kind();
    let [mut sampler, _] = samplers();
    let long = run(&space, &mut sampler, 5, 150, Goal::Minimize);
    let short = run(&space, &mut BohbSampler::new(), 6, 100, Goal::Minimize);
    sampler.suggest(&space, &long.history, &Draw::new(1, 0, Goal::Minimize));
    for number in 0..5 {
        let draw = Draw::new(1, number, Goal::Minimize);
        let fresh = samplers()[0].suggest(&space, &short.history, &draw);
        assert_eq!(sampler.suggest(&space, &short.history, &draw), fresh);
    }
}

#[test]
fn maximizing_is_minimizing_the_opposite() {
    let space = every_kind();
    for index in 0..2 {
        let [small, large] = [Goal::Minimize, Goal::Maximize].map(|goal| {
            let bench = run(&space, &mut samplers()[index], 3, 100, goal);
            (0..bench.history.len()).map(|trial| bench.history.trials()[trial].point().clone()).collect::<Vec<_>>()
        });
        assert_eq!(small, large);
    }
}

/// Breaking sums off, and the order in which candidates are taken, change nothing.
#[test]
fn pruning_chooses_what_all_sums_choose() {
    let space = space((0..4).map(|_| (0.0..=1.0).dimension()).chain((0..3).map(|_| [0.0, 0.5, 1.0].dimension())));
    for seed in 0..20 {
        let mut bench = Bench::new(&space, seed);
        for _ in 0..150 {
            let trial = bench.ask(&mut RandomSampler::new(), None);
            let value = ragged_loss(bench.history.trials()[trial].point());
            bench.tell(trial, Outcome::value(value));
        }
        let mut sampler = BohbSampler::new();
        sampler.reset(&space);
        let BohbSampler { options, dimensions, observations, .. } = &mut sampler;
        observations.update((&space, &bench.history, Goal::Minimize), dimensions, options);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut model = Model::default();
        model.update(observations, dimensions, options, &mut rng).expect("enough observations");
        let mut drawn = Drawn::default();
        for _ in 0..20 {
            drawn.draw(&model, dimensions, options, &mut rng);
            let chosen = drawn.choose(&model, dimensions.len()).map(<[f64]>::to_vec);
            assert_eq!(chosen.as_deref(), drawn.choose_faithful(&model, dimensions.len()));
            assert!(chosen.is_some());
        }
    }
}

#[test]
fn constants_are_no_dimensions() {
    let constant = || [linrange(2.0, 2.0, 1).dimension(), (3.0..=3.0).dimension(), [7.0].dimension()];
    let space = space(constant().into_iter().chain([(0.0..=1.0).dimension()]).chain(constant()));
    let first_model = |mut sampler: BohbSampler| {
        let mut bench = Bench::new(&space, 1);
        (0..40).find(|_| {
            let trial = bench.ask(&mut sampler, None);
            let value = ragged_loss(bench.history.trials()[trial].point());
            bench.tell(trial, Outcome::value(value));
            sampler.model.good.fitted() > 0
        })
    };
    assert_eq!(first_model(BohbSampler::new().random_fraction(0.0)), Some(4));
    assert_eq!(first_model(BohbSampler::faithful().random_fraction(0.0)), Some(16));
}

#[test]
fn the_largest_budget_with_enough_trials_counts() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    for (mut sampler, needed) in [(BohbSampler::new(), 5), (BohbSampler::faithful(), 6)] {
        let mut bench = Bench::new(&space, 0);
        let mut budget_of_model = || {
            let trial = bench.ask(&mut RandomSampler::new(), Some(if bench.history.len() < 10 { 1.0 } else { 3.0 }));
            bench.tell(trial, Outcome::value(1.0));
            sampler.options.random_fraction = 0.0;
            sampler.suggest(&space, &bench.history, &Draw::new(0, 0, Goal::Minimize));
            sampler.observations.largest_first().find(|(_, budget)| budget.len() >= needed).map(|(resources, _)| {
                assert!(sampler.model.good.fitted() > 0);
                resources
            })
        };
        let found: Vec<_> = (0..20).map(|_| budget_of_model()).collect();
        assert!(found[..needed - 1].iter().all(Option::is_none));
        assert!(found[needed - 1..10 + needed - 1].iter().all(|&budget| budget == Some(1.0)));
        assert!(found[10 + needed - 1..].iter().all(|&budget| budget == Some(3.0)));
    }
}

#[test]
fn running_trials_count_as_bad() {
    let space = space([(0.0..=1.0).dimension()]);
    let mut bench = Bench::new(&space, 0);
    let mut sampler = BohbSampler::new().random_fraction(0.0);
    for k in 0..6 {
        let trial = bench.ask(&mut RandomSampler::new(), None);
        bench.tell(trial, Outcome::value(f64::from(k)));
    }
    let alone = sampler.suggest(&space, &bench.history, &Draw::new(0, 9, Goal::Minimize)).unwrap();
    let density = |sampler: &BohbSampler| sampler.model.bad.density(&[alone.unit(0)], &mut Vec::new());
    let before = density(&sampler);
    for _ in 0..3 {
        let trial = bench.ask(&mut RandomSampler::new(), None);
        *bench.history.running_mut(trial).unwrap().point_mut() = alone.clone();
    }
    sampler.suggest(&space, &bench.history, &Draw::new(0, 9, Goal::Minimize));
    assert!(density(&sampler) > before + 0.1);
}

#[test]
fn nothing_but_failures_is_no_model() {
    let space = every_kind();
    for mut sampler in samplers() {
        let mut bench = Bench::new(&space, 0);
        for _ in 0..60 {
            let trial = bench.ask(&mut sampler, None);
            bench.tell(trial, Outcome::failed("no"));
        }
        assert_eq!(sampler.model.good.fitted() > 0, sampler.options.faithful);
    }
}

#[test]
fn equal_losses_and_equal_levels_do_no_harm() {
    let space = space([["x", "y", "z"].dimension(), ["u", "v"].dimension()]);
    for mut sampler in samplers() {
        let mut bench = Bench::new(&space, 0);
        for number in 0..60 {
            let trial = bench.ask(&mut sampler, None);
            if number < 20 {
                *bench.history.running_mut(trial).unwrap().point_mut() = Point::from(vec![0.5, 0.25]);
            }
            bench.tell(trial, Outcome::value(1.0));
        }
    }
}

#[test]
fn nothing_to_choose() {
    let space = Space::new(Vec::new());
    for mut sampler in samplers() {
        let mut bench = Bench::new(&space, 0);
        for _ in 0..20 {
            let trial = bench.ask(&mut sampler, None);
            bench.tell(trial, Outcome::value(1.0));
        }
    }
}

#[test]
fn faulty_options_are_refused() {
    let space = every_kind();
    let faulty = [
        BohbSampler::new().top_n_percent(0),
        BohbSampler::new().top_n_percent(100),
        BohbSampler::new().num_samples(0),
        BohbSampler::new().random_fraction(1.5),
        BohbSampler::new().random_fraction(f64::NAN),
        BohbSampler::new().bandwidth_factor(0.0),
        BohbSampler::new().min_bandwidth(f64::INFINITY),
    ];
    for mut sampler in faulty {
        let mut bench = Bench::new(&space, 0);
        let error = sampler.prepare(&bench.setup()).expect_err("a faulty option").to_string();
        assert!(error.contains("write "), "{error}");
        // Asked all the same, it proposes something.
        for _ in 0..40 {
            let trial = bench.ask(&mut sampler, None);
            let value = ragged_loss(bench.history.trials()[trial].point());
            bench.tell(trial, Outcome::value(value));
        }
    }
    let history = History::default();
    assert!(BohbSampler::new().suggest(&space, &history, &Draw::new(0, 0, Goal::Minimize)).is_some());
}
