//! Files that are complete before they get their names.

use std::collections::hash_map::RandomState;
use std::fs::{self, File};
use std::hash::BuildHasher;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

/// Writes `contents` to a new file beside `path`, under a name that no one can foresee, and returns its path. Nothing is
/// written through a link.
///
/// # Errors
///
/// Returns the errors of the file system; the new file is then removed.
pub(crate) fn beside(path: &Path, contents: &[u8]) -> io::Result<PathBuf> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    // Machines that share the directory may have processes of one number: containers often do.
    name.push(format!(".{:016x}.part", RandomState::new().hash_one(process::id())));
    let staged = path.with_file_name(name);
    let written = File::create_new(&staged).and_then(|mut file| {
        file.write_all(contents)?;
        if let Ok(earlier) = fs::metadata(path) {
            file.set_permissions(earlier.permissions())?;
        }
        file.sync_data()
    });
    match written {
        Ok(()) => Ok(staged),
        Err(error) => {
            // A file that was there before is not ours.
            if error.kind() != io::ErrorKind::AlreadyExists {
                fs::remove_file(&staged).ok();
            }
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_writers_of_one_file_do_not_meet() {
        let path = std::env::temp_dir().join(format!("hyperopt-staged-{}", process::id()));
        let staged = [b"first", b"other"].map(|contents| beside(&path, contents).unwrap());
        assert_ne!(staged[0], staged[1]);
        assert!(!path.exists());
        assert_eq!(
            staged.map(|file| (fs::read(&file).unwrap(), fs::remove_file(file).is_ok())),
            [(b"first".to_vec(), true), (b"other".to_vec(), true)]
        );
    }
}
