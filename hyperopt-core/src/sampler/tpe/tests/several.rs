//! Several goals, and constraints.
//!
//! `cargo test --release -p hypersweep-core tpe::tests::several::table -- --ignored --nocapture`

use crate::Candidates;
use crate::history::Goal::{self, Maximize, Minimize};
use crate::sampler::testing::problems::{beats_random_search, problems, run};
use crate::sampler::testing::{margin, mean, space};
use crate::sampler::tpe::TpeSampler;
use crate::sampler::{Nsga2Sampler, RandomSampler, Sampler};
use crate::trial::{Metrics, Outcome};

fn swapped() -> TpeSampler {
    let mut sampler = TpeSampler::new();
    sampler.options.is_swapped = true;
    sampler
}

#[test]
fn the_front_is_found_on_ten_seeds() {
    for problem in problems() {
        beats_random_search((TpeSampler::new, swapped), &problem, 80, &(0..10));
    }
}

#[test]
#[ignore = "the same on more seeds: `cargo test --release tpe::tests::several -- --ignored`"]
fn the_front_is_found_on_more_seeds() {
    for problem in problems() {
        for seeds in [0..30, 30..60] {
            beats_random_search((TpeSampler::new, swapped), &problem, 80, &seeds);
        }
    }
}

#[test]
#[ignore = "a table, no test"]
fn table() {
    for trials in [60, 100, 250] {
        for problem in problems() {
            let show = |name: &str, losses: &[f64]| {
                let (mean, error) = mean(losses);
                println!("{trials:5} {:7} {name:10} {:.3} ± {error:.3}", problem.name, -mean);
            };
            show("random", &problem.losses(RandomSampler::new, trials, 1, 0..20));
            show("nsga2", &problem.losses(Nsga2Sampler::new, trials, 1, 0..20));
            show("tpe", &problem.losses(TpeSampler::new, trials, 1, 0..20));
            show("tpe 8", &problem.losses(TpeSampler::new, trials, 8, 0..20));
            show("swapped", &problem.losses(swapped, trials, 1, 0..20));
        }
    }
}

fn corner(goals: &[Goal], x: &[f64]) -> Outcome {
    let objectives = goals.iter().zip(x).map(|(goal, &x)| ("", if *goal == Minimize { x } else { -x }));
    let metrics = Metrics::objectives(objectives);
    metrics.constraint("near", (x[0] - 0.8).abs() - 0.05).constraint("far", (x[1] - 0.3).abs() - 0.05).into()
}

/// One trial in a hundred of the cube is feasible.
#[test]
fn constraints_draw_the_search_where_they_are_kept() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    for goals in [vec![Minimize], vec![Minimize, Maximize]] {
        let infeasible = |sampler: &mut dyn Sampler, seed| {
            let bench = run(sampler, &space, &goals, (60, 1, seed), |x| corner(&goals, x));
            bench.history.trials().iter().filter(|trial| !trial.is_feasible()).count() as f64
        };
        let found: Vec<_> = (0..10).map(|seed| infeasible(&mut TpeSampler::new(), seed)).collect();
        let random: Vec<_> = (0..10).map(|seed| infeasible(&mut RandomSampler::new(), seed)).collect();
        let spoilt: Vec<_> = (0..10).map(|seed| infeasible(&mut swapped(), seed)).collect();
        assert!(margin(&found, &random) > 3.0, "{found:?}");
        assert!(margin(&spoilt, &random) < 3.0, "{spoilt:?}");
    }
}

#[test]
fn a_fresh_sampler_proposes_the_same() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    let goals = [Minimize, Maximize];
    let mut kept = TpeSampler::new();
    let bench = run(&mut kept, &space, &goals, (90, 8, 3), |x| {
        Metrics::objectives([("a", x[0]), ("b", x[1] * x[0])]).constraint("c", x[1] - 0.9).into()
    });
    for number in 0..20 {
        let draw = bench.draw(number);
        let fresh = TpeSampler::new().suggest(&space, &bench.history, &draw);
        assert_eq!(kept.suggest(&space, &bench.history, &draw), fresh);
    }
}
