//! Tests of axes of odds and of logarithms on both sides of 0.

use hyperopt_core::{Candidates, Parameters, RandomSampler, Search, Sweep, bilog, logit};

use super::{circles, texts};
use crate::{contour, pair_plot, parallel_coordinates, plot, rank, slice};

fn sweep() -> Sweep {
    let space = Parameters::new()
        .with("wide", bilog(-1e12..=1e12).dimension())
        .with("share", logit(1e-6..=0.999_999).dimension());
    let search = Search::new(space).sampler(RandomSampler::new()).seed(4).progress(false);
    search.run(0..80, |_, params| params[0].1.abs().ln_1p() - params[1].1).into_sweep()
}

#[test]
fn marks_are_spread_as_the_candidates_are() {
    let sweep = sweep();
    let trials: Vec<_> = sweep.history().complete().map(|(trial, _)| trial).collect();
    for figure in [plot(&sweep), slice(&sweep)] {
        let marks = circles(&figure.to_svg().unwrap());
        for axis in 0..2 {
            let xs = marks[axis * trials.len()..].iter().map(|((x, _), _)| *x);
            let mut pairs: Vec<(f64, f64)> =
                trials.iter().map(|trial| trial.point().get(axis).unwrap()).zip(xs).collect();
            pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
            let ((first, left), (last, right)) = (pairs[0], pairs[pairs.len() - 1]);
            let slope = (right - left) / (last - first);
            assert!(slope > 200.0, "{slope}");
            let is_even = |(unit, x): &(f64, f64)| (x - left - slope * (unit - first)).abs() < 0.1;
            assert!(pairs.iter().all(is_even), "{pairs:?}");
        }
    }
}

#[test]
fn all_figures_have_the_ticks() {
    let sweep = sweep();
    for figure in [plot(&sweep), slice(&sweep), contour(&sweep), rank(&sweep), parallel_coordinates(&sweep)] {
        let svg = figure.to_svg().unwrap();
        let found = texts(&svg);
        assert!(found.contains(&"0.5") && found.contains(&"0"), "{found:?}");
        assert!(found.iter().any(|text| text.starts_with("1 − 1e-") || *text == "0.999999"), "{found:?}");
        assert!(found.iter().any(|text| text.starts_with("-1e")), "{found:?}");
    }
    let svg = pair_plot(&sweep).to_svg().unwrap();
    let found = texts(&svg);
    assert!(found.contains(&"0.5") && found.contains(&"0"), "{found:?}");
}
