//! A study whose file was overwritten at any places: it is read or refused, without a panic.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|edits: Vec<(u32, Vec<u8>)>| {
    let mut bytes = hyperopt_fuzz::study().to_vec();
    for (at, with) in edits.iter().take(8) {
        let at = *at as usize % bytes.len();
        let end = (at + with.len()).min(bytes.len());
        bytes[at..end].copy_from_slice(&with[..end - at]);
    }
    let directory = hyperopt_fuzz::directory();
    fs::write(directory.path().join("study.db"), bytes).unwrap();
    hyperopt_fuzz::look(directory.path());
});
