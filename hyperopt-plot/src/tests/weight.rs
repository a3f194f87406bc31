//! Tests of the weight of figures of very many trials.

use super::scenes;
use crate::figure::{Chart, Figure};

#[test]
fn documents_of_very_many_trials_are_light() {
    let svg = Figure::of(Chart::Scatter, scenes::three(10_000)).to_svg().unwrap();
    assert!(svg.len() < 450_000, "{}", svg.len());
    // Rings are the heaviest marks.
    let axes = (0..12).map(|index| scenes::linear(&format!("x{index}"), 0.0, 1.0)).collect();
    let mut scene = scenes::sweep(10_000, axes, scenes::bowl);
    scene.trials.iter_mut().for_each(|trial| trial.is_feasible = false);
    let svg = Figure::of(Chart::Scatter, scene).to_svg().unwrap();
    assert!(svg.len() < 3_000_000, "{}", svg.len());
    assert_eq!(svg.matches("0z").count(), 120_000);
    assert_eq!(svg.matches("<title>").count(), 1 + 12, "of the best, at the stars");
}
