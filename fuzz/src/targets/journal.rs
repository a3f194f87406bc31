//! Any bytes as a journal of Optuna: it is read or refused, and what is read is written and read again.

use super::super::inspect;
use hyperopt::read_journal;

/// Runs the input `bytes`.
pub fn run(bytes: &[u8]) {
    for name in ["axes", "goals", "pruned", "laws", "a"] {
        match read_journal(bytes, name) {
            Ok(sweep) => inspect(&sweep),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}
