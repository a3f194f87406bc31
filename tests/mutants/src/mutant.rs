//! One fault: where it is and what it does.

use std::path::PathBuf;

#[derive(Clone)]
pub struct Mutant {
    /// What the environment's `MUTANT` is compared with.
    pub number: u32,
    pub file: PathBuf,
    pub line: usize,
    /// The function that holds it.
    pub function: String,
    pub change: String,
}

impl std::fmt::Display for Mutant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}:{}: {} in {}", self.number, self.file.display(), self.line, self.change, self.function)
    }
}
