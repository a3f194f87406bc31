//! Tests of what figures once bent: that they show the trials as they are.

use super::{circles, gallery, scenes, texts};
use crate::figure::{Chart, Figure};

#[test]
fn infeasible_trials_are_marked_as_such() {
    let scene = scenes::constrained();
    let infeasible = scene.infeasible();
    assert!(infeasible > 10);
    let svg = Figure::of(Chart::Scatter, scene.clone()).to_svg().unwrap();
    assert_eq!(circles(&svg).iter().filter(|(_, is_ring)| *is_ring).count(), 3 * infeasible);
    let note = format!("{infeasible} infeasible, drawn as grey rings");
    assert!(texts(&svg).iter().any(|text| text.starts_with(&note)), "{:?}", texts(&svg));
    let svg = Figure::of(Chart::ParallelCoordinates, scene.clone()).to_svg().unwrap();
    let grey = crate::theme::INFEASIBLE.to_string();
    assert_eq!(svg.split("<polyline ").filter(|line| line.contains(&grey)).count(), infeasible);
    let pairs = Figure::of(Chart::PairPlot, scene).to_svg().unwrap();
    assert!(texts(&pairs).iter().any(|text| text.contains(&format!("{infeasible} infeasible left out"))));
}

#[test]
fn a_converged_sweep_keeps_its_curve() {
    let scene = scenes::converged();
    let svg = Figure::of(Chart::Scatter, scene.clone()).to_svg().unwrap();
    assert!(texts(&svg).iter().any(|text| text.starts_with("objective − 0.1")), "{:?}", texts(&svg));
    // All trials are inside, and those beyond the middle of the range are apart from each other.
    let places = circles(&svg);
    assert_eq!(places.len(), scene.trials.len());
    let heights: std::collections::HashSet<i64> = places.iter().map(|((_, y), _)| y.round() as i64).collect();
    assert!(heights.len() > 90, "{} heights", heights.len());
}

#[test]
fn integers_are_spread_and_the_best_stands_on_its_level() {
    let scene = scenes::constrained();
    let best = scene.best_trial().unwrap();
    let mut one = scene.clone();
    one.axes = vec![scene.axes[1].clone()];
    one.trials.retain(|trial| trial.xs[1] == best.xs[1]);
    one.trials.iter_mut().for_each(|trial| trial.xs = vec![trial.xs[1]]);
    let svg = Figure::of(Chart::Scatter, one.clone()).to_svg().unwrap();
    let xs: Vec<f64> = circles(&svg).iter().map(|((x, _), _)| *x).collect();
    let (low, high) = xs.iter().fold((f64::MAX, f64::MIN), |(lo, hi), x| (lo.min(*x), hi.max(*x)));
    assert!(high - low > 20.0, "{xs:?}");
    one.trials.retain(|trial| Some(trial.number) == scene.best);
    let best = circles(&Figure::of(Chart::Scatter, one.clone()).to_svg().unwrap())[0].0.0;
    one.trials[0].number += 1;
    one.best = Some(one.trials[0].number);
    let other = circles(&Figure::of(Chart::Scatter, one).to_svg().unwrap())[0].0.0;
    assert_eq!(best, other, "wherever its number would put it");
}

#[test]
fn of_several_objectives_no_trial_is_the_best() {
    let scene = scenes::two_goals();
    let front = scene.front.as_ref().unwrap().numbers.len();
    let svg = Figure::of(Chart::Scatter, scene).to_svg().unwrap();
    assert!(!texts(&svg).iter().any(|text| text.starts_with("best ")), "{:?}", texts(&svg));
    let note = format!("{front} trials on the front of 2 objectives");
    assert!(texts(&svg).contains(&note.as_str()), "{:?}", texts(&svg));
    let accent = crate::theme::ACCENT.to_string();
    assert_eq!(
        svg.split("<circle ").filter(|circle| circle.split('>').next().unwrap().contains(&accent)).count(),
        3 * front
    );
}

#[test]
fn of_very_many_trials_the_best_are_lines_over_the_density_of_all() {
    let svg = Figure::of(Chart::ParallelCoordinates, scenes::three(10_000)).to_svg().unwrap();
    assert_eq!(svg.matches("<polyline ").count(), 200);
    assert!(texts(&svg).iter().any(|text| text.contains("the best 200 of 10000 trials over the density of all")));
    assert!(svg.len() < 100_000, "{}", svg.len());
}

#[test]
fn many_hyperparameters_stand_in_rows() {
    let (_, figure) = gallery::gallery().into_iter().find(|(name, _)| name == "parallel_twenty").unwrap();
    let svg = figure.to_svg().unwrap();
    let width = svg.split("width=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(width.parse::<u32>().unwrap() <= 1400, "{width}");
    assert_eq!(svg.matches("<polyline ").count(), 2 * 300);
    let texts = texts(&svg);
    assert!((0..20).all(|index| texts.contains(&format!("x{index}").as_str())), "{texts:?}");
    assert_eq!(texts.iter().filter(|text| **text == "objective").count(), 2);
}

#[test]
fn marks_at_the_edge_are_inside_as_a_whole() {
    let mut scene = gallery::gallery().into_iter().find(|(name, _)| name == "pareto").unwrap().1.scene;
    scene.trials[0].xs = vec![Some(1e9)];
    scene.trials[1].value = -1e9;
    let svg = Figure::of(Chart::Pareto, scene).to_svg().unwrap();
    assert!(circles(&svg).iter().all(|((x, y), _)| *x <= 680.0 - 24.0 - 4.0 && *y <= 480.0 - 24.0 - 4.0 - 38.0));
}
