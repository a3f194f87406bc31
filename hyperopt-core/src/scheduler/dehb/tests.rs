//! Tests of DEHB, driven by hand.

use std::time::Duration;

use super::*;
use crate::candidates::Candidates;
use crate::history::{Goal, History};
use crate::sampler::testing::space;
use crate::scheduler::{Step, View, Workload};
use crate::space::{Point, Space};
use crate::trial::{Outcome, Trial};

/// A sweep that is driven by hand.
struct Bench {
    space: Space,
    history: History,
    dehb: Dehb,
    seed: u64,
}

const TO_81: Workload = Workload::Budgets { min: 1.0, max: 81.0, integer: false };
const TO_9: Workload = Workload::Budgets { min: 1.0, max: 9.0, integer: false };

impl Bench {
    fn new(dehb: Dehb, work: Workload, history: History) -> Self {
        let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
        let mut bench = Self { space, history, dehb, seed: 7 };
        let Self { space, history, dehb, seed } = &mut bench;
        dehb.prepare(&View::of(space, history, *seed), work, 1).unwrap();
        bench
    }

    /// Runs trials until one of the rung that `is_next` holds for would come; says whether there is such a one.
    fn run(&mut self, objective: impl Fn(&Point, f64) -> f64, is_next: impl Fn(&DehbState) -> bool) -> bool {
        loop {
            let Self { space, history, dehb, seed } = self;
            let view = View::of(space, history, *seed);
            dehb.settle(&view);
            if is_next(&dehb.state) {
                return true;
            }
            let (number, configurations) = (history.len(), history.configurations());
            let trial = match dehb.next(&view) {
                Step::Start { point, resources } => Trial::running(number, configurations, resources, point),
                Step::Resume { trial, resources } => {
                    let earlier = &history.trials()[trial];
                    Trial::running(number, earlier.configuration(), Some(resources), earlier.point().clone())
                }
                Step::Done(_) => return false,
                step => panic!("{step:?}"),
            };
            let value = objective(trial.point(), trial.resources().unwrap());
            history.push(trial);
            history.closing(number).unwrap().close(Outcome::value(value), Duration::ZERO);
        }
    }
}

fn first_unit(point: &Point, _: f64) -> f64 {
    point.unit(0)
}

/// No two are equal, unlike those of children that keep their first unit.
fn sum_of_units(point: &Point, _: f64) -> f64 {
    point.iter().flatten().sum()
}

#[test]
fn a_population_is_as_large_as_the_largest_rung_of_its_budget() {
    let bench = Bench::new(Dehb::new(3.0), TO_81, History::default());
    let sizes: Vec<_> = bench.dehb.state.populations.iter().map(Population::len).collect();
    assert_eq!(sizes, [81, 34, 15, 8, 5]);
    let bench = Bench::new(Dehb::new(3.0), TO_9, History::default());
    let sizes: Vec<_> = bench.dehb.state.populations.iter().map(Population::len).collect();
    assert_eq!(sizes, [9, 5, 3]);
}

#[test]
fn parents_are_the_best_at_the_budget_below() {
    let mut bench = Bench::new(Dehb::new(3.0).rounds(2), TO_9, History::default());
    // The second rung of the second round.
    assert!(bench.run(first_unit, |state| state.begun == 4 && state.rung == 1));
    let state = &bench.dehb.state;
    assert!(!state.promotes && state.to_resume.is_empty());
    assert_eq!((state.to_start, state.parents.len()), (3, 3));
    let mut lowest: Vec<_> = state.populations[0].iter().map(|one| one.units[0]).collect();
    lowest.sort_by(f64::total_cmp);
    assert_eq!(lowest.len(), 9);
    assert_eq!(state.parents.iter().map(|parent| parent[0]).collect::<Vec<_>>(), lowest[..3]);
    // The first rung of a bracket is its own.
    assert!(bench.run(first_unit, |state| state.begun == 5 && state.rung == 0));
    let state = &bench.dehb.state;
    assert_eq!((state.to_start, state.parents.len()), (5, 5));
    assert!(state.populations[1].iter().all(|one| state.parents.contains(&one.units)));
}

#[test]
fn children_are_of_their_places_and_their_parents() {
    let mut bench = Bench::new(Dehb::new(3.0).rounds(3), TO_9, History::default());
    assert!(bench.run(first_unit, |state| state.begun == 4 && state.rung == 1));
    let Bench { space, history, dehb, seed } = &mut bench;
    let view = View::of(space, history, *seed);
    let place = dehb.state.populations[1].clone().next_place();
    let target = dehb.state.populations[1].get(place).unwrap().units.clone();
    let parents = dehb.state.parents.clone();
    let Step::Start { point, resources } = dehb.next(&view) else { panic!("a child") };
    assert_eq!(resources, Some(3.0));
    for axis in 0..3 {
        let of = |a: usize, b: usize, c: usize| parents[a][axis] + 0.5 * (parents[b][axis] - parents[c][axis]);
        let mutants = [of(0, 1, 2), of(0, 2, 1), of(1, 0, 2), of(1, 2, 0), of(2, 0, 1), of(2, 1, 0)];
        let unit = point.unit(axis);
        let leaves_the_cube = mutants.iter().any(|unit| !(0.0..=1.0).contains(unit));
        assert!(
            unit == target[axis] || mutants.contains(&unit) || leaves_the_cube,
            "{unit} of {target:?}, {parents:?}"
        );
    }
}

/// The same draws for the same seed, on any machine and in any release.
#[test]
fn values_are_stable() {
    let mut bench = Bench::new(Dehb::new(3.0).rounds(2), TO_9, History::default());
    bench.run(first_unit, |_| false);
    assert_eq!(bench.history.len(), 44);
    let units = |trial: usize| [0, 1, 2].map(|axis| bench.history.trials()[trial].point().unit(axis));
    assert_eq!(units(0), [0.764_109_042_047_738, 0.465_937_615_119_960_9, 0.005_674_514_325_306_634]);
    assert_eq!(units(22), [0.638_991_827_061_665_9, 0.858_803_532_627_629_8, 0.005_674_514_325_306_634]);
    assert_eq!(units(43), [0.010_922_764_364_190_707, 0.194_391_998_898_585_5, 0.699_013_113_900_296_6]);
    // Worth its resources: the second round is better than the first.
    let mean = |from: usize, to: usize| (from..to).map(|trial| units(trial)[0]).sum::<f64>() / (to - from) as f64;
    assert!(mean(22, 44) < mean(0, 22), "{} {}", mean(22, 44), mean(0, 22));
}

#[test]
fn going_on_begins_with_the_best_there_were() {
    let mut bench = Bench::new(Dehb::new(3.0), TO_9, History::default());
    bench.run(sum_of_units, |_| false);
    let bests: Vec<_> = bench.dehb.state.populations.iter().map(|one| one.ranked(Goal::Minimize)[0].trial).collect();
    let len = bench.history.len();
    let mut going_on = Bench::new(Dehb::new(3.0), TO_9, bench.history);
    let state = &going_on.dehb.state;
    assert!(!state.promotes);
    assert_eq!(state.populations.iter().map(|one| one.ranked(Goal::Minimize)[0].trial).collect::<Vec<_>>(), bests);
    assert!(state.populations.iter().all(|one| one.iter().count() == one.len()));
    going_on.run(sum_of_units, |_| false);
    assert_eq!(going_on.history.len(), 2 * len);
    assert!(going_on.history.trials()[len..].iter().map(Trial::configuration).is_sorted_by(|a, b| a < b));
}
