//! Which study a directory of states belongs to.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use itertools::Itertools;

use crate::space::Space;
use crate::staged;
use crate::study::{Database, Place};

/// Begins the line of the studies with which an earlier version shared the directory, by the names of their files.
const SHARED: &str = "shared with ";

/// The file that names the study.
const FILE: &str = "hyperopt-study";

/// The first line of the file, with the version of its format.
const FORMAT: &str = "hyperopt states 1";

/// The sweep that wants to keep its states in a directory.
#[derive(Debug)]
pub(crate) struct Owner<'a> {
    /// `None` for a sweep without a study.
    pub(crate) study: Option<&'a str>,
    pub(crate) place: Option<Place>,
    pub(crate) seed: u64,
    pub(crate) space: &'a Space,
    /// Whether the study has no trial yet.
    pub(crate) is_new: bool,
}

impl Owner<'_> {
    /// Returns the name of the study.
    pub(super) fn name(&self) -> &str {
        self.study.unwrap_or("sweep")
    }

    /// What the file says of the study, apart from the database: the same for every process, wherever the database is moved.
    fn identity(&self) -> String {
        let axes = self.space.axes().iter().map(|axis| format!("{:?}", axis.name())).join(" ");
        let mut lines = format!("{FORMAT}\nstudy {:?}\nseed {}\nhyperparameters {axes}\n", self.name(), self.seed);
        if let Some(place) = &self.place {
            writeln!(lines, "id {}", place.id).ok();
        }
        lines
    }

    /// Returns the contents of the file.
    fn lines(&self) -> String {
        let database = self.place.as_ref().map(|place| format!("{}\n", place.database));
        self.identity() + database.as_deref().unwrap_or_default()
    }
}

/// Makes `directory` that of the states of `owner`, whose files begin with `prefix`.
///
/// A directory that cannot be written stays as it is: each state that cannot be kept is noted.
///
/// # Errors
///
/// Returns the reason if it is that of another study, or has no name.
pub(super) fn claim(directory: &Path, prefix: &str, owner: &Owner<'_>) -> Result<(), String> {
    if directory.as_os_str().is_empty() {
        return Err("`checkpoint` is empty; write the directory of the states: `\"states\"`, or `\".\"` for the \
                    working directory"
            .to_owned());
    }
    let file = directory.join(FILE);
    let refused = |of: &str| {
        let directory = directory.display();
        Err(format!(
            "`checkpoint`: the directory `{directory}` keeps the states of {of}; name another directory, or remove this one \
             if its states are not needed"
        ))
    };
    match fs::read_to_string(&file) {
        Ok(found) if is_of(&found, owner) => {
            let lines = owner.lines();
            if !found.starts_with(&lines) {
                // The database has been moved.
                publish(&file, &(lines + &shared(&found)), true).ok();
            }
            return Ok(());
        }
        Ok(found) if shared(&found).split_whitespace().any(|name| name == prefix) => return Ok(()),
        Ok(found) => return refused(&described(&found)),
        // No file can be created in its place, and none is written where it leads.
        Err(_) if fs::symlink_metadata(&file).is_ok_and(|found| found.is_symlink()) => {
            let file = file.display();
            return Err(format!("`checkpoint`: `{file}` is a symbolic link that leads to no file; remove it"));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(format!("`checkpoint`: the file `{}` cannot be read: {error}", file.display())),
    }
    if owner.study.is_none() {
        // The states of a sweep without a study are those of its process.
        return Ok(());
    }
    let mut names = names(directory);
    if names.remove(prefix) && owner.is_new {
        return refused(&format!("another study, whose files begin with `{prefix}-` too: this one has no trial yet"));
    }
    let shared = if names.is_empty() { String::new() } else { format!("{SHARED}{}\n", names.iter().join(" ")) };
    if publish(&file, &(owner.lines() + &shared), false)
        .is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists)
    {
        // Another process was faster.
        return claim(directory, prefix, owner);
    }
    Ok(())
}

/// Whether the file with the contents `found` names the study of `owner`. The file of a database may have been moved, but a
/// copy beside the original is another one.
fn is_of(found: &str, owner: &Owner<'_>) -> bool {
    let Some(database) = found.strip_prefix(&owner.identity()) else { return false };
    let Some(place) = &owner.place else { return owner.study.is_some() };
    let database = database.lines().next().unwrap_or_default();
    let is_gone = || path(database).is_some_and(|path| !path.exists());
    database == place.database.to_string() || matches!(place.database, Database::File(_)) && is_gone()
}

/// Returns the line of the studies that share the directory, if there is one.
fn shared(found: &str) -> String {
    let line = found.lines().find(|line| line.starts_with(SHARED));
    line.map(|line| format!("{line}\n")).unwrap_or_default()
}

/// Returns the path in the line of a database.
fn path(line: &str) -> Option<PathBuf> {
    let quoted = line.strip_prefix("file \"")?.strip_suffix('"')?;
    // A path that had to be escaped is not looked for.
    (!quoted.contains('\\')).then(|| quoted.into())
}

/// Describes the study that the contents of the file name.
fn described(found: &str) -> String {
    let value = |key: &str| found.lines().find_map(|line| line.strip_prefix(key)).map(|value| value.trim_matches('"'));
    let (Some(study), Some(seed)) = (value("study "), value("seed ")) else { return "something else".into() };
    let database = value("file ").map(|path| format!(" in `{path}`"));
    let database = database.or_else(|| value("server ").map(|name| format!(" on the server `{name}`")));
    format!("another study, `{study}`{}, begun with `seed = {seed}`", database.unwrap_or_default())
}

/// Returns the names before the numbers of the files in the directory: `wine` of `wine-0`, `wine-1` and so on.
fn names(directory: &Path) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(directory) else { return BTreeSet::new() };
    let files = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    files
        .filter_map(|file| file.rsplit_once('-').filter(|(_, number)| is_number(number)).map(|(name, _)| name.into()))
        .collect()
}

/// Writes `file`, complete under its name from the start; it may replace an earlier one only if told so.
fn publish(file: &Path, contents: &str, may_replace: bool) -> io::Result<()> {
    if let Some(directory) = file.parent() {
        fs::create_dir_all(directory)?;
    }
    let unfinished = staged::beside(file, contents.as_bytes())?;
    let linked = if may_replace { fs::rename(&unfinished, file) } else { fs::hard_link(&unfinished, file) };
    let published = match linked {
        // Not every file system has hard links.
        Err(error) if !may_replace && error.kind() != io::ErrorKind::AlreadyExists && !file.exists() => {
            fs::rename(&unfinished, file)
        }
        published => published,
    };
    fs::remove_file(&unfinished).ok();
    published
}
