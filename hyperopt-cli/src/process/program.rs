//! Finds the file that a command runs, before the first trial.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

/// Checks that `program` exists: a path relative to `directory`, or a name on `search`, a list as in `PATH`.
pub(crate) fn find(program: &OsStr, directory: &Path, search: Option<&OsStr>) -> Result<(), String> {
    let shown = program.display();
    if program.is_empty() {
        return Err("the program after `--` is empty; write its name".into());
    }
    if program.as_encoded_bytes().contains(&b'/') {
        let path = directory.join(program);
        return match fs::metadata(&path) {
            Err(error) => Err(format!("cannot run `{shown}`: {error}")),
            Ok(metadata) if metadata.is_dir() => Err(format!("cannot run `{shown}`: it is a directory")),
            Ok(_) if !is_executable(&path) => Err(format!(
                "cannot run `{shown}`: it is not executable; write the program that runs it: `python3 {shown}`"
            )),
            Ok(_) => Ok(()),
        };
    }
    let mut directories = env::split_paths(search.unwrap_or(OsStr::new("/bin:/usr/bin")));
    if directories.any(|directory| is_executable(&directory.join(program))) {
        return Ok(());
    }
    let hint = if directory.join(program).is_file() {
        format!("; for the file here write `./{shown}`")
    } else {
        String::new()
    };
    Err(format!("there is no program `{shown}` on the search path{hint}"))
}

/// Checks that programs can be started in `directory`.
pub(crate) fn enter(directory: &Path) -> Result<(), String> {
    match fs::metadata(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err("there is no such directory; create it, or write `{output}` for the directory of each trial".into())
        }
        Err(error) => Err(error.to_string()),
        Ok(metadata) if !metadata.is_dir() => Err("it is not a directory; name one".into()),
        Ok(_) => access(directory, Access::EXEC_OK)
            .map_err(|error| format!("programs cannot be started in it: {}", io::Error::from(error))),
    }
}

fn is_executable(path: &PathBuf) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_working_directory_is_one_that_can_be_entered() {
        let directory = tempfile::tempdir().unwrap();
        let here = directory.path();
        fs::write(here.join("file"), "").unwrap();
        assert_eq!(enter(here), Ok(()));
        assert!(enter(&here.join("nodir")).unwrap_err().contains("there is no such directory"));
        assert!(enter(&here.join("file")).unwrap_err().contains("is not a directory"));
        assert!(enter(&here.join("file/nodir")).is_err());
    }

    #[test]
    fn programs_are_found_before_the_first_trial() {
        let directory = tempfile::tempdir().unwrap();
        let here = directory.path();
        fs::write(here.join("train.py"), "").unwrap();
        let path = Some(OsStr::new("/usr/bin:/bin"));
        let fault = |program: &str| find(OsStr::new(program), here, path).unwrap_err();
        assert!(find(OsStr::new("sh"), here, path).is_ok());
        assert!(find(OsStr::new("/bin/sh"), here, None).is_ok());
        assert!(fault("train.py").contains("`./train.py`"));
        assert!(fault("./train.py").contains("`python3 ./train.py`"));
        assert!(fault("./missing").contains("No such file"));
        assert!(fault("./").contains("is a directory"));
        assert!(fault("no-such-program").contains("on the search path"));
        assert!(fault("").contains("is empty"));
    }
}
