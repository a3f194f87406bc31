//! Files and folders that may not be written.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::full_disk::Disk;
use crate::run::{Result, Run, Scratch, Worker};

const NOBODY: u32 = 65_534;

fn is_root() -> Result<bool> {
    Ok(fs::metadata("/proc/self")?.uid() == 0)
}

/// Root may write everything, so its processes give that up.
fn start(run: &Run, scratch: &Scratch) -> Result<Worker> {
    let is_root = is_root()?;
    run.start_as(scratch, &[], |command| {
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
    })
}

fn allow(path: &Path, mode: u32) -> Result<()> {
    Ok(fs::set_permissions(path, Permissions::from_mode(mode))?)
}

fn give(path: &Path) -> Result<()> {
    if is_root()? {
        chown(path, Some(NOBODY), Some(NOBODY))?;
    }
    Ok(())
}

#[test]
fn what_may_not_be_written_is_named() -> Result<()> {
    let program = std::env::current_exe()?;
    if is_root()?
        && !Command::new(program).arg("--list").uid(NOBODY).gid(NOBODY).output().is_ok_and(|ran| ran.status.success())
    {
        eprintln!("left out for files that may not be written: others may not run this program");
        return Ok(());
    }
    for (fault, file, folder) in [("none", 0o644, 0o755), ("file", 0o444, 0o755), ("folder", 0o644, 0o555)] {
        let scratch = Scratch::new(&format!("read-only-{fault}"))?;
        allow(&scratch.file("."), 0o777)?;
        let place = scratch.file("place");
        fs::create_dir(&place)?;
        give(&place)?;
        let database = place.join("study.db");
        let mut run = Run::new(&format!("sqlite:{}", database.display()), "read-only");
        run.trials = 20;
        start(&run, &scratch)?.succeeds()?;
        run.trials = 60;
        if fault != "none" {
            allow(&database, file)?;
            allow(&place, folder)?;
            if is_root()? && folder == 0o555 {
                chown(&place, Some(0), Some(0))?;
            }
            let said = start(&run, &scratch)?.fails()?;
            assert!(said.contains("study.db"), "{said}");
            assert!(said.contains("or its directory may only be read"), "{fault}: {said}");
            // Which does not keep anybody from reading.
            assert_eq!(run.finished()?, 20);
            allow(&place, 0o755)?;
            // The log beside it, which a reader makes, is like the file.
            for file in fs::read_dir(&place)? {
                allow(&file?.path(), 0o644)?;
            }
            give(&place)?;
        }
        start(&run, &scratch)?.succeeds()?;
        run.check(&scratch)?;
    }
    Ok(())
}

#[test]
fn a_disk_that_may_only_be_read_is_named() -> Result<()> {
    let scratch = Scratch::new("read-only-disk")?;
    let folder = scratch.file("disk");
    let Some(disk) = Disk::new(&folder, "size=64m")? else { return Ok(()) };
    let mut run = Run::new(&format!("sqlite:{}", folder.join("study.db").display()), "disk");
    run.trials = 20;
    run.start(&scratch, &[])?.succeeds()?;
    run.trials = 60;
    disk.becomes("ro")?;
    let said = run.start(&scratch, &[])?.fails()?;
    assert!(said.contains("or its directory may only be read"), "{said}");
    assert_eq!(run.finished()?, 20);
    disk.becomes("rw")?;
    run.survives(&scratch, |_| Ok(()))
}
