//! Tests of plans: what each criterion promises, and stable values.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use crate::history::{Goal, History};
use crate::sampler::testing::space;
use crate::sampler::{Draw, LhsSampler, Sampler, Setup};
use crate::space::{Point, Space};
use crate::{Candidates, linrange};

use super::criterion::{Criterion, optimise};
use super::discrepancy::Discrepancy;
use super::ese::Objective;
use super::phi_p::PhiP;
use super::plan::{Column, Plan, below};
use super::sliced::Sliced;

fn plan(rows: u32, unordered: &[Option<u64>], seed: u64) -> (Plan, ChaCha8Rng) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (Plan::random(rows, unordered, &mut rng), rng)
}

/// Columns of `rows` strata with the middles at these places.
fn strata(rows: u32, columns: &[&[f64]]) -> Plan {
    let stratum = |&x: &f64| (x * f64::from(rows) - 0.5).round() as u32;
    Plan::from_columns(columns.iter().map(|column| Column::Strata(column.iter().map(stratum).collect())).collect())
}

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    assert!((found / expected - 1.0).abs() < tolerance, "{found} for {expected}");
}

/// Three points of a plan of five strata, by hand: a plan's own unit would be a third.
#[test]
fn phi_p_is_that_of_the_reference() {
    let points = [[0.1_f64, 0.3], [0.5, 0.7], [0.9, 0.5]];
    let square = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2);
    let pairs = [(0, 1), (0, 2), (1, 2)].map(|(i, j)| square(points[i], points[j]).powi(-5));
    near(pairs.iter().sum::<f64>().powf(0.1), 2.256_982_335_114_667, 1e-14);
    let plan = strata(5, &[&[0.1, 0.5, 0.9], &[0.3, 0.7, 0.5]]);
    near(PhiP::<5>::new(&plan).value() * 5.0 / 3.0, 2.256_982_335_114_667, 1e-14);
}

/// What `scipy.stats.qmc.discrepancy` of `SciPy` 1.17 has for the middles.
#[test]
fn discrepancy_is_that_of_scipy() {
    let of = |columns: &[&[u32]]| {
        let columns = columns.iter().map(|column| Column::Strata(column.iter().map(|stratum| stratum - 1).collect()));
        Discrepancy::new(&Plan::from_columns(columns.collect())).value()
    };
    near(of(&[&[1, 2, 3], &[3, 2, 1]]), 0.033_693_415_637_860_1, 1e-12);
    near(of(&[&[1, 2, 3, 4, 5], &[4, 2, 5, 1, 3], &[1, 4, 2, 5, 3]]), 0.034_765_637_037_036_834, 1e-12);
}

/// After any swaps, what is kept is what the plan itself gives, and what was foretold.
fn keeps_up<O: Objective>(rows: u32, unordered: &[Option<u64>], seed: u64, new: impl Fn(&Plan) -> O) {
    let (mut plan, mut rng) = plan(rows, unordered, seed);
    let only_strata = std::any::type_name::<O>().contains("Sliced");
    let mut kept = new(&plan);
    for swap in 0..2_000 {
        let column = below(&mut rng, unordered.len());
        let (i, j) = (below(&mut rng, rows as usize), below(&mut rng, rows as usize));
        let held = plan.columns()[column].rows();
        if held[i] == held[j] || (only_strata && unordered[column].is_some()) {
            continue;
        }
        let after = kept.after(column, i, j);
        let foretold = kept.value_of(after);
        // Mostly downhill, where rounding is worst.
        if foretold > kept.value() && rng.random::<f64>() < 0.9 {
            continue;
        }
        kept.swap(column, i, j);
        plan.swap(column, i, j);
        near(kept.value(), foretold, 1e-9);
        if swap % 50 == 0 {
            near(kept.value(), new(&plan).value(), 1e-9);
        }
    }
    near(kept.value(), new(&plan).value(), 1e-9);
}

#[test]
fn what_is_kept_through_swaps_is_right() {
    for seed in 0..10 {
        for (rows, axes) in [(3, 2), (7, 3), (50, 3), (41, 8)] {
            let ordered = vec![None; axes];
            keeps_up(rows, &ordered, seed, PhiP::<5>::new);
            keeps_up(rows, &ordered, seed, PhiP::<1>::new);
            keeps_up(rows, &ordered, seed, Discrepancy::new);
        }
        for unordered in [&[None, Some(3), None, Some(2)][..], &[None, Some(1), Some(90)]] {
            keeps_up(30, unordered, seed, |plan: &Plan| Sliced::<5>::new(plan, None));
            keeps_up(30, unordered, seed, |plan: &Plan| Sliced::<1>::new(plan, Some(0.5)));
            keeps_up(30, unordered, seed, Discrepancy::new);
            keeps_up(30, unordered, seed, Discrepancy::of_levels);
        }
    }
}

/// Without categorical columns, the sliced criterion is the plain one.
#[test]
fn no_level_no_slice() {
    let (plan, _) = plan(20, &[None; 3], 1);
    near(Sliced::<5>::new(&plan, None).value(), PhiP::<5>::new(&plan).value(), 1e-12);
}

/// Every criterion becomes better than that of a random plan, for all plans that leave room for it; none stops at odd ones.
#[test]
fn plans_become_better_and_none_fails() {
    let criteria = [Criterion::PhiP, Criterion::CentredDiscrepancy, Criterion::AudzeEglais];
    let spaces: [&[Option<u64>]; 7] = [
        &[],
        &[None],
        &[Some(1)],
        &[Some(2), Some(2)],
        &[None, None],
        &[None, Some(3), None],
        &[Some(1 << 53), Some(1), None],
    ];
    for (criterion, unordered) in criteria.iter().flat_map(|criterion| spaces.map(|space| (*criterion, space))) {
        for rows in [1, 2, 3, 4, 5, 24] {
            let (mut plan, mut rng) = plan(rows, unordered, 5);
            let before = plan.clone();
            optimise(&mut plan, criterion, None, 3_000, &mut rng);
            let value = |plan: &Plan| match criterion {
                _ if unordered.iter().all(Option::is_some) => Discrepancy::new(plan).value(),
                Criterion::CentredDiscrepancy => Discrepancy::new(plan).value(),
                Criterion::PhiP => Sliced::<5>::new(plan, None).value(),
                Criterion::AudzeEglais => Sliced::<1>::new(plan, None).value(),
            };
            let (before, after) = (value(&before), value(&plan));
            assert!(after <= before * (1.0 + 1e-12), "{criterion:?} {unordered:?} {rows}: {after} after {before}");
            // With one level for each row, all rows are equally far apart but along the last axis.
            if rows == 24 && unordered.len() > 1 && unordered[0] != Some(1 << 53) {
                assert!(after < before, "{criterion:?} {unordered:?}");
            }
            assert!(after.is_finite() && before.is_finite());
        }
    }
}

#[test]
fn levels_are_balanced() {
    let counts = |rows: u32, levels: u64, seed| {
        let (plan, _) = plan(rows, &[Some(levels)], seed);
        let mut counts = vec![0; levels as usize];
        let Column::Levels { rows, levels } = &plan.columns()[0] else { unreachable!() };
        for &row in rows {
            counts[levels[row as usize] as usize] += 1;
        }
        counts
    };
    let sorted = |mut counts: Vec<u32>| {
        counts.sort_unstable();
        counts
    };
    for seed in 0..50 {
        assert_eq!(sorted(counts(10, 3, seed)), [3, 3, 4]);
        assert_eq!(sorted(counts(10, 4, seed)), [2, 2, 3, 3]);
        assert_eq!(sorted(counts(7, 2, seed)), [3, 4]);
        assert_eq!(sorted(counts(3, 5, seed)), [0, 0, 1, 1, 1]);
    }
    // Each level has its turn at the odd one, and each of too many its turn at all.
    let sum = |rows, levels| {
        let all = (0..300).map(|seed| counts(rows, levels, seed));
        all.reduce(|sum, counts| sum.iter().zip(counts).map(|(sum, count)| sum + count).collect()).unwrap()
    };
    assert!(sum(10, 3).iter().all(|&sum| sum > 950));
    assert!(sum(3, 7).iter().all(|&sum| sum > 60));
}

fn prepared(space: &Space, bracket: usize, seed: u64, trials: u64) -> LhsSampler {
    let history = History::default();
    let setup = Setup {
        space,
        history: &history,
        trials: Some(trials),
        bracket,
        seed,
        goals: &[Goal::Minimize],
        first: 0,
        rungs: crate::sampler::Rungs::NONE,
        transferred: &[],
    };
    let mut sampler = LhsSampler::new();
    assert_eq!(sampler.prepare(&setup).unwrap(), Some(trials));
    sampler
}

fn cube() -> Space {
    space((0..3).map(|_| (0.0..=1.0).dimension()))
}

fn suggestions(sampler: &mut LhsSampler, rows: impl IntoIterator<Item = usize>) -> Vec<Option<Point>> {
    let (space, history) = (cube(), History::default());
    let draw = |number| Draw::new(7, number, Goal::Minimize);
    rows.into_iter().map(|number| sampler.suggest(&space, &history, &draw(number))).collect()
}

/// Seeds and brackets have plans of their own; a plan has its rows whatever is asked for first, and no others.
#[test]
fn rows_depend_on_seed_bracket_and_number_alone() {
    let mut sampler = prepared(&cube(), 0, 7, 12);
    let forwards = suggestions(&mut sampler, 0..12);
    let mut backwards = suggestions(&mut sampler, (0..12).rev());
    backwards.reverse();
    assert_eq!(forwards, backwards);
    assert_eq!(forwards, suggestions(&mut prepared(&cube(), 0, 7, 12), 0..12));
    assert_ne!(forwards, suggestions(&mut prepared(&cube(), 1, 7, 12), 0..12));
    assert_ne!(forwards, suggestions(&mut prepared(&cube(), 0, 8, 12), 0..12));
    assert_eq!(suggestions(&mut sampler, [12, 1000, usize::MAX]), [None, None, None]);
}

/// Large plans are stratified all the same, and quickly.
#[test]
fn large_plans_are_not_optimised() {
    let space = space([linrange(0.0, 1.0, 30_000).dimension(), linrange(0.0, 1.0, 30_000).dimension()]);
    let mut sampler = prepared(&space, 0, 7, 30_000);
    let history = History::default();
    let mut seen = vec![false; 30_000];
    for number in 0..30_000 {
        let point = sampler.suggest(&space, &history, &Draw::new(7, number, Goal::Minimize)).unwrap();
        seen[space.axes()[1].level(point.unit(1)).unwrap() as usize] = true;
    }
    assert!(seen.into_iter().all(|seen| seen));
}
