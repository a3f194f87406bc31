//! Runs the tests for each mutant.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::arguments::Arguments;
use crate::compile::Compiled;

/// How a mutant ended.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Killed,
    TimedOut,
    Survived,
}

/// Runs the tests for each mutant that is asked for and prints those that survive.
pub fn run(arguments: &Arguments, compiled: &Compiled) -> Result<(), String> {
    let libraries = libraries()?;
    let test = |mutant, filter: &str, limit| test(arguments, &compiled.tests, &libraries, mutant, filter, limit);
    let mut usual: BTreeMap<String, Duration> = BTreeMap::new();
    let (mut tried, mut killed, mut timed_out) = (0, 0, 0);
    for mutant in &compiled.mutants {
        tried += 1;
        let filters = match &arguments.filter {
            Some(filter) => vec![filter.clone()],
            None if arguments.test.is_some() => vec![String::new()],
            None => filters(&mutant.file),
        };
        let mut end = End::Survived;
        for filter in filters {
            let limit = match usual.get(&filter) {
                Some(&usual) => usual,
                None => {
                    let start = Instant::now();
                    if test(None, &filter, Duration::from_secs(1200))? != End::Survived {
                        return Err(format!("the tests of `{filter}` fail without a mutant"));
                    }
                    eprintln!("tests of `{filter}`: {:.1} s", start.elapsed().as_secs_f64());
                    usual.insert(filter.clone(), start.elapsed());
                    start.elapsed()
                }
            };
            end = test(Some(mutant.number), &filter, limit * 5 + Duration::from_secs(10))?;
            if end != End::Survived {
                break;
            }
        }
        match end {
            End::Killed => killed += 1,
            End::TimedOut => timed_out += 1,
            End::Survived => println!("survived: {mutant}"),
        }
        eprintln!("{tried}: {killed} killed, {timed_out} timed out; {mutant}");
    }
    let survived = tried - killed - timed_out;
    println!("{tried} of {} mutants: {killed} killed, {timed_out} timed out, {survived} survived", compiled.all);
    Ok(())
}

/// Returns the tests of a file: those of its folder in the second place below `src` or of the file itself, then those of the first.
fn filters(file: &Path) -> Vec<String> {
    let parts: Vec<_> = file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let below = parts.iter().position(|part| part == "src").map_or(0, |at| at + 1);
    let parts: Vec<_> = parts[below..].iter().filter(|part| *part != "mod").map(String::as_str).collect();
    let path = |depth: usize| format!("{}::", parts[..depth].join("::"));
    (1..=parts.len().min(2)).rev().map(path).collect()
}

/// Returns the folder of the compiler's libraries, which the tests of a procedural macro are linked to.
fn libraries() -> Result<PathBuf, String> {
    let output =
        Command::new("rustc").args(["--print", "target-libdir"]).output().map_err(|error| format!("rustc: {error}"))?;
    Ok(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

/// Runs the tests within bounds of time, memory and disk.
fn test(
    arguments: &Arguments,
    tests: &Path,
    libraries: &Path,
    mutant: Option<u32>,
    filter: &str,
    limit: Duration,
) -> Result<End, String> {
    // Seconds of the processor too, since the machine may be busy with other things.
    let bounded =
        "ulimit -v 6000000; ulimit -f 1000000; ulimit -c 0; ulimit -t $1; shift; exec timeout --kill-after=5 \"$@\"";
    let mut command = Command::new("bash");
    command
        .args(["-c", bounded, "bash"])
        .arg(limit.as_secs().to_string())
        .arg((limit.as_secs() * 4).to_string())
        .arg(tests)
        .arg("--quiet");
    command.args(filter.split(',').filter(|filter| !filter.is_empty()));
    let package =
        if arguments.package == "hypersweep" { String::new() } else { arguments.package.replacen("sweep", "opt", 1) };
    command.env("CARGO_MANIFEST_DIR", arguments.tree.join(&package)).current_dir(arguments.tree.join(&package));
    command.env("LD_LIBRARY_PATH", libraries);
    if let Some(mutant) = mutant {
        command.env("MUTANT", mutant.to_string());
    }
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.map_err(|error| format!("{}: {error}", tests.display()))?;
    Ok(match status.code() {
        Some(0) => End::Survived,
        Some(124 | 137) => End::TimedOut,
        // The processor's time.
        None if status.signal() == Some(24) => End::TimedOut,
        _ => End::Killed,
    })
}
