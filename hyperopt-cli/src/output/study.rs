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
        let given = std::env::var("HYPEROPT_STUDY").ok().filter(|url| !url.is_empty());
        return given.ok_or_else(|| {
            Failure::usage(
                "the address of this sweep's database has a password, which is not kept; give the address again in the \
                 variable HYPEROPT_STUDY",
            )
        });
    }
    own(layout)
}

/// Returns the address of the file `study.db` of the output directory.
fn own(layout: &Layout) -> Result<String, Failure> {
    let file = layout.study();
    // Whoever may write to the directory would choose the file that is written.
    if let Ok(target) = std::fs::read_link(&file) {
        return Err(Failure::usage(format!(
            "{} is a symbolic link, which is not followed: move the database there, or begin the sweep with \
             `--study sqlite:{}`",
            file.display(),
            layout.root().join(target).display()
        )));
    }
    match file.to_str() {
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_lies_elsewhere_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let layout = Layout::new(directory.path()).unwrap();
        assert!(own(&layout).unwrap().ends_with("study.db"));
        std::os::unix::fs::symlink("other.db", layout.study()).unwrap();
        let error = own(&layout).unwrap_err().messages.concat();
        assert!(error.contains("is a symbolic link, which is not followed") && error.contains("other.db`"), "{error}");
    }
}
