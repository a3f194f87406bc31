//! Tests of what figures tell of the trials that are pointed at.

use super::{gallery, scenes};
use crate::{
    figure::{Chart, Figure},
    model::{Curve, Ending, Scene, Shift, Steps, Volumes},
};

/// What is told in an SVG, without the title of the document.
fn told(svg: &str) -> Vec<&str> {
    svg.split("<title>").skip(1).filter_map(|title| title.split("</title>").next()).collect()
}

#[test]
fn marks_tell_of_the_trial_and_the_values_of_their_panel() {
    let svg = Figure::of(Chart::Scatter, scenes::three(50)).to_svg().unwrap();
    let told = told(&svg);
    // The best has stars too: one in each panel, and one in the headline that tells all.
    assert_eq!(told.len(), 3 * 50 + 3 + 1);
    assert_eq!(told[0], "trial 48\nobjective: 0.0590951\na: 2.24579\nb: true\nc: 3.24176");
    for values in ["a: 2.24579", "b: true", "c: 3.24176"] {
        let of_the_best = format!("trial 48\nobjective: 0.0590951\n{values}");
        assert_eq!(told.iter().filter(|title| **title == of_the_best).count(), 2, "{values}");
    }
    assert!((0..50).all(|number| told.iter().filter(|t| t.starts_with(&format!("trial {number}\n"))).count() >= 3));
}

#[test]
fn names_and_labels_are_told_as_they_are() {
    let mut scene = scenes::three(5);
    scene.objective = "loss < 1".to_owned();
    scene.axes[1].name = "a \"b\" & c\nd".to_owned();
    let svg = Figure::of(Chart::Scatter, scene).to_svg().unwrap();
    let told = told(&svg);
    assert!(told.iter().any(|title| title.ends_with("\na &quot;b&quot; &amp; c d: true")), "{told:?}");
    assert!(told.iter().all(|title| title.contains("\nloss &lt; 1: ")), "{told:?}");
}

/// Returns the numbers of the trials that marks in a page link to.
fn links(chart: Chart, scene: Scene) -> Vec<usize> {
    let svg = Figure::of(chart, scene).to_svg_in_page("a").unwrap();
    let links = svg.split(" data-trial=\"").skip(1);
    let mut numbers: Vec<usize> = links.map(|link| link.split('"').next().unwrap().parse().unwrap()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[test]
fn every_trial_of_every_figure_is_linked_in_a_page() {
    let numbers = |scene: &Scene| scene.trials.iter().map(|trial| trial.number).collect::<Vec<_>>();
    let scene = scenes::constrained();
    let with_a_value = numbers(&scene);
    for chart in [Chart::Scatter, Chart::Contour, Chart::Rank, Chart::ParallelCoordinates] {
        assert_eq!(links(chart, scene.clone()), with_a_value, "{chart:?}");
    }
    let all: Vec<usize> = (0..scene.count()).collect();
    for chart in [Chart::Slice, Chart::History] {
        assert_eq!(links(chart, scene.clone()), all, "{chart:?}");
    }
    assert_eq!(links(Chart::PairPlot, scene.clone()), [scene.best.unwrap()]);
    assert_eq!(links(Chart::Pareto, scenes::traded(40, |x| x)), (0..40).collect::<Vec<_>>());
    let ladder = scenes::ladder();
    assert_eq!(links(Chart::Rungs, ladder.clone()), numbers(&ladder));
    let curve =
        |number| Curve { number, ending: Ending::Complete, value: Some(0.5), steps: vec![(1.0, 1.0), (2.0, 0.5)] };
    let curves = Scene { curves: (0..9).map(curve).collect(), steps: Steps::Reports, ..scenes::three(9) };
    assert_eq!(links(Chart::Curves, curves), (0..9).collect::<Vec<_>>());
    let steps = [1, 4, 7].map(|number| (number, number as f64)).to_vec();
    let volumes = Scene { volumes: Some(Ok(Volumes { steps, reference: "1".to_owned() })), ..scenes::three(9) };
    assert_eq!(links(Chart::Hypervolume, volumes), [1, 4, 7]);
    let shift = |number| {
        let from = number as f64;
        Shift { number, worker: 0, from, to: from + 0.25, ending: Ending::Failed }
    };
    let shifts = Scene { shifts: (0..9).map(shift).collect(), ..scenes::three(9) };
    assert_eq!(links(Chart::Timeline, shifts.clone()), (0..9).collect::<Vec<_>>());
    let svg = Figure::of(Chart::Timeline, shifts).to_svg().unwrap();
    assert!(told(&svg).contains(&"trial 3\nfailed\nduration: 250.000ms"), "{:?}", told(&svg));
}

#[test]
fn documents_without_a_page_have_no_links() {
    for (name, figure) in gallery::gallery() {
        assert!(!figure.to_svg().unwrap().contains("data-trial"), "{name}");
    }
}
