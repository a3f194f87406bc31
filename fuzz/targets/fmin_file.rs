//! Any bytes as the file that `fmin` keeps: the search goes on with it, or it is refused and left as it is.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hyperopt_fuzz::targets::fmin_file::run(bytes));
