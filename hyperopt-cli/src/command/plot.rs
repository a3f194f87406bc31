//! `hyperopt plot`: draws a figure of a sweep.

use std::path::PathBuf;

use hyperopt_core::Sweep;
use hyperopt_plot::Figure;

use crate::args::{FigureKind, PlotArgs};
use crate::failure::{Failure, say};
use crate::results::Source;

pub(crate) fn run(plot: &PlotArgs) -> Result<(), Failure> {
    let source = Source::open(&plot.source)?;
    if let Some(lack) = lack(&source.sweep, plot.figure) {
        return Err(Failure::usage(lack));
    }
    let path = match (&plot.output, &source.layout) {
        (Some(path), _) => path.clone(),
        (None, Some(layout)) => layout.file("sweep.png"),
        (None, None) => PathBuf::from("sweep.png"),
    };
    let mut figure = figure(&source, plot.figure);
    if let Some(title) = &plot.title {
        figure = figure.title(title);
    }
    figure.save(&path).map_err(Failure::usage)?;
    say(format_args!("wrote {}", path.display()));
    Ok(())
}

/// Returns what a sweep lacks for a figure of this kind; `None` if it lacks nothing.
pub(super) fn lack(sweep: &Sweep, kind: FigureKind) -> Option<String> {
    match kind {
        FigureKind::Rungs if sweep.history().trials().iter().all(|trial| trial.resources().is_none()) => Some(
            "`--figure rungs` is for sweeps with budgets, and this one has none; write `--figure parameters`".into(),
        ),
        FigureKind::Pareto if sweep.goals().len() != 2 => Some(format!(
            "`--figure pareto` is for sweeps with two objectives, and this one has {}; write `--figure parameters`",
            sweep.goals().len()
        )),
        FigureKind::Pairs if sweep.space().parameters().nth(1).is_none() => {
            Some("`--figure pairs` is for sweeps with two hyperparameters or more; write `--figure parameters`".into())
        }
        _ => None,
    }
}

pub(super) fn figure(source: &Source, kind: FigureKind) -> Figure {
    match kind {
        FigureKind::Parameters => hyperopt_plot::plot(&source.sweep),
        FigureKind::Slice => hyperopt_plot::slice(&source.sweep),
        FigureKind::OptimizationHistory => hyperopt_plot::optimization_history(&source.sweep),
        FigureKind::Contour => hyperopt_plot::contour(&source.sweep),
        FigureKind::Rank => hyperopt_plot::rank(&source.sweep),
        FigureKind::Edf => hyperopt_plot::edf(&source.sweep),
        FigureKind::IntermediateValues => hyperopt_plot::intermediate_values(&source.sweep),
        FigureKind::HypervolumeHistory => hyperopt_plot::hypervolume_history(&source.sweep),
        FigureKind::Timeline => hyperopt_plot::timeline(&source.sweep),
        FigureKind::Pairs => hyperopt_plot::pair_plot(&source.sweep),
        FigureKind::Parallel => hyperopt_plot::parallel_coordinates(&source.sweep),
        FigureKind::Rungs => hyperopt_plot::rungs(&source.sweep),
        FigureKind::Pareto => hyperopt_plot::pareto(&source.sweep),
    }
}
