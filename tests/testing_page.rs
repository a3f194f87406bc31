//! `docs/testing.md` is right about what can be counted, and what it says of every crate holds.
//!
//! `TESTING_PAGE=overwrite cargo test --test testing_page` writes down the counts of now.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the files of a folder that end so.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

/// Returns the lines that are the text, in the files of a folder.
fn lines(folder: &str, extension: &str, line: &str) -> usize {
    let count = |path: PathBuf| read(&path).lines().filter(|found| found.trim() == line).count();
    files(folder, extension).into_iter().map(count).sum()
}

/// Returns the rows of the page's table of counts.
fn counts() -> Vec<(&'static str, usize)> {
    vec![
        ("mistakes in a call, and what the compiler says about each", files("tests/ui", "rs").len()),
        ("calls about which it says nothing", files("tests/ui/pass", "rs").len()),
        ("faults around a study", lines("tests/disturbed", "rs", "#[test]")),
        ("fuzz targets", lines("fuzz", "toml", "[[bin]]")),
        ("programs of others that read or continue a study", files("tests/clients", "py").len()),
    ]
}

#[test]
fn the_counts_are_those_of_the_files() {
    let path = root().join("docs/testing.md");
    let mut page = read(&path);
    let mut wrong = Vec::new();
    for (name, count) in counts() {
        let begin = format!("| {name} | ");
        let row = page.lines().find(|line| line.starts_with(&begin)).unwrap_or_else(|| panic!("no row `{begin}`"));
        let found = row[begin.len()..].split(" |").next().unwrap().to_owned();
        if found != count.to_string() {
            wrong.push(format!("`{name}`: {found} there, {count} to be"));
            let mended = row.replacen(&format!("{begin}{found} |"), &format!("{begin}{count} |"), 1);
            page = page.replace(row, &mended);
        }
    }
    if std::env::var("TESTING_PAGE").is_ok_and(|value| value == "overwrite") {
        fs::write(&path, page).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "docs/testing.md, which `TESTING_PAGE=overwrite` mends: {wrong:?}");
}

/// All manifests of the repository.
fn manifests(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // What was built, and what earlier versions had.
        if entry.is_dir() && !name.starts_with('.') && !name.starts_with("target") && name != "node_modules" {
            manifests(&entry, found);
        } else if name == "Cargo.toml" {
            found.push(entry);
        }
    }
}

/// The level `forbid` cannot be lowered further inside.
#[test]
fn no_crate_allows_unsafe_code() {
    let mut found = Vec::new();
    manifests(root(), &mut found);
    assert!(found.len() > 10, "{found:?}");
    for manifest in found {
        let text = read(&manifest);
        let follows = text.contains("[lints]\nworkspace = true");
        let forbids = text.contains("[lints.rust]\nunsafe_code = \"forbid\"");
        let is_root = text.contains("[workspace.lints.rust]\nunsafe_code = \"forbid\"");
        // The programs that libFuzzer runs export a function by its name, which counts as unsafe; all that they share does not.
        let library = manifest.with_file_name("src").join("lib.rs");
        let is_fuzzer = text.contains("libfuzzer-sys") && read(&library).contains("#![forbid(unsafe_code)]");
        assert!(follows || forbids || is_root || is_fuzzer, "{} allows unsafe code", manifest.display());
    }
}
