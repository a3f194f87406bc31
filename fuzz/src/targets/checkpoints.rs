//! A directory of states with any content: the rungs go on with it, or the sweep says why not.

use super::super::{directory, inspect, resumed};
use arbitrary::{Arbitrary, Unstructured};
use std::fs;

/// Runs the input `bytes`.
pub fn run(bytes: &[u8]) {
    let Ok(files) = Vec::<(u8, Vec<u8>)>::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let directory = directory();
    let states = directory.path().join("states");
    // What a sweep leaves, and then what the input makes of it.
    _ = resumed(directory.path());
    _ = fs::create_dir_all(&states);
    let names: Vec<_> =
        fs::read_dir(&states).map(|found| found.flatten().map(|e| e.path()).collect()).unwrap_or_default();
    for (which, bytes) in files.iter().take(4) {
        let path = match names.get(usize::from(*which)) {
            Some(path) => path.clone(),
            None => states.join(format!("states-{which}")),
        };
        _ = fs::write(path, bytes);
    }
    _ = fs::remove_file(directory.path().join("study.db"));
    if let Some(sweep) = resumed(directory.path()) {
        inspect(&sweep);
    }
}
