//! What the command adds to the programs that it runs. Ignored, since it takes minutes:
//! `cargo test --release -p hyperopt-cli --test speed -- --ignored --nocapture`.

mod common;

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use common::Sandbox;

const TRIALS: usize = 10_000;
const WORKERS: usize = 2;

/// The same programs, started in the same way by as many threads, without a sweep.
fn bare() -> Duration {
    let directory = tempfile::tempdir().unwrap();
    let began = Instant::now();
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
    began.elapsed()
}

#[test]
#[ignore = "takes minutes"]
fn ten_thousand_trials_of_true_cost_little_beside_the_programs() {
    let sandbox = Sandbox::new("search_alg: {type: random, seed: 0}");
    let trials = TRIALS.to_string();
    let bare = bare();
    let began = Instant::now();
    // `true` leaves no metric, so each trial fails, with its reason.
    sandbox.sweep(&["--quiet", "-n", &trials, "-w", &WORKERS.to_string()], &["true"]).expect(1);
    let swept = began.elapsed();
    assert_eq!(sandbox.history("results/sweep").len(), TRIALS);
    // Both have two threads: this is what each trial takes of one of them.
    let each = |time: Duration| time.as_secs_f64() * 1000.0 * WORKERS as f64 / TRIALS as f64;
    let own = each(swept) - each(bare);
    println!("{TRIALS} times `true`: bare {bare:.2?}, {:.3} ms each", each(bare));
    println!(
        "as trials: {swept:.2?}, {:.3} ms each; ratio {:.2}",
        each(swept),
        swept.as_secs_f64() / bare.as_secs_f64()
    );
    println!("the command's own: {own:.3} ms a trial");
    assert!(own < 5.0, "{own} ms a trial");
}
