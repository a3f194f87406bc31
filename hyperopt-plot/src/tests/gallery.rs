//! Figures of every kind of sweep, which the tests draw and a person can look at.

use super::scenes::{
    bowl, conditional, constrained, converged, eight, failed, failed_at, ladder, linear, log, many_options, never, odd,
    sweep, ten, three, traded, two_goals,
};
use crate::{
    figure::{Chart, Figure},
    model::Scene,
};

/// Every kind of sweep that may break a plot, by name.
pub(super) fn gallery() -> Vec<(String, Figure)> {
    let lr = || log("learning_rate", 1e-5, 1e-1);
    let decades = |_: usize, units: &[f64]| 10_f64.powf(units[0] * 5.0 - 4.0);
    let scaled = |by: f64| move |trial: usize, units: &[f64]| by * (1.0 + bowl(trial, units) / 1e3);
    let outliers = |trial: usize, units: &[f64]| match trial % 25 {
        7 => 1e6 * units[0],
        _ => bowl(trial, units) - 0.5,
    };
    let scenes = [
        ("three", three(50)),
        ("one", sweep(60, vec![lr()], decades)),
        ("eight", eight()),
        ("odd", odd()),
        ("conditional", conditional()),
        ("failed", failed()),
        ("empty", sweep(0, vec![lr()], bowl)),
        ("single", sweep(1, vec![lr(), linear("x", 0.0, 1.0)], bowl)),
        ("equal", sweep(30, vec![lr()], |_, _| 0.25)),
        ("huge", sweep(30, vec![linear("x", 1e12, 3e12)], scaled(1e9))),
        ("tiny", sweep(30, vec![linear("x", 1e-12, 3e-12)], scaled(-3e-9))),
        ("outliers", sweep(100, vec![lr(), linear("momentum", 0.5, 0.99)], outliers)),
        ("many", sweep(120, vec![many_options()], bowl)),
        ("never", never()),
        ("crowd", three(10_000)),
        ("budgets", ladder()),
        ("converged", converged()),
        ("constrained", constrained()),
        ("two_goals", two_goals()),
    ];
    let rungs = |name, scene| (name, Figure::of(Chart::Rungs, scene));
    let ladders = [rungs("rungs", ladder()), rungs("rungs_failed", failed_at(1.0))];
    let pareto = |name, scene| (name, Figure::of(Chart::Pareto, scene));
    let fronts = [
        pareto("pareto", traded(90, |x| x)),
        pareto("pareto_log", traded(90, |x| (4.0 * x).exp())),
        pareto("pareto_one", traded(1, |x| x)),
        pareto("pareto_failed", failed()),
        ("pareto_small", Figure::of(Chart::Pareto, traded(90, |x| x)).size(200, 160)),
    ];
    let two = |count| sweep(count, vec![lr(), linear("momentum", 0.5, 0.99)], bowl);
    let one = sweep(60, vec![lr()], decades);
    let by_pairs: [(&str, &str, Scene); 12] = [
        ("pairs_two_20", "parallel_two_20", two(20)),
        ("pairs_two", "parallel_two", two(2000)),
        ("pairs", "parallel", conditional()),
        ("pairs_eight", "parallel_eight", eight()),
        ("pairs_ten_20", "parallel_ten_20", ten(20)),
        ("pairs_ten", "parallel_ten", ten(2000)),
        ("pairs_odd", "parallel_odd", odd()),
        ("pairs_outliers", "parallel_outliers", sweep(100, vec![lr(), linear("momentum", 0.5, 0.99)], outliers)),
        ("pairs_failed", "parallel_failed", failed()),
        ("pairs_budgets", "parallel_budgets", ladder()),
        ("pairs_constrained", "parallel_constrained", constrained()),
        ("pairs_converged", "parallel_converged", two_goals()),
    ];
    let pairs_and_lines = by_pairs.into_iter().flat_map(|(pairs, parallel, scene)| {
        [(pairs, Figure::of(Chart::PairPlot, scene.clone())), (parallel, Figure::of(Chart::ParallelCoordinates, scene))]
    });
    let tight =
        [("pairs_small", Chart::PairPlot), ("parallel_small", Chart::ParallelCoordinates)].map(|(name, chart)| {
            (
                name,
                Figure::of(chart, ten(60))
                    .size(
                        if chart == Chart::PairPlot { 640 } else { 320 },
                        if chart == Chart::PairPlot { 560 } else { 240 },
                    )
                    .density(1),
            )
        });
    let twenty = sweep(300, (0..20).map(|index| linear(&format!("x{index}"), 0.0, 1.0)).collect(), bowl);
    let lines = [("parallel_one", one), ("parallel_never", never()), ("parallel_twenty", twenty)]
        .map(|(name, scene)| (name, Figure::of(Chart::ParallelCoordinates, scene)));
    let small = ("small", Figure::of(Chart::Scatter, conditional()).size(320, 240).density(1));
    let newer = [Chart::Slice, Chart::History, Chart::Edf, Chart::Contour, Chart::Rank];
    let newer = newer.into_iter().flat_map(|chart| {
        let scenes = [
            ("one_trial", sweep(1, vec![lr(), linear("x", 0.0, 1.0)], bowl)),
            ("conditional", conditional()),
            ("constrained", constrained()),
            ("twenty", sweep(300, (0..20).map(|index| linear(&format!("x{index}"), 0.0, 1.0)).collect(), bowl)),
            ("crowd", three(3000)),
            ("equal", sweep(30, vec![lr(), linear("x", 0.0, 1.0)], |_, _| 0.25)),
            ("odd", odd()),
            ("outliers", sweep(100, vec![lr(), linear("momentum", 0.5, 0.99)], outliers)),
        ];
        scenes.map(|(name, scene)| (format!("new_{chart:?}_{name}").to_lowercase(), Figure::of(chart, scene)))
    });
    scenes
        .into_iter()
        .map(|(name, scene)| (name, Figure::of(Chart::Scatter, scene)))
        .chain(ladders)
        .chain(fronts)
        .chain(pairs_and_lines)
        .chain(tight)
        .chain(lines)
        .chain([small])
        .map(|(name, figure)| (name.to_owned(), figure))
        .chain(newer)
        .collect()
}

#[test]
#[ignore = "writes pictures for a person to look at: cargo test -p hypersweep-plot gallery -- --ignored"]
fn write_the_gallery() {
    let folder = std::env::temp_dir().join("hyperopt-gallery");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, figure) in gallery() {
        figure.save(folder.join(format!("{name}.png"))).unwrap();
        figure.save(folder.join(format!("{name}.svg"))).unwrap();
    }
    println!("{}", folder.display());
}
