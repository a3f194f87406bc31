//! A server that is stopped, or crashes, and comes back.

use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::run::{Result, Run, Scratch, Shape, all_work, server};

/// A server of its own, which is stopped when the test ends.
pub(crate) struct Server<'a> {
    scratch: &'a Scratch,
    /// Variables of the server's processes.
    pub(crate) variables: String,
}

fn run(arguments: &[&str], variables: &str) -> Result<String> {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/hyperopt-store/tests/postgres/server");
    let output = Command::new(program).args(arguments).env("HYPEROPT_TEST_SERVER_ENV", variables).output()?;
    if !output.status.success() {
        return Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Runs `statements`, each in a transaction of its own, with `psql`.
pub(crate) fn sql(url: &str, statements: &[&str]) -> Result<String> {
    run(&[&["sql", url], statements].concat(), "")
}

/// Returns the address of the database `name` on the server of `url`.
pub(crate) fn of_database(url: &str, name: &str) -> String {
    let (server, _) = url.rsplit_once('/').unwrap_or((url, ""));
    format!("{server}/{name}")
}

impl<'a> Server<'a> {
    /// One that is not started yet.
    pub(crate) fn new(scratch: &'a Scratch) -> Self {
        Self { scratch, variables: String::new() }
    }

    pub(crate) fn call(&self, what: &str) -> Result<String> {
        let folder = self.scratch.file("server");
        run(&[what, folder.to_str().ok_or("no name")?], &self.variables)
    }

    /// Sets `settings`, which hold from the next start on.
    pub(crate) fn set(&self, url: &str, settings: &[&str]) -> Result<()> {
        let statements: Vec<_> = settings.iter().map(|setting| format!("ALTER SYSTEM SET {setting}")).collect();
        sql(url, &statements.iter().map(String::as_str).collect::<Vec<_>>())?;
        self.call("stop")?;
        self.call("start")?;
        Ok(())
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
    let server = Server::new(&scratch);
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
    // One that takes no writes for a while, as during a failover, or where a host makes it so because its disk is full.
    let mut run = Run::new(&url, "read-only");
    (run.trials, run.pause) = (100, 6_000);
    run.survives(&Scratch::new("server-read-only")?, |_| {
        run.reaches(15)?;
        let set = "ALTER SYSTEM SET default_transaction_read_only = ";
        for state in ["on", "off"] {
            sql(&url, &[&format!("{set}{state}"), "SELECT pg_reload_conf()"])?;
            thread::sleep(Duration::from_millis(400));
        }
        Ok(())
    })?;
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
