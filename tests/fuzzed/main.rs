//! What the fuzzer does with an input, done with those that are kept and with changes of them. `fuzz/run` looks for new ones.

#[allow(dead_code)]
#[path = "../../hyperopt-macros/src/tests/draw.rs"]
mod draw;
// A library of its own elsewhere.
#[allow(unreachable_pub)]
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use std::path::Path;
use std::{env, fs, panic};

use draw::Draw;
use fuzz::targets;

/// Bytes that readers stumble over.
const ODD: [&[u8]; 12] = [
    b"\0",
    b"\xff",
    b"\n",
    b"\"",
    b"{",
    b"]",
    b"-1",
    b"NaN",
    b"1e999",
    b"null",
    b"\xc3",
    b"\xff\xff\xff\xff\xff\xff\xff\x7f",
];

/// Returns the inputs that are kept for a target, the same ones in the same order on any machine.
fn kept(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

fn changed(draw: &mut Draw, input: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=draw.below(4) {
        let range = draw.range(bytes.len());
        let lent = other[draw.range(other.len())].to_vec();
        match draw.below(6) {
            0 => drop(bytes.drain(range)),
            1 => drop(bytes.splice(range, lent)),
            2 => drop(bytes.splice(range.start..range.start, lent)),
            3 => drop(bytes.splice(range, ODD[draw.below(ODD.len())].iter().copied())),
            4 => bytes.extend(lent),
            _ => bytes.iter_mut().skip(range.start).take(1).for_each(|byte| *byte ^= 1 << draw.below(8)),
        }
    }
    bytes
}

/// Runs what is kept for `target`, and `count` changes of it; FUZZED times as many, if that is set. Where any bytes mean
/// something, half of them are drawn.
fn dose(target: &str, is_structured: bool, count: usize, run: fn(&[u8])) {
    let inputs = kept(target);
    assert!(!inputs.is_empty());
    let times = env::var("FUZZED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let changes = (0..count * times).map(|number| {
        let mut draw = Draw::new(number as u64);
        if is_structured && draw.one_in(2) {
            return (0..draw.below(2048)).map(|_| draw.below(256) as u8).collect();
        }
        let [input, other] = [0, 1].map(|_| &inputs[draw.below(inputs.len())]);
        changed(&mut draw, input, other)
    });
    for input in inputs.iter().cloned().chain(changes) {
        if panic::catch_unwind(|| run(&input)).is_err() {
            let file = env::temp_dir().join(format!("hyperopt-fuzzed-{target}"));
            fs::write(&file, &input).unwrap();
            panic!("`fuzz/run 0 {target} {}` panics", file.display());
        }
    }
}

#[test]
fn checkpoints() {
    dose("checkpoints", false, 40, targets::checkpoints::run);
}

#[test]
fn fmin_file() {
    dose("fmin_file", false, 1500, targets::fmin_file::run);
}

#[test]
fn journal() {
    dose("journal", false, 1000, targets::journal::run);
}

#[test]
fn study_bytes() {
    dose("study_bytes", true, 150, targets::study_bytes::run);
}

#[test]
fn study_values() {
    dose("study_values", true, 300, targets::study_values::run);
}

#[test]
fn sweeps() {
    dose("sweeps", true, 1000, targets::sweeps::run);
}

#[test]
fn yaml() {
    dose("yaml", false, 3000, targets::yaml::run);
}
