//! The page of HTML.

use std::path::Path;
use std::time::Duration;

use crate::args::ReportArgs;
use crate::failure::{Failure, say};
use crate::output::replace;
use crate::print::{is_standard_output, print_data};
use crate::results::{Configuration, Source};

/// Prints the page, or replaces the one at `path`, with the file for the trainer; it loads itself again after each `reload`.
pub(super) fn write(
    report: &ReportArgs,
    source: &Source,
    configuration: Option<&str>,
    path: &Path,
    reload: Option<Duration>,
) -> Result<(), Failure> {
    let mut page = hyperopt_plot::report(&source.sweep);
    let name =
        source.layout.as_ref().and_then(|layout| Some(layout.root().file_name()?.to_string_lossy().into_owned()));
    if let Some(title) = report.title.clone().or_else(|| report.source.name.clone()).or(name) {
        page = page.title(title);
    }
    if let Some(configuration) = configuration {
        page = page.configuration("The file for the trainer", configuration);
    }
    if let Some(reload) = reload {
        page = page.reload_every(reload);
    }
    let html = page.to_html().map_err(Failure::broken)?;
    if is_standard_output(path) {
        return print_data(|out| out.write_all(html.as_bytes()));
    }
    replace(path, |out| out.write_all(html.as_bytes()))
        .map_err(|error| Failure::usage(format!("cannot write {}: {error}", path.display())))
}

/// Returns the complete configuration of the best trial; `None` without a best trial, and if only a database was read.
pub(super) fn configuration(source: &Source) -> Option<String> {
    let (best, _) = source.sweep.history().best(source.sweep.goal())?;
    match Configuration::of(source, best, false) {
        Ok(configuration) => configuration.is_complete.then_some(configuration.yaml),
        Err(failure) => {
            say(format_args!(
                "the page has the best hyperparameters, and no file for the trainer: {}",
                failure.messages.join("; ")
            ));
            None
        }
    }
}
