//! The database of a sweep: which address it has, and the study in it.

use std::path::Path;

use hyperopt_store::Study;

use crate::failure::Failure;
use crate::output::layout::Layout;
use crate::output::run_file::RunFile;

/// Opens the study of a sweep that has been started.
pub(crate) fn study(layout: &Layout, run: &RunFile) -> Result<Study, Failure> {
    let study = Study::open(&study_address(layout, run, None)?).map_err(Failure::study)?;
    Ok(match &run.search.name {
        Some(name) => study.name(name),
        None => study,
    })
}

/// Returns the address of the database of a sweep: `given`, else the one in `run.json`, else the file `study.db` of the
/// output directory.
pub(crate) fn study_address(layout: &Layout, run: &RunFile, given: Option<&str>) -> Result<String, Failure> {
    if let Some(url) = given.or(run.search.study.as_deref()) {
        return Ok(absolute(url, &run.directory));
    }
    if run.wants_study {
        return std::env::var("HYPEROPT_STUDY").map_err(|_| {
            Failure::usage(
                "the address of this sweep's database has a password, which is not kept; give the address again in the \
                 variable HYPEROPT_STUDY",
            )
        });
    }
    match layout.study().to_str() {
        Some(path) => Ok(format!("sqlite:{path}")),
        None => Err(Failure::usage(format!("the path {} is not UTF-8", layout.root().display()))),
    }
}

/// Makes the address of a file independent of the working directory; other addresses are returned as they are.
pub(crate) fn absolute(url: &str, directory: &Path) -> String {
    match url.strip_prefix("sqlite:") {
        Some(path) if !path.is_empty() && !path.starts_with(['/', ':']) => {
            format!("sqlite:{}", directory.join(path).display())
        }
        _ => url.to_owned(),
    }
}
