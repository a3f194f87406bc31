//! Figures and tables of a sweep as files of their own.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;

use crate::args::{FigureFormat, FigureKind, ReportArgs};
use crate::command::plot;
use crate::failure::{Failure, say};
use crate::output::{create_directory, replace};
use crate::results::{Source, TableFormat, write_table};

/// Writes the figures and tables into the directory `given`, or into `report` in the output directory.
pub(super) fn write(report: &ReportArgs, source: &Source, given: Option<&Path>) -> Result<(), Failure> {
    let directory = match (given, &source.layout) {
        (Some(path), _) => path.to_owned(),
        (None, Some(layout)) => layout.file("report"),
        (None, None) => PathBuf::from("report"),
    };
    let fault = |path: &Path, error| Failure::usage(format!("cannot write {}: {error}", path.display()));
    match (given, &source.layout) {
        // The target of a link below the output directory would be elsewhere.
        (None, Some(_)) => create_directory(&directory),
        _ => fs::create_dir_all(&directory),
    }
    .map_err(|error| fault(&directory, error))?;
    let extension = match report.format {
        FigureFormat::Svg => "svg",
        FigureFormat::Png => "png",
    };
    // A comparison is one of several sweeps.
    for kind in FigureKind::value_variants().iter().copied().filter(|kind| *kind != FigureKind::Comparison) {
        let name = plot::name(kind);
        let path = directory.join(format!("{name}.{extension}"));
        match plot::save(&plot::figure(&source.sweep, kind), &path) {
            Err(error @ hyperopt_plot::Error::Unsuited { .. }) => {
                say(format_args!("left out {name}: {}", plot::refusal(kind, &source.sweep, &error)));
            }
            saved => {
                saved.map_err(Failure::usage)?;
                say(format_args!("wrote {}", path.display()));
            }
        }
    }
    let csv = TableFormat::Csv { is_guarded: report.csv_guard };
    let texts = [("best.txt", None), ("trials.csv", Some(csv)), ("trials.jsonl", Some(TableFormat::Jsonl))];
    for (name, format) in texts {
        let path = directory.join(name);
        let written = replace(&path, |out| match format {
            None => writeln!(out, "{}", source.sweep.table("`trials.csv` has all")),
            Some(format) => write_table(&source.sweep, format, out),
        });
        written.map_err(|error| fault(&path, error))?;
        say(format_args!("wrote {}", path.display()));
    }
    Ok(())
}
