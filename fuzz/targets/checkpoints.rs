//! A directory of states with any content: the rungs go on with it, or the sweep says why not.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyperopt_fuzz::targets::checkpoints::run(bytes));
