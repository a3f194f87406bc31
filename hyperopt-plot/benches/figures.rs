//! The time of drawing each figure of a sweep over twelve hyperparameters, and the bytes of the file for each second.
//!
//! `cargo bench -p hypersweep-plot`; the same without optimisation, as in `cargo run`, with `--profile dev`.

use divan::{Bencher, counter::BytesCount};
use hyperopt_core::{
    Candidates, Goal, Hyperband, MedianPruner, Metrics, Parameters, RandomSampler, Search, Sweep, WithPruner as _,
    categorical, log,
};
use hyperopt_plot::Figure;

/// The numbers of trials.
const TRIALS: [usize; 2] = [300, 10_000];

fn main() {
    divan::main();
}

/// Numbers, logarithms, categories and integers, three of each.
fn space() -> Parameters<f64> {
    (0..12).fold(Parameters::new(), |space, index| {
        let dimension = match index % 4 {
            0 => (0.0..=1.0).dimension(),
            1 => log(1e-5..=1e-1).dimension().map(|rate| (rate.log10() + 5.0) / 4.0),
            2 => categorical([0.0, 0.5, 1.0]).labels(["adam", "sgd", "rmsprop"]).dimension(),
            _ => (1..=64).dimension().map(|width| f64::from(width) / 64.0),
        };
        space.with(format!("x{index}"), dimension)
    })
}

fn bowl(params: &[(String, f64)]) -> f64 {
    params.iter().zip(1..).map(|((_, unit), weight)| (unit - 0.35).powi(2) / f64::from(weight)).sum()
}

/// Trials of which a tenth failed, and some violate a constraint.
fn one_goal(trials: usize) -> Sweep {
    let search = Search::new(space()).sampler(RandomSampler::new()).seed(7).progress(false);
    search
        .run(0..trials, |number, params| {
            let value = bowl(&params);
            if number % 10 == 4 { Err("diverged") } else { Ok(Metrics::new(value).constraint("large", value - 0.6)) }
        })
        .into_sweep()
}

fn two_goals(trials: usize) -> Sweep {
    let search = Search::new(space()).goal([Goal::Minimize, Goal::Maximize]).seed(7).progress(false);
    search.run(0..trials, |_, params| [bowl(&params), params[0].1 - params[4].1]).into_sweep()
}

fn reporting(trials: usize) -> Sweep {
    let search = Search::new(space()).sampler(RandomSampler::new().pruner(MedianPruner::new())).seed(7).progress(false);
    search
        .run_trials(0..trials, |trial, params| {
            for step in 1..=10_u32 {
                trial.report(step, bowl(&params) + 1.0 / f64::from(step));
                if trial.should_prune() {
                    return None;
                }
            }
            Some(bowl(&params))
        })
        .into_sweep()
}

/// About as many trials in brackets.
fn brackets(trials: usize) -> Sweep {
    let most = if trials > 1000 { 2187 } else { 81 };
    let search = Search::new(space()).sampler(Hyperband::new(3.0)).seed(7).progress(false);
    search.run_trials(1..=most, |trial, params| bowl(&params) + 0.3 / trial.resources().unwrap_or(1.0)).into_sweep()
}

fn png(bencher: Bencher<'_, '_>, figure: &Figure) {
    let bytes = figure.to_png().map_or(0, |png| png.len());
    bencher.counter(BytesCount::new(bytes)).bench_local(|| figure.to_png());
}

fn svg(bencher: Bencher<'_, '_>, figure: &Figure) {
    let bytes = figure.to_svg().map_or(0, |svg| svg.len());
    bencher.counter(BytesCount::new(bytes)).bench_local(|| figure.to_svg());
}

/// Measures a figure of a sweep as PNG and as SVG.
macro_rules! figures {
    ($($name:ident: $figure:ident of $sweep:ident;)*) => {
        $(mod $name {
            use super::{Bencher, TRIALS, $sweep};

            #[divan::bench(args = TRIALS, sample_count = 10)]
            fn png(bencher: Bencher<'_, '_>, trials: usize) {
                super::png(bencher, &hyperopt_plot::$figure(&$sweep(trials)));
            }

            #[divan::bench(args = TRIALS, sample_count = 10)]
            fn svg(bencher: Bencher<'_, '_>, trials: usize) {
                super::svg(bencher, &hyperopt_plot::$figure(&$sweep(trials)));
            }
        })*
    };
}

figures! {
    plot: plot of one_goal;
    slice: slice of one_goal;
    optimization_history: optimization_history of one_goal;
    contour: contour of one_goal;
    rank: rank of one_goal;
    pair_plot: pair_plot of one_goal;
    parallel_coordinates: parallel_coordinates of one_goal;
    edf: edf of one_goal;
    timeline: timeline of one_goal;
    intermediate_values: intermediate_values of reporting;
    rungs: rungs of brackets;
    pareto_front: pareto_front of two_goals;
    hypervolume_history: hypervolume_history of two_goals;
}
