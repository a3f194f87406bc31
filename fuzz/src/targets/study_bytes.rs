//! A study whose file was overwritten at any places: it is read or refused, without a panic.

use super::super::{directory, look, study};
use arbitrary::{Arbitrary, Unstructured};
use std::fs;

/// Runs the input `bytes`.
pub fn run(bytes: &[u8]) {
    let Ok(edits) = Vec::<(u32, Vec<u8>)>::arbitrary_take_rest(Unstructured::new(bytes)) else { return };
    let mut bytes = study().to_vec();
    for (at, with) in edits.iter().take(8) {
        let at = *at as usize % bytes.len();
        let end = (at + with.len()).min(bytes.len());
        bytes[at..end].copy_from_slice(&with[..end - at]);
    }
    let directory = directory();
    fs::write(directory.path().join("study.db"), bytes).unwrap();
    look(directory.path());
}
