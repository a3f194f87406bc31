//! `hyperopt plot`: draws a figure of a sweep, or of several.

use std::path::{Path, PathBuf};

use clap::ValueEnum as _;
use hyperopt_core::Sweep;
use hyperopt_plot::{Error, Figure, Sweeps};

use crate::args::{FigureKind, PlotArgs, SourceArgs};
use crate::failure::{Failure, say};
use crate::output::replace;
use crate::print::{is_standard_output, print_data};
use crate::results::Source;

pub(crate) fn run(plot: &PlotArgs) -> Result<(), Failure> {
    let source = Source::open(&plot.source)?;
    let path = match (&plot.output, &source.layout) {
        (Some(path), _) => path.clone(),
        (None, Some(layout)) => layout.file("sweep.png"),
        (None, None) => PathBuf::from("sweep.png"),
    };
    let mut figure = match &plot.with[..] {
        [] => figure(&source.sweep, plot.figure),
        others => several(&source, plot, others)?,
    };
    if let Some(title) = &plot.title {
        figure = figure.title(title);
    }
    if !plot.hyperparameters.is_empty() {
        figure = figure.hyperparameters(plot.hyperparameters.iter().cloned());
    }
    let is_printed = is_standard_output(&path);
    let written = if is_printed { figure.to_svg() } else { save(&figure, &path).map(|()| String::new()) };
    let svg = written.map_err(|error| match error {
        // Two sweeps that do not go together are not told to take another figure.
        Error::Unsuited { reason, advice, .. } if !plot.with.is_empty() => {
            Failure::usage(format!("{reason}; {advice}"))
        }
        error => Failure::usage(refusal(plot.figure, &source.sweep, &error)),
    })?;
    if is_printed {
        return print_data(|out| out.write_all(svg.as_bytes()));
    }
    say(format_args!("wrote {}", path.display()));
    Ok(())
}

/// Replaces the file at `path` by the figure, as a PNG or an SVG by its extension; a symbolic link is replaced too.
pub(super) fn save(figure: &Figure, path: &Path) -> Result<(), Error> {
    let is = |extension: &str| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension));
    let bytes = if is("png") {
        figure.to_png()?
    } else if is("svg") {
        figure.to_svg()?.into_bytes()
    } else {
        // The error about the extension.
        return figure.save(path);
    };
    replace(path, |out| out.write_all(&bytes)).map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Returns the figure of the sweep and of `others`, each with the name of its directory, or all of it where two are alike.
fn several(source: &Source, plot: &PlotArgs, others: &[String]) -> Result<Figure, Failure> {
    let others: Vec<(&String, Source)> = others
        .iter()
        .map(|other| Ok((other, Source::open(&SourceArgs { source: other.clone(), name: None })?)))
        .collect::<Result<_, Failure>>()?;
    let all: Vec<(&String, &Sweep)> = [(&plot.source.source, &source.sweep)]
        .into_iter()
        .chain(others.iter().map(|(name, other)| (*name, &other.sweep)))
        .collect();
    let short = |name: &str| Path::new(name).file_name().map_or(name.to_owned(), |last| last.to_string_lossy().into());
    let is_unique = |name: &str| all.iter().filter(|(other, _)| short(other) == short(name)).count() == 1;
    let named: Vec<(String, &Sweep)> =
        all.iter().map(|(name, sweep)| (if is_unique(name) { short(name) } else { (*name).clone() }, *sweep)).collect();
    figure_of_several(&named, plot.figure).ok_or_else(|| {
        let kind = name(plot.figure);
        Failure::usage(format!("`--figure {kind}` draws one sweep; leave `--with` out, or write `--figure comparison`"))
    })
}

/// Returns a figure of one sweep.
pub(super) fn figure(sweep: &Sweep, kind: FigureKind) -> Figure {
    match kind {
        FigureKind::Plot => hyperopt_plot::plot(sweep),
        FigureKind::Slice => hyperopt_plot::slice(sweep),
        FigureKind::Contour => hyperopt_plot::contour(sweep),
        FigureKind::Rank => hyperopt_plot::rank(sweep),
        FigureKind::IntermediateValues => hyperopt_plot::intermediate_values(sweep),
        FigureKind::HypervolumeHistory => hyperopt_plot::hypervolume_history(sweep),
        FigureKind::Timeline => hyperopt_plot::timeline(sweep),
        FigureKind::PairPlot => hyperopt_plot::pair_plot(sweep),
        FigureKind::ParallelCoordinate => hyperopt_plot::parallel_coordinate(sweep),
        FigureKind::Rungs => hyperopt_plot::rungs(sweep),
        FigureKind::ParetoFront => hyperopt_plot::pareto_front(sweep),
        FigureKind::OptimizationHistory => hyperopt_plot::optimization_history(sweep),
        FigureKind::ParamImportances => hyperopt_plot::param_importances(sweep),
        FigureKind::Edf => hyperopt_plot::edf(sweep),
        FigureKind::Comparison => hyperopt_plot::comparison(sweep),
    }
}

/// Returns a figure of several sweeps; `None` if it is one of a single sweep.
fn figure_of_several<K>(sweeps: &impl Sweeps<K>, kind: FigureKind) -> Option<Figure> {
    match kind {
        FigureKind::OptimizationHistory => Some(hyperopt_plot::optimization_history(sweeps)),
        FigureKind::ParamImportances => Some(hyperopt_plot::param_importances(sweeps)),
        FigureKind::Edf => Some(hyperopt_plot::edf(sweeps)),
        FigureKind::Comparison => Some(hyperopt_plot::comparison(sweeps)),
        _ => None,
    }
}

/// Says why a figure is not written, with what to write instead on the command line.
pub(super) fn refusal(kind: FigureKind, sweep: &Sweep, error: &Error) -> String {
    let Error::Unsuited { reason, .. } = error else { return error.to_string() };
    let instead = match kind {
        FigureKind::Comparison => "`--with DIR` for each of the others",
        FigureKind::Plot | FigureKind::Slice | FigureKind::ParallelCoordinate | FigureKind::ParamImportances => {
            "`--figure optimization_history`"
        }
        FigureKind::HypervolumeHistory if sweep.goals().len() > 1 => "`--figure pareto_front`",
        _ => "`--figure plot`",
    };
    format!("`--figure {}` is not for this sweep: {reason}; write {instead}", name(kind))
}

/// Returns how a kind is written on the command line.
pub(super) fn name(kind: FigureKind) -> String {
    kind.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
