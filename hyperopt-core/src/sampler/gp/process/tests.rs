//! Predictions and gradients beside their formulas.

use super::*;

fn number(k: usize) -> f64 {
    (k as f64 * 0.618_033_988_749_895).fract()
}

fn columns() -> [Column; 3] {
    [0, 1, 2].map(|dimension| Column { dimension, is_categorical: dimension == 1, apart: 0.25 })
}

fn row(k: usize) -> [f64; 3] {
    [number(k), (k % 3) as f64, number(5 * k + 2)]
}

fn kernel() -> Kernel {
    Kernel { signal: 1.7, noise: 1e-3, lengths: vec![0.4, 0.8, 0.6] }
}

fn rows(count: usize) -> Vec<f64> {
    (0..count).flat_map(row).collect()
}

/// K and k by the definition of the kernel.
fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let lengths = kernel().lengths;
    let mut square = ((a[0] - b[0]) / lengths[0]).powi(2) + ((a[2] - b[2]) / lengths[2]).powi(2);
    if a[1] != b[1] {
        square += 0.25 / lengths[1].powi(2);
    }
    let r = (5.0 * square).sqrt();
    1.7 * (1.0 + r + r * r / 3.0) * (-r).exp()
}

fn process(begin: usize, count: usize) -> Process {
    let mut process = Process::default();
    process.begin(&columns(), kernel(), &rows(begin));
    (begin..count).for_each(|k| process.push(&row(k)));
    let targets: Vec<f64> = (0..count).map(|k| (7.0 * number(k)).sin()).collect();
    process.set_targets(&targets);
    process
}

#[test]
fn predictions_are_those_of_the_formula() {
    let process = process(9, 14);
    let k = DMatrix::from_fn(14, 14, |i, j| covariance(&row(i), &row(j)) + if i == j { 1e-3 } else { 0.0 });
    let inverse = k.try_inverse().unwrap();
    let targets = DVector::from_fn(14, |k, _| (7.0 * number(k)).sin());
    for at in 20..40 {
        let near = DVector::from_fn(14, |i, _| covariance(&row(i), &row(at)));
        let mean = (near.transpose() * &inverse * &targets)[0];
        let variance = 1.7 - (near.transpose() * &inverse * &near)[0];
        let found = process.predict(&row(at), &mut Room::default());
        assert!((found.0 - mean).abs() < 1e-9, "{} for {mean}", found.0);
        assert!((found.1 - variance).abs() < 1e-9, "{} for {variance}", found.1);
    }
}

#[test]
fn gradients_are_those_of_finite_differences() {
    let (process, mut room) = (process(14, 14), Room::default());
    for at in 20..30 {
        process.predict_with_gradients(&row(at), &mut room);
        let (means, variances) = (room.mean_gradient.clone(), room.variance_gradient.clone());
        for column in [0, 2] {
            let mut moved = |step: f64| {
                let mut row = row(at);
                row[column] += step;
                process.predict(&row, &mut room)
            };
            let (up, down) = (moved(1e-5), moved(-1e-5));
            assert!((means[column] - (up.0 - down.0) / 2e-5).abs() < 1e-6);
            assert!((variances[column] - (up.1 - down.1) / 2e-5).abs() < 1e-6);
        }
        assert_eq!((means[1], variances[1]), (0.0, 0.0));
    }
}

#[test]
fn a_row_without_a_target_leaves_the_mean_and_lowers_the_variance() {
    let (mut process, mut room) = (process(9, 14), Room::default());
    let before = process.predict(&row(20), &mut room);
    process.push(&row(20));
    let after = process.predict(&row(20), &mut room);
    assert_eq!(before.0, after.0);
    assert!(after.1 < 2e-3 && before.1 > 10.0 * after.1);
    process.truncate(14);
    assert_eq!(process.predict(&row(20), &mut room), before);
}

#[test]
fn residuals_are_what_the_noise_takes() {
    let (process, mut room) = (process(9, 14), Room::default());
    for (k, residual) in process.residuals().enumerate() {
        let mean = process.predict(&row(k), &mut room).0;
        assert!((mean + residual - (7.0 * number(k)).sin()).abs() < 1e-9);
    }
}

#[test]
fn the_same_row_many_times_does_no_harm() {
    let mut process = Process::default();
    let kernel = Kernel { noise: 1e-8, ..kernel() };
    process.begin(&columns(), kernel, &[row(3), row(3)].concat());
    (0..50).for_each(|_| process.push(&row(3)));
    process.set_targets(&[1.0; 52]);
    let (mean, variance) = process.predict(&row(3), &mut Room::default());
    assert!((mean - 1.0).abs() < 1e-4 && variance < 1e-4, "{mean} {variance}");
}
