//! Any bytes as a journal of Optuna: it is read or refused, and what is read is written and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyperopt_fuzz::targets::journal::run(bytes));
