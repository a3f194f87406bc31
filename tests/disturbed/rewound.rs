//! A server that comes back without the last trials, as a standby that had not received them yet, or from a copy.

use crate::run::{Result, Run, Scratch, Shape, WORKERS, all_work, server};
use crate::server::Server;

#[test]
fn a_server_that_has_gone_back_in_time_is_noticed() -> Result<()> {
    if server().is_none() {
        return Ok(());
    }
    let folder = Scratch::new("rewound")?;
    let server = Server::new(&folder);
    let url = server.call("start")?;
    let run = |name: &str, shape, trials| Run { shape, trials, pause: 150_000, ..Run::new(&url, name) };
    // Without the fault, with the same stops: the server is where it was.
    for shape in [Shape::Counted, Shape::Hyperband] {
        let run = Run { pause: 12_000, ..run(&format!("whole-{shape:?}"), shape, 100) };
        run.survives(&Scratch::new(&run.name)?, |workers| {
            all_work(workers)?;
            run.reaches(20)?;
            server.call("stop")?;
            server.call("start").map(|_| ())
        })?;
    }
    let runs = [run("rewound-counted", Shape::Counted, 100), run("rewound-hyperband", Shape::Hyperband, 0)];
    let before: Vec<_> = runs.iter().map(|run| Scratch::new(&run.name)).collect::<Result<_>>()?;
    let mut workers = Vec::new();
    for (run, scratch) in runs.iter().zip(&before) {
        workers.extend((0..WORKERS).map(|_| run.start(scratch, &[])).collect::<Result<Vec<_>>>()?);
    }
    runs.iter().try_for_each(|run| run.reaches(4))?;
    server.call("keep")?;
    server.call("start")?;
    for run in &runs {
        // More than in the copy.
        run.reaches(run.finished()? + 8)?;
    }
    server.call("rewind")?;
    server.call("start")?;
    for worker in workers {
        let said = worker.fails()?;
        assert!(said.contains("gone from the server, or not as before"), "{said}");
        assert!(said.contains("run the program again, and it goes on from what the server has"), "{said}");
    }
    // What the message says: nothing was mixed, and those that are begun now go on.
    for mut run in runs {
        run.pause = 2_000;
        run.survives(&Scratch::new(&format!("{}-again", run.name))?, |_| Ok(()))?;
    }
    Ok(())
}
