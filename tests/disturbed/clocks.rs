//! Clocks that are wrong, and jump, of processes that see each other and of processes elsewhere.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::run::{Result, Run, Scratch, WORKERS, Worker, places, server};
use crate::server::Server;

/// Debian's `faketime`, for programs with threads.
fn library() -> Option<PathBuf> {
    let architectures = fs::read_dir("/usr/lib").ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut libraries = architectures.map(|path| path.join("faketime/libfaketimeMT.so.1"));
    let found = libraries.find(|path| path.exists());
    if found.is_none() {
        eprintln!("left out with wrong clocks: there is no libfaketime");
    }
    found
}

/// What puts a process into a container, as far as it can tell.
pub(crate) const ELSEWHERE: [&str; 5] = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];

pub(crate) fn may_go_elsewhere() -> bool {
    let [program, arguments @ ..] = ELSEWHERE;
    let ran = Command::new(program).args(arguments).arg("true").stderr(Stdio::null()).status();
    let may = ran.is_ok_and(|status| status.success());
    if !may {
        eprintln!("left out in containers: this process may make no namespaces");
    }
    may
}

/// A process whose clock is off by what the file says, at each moment.
fn start(run: &Run, scratch: &Scratch, around: &[&str], index: usize) -> Result<Worker> {
    let library = library().ok_or("no library")?;
    run.start_as(scratch, around, |command| {
        command
            .env("LD_PRELOAD", library)
            .env("FAKETIME_TIMESTAMP_FILE", scratch.file(&format!("clock-{index}")))
            .env("FAKETIME_NO_CACHE", "1")
            // A clock that is set does not change how time passes.
            .env("DONT_FAKE_MONOTONIC", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    })
}

/// A normal worker beside two whose clocks run through `offsets`; nobody's trial may be put back.
fn jumps(name: &str, around: &[&str], offsets: &[[&str; 2]]) -> Result<()> {
    for (scratch, mut run) in places(name)? {
        (run.trials, run.pause, run.retries) = (80, 40_000, 0);
        let set = |[ahead, behind]: [&str; 2]| -> Result<()> {
            fs::write(scratch.file("clock-0"), ahead)?;
            Ok(fs::write(scratch.file("clock-1"), behind)?)
        };
        set(["+0", "+0"])?;
        let mut workers = vec![run.start(&scratch, around)?];
        for index in [0, 1] {
            workers.push(start(&run, &scratch, around, index)?);
        }
        for (index, &offsets) in offsets.iter().enumerate() {
            run.reaches(8 + 18 * index)?;
            set(offsets)?;
        }
        for worker in workers {
            worker.succeeds()?;
        }
        run.check(&scratch)?;
    }
    Ok(())
}

const OFFSETS: [[&str; 2]; 3] = [["+3600", "-3600"], ["-3600", "+3600"], ["+0", "+7200"]];

#[test]
fn a_clock_that_jumps_takes_no_trial_away() -> Result<()> {
    if library().is_none() {
        return Ok(());
    }
    jumps("clocks", &[], &[])?;
    jumps("clocks-jump", &[], &OFFSETS)
}

#[test]
fn a_clock_that_jumps_takes_no_trial_away_from_another_machine() -> Result<()> {
    if library().is_none() || !may_go_elsewhere() {
        return Ok(());
    }
    jumps("elsewhere-clocks", &ELSEWHERE, &[])?;
    jumps("elsewhere-clocks-jump", &ELSEWHERE, &OFFSETS)
}

/// The trial of a dead one is run again all the same, whatever the clocks.
#[test]
fn whoever_dies_elsewhere_is_missed() -> Result<()> {
    if library().is_none() || !may_go_elsewhere() {
        return Ok(());
    }
    for (name, [ahead, behind]) in [("missed", ["+0", "+0"]), ("missed-jump", OFFSETS[0])] {
        for (scratch, mut run) in places(name)? {
            (run.trials, run.pause, run.retries) = (24, 100_000, 1);
            fs::write(scratch.file("clock-0"), ahead)?;
            fs::write(scratch.file("clock-1"), behind)?;
            let dies = start(&run, &scratch, &ELSEWHERE, 0)?;
            let lives = start(&run, &scratch, &ELSEWHERE, 1)?;
            run.reaches(6)?;
            thread::sleep(Duration::from_millis(20));
            drop(dies);
            lives.succeeds()?;
            run.check(&scratch)?;
        }
    }
    Ok(())
}

/// As when its machine was suspended, or its clock was set: all heartbeats are old at once, or of times to come.
#[test]
fn a_clock_of_the_server_that_jumps_takes_no_trial_away() -> Result<()> {
    let Some(library) = library() else { return Ok(()) };
    if server().is_none() || !may_go_elsewhere() {
        return Ok(());
    }
    let folder = Scratch::new("server-clock")?;
    let clock = folder.file("clock");
    let set = |offset: &str| {
        fs::write(&clock, offset)?;
        Result::Ok(fs::set_permissions(&clock, fs::Permissions::from_mode(0o644))?)
    };
    set("+0")?;
    let mut server = Server::new(&folder);
    server.variables = format!(
        "LD_PRELOAD={} FAKETIME_TIMESTAMP_FILE={} FAKETIME_NO_CACHE=1 DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_FAKE_MONOTONIC=1",
        library.display(),
        clock.display()
    );
    let url = server.call("start")?;
    for (name, offsets) in [("still", &["+0"; 4][..]), ("jumps", &["+3600", "+0", "-7200", "+3600"])] {
        let mut run = Run::new(&url, name);
        // They live all the time, so nothing may be taken away from them.
        (run.trials, run.pause, run.retries) = (60, 150_000, 0);
        (run.heartbeat, run.grace) = (Duration::from_secs(1), Duration::from_secs(4));
        let scratch = Scratch::new(&format!("server-clock-{name}"))?;
        let workers = (0..WORKERS).map(|_| run.start(&scratch, &ELSEWHERE)).collect::<Result<Vec<_>>>()?;
        for (index, offset) in offsets.iter().enumerate() {
            run.reaches(8 + 12 * index)?;
            set(offset)?;
        }
        for worker in workers {
            worker.succeeds()?;
        }
        run.check(&scratch)?;
    }
    // A dead one is missed all the same, although its last heartbeat is of a time to come.
    let mut run = Run::new(&url, "missed");
    (run.trials, run.pause, run.retries) = (20, 100_000, 1);
    (run.heartbeat, run.grace) = (Duration::from_secs(1), Duration::from_secs(4));
    let scratch = Scratch::new("server-clock-missed")?;
    let (dies, lives) = (run.start(&scratch, &ELSEWHERE)?, run.start(&scratch, &ELSEWHERE)?);
    run.reaches(6)?;
    drop(dies);
    set("-7200")?;
    lives.succeeds()?;
    run.check(&scratch)
}
