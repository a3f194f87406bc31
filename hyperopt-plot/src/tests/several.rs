//! Tests of figures of several sweeps, and of sweeps that have no trial to draw.

use hyperopt_core::{Candidates, Goal, Metrics, Parameters, Search, Sweep};

use super::texts;
use crate::{Figure, comparison, edf, hypervolume_history, optimization_history, param_importances};

fn search(seed: u64) -> Search<Parameters<f64>> {
    let space = Parameters::new().with("x", (0.0..=1.0).dimension()).with("y", (0.0..=1.0).dimension());
    Search::new(space).seed(seed).progress(false)
}

fn goals(goals: &[Goal], names: &[&'static str]) -> Sweep {
    let mut search = search(3).goal(goals);
    if !names.is_empty() {
        search = search.objective_names(names.iter().copied());
    }
    let count = goals.len();
    search.run(0..12, move |_, params| vec![params[0].1; count]).into_sweep()
}

fn failed() -> Sweep {
    search(1).run(0..12, |_, _| Err::<f64, _>("diverged")).into_sweep()
}

fn infeasible() -> Sweep {
    search(1).run(0..12, |_, params| Metrics::new(params[0].1).constraint("large", 1.0)).into_sweep()
}

fn all_of(sweeps: &[(&str, &Sweep)]) -> [Figure; 4] {
    [comparison(sweeps), optimization_history(sweeps), edf(sweeps), param_importances(sweeps)]
}

fn says(figure: &Figure, text: &str) -> bool {
    texts(&figure.to_svg().unwrap()).iter().any(|found| found.contains(text))
}

#[test]
fn sweeps_with_other_objectives_are_not_compared() {
    use Goal::{Maximize, Minimize};
    let loss = goals(&[Minimize], &["loss"]);
    let cases = [
        (goals(&[Maximize], &["loss"]), "`a` minimizes `loss`, and `b` maximizes `loss`"),
        (goals(&[Minimize], &["error"]), "`a` minimizes `loss`, and `b` minimizes `error`"),
        (
            goals(&[Minimize, Maximize], &["loss", "speed"]),
            "`a` minimizes `loss`, and `b` minimizes `loss` and maximizes `speed`",
        ),
    ];
    for (other, expected) in cases {
        for figure in all_of(&[("a", &loss), ("b", &other)]) {
            let error = figure.to_svg().unwrap_err().to_string();
            assert!(
                error.contains(&format!(": {expected}; draw a figure of those with the same objectives")),
                "{error}"
            );
        }
        let error = optimization_history(&[&loss, &other]).to_svg().unwrap_err().to_string();
        assert!(error.contains("sweep 1 of the list minimizes `loss`, and sweep 2"), "{error}");
    }
    for figure in all_of(&[("a", &loss), ("b", &goals(&[Minimize], &[]))]) {
        assert!(says(&figure, "the objective of `b` has no name: compared as loss"));
    }
}

#[test]
fn a_sweep_without_a_line_is_told() {
    let (good, failed, infeasible) = (goals(&[Goal::Minimize], &[]), failed(), infeasible());
    for figure in [comparison(&[("a", &good), ("b", &failed)]), edf(&[("a", &good), ("b", &failed)])] {
        assert!(says(&figure, "no line for b: all 12 trials failed"));
        assert_eq!(figure.to_svg().unwrap().matches("<polyline ").count(), 1);
    }
    for figure in [comparison(&[("a", &good), ("b", &infeasible)]), edf(&[("a", &good), ("b", &infeasible)])] {
        assert!(says(&figure, "no line for b: no trial is feasible: all 12 complete trials violate a constraint"));
    }
    assert!(says(&comparison(&[("a", &good), ("a", &failed), ("b", &good)]), "in 1 of 2 sweeps"));
}

#[test]
fn the_best_so_far_is_a_step() {
    let short = search(4).run(0..3, |number, _| [5.0, 1.0, 3.0][number]).into_sweep();
    let other = search(5).run(0..3, |number, _| [4.0, 4.0, 2.0][number]).into_sweep();
    let svg = comparison(&[("a", &short), ("b", &other)]).to_svg().unwrap();
    for line in svg.split("<polyline points=\"").skip(1) {
        let places: Vec<_> = line.split('"').next().unwrap().split(' ').filter_map(|at| at.split_once(',')).collect();
        assert!(
            places.len() > 2 && places.windows(2).all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1),
            "{places:?}"
        );
    }
}

#[test]
fn infeasible_trials_are_the_reason_for_an_empty_figure() {
    let sweep = infeasible();
    let expected = |count: usize| format!("No trial is feasible: all {count} complete trials violate a constraint");
    for (figure, count) in [(edf(&sweep), 12), (comparison(&[("a", &sweep), ("b", &sweep)]), 24)] {
        assert!(says(&figure, &expected(count)), "{:?}", texts(&figure.to_svg().unwrap()));
    }
    assert!(says(&param_importances(&sweep), "with the objectives of 12 infeasible trials"));
}

#[test]
fn a_hypervolume_that_takes_too_long_is_an_error() {
    let search = search(1).goal([Goal::Minimize; 8]);
    let sphere = |number: usize, _: &_| -> Vec<f64> {
        let row: Vec<f64> =
            (0..8).map(|axis| ((number as f64 * 0.618 * f64::from(axis + 1)).fract() + 0.05).powi(2)).collect();
        let length = row.iter().map(|x| x * x).sum::<f64>().sqrt();
        row.into_iter().map(|x| x / length).collect()
    };
    let sweep = search.run(0..600, |number, params| sphere(number, &params)).into_sweep();
    let error = hypervolume_history(&sweep).to_svg().unwrap_err().to_string();
    assert!(
        error.contains("the hypervolume of 8 objectives and 600 trials on the front takes too long; `pareto_front`"),
        "{error}"
    );
    assert!(crate::pareto_front(&sweep).to_svg().is_ok(), "what the error advises");
}

#[test]
fn counts_of_one_are_singular() {
    let one = search(1).run(0..1, |_, params| params[0].1).into_sweep();
    assert!(comparison(&[("a", &one), ("b", &one)]).to_svg().unwrap().contains("2 sweeps of 1 trial<"));
}
