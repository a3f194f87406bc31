//! Files that are replaced as a whole, and never written through a link, but for devices and pipes.

use std::collections::hash_map::RandomState;
use std::fs::{self, OpenOptions};
use std::hash::BuildHasher;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Replaces the file `path` atomically: a reader sees the old file or the new one. A device or a pipe is written to.
pub(crate) fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if is_stream(path) {
        let mut writer = io::BufWriter::new(OpenOptions::new().write(true).open(path)?);
        write(&mut writer)?;
        return writer.flush();
    }
    written(path, 0o666, write, |part| fs::rename(part, path))
}

/// Replaces the file `path` atomically; only its owner may read it.
pub(crate) fn private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    written(path, 0o600, |file| file.write_all(bytes), |part| fs::rename(part, path))
}

/// Creates the file `path` as a whole; only its owner may read it. Of several processes one creates it, and the others get
/// [`AlreadyExists`](io::ErrorKind::AlreadyExists).
pub(crate) fn private_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let place = |part: &Path| {
        match fs::hard_link(part, path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                // A file system without links.
                OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(bytes)?;
            }
            linked => linked?,
        }
        remove(part)
    };
    written(path, 0o600, |file| file.write_all(bytes), place)
}

fn written(
    path: &Path,
    mode: u32,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    place: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    // Machines that share the directory may have processes of one number: containers often do.
    let token = RandomState::new().hash_one(std::process::id());
    name.push(format!(".{token:016x}.part"));
    let part = path.with_file_name(name);
    let result = (|| {
        remove(&part)?;
        let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&part)?;
        let mut writer = io::BufWriter::new(file);
        write(&mut writer)?;
        writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()?;
        place(&part)
    })();
    if result.is_err() {
        let _ = fs::remove_file(&part);
    }
    result
}

/// Returns whether `path` is a device, a pipe or a socket. A link to one is replaced as any link is, but for those in `/dev`,
/// which lead to where a shell has redirected a stream.
fn is_stream(path: &Path) -> bool {
    let is_redirected = path.parent().is_some_and(|parent| [Path::new("/dev"), Path::new("/dev/fd")].contains(&parent));
    is_redirected
        || fs::symlink_metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir() && !found.is_symlink())
}

/// Removes a file or a link if it exists.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;
    use std::thread;

    use super::*;

    #[test]
    fn a_file_is_the_old_or_the_new_one() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("trials.csv");
        replace(&path, |file| file.write_all(b"old")).unwrap();
        let broken = replace(&path, |file| file.write_all(b"n").and(Err(io::Error::other("disk"))));
        assert!(broken.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_pipe_is_written_to() {
        let directory = tempfile::tempdir().unwrap();
        let pipe = directory.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        replace(&pipe, |file| file.write_all(b"trial,loss\n")).unwrap();
        assert_eq!(reader.join().unwrap(), "trial,loss\n");
        assert!(!fs::metadata(&pipe).unwrap().is_file());
        assert!(is_stream(Path::new("/dev/stdout")));
        assert!(!is_stream(Path::new("/dev/shm/trials.csv")));
        // A link that somebody has put there is not followed.
        let link = directory.path().join("link");
        symlink(&pipe, &link).unwrap();
        assert!(!is_stream(&link));
    }

    #[test]
    fn a_link_is_replaced_and_not_followed() {
        let directory = tempfile::tempdir().unwrap();
        let (target, link) = (directory.path().join("target"), directory.path().join("run.json"));
        fs::write(&target, "precious").unwrap();
        symlink(&target, &link).unwrap();
        private(&link, b"{}").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"precious");
        assert_eq!(fs::metadata(&link).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
