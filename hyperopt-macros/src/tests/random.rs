//! Calls that nobody has typed: whatever the tokens are, the expansion is an expression, or the errors say what is wrong.
//!
//! `CASES=2000000 cargo test -p hypersweep-macros --lib random` runs for an hour; `SEED` and `CASES=1` run one case again.

use std::panic;
use std::thread;

use super::draw::Draw;
use super::property::{changed, whole};
use crate::model::Mode;

const MODES: [Mode; 4] = [Mode::Sequential, Mode::Threaded, Mode::Parallel, Mode::Space];

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Runs `case` for each seed; with a stack like that of the compiler, which unoptimised code needs.
fn cases(count: u64, case: fn(&mut Draw, Mode)) {
    let (first, count) = (variable("SEED", 0), variable("CASES", count));
    let run = move || {
        let fails = |seed: &u64| {
            let mode = MODES[*seed as usize % MODES.len()];
            panic::catch_unwind(|| case(&mut Draw::new(*seed), mode)).is_err()
        };
        let failed: Vec<u64> = (first..first + count).filter(fails).take(10).collect();
        assert!(failed.is_empty(), "what fails is said above; run it again with CASES=1 and one SEED of {failed:?}");
    };
    let thread = thread::Builder::new().stack_size(64 << 20).spawn(run).unwrap();
    assert!(thread.join().is_ok(), "some cases fail");
}

#[test]
fn random_calls_have_no_error() {
    cases(400, whole);
}

#[test]
fn random_changes_are_errors_or_code() {
    cases(3_000, |draw, mode| drop(changed(draw, mode)));
}
