//! A server that takes no further connections.

use std::thread;
use std::time::Duration;

use crate::clocks::{ELSEWHERE, may_go_elsewhere};
use crate::locked::hold;
use crate::run::{Result, Run, Scratch, WORKERS, server};
use crate::server::Server;

#[test]
fn a_server_without_free_connections_is_waited_for() -> Result<()> {
    if server().is_none() {
        return Ok(());
    }
    let folder = Scratch::new("crowded")?;
    let server = Server::new(&folder);
    let url = server.call("start")?;
    let mut run = Run::new(&url, "roomy");
    (run.trials, run.pause) = (60, 20_000);
    run.survives(&Scratch::new("roomy")?, |_| Ok(()))?;
    // One for each of the processes, and none for their heartbeats.
    let settings = [format!("max_connections = {WORKERS}"), "superuser_reserved_connections = 0".into()];
    server.set(&url, &settings.each_ref().map(String::as_str))?;
    run.name = "crowded".into();
    let scratch = Scratch::new("crowded-run")?;
    let others = (0..WORKERS).map(|other| hold(&Run::new(&url, &format!("other-{other}"))));
    let others = others.collect::<Result<Vec<_>>>()?;
    let hasty = Run { patience: Duration::from_millis(300), ..run.clone() };
    let said = hasty.start(&scratch, &[])?.fails()?;
    assert!(
        said.contains("too many clients already") && said.contains("raise `max_connections` of the server"),
        "{said}"
    );
    // These wait, and work as soon as there is room.
    let workers = (0..WORKERS).map(|_| run.start(&scratch, &[])).collect::<Result<Vec<_>>>()?;
    thread::sleep(Duration::from_millis(200));
    drop(others);
    for worker in workers {
        worker.succeeds()?;
    }
    run.check(&scratch)
}

/// A trial that is longer than the grace is nobody else's, although its process has no connection for its heartbeat.
#[test]
fn a_heartbeat_without_a_connection_is_heard() -> Result<()> {
    if server().is_none() || !may_go_elsewhere() {
        return Ok(());
    }
    let folder = Scratch::new("mute")?;
    let server = Server::new(&folder);
    let url = server.call("start")?;
    for (name, connections) in [("heard", 20), ("mute", WORKERS)] {
        let settings = [format!("max_connections = {connections}"), "superuser_reserved_connections = 0".into()];
        server.set(&url, &settings.each_ref().map(String::as_str))?;
        let mut run = Run::new(&url, name);
        (run.trials, run.pause, run.retries) = (9, 2_500_000, 0);
        (run.heartbeat, run.grace) = (Duration::from_millis(250), Duration::from_millis(1_500));
        let scratch = Scratch::new(name)?;
        let workers = (0..WORKERS).map(|_| run.start(&scratch, &ELSEWHERE)).collect::<Result<Vec<_>>>()?;
        for worker in workers {
            worker.succeeds()?;
        }
        run.check(&scratch)?;
    }
    Ok(())
}
