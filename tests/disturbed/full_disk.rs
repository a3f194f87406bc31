//! A disk that is full, and has room again.

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::run::{Result, Run, Scratch, WORKERS, server};
use crate::server::{Server, of_database, sql};

/// A disk in memory; unmounted when it is dropped.
pub(crate) struct Disk {
    path: PathBuf,
}

impl Disk {
    /// `None` where this process may not mount one.
    pub(crate) fn new(path: &Path, options: &str) -> Result<Option<Self>> {
        std::fs::create_dir_all(path)?;
        let disk = Self { path: path.to_owned() };
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(path)
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Ok(Some(disk));
        }
        eprintln!("left out with a disk of its own: it cannot be mounted here");
        Ok(None)
    }

    pub(crate) fn becomes(&self, options: &str) -> Result<()> {
        let mounted = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.path).status()?;
        if mounted.success() { Ok(()) } else { Err("not mounted again".into()) }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // None may be mounted.
        let _ = Command::new("umount").arg("--lazy").arg(&self.path).stderr(Stdio::null()).status();
    }
}

/// Runs `run` with three processes that all have to fail for want of room.
fn fails(run: &Run, scratch: &Scratch, around: &[&str], causes: &[&str]) -> Result<()> {
    let workers = (0..WORKERS).map(|_| run.start(scratch, around)).collect::<Result<Vec<_>>>()?;
    for worker in workers {
        let said = worker.fails()?;
        assert!(causes.iter().all(|cause| said.contains(cause)), "{said}");
    }
    assert!(run.finished()? < run.trials as usize);
    Ok(())
}

#[test]
fn a_sweep_goes_on_once_there_is_room() -> Result<()> {
    for size in ["64m", "700k"] {
        let scratch = Scratch::new(&format!("disk-{size}"))?;
        let folder = scratch.file("disk");
        let Some(disk) = Disk::new(&folder, &format!("size={size}"))? else { return Ok(()) };
        let mut run = Run::new(&format!("sqlite:{}", folder.join("study.db").display()), "disk");
        (run.trials, run.pause) = (400, 1_000);
        if size != "64m" {
            fails(&run, &scratch, &[], &["database or disk is full", "make room on the disk, and go on"])?;
            disk.becomes("size=64m")?;
        }
        run.survives(&scratch, |_| Ok(()))?;
    }
    Ok(())
}

/// The same process opens the study again: what its first handle could not put back is run.
#[test]
fn a_program_goes_on_once_there_is_room() -> Result<()> {
    // Full in another moment each time.
    for size in (400..=720).step_by(20) {
        let scratch = Scratch::new(&format!("disk-program-{size}"))?;
        let folder = scratch.file("disk");
        let Some(disk) = Disk::new(&folder, &format!("size={size}k"))? else { return Ok(()) };
        let mut run = Run::new(&format!("sqlite:{}", folder.join("study.db").display()), "disk");
        (run.trials, run.retries) = (400, 1);
        let failed = run.sweep(&|_| ())?;
        let said = failed.error().map(ToString::to_string).unwrap_or_default();
        assert!(said.contains("database or disk is full"), "{said}");
        disk.becomes("size=64m")?;
        let (done, ended) = mpsc::channel();
        let again = run.clone();
        thread::spawn(move || {
            let told =
                again.sweep(&|_| ()).map(|sweep| (sweep.error().map(ToString::to_string), sweep.history().len()));
            let _ = done.send(told.map_err(|error| error.to_string()));
        });
        assert_eq!(ended.recv_timeout(Duration::from_secs(30))?, Ok((None, 400)), "{size}");
        run.check(&scratch)?;
    }
    Ok(())
}

/// A quota, or a limit of the process, needs no disk of its own.
#[test]
fn a_limit_is_named() -> Result<()> {
    let scratch = Scratch::new("limit")?;
    let mut run = Run::new(&format!("sqlite:{}", scratch.file("study.db").display()), "limit");
    (run.trials, run.pause) = (400, 1_000);
    let limited = ["bash", "-c", "trap '' XFSZ; ulimit -f 400; exec \"$@\"", "bash"];
    fails(&run, &scratch, &limited, &["disk I/O error", "quota"])?;
    run.survives(&scratch, |_| Ok(()))
}

/// The disk of the server: what is written is in memory until there is room, or the error says what to do.
#[test]
fn a_full_disk_of_a_server_is_waited_for_and_named() -> Result<()> {
    if server().is_none() {
        return Ok(());
    }
    let folder = Scratch::new("server-disk")?;
    let place = folder.file("disk");
    let Some(_disk) = Disk::new(&place, "size=64m,mode=777")? else { return Ok(()) };
    let server = Server::new(&folder);
    let main = server.call("start")?;
    let data = place.join("data");
    std::fs::create_dir(&data)?;
    std::fs::set_permissions(&data, Permissions::from_mode(0o777))?;
    let owner = std::fs::metadata(folder.file("server/data"))?;
    std::os::unix::fs::chown(&data, Some(owner.uid()), Some(owner.gid()))?;
    let space = format!("CREATE TABLESPACE small LOCATION '{}'", data.display());
    sql(&main, &[&space, "CREATE DATABASE small TABLESPACE small"])?;
    let url = of_database(&main, "small");
    let fill = || {
        let file = std::fs::File::create(place.join("filled"))?;
        // Until there is no room.
        let _ = std::io::copy(&mut std::io::repeat(0), &mut &file);
        Result::Ok(())
    };
    for is_filled in [false, true] {
        let mut run = Run::new(&url, &format!("disk-{is_filled}"));
        (run.trials, run.pause, run.retries) = (600, 3_000, 0);
        run.survives(&Scratch::new(&format!("server-{}", run.name))?, |_| {
            if !is_filled {
                return Ok(());
            }
            run.reaches(20)?;
            fill()?;
            thread::sleep(Duration::from_secs(2));
            // What there was room for is written.
            assert!(run.finished()? < 600);
            Ok(std::fs::remove_file(place.join("filled"))?)
        })?;
    }
    let mut run = Run::new(&url, "disk-hasty");
    (run.trials, run.pause, run.patience) = (600, 3_000, Duration::from_secs(2));
    let scratch = Scratch::new("server-disk-hasty")?;
    let workers = (0..WORKERS).map(|_| run.start(&scratch, &[])).collect::<Result<Vec<_>>>()?;
    run.reaches(20)?;
    fill()?;
    for worker in workers {
        let said = worker.fails()?;
        assert!(said.contains("No space left on device"), "{said}");
        assert!(said.contains("make room on the disk of the server, and start again"), "{said}");
        assert!(said.contains("`.patience(…)`"), "{said}");
    }
    std::fs::remove_file(place.join("filled"))?;
    run.patience = Duration::from_mins(1);
    run.survives(&scratch, |_| Ok(()))
}
