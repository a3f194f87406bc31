//! Tests of fronts, hypervolumes and weights against plain counting.

use crate::history::Goal;
use crate::trial::{Metrics, Trial};
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::hypervolume::exclusive;
use super::*;

fn vectors(rows: &[Vec<f64>], width: usize) -> Vectors {
    Vectors::new(rows.iter().map(Vec::as_slice), &vec![Goal::Minimize; width])
}

/// Front after front, each of what none of the rest dominates.
fn peeled(rows: &[Vec<f64>]) -> Vec<usize> {
    let mut ranks = vec![usize::MAX; rows.len()];
    for rank in 0..rows.len() {
        let rest: Vec<usize> = (0..rows.len()).filter(|&row| ranks[row] == usize::MAX).collect();
        for &row in &rest {
            if !rest.iter().any(|&other| dominates(&rows[other], &rows[row])) {
                ranks[row] = rank;
            }
        }
    }
    ranks
}

/// Returns the volume over rows with coordinates 0, 1, …, `side` - 1, by counting the unit cells below `side` that one of them
/// dominates.
fn counted(rows: &[Vec<f64>], width: u32, side: usize) -> f64 {
    let cells = 0..side.pow(width);
    let is_dominated = |cell: &usize| {
        let corner: Vec<f64> = (0..width).map(|axis| (cell / side.pow(axis) % side) as f64).collect();
        rows.iter().any(|row| row.iter().zip(&corner).all(|(value, corner)| value <= corner))
    };
    cells.filter(is_dominated).count() as f64
}

/// Rows on a small grid, so that ties and equals are common.
fn rows(width: usize, side: u8, most: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
    vec(vec((0..side).prop_map(f64::from), width), 0..most)
}

fn wide() -> impl Strategy<Value = (usize, Vec<Vec<f64>>)> {
    (1_usize..=5).prop_flat_map(|width| (Just(width), rows(width, 5, 60)))
}

proptest! {
    #[test]
    fn fronts_are_those_of_peeling((width, rows) in wide()) {
        let vectors = vectors(&rows, width);
        prop_assert_eq!(vectors.fronts(), peeled(&rows));
    }

    #[test]
    fn the_front_is_the_first_of_the_fronts((width, rows) in wide()) {
        let vectors = vectors(&rows, width);
        let mut front = vectors.front();
        front.sort_unstable();
        let first: Vec<_> = (0..rows.len()).zip(vectors.fronts()).filter(|(_, rank)| *rank == 0).collect();
        prop_assert_eq!(front, first.into_iter().map(|(index, _)| index).collect::<Vec<_>>());
    }

    #[test]
    fn volumes_are_those_of_counting((width, rows) in (1_usize..=4).prop_flat_map(|width| (Just(width), rows(width, 5, 20)))) {
        let volume = vectors(&rows, width).hypervolume(&vec![5.0; width]);
        prop_assert_eq!(volume, counted(&rows, width as u32, 5));
    }

    /// Vectors outside the reference contribute 0.
    #[test]
    fn contributions_are_differences_of_volumes((width, rows) in wide()) {
        let all = vectors(&rows, width);
        let reference = vec![4.0; width];
        let front = all.front();
        let volume = |left_out: Option<usize>| {
            let kept = front.iter().filter(|&&index| Some(index) != left_out).map(|&index| rows[index].clone());
            vectors(&kept.collect::<Vec<_>>(), width).hypervolume(&reference)
        };
        let differences: Vec<f64> = front.iter().map(|&index| volume(None) - volume(Some(index))).collect();
        prop_assert_eq!(all.contributions(&front, &reference), differences);
    }
}

/// A hundred thousand rows on a plane, which dominate a little less than the plane does: 6. Comparing each with all others
/// would take minutes.
#[test]
fn a_large_front_of_three_has_a_volume() {
    let count = 100_000_usize;
    let unit = |index: usize, step: f64| (index as f64 * step).fract();
    let row = |index: usize| [unit(index, 0.618_033_988_749_895), unit(index, 0.754_877_666_246_693)];
    let rows: Vec<[f64; 3]> = (0..count).map(row).map(|[a, b]| [a, b, 2.0 - a - b]).collect();
    let volume = hypervolume(rows.iter().map(|row| &row[..]), &[Goal::Minimize; 3], &[2.0; 3]);
    assert!((5.9..6.0).contains(&volume), "{volume}");
}

#[test]
fn goals_to_be_maximised_change_their_signs() {
    let goals = [Goal::Minimize, Goal::Maximize];
    let rows = [[1.0, 5.0], [2.0, 9.0], [3.0, 8.0]];
    let vectors = Vectors::new(rows.iter().map(|row| &row[..]), &goals);
    assert_eq!(vectors.front(), [0, 1]);
    assert_eq!(hypervolume(rows.iter().map(|row| &row[..]), &goals, &[3.0, 0.0]), 5.0 + 9.0);
}

/// By hand: on a line, in units of ranges of 4 and 8.
#[test]
fn crowding_is_the_distance_between_neighbours() {
    let rows: Vec<Vec<f64>> = vec![vec![0.0, 8.0], vec![4.0, 0.0], vec![1.0, 4.0], vec![3.0, 1.0]];
    let vectors = vectors(&rows, 2);
    let distances = vectors.crowding(&[0, 1, 2, 3]);
    assert_eq!(distances, [f64::INFINITY, f64::INFINITY, 3.0 / 4.0 + 7.0 / 8.0, 3.0 / 4.0 + 4.0 / 8.0]);
    assert_eq!(vectors.crowding(&[2]), [0.0]);
    assert_eq!(vectors.crowding(&[2, 3]), [f64::INFINITY; 2]);
    assert!(vectors.crowding(&[]).is_empty());
}

#[test]
fn zeros_of_either_sign_are_equal() {
    let rows = vec![vec![0.0, 1.0], vec![-0.0, 1.0], vec![0.0, 2.0]];
    assert_eq!(vectors(&rows, 2).fronts(), [0, 0, 1]);
}

fn told(number: usize, objectives: &[f64], violation: f64) -> Trial {
    let mut trial = Trial::running(number, number, None, Vec::new().into());
    let named = objectives.iter().map(|&value| ("", value));
    trial.close(Metrics::objectives(named).constraint("c", violation).into(), Duration::ZERO);
    trial
}

/// Whether `best` are whole fronts, found by peeling, and of the last front one after the other what adds most to the volume.
fn are_best(best: &[usize], rows: &[Vec<f64>], width: usize) -> bool {
    let ranks = peeled(rows);
    let last = best.iter().map(|&row| ranks[row]).max().unwrap_or(0);
    let front: Vec<usize> = (0..rows.len()).filter(|&row| ranks[row] == last).collect();
    let (chosen, whole): (Vec<usize>, Vec<usize>) = best.iter().partition(|&&row| ranks[row] == last);
    let before = (0..rows.len()).filter(|&row| ranks[row] < last).count();
    let scaled = vectors(rows, width).scaled(&front);
    let volume = |rows: &[usize]| {
        let places = rows.iter().map(|row| front.iter().position(|other| other == row).unwrap());
        let rows: Vec<_> = places.map(|place| scaled.row(place).to_vec()).collect();
        vectors(&rows, width).hypervolume(&vec![1.1; width])
    };
    let is_largest = |count: usize| {
        let joined = |row: usize| volume(&[&chosen[..count], &[row]].concat());
        front.iter().all(|&row| chosen[..count].contains(&row) || joined(row) <= joined(chosen[count]) + 1e-9)
    };
    whole.len() == before && (chosen.len() == front.len() || (0..chosen.len()).all(is_largest))
}

fn two_or_three() -> impl Strategy<Value = (usize, Vec<Vec<f64>>)> {
    (2_usize..=3).prop_flat_map(|width| (Just(width), rows(width, 9, 40)))
}

proptest! {
    #[test]
    fn the_best_are_whole_fronts_and_a_spread_one((width, rows) in two_or_three(), count in 1_usize..12) {
        let goals = vec![Goal::Minimize; width];
        let [mut forth, mut back] = [Standings::default(), Standings::default()];
        for number in 0..rows.len() {
            forth.insert(&told(number, &rows[number], 0.0), &goals);
            let number = rows.len() - 1 - number;
            back.insert(&told(number, &rows[number], 0.0), &goals);
        }
        let best = forth.best(count);
        prop_assert_eq!(back.best(count), best);
        let numbers: Vec<usize> = best.iter().map(|(trial, _)| *trial).collect();
        prop_assert_eq!(numbers.len(), count.min(rows.len()));
        prop_assert!(are_best(&numbers, &rows, width), "{:?}", numbers);
        prop_assert!(best.iter().all(|(_, weight)| (1e-12..=1.0).contains(weight)));
        prop_assert!(best.is_empty() || best.iter().any(|(_, weight)| *weight == 1.0));
    }
}

/// Returns the rows of one front that add most, one after the other, each compared with all that are chosen.
fn spread_at_once(front: &Vectors, count: usize) -> Vec<usize> {
    let reference = vec![1.1; front.width];
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < count {
        let adds =
            |&place: &usize| exclusive(front.row(place), chosen.iter().map(|&other| front.row(other)), &reference);
        let rest: Vec<_> = (0..front.len()).filter(|place| !chosen.contains(place)).collect();
        let best = rest.into_iter().rev().max_by(|a, b| adds(a).total_cmp(&adds(b)));
        chosen.extend(best);
    }
    chosen
}

/// Returns the best as they are found among all rows at once: front after front, and from the last one what adds most.
fn found_at_once(rows: &[Vec<f64>], width: usize, count: usize) -> Vec<usize> {
    let vectors = vectors(rows, width);
    let (mut best, mut rest) = (Vec::new(), vectors.sorted());
    while best.len() < count && !rest.is_empty() {
        let (front, behind) = vectors.first_of(&rest);
        let room = count - best.len();
        if front.len() <= room {
            best.extend(front);
        } else {
            best.extend(spread_at_once(&vectors.scaled(&front), room).into_iter().map(|place| front[place]));
        }
        rest = behind;
    }
    best
}

/// Fronts that are kept while trials are added, at times several, and asked for more and fewer of the best.
#[test]
fn the_best_of_fronts_that_are_kept_are_those_found_at_once() {
    for seed in 0..24 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let width = 2 + seed as usize % 3;
        let goals = vec![Goal::Minimize; width];
        // From objectives that go together to objectives of which one is large where others are small.
        let conflict = rng.random::<f64>();
        let (mut standings, mut rows) = (Standings::default(), Vec::<Vec<f64>>::new());
        for number in 0..150 {
            // Later trials are better, and some repeat an earlier one.
            let (far, angle) = (rng.random::<f64>() * (1.0 - number as f64 / 200.0), rng.random::<f64>());
            let row = |axis: usize| far + conflict * (angle + axis as f64 / width as f64).fract();
            let earlier = rng.random_range(0..=10 * rows.len());
            rows.push(rows.get(earlier).cloned().unwrap_or_else(|| (0..width).map(row).collect()));
            standings.insert(&told(number, &rows[number], 0.0), &goals);
            if rng.random_bool(0.7) {
                let count = rng.random_range(0..12);
                let best: Vec<_> = standings.best(count).iter().map(|(trial, _)| *trial).collect();
                assert_eq!(best, found_at_once(&rows, width, count), "{count} of {number} with seed {seed}");
            }
        }
    }
}

/// By hand: the corners of a staircase in units of its width and height, with the reference at 1.1.
#[test]
fn weights_are_shares_of_the_volume() {
    let mut standings = Standings::default();
    let rows = [[0.0, 10.0], [1.0, 4.0], [4.0, 0.0], [2.0, 9.0], [9.0, 9.0]];
    for (number, row) in rows.iter().enumerate() {
        let violation = if number == 4 { 1.0 } else { 0.0 };
        standings.insert(&told(number, row, violation), &[Goal::Minimize; 2]);
    }
    let best = standings.best(5);
    let order: Vec<usize> = best.iter().map(|(trial, _)| *trial).collect();
    assert_eq!(order, [0, 1, 2, 3, 4]);
    let areas = [0.25 * 0.1, 0.75 * 0.6, 0.1 * 0.4];
    for ((_, weight), area) in best.iter().zip(areas) {
        assert!((weight - area / areas[1]).abs() < 1e-12);
    }
    assert_eq!((best[3].1, best[4].1), (1e-12, 1e-12));
}

#[test]
fn where_nothing_is_feasible_the_least_violations_are_best() {
    let mut standings = Standings::default();
    for (number, violation) in [3.0, 1.0, f64::NAN, 1.0].into_iter().enumerate() {
        standings.insert(&told(number, &[0.0, 0.0], violation), &[Goal::Minimize; 2]);
    }
    assert_eq!(standings.best(3), [(1, 1.0), (3, 1.0), (0, 1.0)]);
}

#[test]
#[ignore = "a measurement, no test"]
fn cost_of_the_best() {
    for width in [2, 3] {
        let mut standings = Standings::default();
        let goals = vec![Goal::Minimize; width];
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        for number in 0..10_000 {
            let row: Vec<f64> = (0..width).map(|_| random()).collect();
            let trial = told(number, &row, 0.0);
            let started = Instant::now();
            standings.insert(&trial, &goals);
            let best = standings.best(25);
            if [100, 1000, 9999].contains(&number) {
                println!("{width} goals, {number} trials: {:?} for the best {}", started.elapsed(), best.len());
            }
        }
    }
}
