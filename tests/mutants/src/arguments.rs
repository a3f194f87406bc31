//! What is asked on the command line.

use std::path::PathBuf;
use std::time::Duration;

pub const USAGE: &str = "usage: hyperopt-mutants TREE PACKAGE FOLDER [--every N] [--first N] [--test NAME] [--features LIST] \
                         [--filter TEXT] [--slowest SECONDS] [--skip TEXT,…] [--program FILE] [--only NUMBER,…]";

/// What is mutated, and which tests run.
pub struct Arguments {
    /// A copy of the repository, which is changed.
    pub tree: PathBuf,
    /// The package that holds the code and its tests.
    pub package: String,
    /// The folder or file of it whose code is mutated, from the top of the tree.
    pub folder: PathBuf,
    /// Tries each nth mutant. The others are not compiled, which takes time and makes the tests slow.
    pub every: u32,
    /// The first one that is tried.
    pub first: u32,
    /// A test target; without one, the tests of the library.
    pub test: Option<String>,
    pub features: String,
    /// The tests that run; without a text, those of the mutated file's module, and then those of the module above it.
    pub filter: Option<String>,
    /// The time that a test may take to be run; without one, all run.
    pub slowest: Option<Duration>,
    /// The files that are left out: those whose path has one of the texts.
    pub skip: Vec<String>,
    /// The program of an earlier run on the same code, which is not compiled again.
    pub program: Option<PathBuf>,
    /// The numbers of those that are tried, which are printed for those that survive.
    pub only: Option<Vec<u32>>,
}

impl Arguments {
    /// Whether the mutant of this number is tried.
    pub fn asks_for(&self, number: u32) -> bool {
        let is_nth = number >= self.first && (number - self.first).is_multiple_of(self.every);
        is_nth && self.only.as_ref().is_none_or(|only| only.contains(&number))
    }

    pub fn read(mut words: impl Iterator<Item = String>) -> Option<Self> {
        let (tree, package, folder) = (words.next()?.into(), words.next()?, words.next()?.into());
        let features = String::new();
        let (test, filter, slowest, skip, program, only) = (None, None, None, Vec::new(), None, None);
        let mut read =
            Self { tree, package, folder, every: 1, first: 0, test, features, filter, slowest, skip, program, only };
        while let Some(word) = words.next() {
            let value = words.next()?;
            match word.as_str() {
                "--every" => read.every = value.parse().ok().filter(|&every| every > 0)?,
                "--first" => read.first = value.parse().ok()?,
                "--test" => read.test = Some(value),
                "--features" => read.features = value,
                "--filter" => read.filter = Some(value),
                "--slowest" => read.slowest = Some(Duration::try_from_secs_f64(value.parse().ok()?).ok()?),
                "--skip" => read.skip = value.split(',').map(str::to_owned).collect(),
                "--only" => read.only = Some(value.split(',').map(str::parse).collect::<Result<_, _>>().ok()?),
                "--program" => read.program = Some(value.into()),
                _ => return None,
            }
        }
        Some(read)
    }
}
