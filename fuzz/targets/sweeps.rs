//! Any space under any sampler or scheduler with any outcomes: no panic, and a history that holds what was proposed and told.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyperopt_fuzz::targets::sweeps::run(bytes));
