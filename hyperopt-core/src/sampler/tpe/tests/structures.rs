//! What is kept between suggestions equals what is made from nothing.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::super::coordinate::Coordinate;
use super::super::groups::Groups;
use super::super::neighbours::Neighbours;
use super::super::options::Options;
use super::super::split::{Ranked, better, weights};
use crate::candidates::Candidates;
use crate::history::Goal;
use crate::sampler::testing::space;
use crate::sampler::toolkit::Sample;
use crate::space::{Axis, Point, Space};
use crate::trial::{Outcome, State, Trial};

/// Returns the deviations after a refresh, by a search of all pairs.
fn brute(at: &[f64], reaches: bool, least: f64) -> Vec<f64> {
    let reaches = reaches || at.len() < 3;
    let deviation = |kernel: usize| {
        let others = (0..at.len()).filter(|&other| other != kernel && (reaches || other > 0));
        let (mut left, mut right) = if reaches { (Some(0.0), Some(1.0)) } else { (None, None) };
        for other in others {
            if (at[other], other) < (at[kernel], kernel) {
                left = Some(left.unwrap_or(f64::NEG_INFINITY).max(at[other]));
            } else {
                right = Some(right.unwrap_or(f64::INFINITY).min(at[other]));
            }
        }
        let distances = [left.map(|left: f64| at[kernel] - left), right.map(|right| right - at[kernel])];
        distances.into_iter().flatten().fold(least, f64::max)
    };
    (0..at.len()).map(deviation).collect()
}

#[test]
fn deviations_are_those_of_a_search_of_all_pairs() {
    for seed in 0..40 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (mut neighbours, mut at) = (Neighbours::new(0.5, 1.0), vec![0.5]);
        for _ in 0..60 {
            let kernel = rng.random_range(1..=at.len());
            if kernel < at.len() && rng.random::<f64>() < 0.3 {
                neighbours.remove(kernel);
                at.remove(kernel);
            } else {
                // A tenth apart, so that some tie.
                let place = f64::from(rng.random_range(0..=10)) / 10.0;
                neighbours.insert(kernel, place);
                at.insert(kernel, place);
            }
            let reaches = rng.random::<bool>();
            let least = 0.03;
            neighbours.refresh(reaches, least, |_, _, _| {});
            assert_eq!(neighbours.at, at);
            assert_eq!(neighbours.deviations[1..], brute(&at, reaches, least)[1..]);
            assert_eq!(neighbours.deviations[0], 1.0);
        }
    }
}

#[test]
fn a_sample_does_not_depend_on_the_order_of_coming() {
    let mut orders = [(0..500).collect::<Vec<usize>>(), (0..500).rev().collect()];
    orders[1].rotate_left(123);
    let samples = orders.map(|order| {
        let mut sample = Sample::default();
        for trial in order {
            sample.offer(trial, 60);
        }
        let mut members: Vec<_> = sample.trials().collect();
        members.sort_unstable();
        members
    });
    assert_eq!(samples[0], samples[1]);
    assert_eq!(samples[0].len(), 60);
    // Neither the first nor the last ones only: 60 even draws have a mean within 3 errors of the middle.
    let mean = samples[0].iter().sum::<usize>() as f64 / 60.0;
    assert!((mean - 249.5).abs() < 3.0 * 144.0 / 60_f64.sqrt(), "{mean}");
}

fn trial(number: usize, state: State, value: f64) -> Trial {
    let mut trial = Trial::running(number, number, None, Point::from(vec![0.5]));
    match state {
        State::Complete => trial.close(Outcome::value(value), std::time::Duration::ZERO),
        State::Failed => trial.close(Outcome::failed("no"), std::time::Duration::ZERO),
        state => trial.close(Outcome::left(state), std::time::Duration::ZERO),
    }
    trial
}

#[test]
fn trials_are_ranked_by_what_they_were_told() {
    let trials = [
        trial(0, State::Failed, 0.0),
        trial(1, State::Pruned, 0.0),
        trial(2, State::Complete, 3.0),
        trial(3, State::Complete, -1.0),
        trial(4, State::Complete, 3.0),
        trial(5, State::Cancelled, 0.0),
        trial(6, State::Complete, f64::NEG_INFINITY),
    ];
    let order = |goal| {
        let mut ranked: Vec<_> = trials.iter().filter_map(|trial| Ranked::of(trial, goal)).collect();
        ranked.sort();
        ranked.iter().map(|ranked| ranked.trial).collect::<Vec<_>>()
    };
    assert_eq!(order(Goal::Minimize), [3, 2, 4, 1, 0, 6]);
    assert_eq!(order(Goal::Maximize), [2, 4, 3, 1, 0, 6]);
}

#[test]
fn better_trials_are_few_and_weigh_by_their_improvement() {
    let options = Options::default();
    let counts = [(10, 10, 2), (11, 11, 2), (14, 14, 3), (100, 100, 15), (1000, 1000, 25), (100, 3, 3), (100, 0, 0)];
    for (trials, complete, expected) in counts {
        assert_eq!(better(trials, complete, &options), expected, "of {trials}");
    }
    let rank = |losses: &[f64]| -> Vec<Ranked> {
        let trials = losses.iter().enumerate().map(|(number, &loss)| trial(number, State::Complete, loss));
        trials.map(|trial| Ranked::of(&trial, Goal::Minimize).unwrap()).collect()
    };
    let mut found = Vec::new();
    let mut check_weights = |losses: &[f64], count: usize, expected: &[f64]| {
        let ranked = rank(losses);
        weights(&ranked[..count], ranked.get(count), &mut found);
        assert_eq!(found, expected, "for {losses:?}");
    };
    check_weights(&[0.0, 1.0, 3.0, 4.0], 3, &[1.0, 0.75, 0.25]);
    check_weights(&[1.0, 1.0, 1.0], 2, &[1.0, 1.0]);
    check_weights(&[0.0, 1.0, 1.0], 2, &[1.0, 1e-12]);
    check_weights(&[0.0, 1.0], 2, &[1.0, 1.0]);
    check_weights(&[-f64::MAX, 0.0, f64::MAX], 2, &[1.0, 0.5]);
}

#[test]
fn groups_are_what_is_active_together() {
    let axis = |name: &str, parents: &[usize]| (0.0..=1.0).dimension().axis(name, name, parents).unwrap();
    let all = vec![axis("a", &[]), axis("b", &[]), axis("c", &[0]), axis("d", &[0]), axis("e", &[0]), axis("f", &[1])];
    let space = Space::new(all);
    let dimensions = Coordinate::all(&space);
    let nan = f64::NAN;
    let points = [[0.1, 0.2, nan, 0.3, nan, nan], [0.1, 0.2, 0.3, nan, 0.3, 0.5], [0.4, 0.5, nan, nan, nan, 0.6]];
    let mut groups = Groups::new(&space, &dimensions, true);
    assert_eq!(groups.all(), [vec![0, 1], vec![2, 3, 4], vec![5]]);
    let mut backwards = groups.clone();
    for point in &points {
        groups.observe(&space, &dimensions, &Point::from(point.to_vec()));
    }
    for point in points.iter().rev() {
        backwards.observe(&space, &dimensions, &Point::from(point.to_vec()));
    }
    assert_eq!(groups.all(), [vec![0, 1], vec![2, 4], vec![3], vec![5]]);
    assert_eq!(backwards.all(), groups.all());
    assert_eq!(Groups::new(&space, &dimensions, false).all().len(), 6);
}

/// The cells of an axis join without gaps, and hold the units of their levels.
#[test]
fn cells_divide_an_axis() {
    let space = space([crate::log(1..=2000).dimension(), (3..=9).dimension()]);
    for axis in space.axes() {
        let check = |axis: &Axis| {
            let mut last = 0.0;
            for level in 0..axis.levels().unwrap() {
                let (start, end) = axis.cell(level).unwrap();
                assert!((start - last).abs() < 1e-12 && start < end);
                assert_eq!(axis.level(0.5 * (start + end)), Some(level));
                last = end;
            }
            assert!((last - 1.0).abs() < 1e-12);
        };
        check(axis);
    }
}
