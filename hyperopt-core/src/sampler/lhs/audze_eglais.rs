//! The objective of LatinHypercubeSampling.jl, on plans of whole numbers, and what it and ours must agree on.
//!
//! U = 1 / Σ 1/L² over all pairs of rows, to be made large; with categorical columns, the weighted U of each level on top.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use super::criterion::{Criterion, optimise};
use super::ese::Objective;
use super::phi_p::PhiP;
use super::plan::{Column, Plan};

const FIVE: [[u32; 3]; 5] = [[1, 4, 1], [2, 2, 2], [3, 5, 1], [4, 1, 2], [5, 3, 1]];

/// Returns the inverse of Σ Lᵖ over the pairs of `rows`, where differences may go round a period; 0 for a single row.
fn inverse_sum<const D: usize>(rows: &[[u32; D]], power: i32, period: Option<u32>) -> f64 {
    let difference = |(&a, &b): (&u32, &u32)| {
        let plain = a.abs_diff(b);
        f64::from(period.map_or(plain, |period| plain.min(period - plain))).powi(2)
    };
    let length = |a: &[u32; D], b: &[u32; D]| a.iter().zip(b).map(difference).sum::<f64>().sqrt();
    let pairs = rows.iter().enumerate().flat_map(|(i, a)| rows[..i].iter().map(move |b| length(a, b)));
    let sum: f64 = pairs.map(|length| length.powi(-power)).sum();
    if sum == 0.0 { 0.0 } else { 1.0 / sum }
}

/// U of all rows, and of those of each level of the last column with a weight.
fn categorical<const D: usize>(rows: &[[u32; D]], levels: u32, weight: f64) -> (f64, Vec<f64>) {
    let among = |level| rows.iter().copied().filter(|row| row[D - 1] == level).collect::<Vec<_>>();
    let within: Vec<_> = (1..=levels).map(|level| inverse_sum(&among(level), 2, None)).collect();
    (inverse_sum(rows, 2, None) + weight * within.iter().sum::<f64>(), within)
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found / expected - 1.0).abs() < 1e-12, "{found} for {expected}");
}

#[test]
fn the_objective_is_that_of_the_julia_package() {
    near(inverse_sum(&[[1, 3], [3, 1], [2, 2]], 2, None), 0.888_888_888_888_888_8);
    near(inverse_sum(&FIVE, 2, None), 0.828_389_107_396_941_7);
    near(inverse_sum(&FIVE, 2, Some(5)), 0.468_140_442_132_639_8);
    near(inverse_sum(&FIVE, 4, None), 5.648_881_618_682_965);
    let (objective, within) = categorical(&FIVE, 2, 0.5);
    near(within[0], 2.605_363_984_674_329_3);
    near(within[1], 5.0);
    near(objective, 4.631_071_099_734_107);
}

/// The value is φ₂ in units of the cube: n √(1/U).
fn u_of(plan: &Plan) -> f64 {
    (plan.rows() as f64 / PhiP::<1>::new(plan).value()).powi(2)
}

#[test]
fn ours_is_the_same_but_for_a_root_and_the_unit() {
    let columns = [[1, 3], [3, 1], [2, 2]].map(|[a, b]| (a - 1, b - 1));
    let (a, b) = columns.into_iter().unzip();
    near(u_of(&Plan::from_columns(vec![Column::Strata(a), Column::Strata(b)])), 0.888_888_888_888_888_8);
}

/// The best of all plans, by exhaustion.
#[test]
fn the_best_plans_are_found() {
    let flat = [(2, 2.0), (3, 1.111_111_1), (4, 1.0), (5, 0.770_295_783_5), (6, 0.657_638_882_5)];
    let flat = flat.into_iter().chain([(7, 0.625_940_415_3), (8, 0.554_437_064_5), (9, 0.516_795_865_6)]);
    let solid = [(2, 3.0), (3, 2.0), (4, 1.557_303_370_8), (5, 1.376_023_827_3)];
    let cases = flat.map(|case| (2, case)).chain(solid.map(|case| (3, case)));
    for (axes, (rows, best)) in cases {
        for seed in 0..5 {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let mut plan = Plan::random(rows, &vec![None; axes], &mut rng);
            optimise(&mut plan, Criterion::AudzeEglais, None, 100_000, &mut rng);
            let found = u_of(&plan);
            assert!((found - best).abs() < 1e-7, "{found} for {best}: {rows} rows, {axes} axes, seed {seed}");
        }
    }
}
