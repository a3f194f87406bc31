//! Any text as a configuration: it is read or refused, and what is read can be run.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyperopt_fuzz::targets::yaml::run(bytes));
