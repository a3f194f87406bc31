//! Any bytes as a journal of Optuna: it is read or refused, and what is read is written and read again.
#![no_main]

use hyperopt::read_journal;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["axes", "goals", "pruned", "laws", "a"] {
        match read_journal(bytes, name) {
            Ok(sweep) => hyperopt_fuzz::inspect(&sweep),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});
