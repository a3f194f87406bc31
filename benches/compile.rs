//! The compile time of a sweep: the number of crates of the default facade, the CPU seconds that ours add to a cold build,
//! and the CPU seconds that a copy of the macro adds to `cargo check`, compared with a loop written by hand.
//!
//! Where there is no `/proc/self/stat`, the times are wall-clock times of one job.
//!
//! `cargo bench --bench compile`

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Copies of the sweep, or of the loop by hand, in the crate that is checked.
const COPIES: usize = 50;
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let work = root.join("target/compile-bench");
    let target = work.join("target");

    let tree =
        cargo(root, &target, &["tree", "-p", "hypersweep", "-e", "normal,build", "--prefix", "none", "-f", "{p}"])?.1;
    let crates: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    println!("crates of the default facade, itself included: {} (at most 42)", crates.len());

    let ours = ["-p", "hypersweep", "-p", "hypersweep-core", "-p", "hypersweep-macros"];
    cargo(root, &target, &["build", "-j1", "-p", "hypersweep"])?;
    let mut cold = Vec::new();
    for _ in 0..ROUNDS {
        cargo(root, &target, &[&["clean"][..], &ours].concat())?;
        cold.push(cargo(root, &target, &["build", "-j1", "-p", "hypersweep"])?.0);
    }
    println!("our own crates in a cold build: {:.2} s (under 6)", median(&mut cold).as_secs_f64());

    let (sweeps, loops) = (project(root, &work, "sweeps", &sweeps())?, project(root, &work, "loops", &loops())?);
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..=ROUNDS {
        with.push(check(&sweeps, &target)?);
        without.push(check(&loops, &target)?);
    }
    // The first round builds the dependencies.
    let (with, without) = (median(&mut with[1..]), median(&mut without[1..]));
    let copy = with.saturating_sub(without).as_secs_f64() / COPIES as f64;
    println!(
        "cargo check of {COPIES} sweeps over 10 hyperparameters: {:.2} s, by hand {:.2} s",
        with.as_secs_f64(),
        without.as_secs_f64()
    );
    println!("more per copy: {copy:.3} s (under 0.2)");
    Ok(())
}

/// Runs cargo to its end; returns the CPU time and the output.
fn cargo(directory: &Path, target: &Path, arguments: &[&str]) -> Result<(Duration, String), Box<dyn Error>> {
    let (started, spent) = (Instant::now(), children());
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(directory).env("CARGO_TARGET_DIR", target);
    // Cargo never compiles a dependency incrementally, and a dependency is what a program has of these crates.
    let output = command.env("CARGO_INCREMENTAL", "0").output()?;
    if !output.status.success() {
        return Err(format!("cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let time = children().zip(spent).map_or_else(|| started.elapsed(), |(now, before)| now.saturating_sub(before));
    Ok((time, String::from_utf8(output.stdout)?))
}

/// Returns the CPU time of all child processes that have ended, theirs included.
fn children() -> Option<Duration> {
    /// Linux counts these in hundredths of a second, whatever the kernel's own clock.
    const TICK: Duration = Duration::from_millis(10);
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in parentheses; `cutime` and `cstime` are the 16th and the 17th.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(13);
    let ticks: u32 = fields.next()?.parse::<u32>().ok()? + fields.next()?.parse::<u32>().ok()?;
    Some(TICK * ticks)
}

fn check(project: &Path, target: &Path) -> Result<Duration, Box<dyn Error>> {
    let source = project.join("src/lib.rs");
    fs::write(&source, fs::read_to_string(&source)?)?;
    Ok(cargo(project, target, &["check", "-j1"])?.0)
}

fn project(root: &Path, work: &Path, name: &str, source: &str) -> Result<PathBuf, Box<dyn Error>> {
    let project = work.join(name);
    fs::create_dir_all(project.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n[dependencies]\nhypersweep = {{ path = '{}' }}\n[workspace]\n",
        root.display()
    );
    fs::write(project.join("Cargo.toml"), manifest)?;
    fs::copy(root.join("Cargo.lock"), project.join("Cargo.lock"))?;
    fs::write(project.join("src/lib.rs"), source)?;
    Ok(project)
}

const BODY: &str = "a + c + d + e + f64::from(f) + f64::from(g) + f64::from(b) + h.len() as f64 + j.unwrap_or(0.0) + k";

fn sweeps() -> String {
    (0..COPIES).fold(String::from("use hyperopt::prelude::*;\n"), |mut source, copy| {
        let _ = writeln!(
            source,
            "pub fn sweep{copy}() -> f64 {{
                let ho = hyperopt!(
                    seed = 7,
                    a = linrange(1.0, 5.0, 1000),
                    b = [true, false],
                    c = exp_linrange(-1.0, 3.0, 1000),
                    d = 0.0..=1.0,
                    e = log(1e-5..=1e-1),
                    f = 1..=64,
                    g = ordinal([16, 32, 64]),
                    h = [\"adam\", \"sgd\", \"rmsprop\"],
                    j = if b {{ 0.0..=1.0 }},
                    k = vec![0.5, 0.25],
                    for _i in 0..50 {{ {BODY} }}
                );
                ho.minimum().unwrap_or(0.0)
            }}"
        );
        source
    })
}

fn loops() -> String {
    (0..COPIES).fold(String::new(), |mut source, copy| {
        let _ = writeln!(
            source,
            "pub fn sweep{copy}() -> f64 {{
                let mut best = f64::INFINITY;
                for i in 0..50 {{
                    let u = f64::from(i) / 50.0;
                    let a = 1.0 + 4.0 * u;
                    let b = [true, false][i as usize % 2];
                    let c = 10_f64.powf(4.0 * u - 1.0);
                    let d = u;
                    let e = (1e-5_f64.ln() * u).exp();
                    let f = 1 + i;
                    let g = [16, 32, 64][i as usize % 3];
                    let h = [\"adam\", \"sgd\", \"rmsprop\"][i as usize % 3];
                    let j = if b {{ Some(u) }} else {{ None }};
                    let k = [0.5, 0.25][i as usize % 2];
                    let value = {{ {BODY} }};
                    if value < best {{ best = value; }}
                }}
                best
            }}"
        );
        source
    })
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
