//! A server that is stopped, or crashes, and comes back.

use std::env;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::run::{Result, Run, Scratch, Shape, all_work, server};

/// A server of its own, which is stopped when the test ends.
struct Server<'a> {
    scratch: &'a Scratch,
}

impl Server<'_> {
    fn call(&self, what: &str) -> Result<String> {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/hyperopt-store/tests/postgres/server");
        let output = Command::new(program).arg(what).arg(self.scratch.file("server")).output()?;
        if !output.status.success() {
            return Err(format!("{what}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        // It may be stopped.
        let _ = self.call("crash");
    }
}

#[test]
fn a_server_that_comes_back_is_waited_for() -> Result<()> {
    if server().is_none() {
        return Ok(());
    }
    let scratch = Scratch::new("server")?;
    let server = Server { scratch: &scratch };
    let url = server.call("start")?;
    for (name, shape, faults) in [
        ("counted", Shape::Counted, &[][..]),
        ("counted-stopped", Shape::Counted, &["stop", "crash"]),
        ("hyperband", Shape::Hyperband, &[]),
        ("hyperband-stopped", Shape::Hyperband, &["crash"]),
    ] {
        let mut run = Run::new(&url, name);
        (run.shape, run.trials, run.pause) = (shape, 100, 6_000);
        let kept = Scratch::new(&format!("server-{name}"))?;
        run.survives(&kept, |workers| {
            all_work(workers)?;
            for (index, fault) in faults.iter().enumerate() {
                run.reaches(15 + 25 * index)?;
                server.call(fault)?;
                thread::sleep(Duration::from_millis(300));
                server.call("start")?;
            }
            Ok(())
        })?;
    }
    // One that is gone for longer than it is waited for.
    let mut run = Run::new(&url, "gone");
    (run.trials, run.pause, run.patience) = (2_000, 6_000, Duration::from_millis(300));
    let worker = run.start(&scratch, &[])?;
    run.reaches(5)?;
    server.call("stop")?;
    let said = worker.fails()?;
    assert!(said.contains("is the server running") && said.contains("hyperopt:…@127.0.0.1"), "{said}");
    assert!(!said.contains("secret-of-tests"), "{said}");
    Ok(())
}
