//! `hyperopt report`: writes a page of HTML with the results, figures and trials of a sweep.

mod files;
mod page;
mod watch;

use std::path::PathBuf;

use crate::args::ReportArgs;
use crate::failure::{Failure, say};
use crate::print::is_standard_output;
use crate::quote::quoted;
use crate::results::Source;

pub(crate) fn run(report: &ReportArgs) -> Result<(), Failure> {
    let source = Source::open(&report.source)?;
    if let Some(directory) = &report.directory {
        return files::write(report, &source, directory.as_deref());
    }
    let path = path(report, &source)?;
    if let Some(interval) = report.watch {
        return watch::watch(report, source, &path, interval);
    }
    page::write(report, &source, page::configuration(&source).as_deref(), &path, None)?;
    if is_standard_output(&path) {
        return Ok(());
    }
    say(format_args!("wrote {}", path.display()));
    Ok(())
}

/// Returns the file to write. A directory is what earlier versions wrote.
fn path(report: &ReportArgs, source: &Source) -> Result<PathBuf, Failure> {
    let path = match (&report.output, &source.layout) {
        (Some(path), _) => path.clone(),
        (None, Some(layout)) => layout.file("report.html"),
        (None, None) => PathBuf::from("report.html"),
    };
    if is_standard_output(&path) {
        return match report.watch {
            None => Ok(path),
            Some(_) => Err(Failure::usage(
                "`--watch` writes the page again and again, and `--output -` prints it; write the name of a file: \
                 `--output report.html`",
            )),
        };
    }
    let extension = path.extension().unwrap_or_default();
    if path.is_dir() || !["html", "htm"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        let shown = path.display().to_string();
        return Err(Failure::usage(format!(
            "`--output {shown}` is no file that ends in .html; for figures and tables in a directory, write `--directory {}`",
            quoted(&shown)
        )));
    }
    Ok(path)
}
