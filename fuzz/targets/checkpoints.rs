//! A directory of states with any content: the rungs go on with it, or the sweep says why not.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|files: Vec<(u8, Vec<u8>)>| {
    let directory = hyperopt_fuzz::directory();
    let states = directory.path().join("states");
    // What a sweep leaves, and then what the input makes of it.
    _ = hyperopt_fuzz::resumed(directory.path());
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
    if let Some(sweep) = hyperopt_fuzz::resumed(directory.path()) {
        hyperopt_fuzz::inspect(&sweep);
    }
});
