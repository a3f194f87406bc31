//! A server that is stopped, crashes and starts again.

use std::process::Command;
use std::thread;
use std::time::Duration;

use hyperopt_core::study::Store;
use hyperopt_store::Study;

use crate::database::{all_complete, opened, wait_for};
use crate::support::opening;
use crate::worker::Worker;

#[test]
fn a_server_that_is_stopped_is_waited_for() {
    let server = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres/server");
    if std::env::var_os("HYPEROPT_TEST_POSTGRES").is_none() {
        eprintln!("left out: HYPEROPT_TEST_POSTGRES names no server");
        return;
    }
    let folder = std::env::temp_dir().join(format!("hyperopt-postgres-{}", std::process::id()));
    let run = |what: &str| {
        let output = Command::new(server).arg(what).arg(&folder).output().unwrap();
        assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let url = run("start");
    let mut worker = Worker::new(opened(&url, |study| study));
    let told = thread::scope(|scope| {
        let (runner, url) = (&run, &url);
        let working = scope.spawn(|| worker.run(300));
        for what in ["stop", "crash"] {
            let reached = if what == "stop" { 20 } else { 120 };
            wait_for(url, &format!("SELECT FROM trials WHERE number = {reached} AND state = 'COMPLETE'"));
            runner(what);
            thread::sleep(Duration::from_millis(300));
            runner("start");
        }
        working.join().unwrap()
    });
    assert_eq!(told, (0..300).collect::<Vec<_>>());
    all_complete(&url, 300);
    // Without patience, and without the password.
    let mut hasty = opened(&url, |study| study.patience(Duration::from_millis(200)));
    run("stop");
    let message = hasty.lock().unwrap_err().to_string();
    let refused = Study::open(&url).unwrap().open(&opening(1, false)).unwrap_err().to_string();
    std::fs::remove_dir_all(&folder).unwrap();
    for message in [message, refused] {
        assert!(message.contains("refused") && message.contains("hyperopt:…@127.0.0.1"), "{message}");
        assert!(!message.contains("secret-of-tests"), "{message}");
    }
}
