//! What the command adds to the programs that it runs. Ignored, since it takes minutes:
//! `cargo test --release -p hypersweep-cli --test speed -- --ignored --nocapture`.

mod common;

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use common::Sandbox;

const TRIALS: usize = 2000;
const WORKERS: usize = 2;
/// Both are measured so often, in turn.
const ROUNDS: usize = 5;

/// The same programs, started in the same way by as many threads, without a sweep.
fn bare() {
    let directory = tempfile::tempdir().unwrap();
    thread::scope(|scope| {
        for worker in 0..WORKERS {
            let path = directory.path();
            scope.spawn(move || {
                for trial in (worker..TRIALS).step_by(WORKERS) {
                    let log = |name: &str| Stdio::from(fs::File::create(path.join(format!("{trial}.{name}"))).unwrap());
                    let mut command = Command::new("true");
                    command.stdin(Stdio::null()).stdout(log("out")).stderr(log("err"));
                    assert!(command.status().unwrap().success());
                }
            });
        }
    });
}

/// As trials. `true` leaves no metric, so each one fails, with its reason.
fn swept() {
    let sandbox = Sandbox::new("search_alg: {type: random, seed: 0}");
    sandbox.sweep(&["--quiet", "-n", &TRIALS.to_string(), "-w", &WORKERS.to_string()], &["true"]).expect(1);
    assert_eq!(sandbox.history("results/sweep").len(), TRIALS);
}

/// Returns the seconds and the processor's seconds that `run` takes, with the programs that it waits for.
fn measured(run: fn()) -> [f64; 2] {
    let (began, used) = (Instant::now(), used());
    run();
    [began.elapsed().as_secs_f64(), self::used() - used]
}

/// Returns the processor's time of this process and those that it has waited for.
fn used() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields).split(' ');
    let ticks: f64 = fields.skip(11).take(4).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[test]
#[ignore = "takes minutes"]
fn trials_of_true_cost_little_beside_the_programs() {
    let rounds: Vec<_> = (0..ROUNDS).map(|_| (measured(bare), measured(swept))).collect();
    for (index, what) in ["by the clock", "of the processor"].into_iter().enumerate() {
        // Of one of the threads by the clock; of all together otherwise.
        let each = 1000.0 / TRIALS as f64 * if index == 0 { WORKERS as f64 } else { 1.0 };
        let bare = median(rounds.iter().map(|(bare, _)| bare[index] * each).collect());
        let swept = median(rounds.iter().map(|(_, swept)| swept[index] * each).collect());
        let own = median(rounds.iter().map(|(bare, swept)| (swept[index] - bare[index]) * each).collect());
        println!("{what}: `true` {bare:.2} ms, as a trial {swept:.2} ms, {:.2} times; own {own:.2} ms", swept / bare);
        // The clock measures whatever else the machine does, too.
        assert!(index == 0 || own < 5.0, "{own} ms a trial {what}");
    }
}
