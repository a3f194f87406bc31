//! A study whose file was overwritten at any places: it is read or refused, without a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyperopt_fuzz::targets::study_bytes::run(bytes));
