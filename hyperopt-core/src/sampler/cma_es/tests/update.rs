//! One generation of the strategy.

use super::super::gaussian::{Gaussian, Members};
use super::super::parameters::Parameters;

/// Equation 41 of the tutorial; along an axis that the margin widens, the mean moves by as much more.
#[test]
fn the_mean_moves_to_the_weighted_mean_of_the_better_half() {
    let parameters = Parameters::new(2, 6);
    let mut gaussian = Gaussian::new(vec![0.4, 0.6], 0.1);
    gaussian.widening[1] = 4.0;
    let steps: Vec<f64> = (0..12).map(|number| f64::from(number * 7 % 12) / 6.0 - 1.0).collect();
    let order = [3, 0, 5, 1, 2, 4];
    let place = |row: usize, axis: usize| gaussian.at(axis, steps[row * 2 + axis]);
    let along = |axis: usize| -> f64 { (0..3).map(|rank| parameters.weights[rank] * place(order[rank], axis)).sum() };
    let expected = [0, 1].map(along);
    let members = Members { steps: &steps, directions: &steps, moves: &steps, order: &order, finite: 6 };
    gaussian.update(members, &parameters);
    for (found, expected) in gaussian.mean.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
    }
}

/// Section B.2 of the tutorial: a decomposition is costly, and a generation changes little where there are many dimensions.
#[test]
fn generations_share_a_decomposition_in_many_dimensions() {
    let lag = |dimensions, population| Parameters::new(dimensions, population).lag;
    assert_eq!([lag(2, 6), lag(20, 12), lag(100, 17)], [1, 1, 1]);
    assert_eq!([lag(1000, 24), lag(2000, 26)], [7, 14]);
}
