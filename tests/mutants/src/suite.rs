//! The tests of a program, each run by itself, so that the first that fails ends the trial of a mutant.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::arguments::Arguments;

/// How a mutant ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    Killed,
    TimedOut,
    Survived,
}

pub struct Suite<'a> {
    arguments: &'a Arguments,
    program: &'a Path,
    /// The folder of the compiler's libraries, which the tests of a procedural macro are linked to.
    libraries: PathBuf,
    names: Vec<String>,
    /// How long each takes without a mutant.
    usual: BTreeMap<String, Duration>,
}

impl<'a> Suite<'a> {
    pub fn new(arguments: &'a Arguments, program: &'a Path) -> Result<Self, String> {
        let output = Command::new("rustc").args(["--print", "target-libdir"]).output();
        let output = output.map_err(|error| format!("rustc: {error}"))?;
        let libraries = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        let mut suite = Self { arguments, program, libraries, names: Vec::new(), usual: BTreeMap::new() };
        let ignored: BTreeSet<_> = suite.listed(&["--list", "--ignored"])?.into_iter().collect();
        suite.names = suite.listed(&["--list"])?;
        suite.names.retain(|name| !ignored.contains(name));
        Ok(suite)
    }

    /// Runs the tests on a mutant of `file` until one notices it, the fastest first; returns how it ended, and which test noticed.
    pub fn run(&mut self, mutant: u32, file: &Path) -> Result<(End, String), String> {
        for filter in self.filters(file) {
            let mut tests = Vec::new();
            for name in
                self.names.clone().into_iter().filter(|name| filter.iter().any(|text| name.contains(text.as_str())))
            {
                let usual = self.usual(&name)?;
                if self.arguments.slowest.is_none_or(|slowest| usual <= slowest) {
                    tests.push((usual, name));
                }
            }
            tests.sort();
            for (usual, name) in tests {
                let limit = usual * 5 + Duration::from_secs(10);
                let end = self.test(Some(mutant), &name, limit)?;
                // On a busy machine, a test that measures time may fail of itself.
                if end == End::TimedOut
                    || (end == End::Killed && self.test(Some(mutant), &name, limit)? != End::Survived)
                {
                    return Ok((end, name));
                }
            }
        }
        Ok((End::Survived, String::new()))
    }

    /// Returns what the names of the tests contain that run one after the other: by default the path of the file's module, that of
    /// its folder at most two levels below `src`, and then that of the first level.
    fn filters(&self, file: &Path) -> Vec<Vec<String>> {
        match &self.arguments.filter {
            Some(filter) => vec![filter.split(',').map(str::to_owned).collect()],
            None if self.arguments.test.is_some() => vec![vec![String::new()]],
            None => modules(file).into_iter().map(|module| vec![module]).collect(),
        }
    }

    fn usual(&mut self, name: &str) -> Result<Duration, String> {
        if let Some(usual) = self.usual.get(name) {
            return Ok(*usual);
        }
        let start = Instant::now();
        if self.test(None, name, Duration::from_secs(1200))? != End::Survived {
            return Err(format!("the test `{name}` fails without a mutant"));
        }
        self.usual.insert(name.to_owned(), start.elapsed());
        Ok(start.elapsed())
    }

    /// Runs a test within bounds of time, memory and disk.
    fn test(&self, mutant: Option<u32>, name: &str, limit: Duration) -> Result<End, String> {
        // Seconds of the processor too, since the machine may be busy with other things.
        let bounded = "ulimit -v 6000000; ulimit -f 1000000; ulimit -c 0; ulimit -t $1; shift; exec timeout --kill-after=5 \"$@\"";
        let mut command = self.command("bash");
        command.args(["-c", bounded, "bash"]).arg(limit.as_secs().to_string()).arg((limit.as_secs() * 4).to_string());
        command.arg(self.program).args(["--quiet", "--exact", name]);
        if let Some(mutant) = mutant {
            command.env("MUTANT", mutant.to_string());
        }
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let status = status.map_err(|error| format!("{}: {error}", self.program.display()))?;
        Ok(match status.code() {
            Some(0) => End::Survived,
            Some(124 | 137) => End::TimedOut,
            // The processor's time.
            None if status.signal() == Some(24) => End::TimedOut,
            _ => End::Killed,
        })
    }

    /// Returns the names of the tests that the program lists.
    fn listed(&self, arguments: &[&str]) -> Result<Vec<String>, String> {
        let output = self.command(self.program).args(arguments).output();
        let output = output.map_err(|error| format!("{}: {error}", self.program.display()))?;
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
    }

    /// Returns a command in the folder of the package, as cargo runs its tests.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let Arguments { package, tree, .. } = self.arguments;
        let package = if package == "hypersweep" { String::new() } else { package.replacen("sweep", "opt", 1) };
        let mut command = Command::new(program);
        command.env("CARGO_MANIFEST_DIR", tree.join(&package)).current_dir(tree.join(&package));
        command.env("LD_LIBRARY_PATH", &self.libraries);
        command
    }
}

/// Returns the paths of a file's module down to the second level below `src`, the longest first.
fn modules(file: &Path) -> Vec<String> {
    let parts: Vec<_> = file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let below = parts.iter().position(|part| part == "src").map_or(0, |at| at + 1);
    let parts: Vec<_> = parts[below..].iter().filter(|part| *part != "mod").map(String::as_str).collect();
    let path = |depth: usize| format!("{}::", parts[..depth].join("::"));
    (1..=parts.len().min(2)).rev().map(path).collect()
}
