//! Tests of scales.

use super::*;

#[test]
fn odds_and_both_sides_of_zero_have_even_places() {
    let logit = Scale::covering(Some((0.001, 0.999)), [].into_iter(), Warp::Logit).unwrap();
    let bilog = Scale::covering(Some((-1e6, 1e6)), [].into_iter(), Warp::Bilog).unwrap();
    for (scale, values) in [(logit, [0.5, 0.01, 0.99]), (bilog, [0.0, -100.0, 100.0])] {
        let [middle, low, high] = values.map(|value| scale.place(value));
        assert!((middle - 0.5).abs() < 1e-9 && (low + high - 1.0).abs() < 1e-9 && low > 0.1 && low < 0.4);
        assert!(values.iter().all(|value| (scale.value(scale.place(*value)) - value).abs() < 1e-9));
    }
    assert_eq!(Scale::covering(Some((0.0, 1.0)), [].into_iter(), Warp::Logit).unwrap().warp, Warp::Linear);
}

#[test]
fn equal_values_get_room() {
    let scale = Scale::objective(&[3.0, 3.0, 3.0], true, 100.0);
    assert_eq!((scale.only, scale.place(3.0)), (Some(3.0), 0.5));
    assert_eq!(Scale::linear(0.0, 0.0).place(0.0), 0.5);
    assert_eq!(Scale::log(1e-3, 1e-3).place(1e-3), 0.5);
}

#[test]
fn the_objective_is_logarithmic_where_it_helps() {
    assert!(Scale::objective(&[1e-4, 1e-3, 0.5], true, 100.0).is_log());
    assert!(Scale::objective(&[0.1, 0.5, 2.0], true, 10.0).is_log());
    assert!(!Scale::objective(&[0.1, 0.2, 0.5], true, 10.0).is_log());
    assert!(!Scale::objective(&[-1.0, 1e-3, 500.0], true, 100.0).is_log());
}

#[test]
fn a_far_value_does_not_squash_the_others() {
    let mut values: Vec<f64> = (0..40).map(|i| f64::from(i) / 40.0 - 0.5).collect();
    values.push(1e9);
    assert!(Scale::objective(&values, true, 100.0).hi < 10.0);
    let scale = Scale::objective(&values, false, 100.0);
    assert!((0.0..=1.0).contains(&scale.place(1e9)), "but the best is always inside");
    assert!((0.0..=1.0).contains(&scale.place(-0.5)));
}

/// What a converged sampler leaves: most values next to the best, and the curve on the way there.
#[test]
fn converged_values_keep_their_curve() {
    for (sign, is_loss) in [(1.0, true), (-1.0, false)] {
        let values: Vec<f64> = (0..300).map(|i| sign * (0.1 + 0.5 * (-f64::from(i) / 20.0).exp())).collect();
        let scale = Scale::of_values(&values, is_loss, 100.0);
        let places: Vec<f64> = values.iter().map(|value| scale.place(*value)).collect();
        assert!(places.iter().all(|place| (-1e-9..=1.0 + 1e-9).contains(place)), "none is left out: {places:?}");
        let steps = places.windows(2).filter(|pair| (pair[0] - pair[1]).abs() > 1e-3).count();
        assert!(steps > 250, "{steps} of 299 can be told apart");
        assert!((scale.value(scale.place(values[5])) - values[5]).abs() < 1e-9);
        let name = scale.name("loss");
        assert!(name == "loss − 0.1 (log)" || name == "-0.1 − loss (log)", "{name}");
    }
}

#[test]
fn evenly_spread_values_stay_linear() {
    let values: Vec<f64> = (0..300).map(|i| f64::from(i * 37 % 300) / 300.0 - 0.5).collect();
    assert_eq!(Scale::of_values(&values, true, 100.0).warp, Warp::Linear);
}

#[test]
fn extreme_values_stay_on_the_axis() {
    for values in [[-f64::MAX, f64::MAX], [0.0, 5e-324], [1.0, 1.0 + f64::EPSILON]] {
        let scale = Scale::objective(&values, true, 100.0);
        for value in values {
            assert!((0.0..=1.0).contains(&scale.place(value).clamp(0.0, 1.0)), "{values:?}");
        }
    }
}
