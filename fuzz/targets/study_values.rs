//! A study some of whose values are others: it is read or refused, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyperopt_fuzz::targets::study_values::run(bytes));
