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
    let shown = Study::open(url).map(|study| study.shown_address()).ok();
    match shown.as_deref().and_then(|shown| shown.strip_prefix("sqlite:")) {
        Some(path) if !url.starts_with("sqlite:/") => format!("sqlite:{}", directory.join(path).display()),
        _ => url.to_owned(),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_file_does_not_depend_on_the_working_directory() {
        let of = |url| absolute(url, Path::new("/runs"));
        for url in ["sqlite:q.db", "sqlite:q.db?", "sqlite+pysqlite:///q.db", "sqlite:/runs/q.db"] {
            assert_eq!(of(url), "sqlite:/runs/q.db", "{url}");
        }
        // What is wrong with an address is told when it is opened.
        for url in ["postgres://me:secret@host/db", "sqlite::memory:", "sqlite:", "q.db"] {
            assert_eq!(of(url), url);
        }
    }

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
