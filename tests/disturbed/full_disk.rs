//! A disk that is full, and has room again.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::run::{Result, Run, Scratch, WORKERS};

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
