//! Each figure as SVG and as PNG, and the report.

use hyperopt::Sweep;
use hyperopt::prelude::*;
use hyperopt_plot as plot;

use crate::Row;
use crate::cell::Cell;
use crate::sweeps::{loss, one_goal, two_goals};

fn random(trials: usize) -> Sweep {
    one_goal(RandomSampler::new(), trials)
}

fn random_two(trials: usize) -> Sweep {
    two_goals(RandomSampler::new(), trials)
}

/// Trials that report at five steps.
fn reported(trials: usize) -> Sweep {
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        seed = 7,
        rate = log(1e-5..=1e-1),
        share = 0.0..=1.0,
        for trial in 0..trials {
            let loss = loss(rate, share, 20, "sgd");
            for step in 0..5 {
                trial.report(step, loss + 1.0 / f64::from(step + 1));
            }
            loss
        }
    );
    ho.into_sweep()
}

/// Trials at several budgets.
fn rungs(trials: usize) -> Sweep {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0).rounds(trials.div_ceil(100) as u64),
        seed = 7,
        rate = log(1e-5..=1e-1),
        share = 0.0..=1.0,
        for (epochs, _) in 1..=27 {
            loss(rate, share, 20, "sgd") + 1.0 / f64::from(epochs)
        }
    );
    ho.into_sweep()
}

fn row(name: &str, sweep: fn(usize) -> Sweep, figure: fn(&Sweep) -> plot::Figure) -> [Row; 2] {
    [
        Row::new(format!("figure {name}, SVG"), move |trials| {
            let sweep = sweep(trials);
            Cell::of(trials, || figure(&sweep).to_svg().expect("a figure").len())
        }),
        Row::new(format!("figure {name}, PNG"), move |trials| {
            let sweep = sweep(trials);
            Cell::of(trials, || figure(&sweep).to_png().expect("a figure").len())
        }),
    ]
}

fn report(name: &str, sweep: fn(usize) -> Sweep) -> Row {
    Row::new(name, move |trials| {
        let sweep = sweep(trials);
        Cell::of(trials, || plot::report(&sweep).to_html().expect("a page").len())
    })
}

pub(crate) fn rows() -> Vec<Row> {
    let figures = [
        row("plot", random, |sweep| plot::plot(sweep)),
        row("slice", random, |sweep| plot::slice(sweep)),
        row("param_importances", random, |sweep| plot::param_importances(sweep)),
        row("optimization_history", random, |sweep| plot::optimization_history(sweep)),
        row("comparison", random, |sweep| plot::comparison(&[("one", sweep), ("another", sweep)])),
        row("contour", random, |sweep| plot::contour(sweep)),
        row("rank", random, |sweep| plot::rank(sweep)),
        row("pair_plot", random, |sweep| plot::pair_plot(sweep)),
        row("parallel_coordinates", random, |sweep| plot::parallel_coordinates(sweep)),
        row("edf", random, |sweep| plot::edf(sweep)),
        row("intermediate_values", reported, |sweep| plot::intermediate_values(sweep)),
        row("rungs", rungs, |sweep| plot::rungs(sweep)),
        row("pareto_front", random_two, |sweep| plot::pareto_front(sweep)),
        row("hypervolume_history", random_two, |sweep| plot::hypervolume_history(sweep)),
        row("timeline", random, |sweep| plot::timeline(sweep)),
    ];
    let reports = [
        report("report", random),
        report("report, two goals", random_two),
        report("report, trials that report", reported),
        report("report, over budgets", rungs),
    ];
    figures.into_iter().flatten().chain(reports).collect()
}
