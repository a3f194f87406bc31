//! Files that cannot be used, and what the errors say.

use std::time::Duration;

use hyperopt_core::study::Store;
use hyperopt_store::Study;

use crate::support::{Scratch, all, ask, look, message, open, opening};

#[test]
fn a_locked_file_is_an_error_that_says_so_once_patience_is_over() {
    let scratch = Scratch::new();
    let mut study = Study::open(&scratch.url()).unwrap().name("test").patience(Duration::from_millis(50));
    open(&mut study);
    look(&mut study);
    let connection = scratch.connection();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = message(study.lock());
    assert!(error.contains("database is locked") && error.contains("50ms") && error.contains("`test`"), "{error}");
    connection.execute_batch("ROLLBACK").unwrap();
    look(&mut study);
}

#[test]
fn files_that_are_no_studies_are_told_why() {
    let scratch = Scratch::new();
    let path = scratch.file("study.db");
    std::fs::write(&path, "lr,loss\n0.1,0.5\n".repeat(100)).unwrap();
    let error = message(scratch.study().open(&opening(1, false)));
    assert!(error.contains("not a database") && error.contains("study.db"), "{error}");
    let directory = scratch.file("directory");
    std::fs::create_dir(&directory).unwrap();
    let study = Study::open(&format!("sqlite:{}", directory.display())).unwrap();
    let (opened, read) = (message(study.name("test").open(&opening(1, false))), scratch.study().read());
    assert!(opened.contains("it is a directory; name a file in it: `sqlite:"), "{opened}");
    assert!(!opened.contains("disk"), "{opened}");
    assert!(read.unwrap_err().to_string().contains("not a database"));
}

#[test]
fn a_study_that_cannot_be_opened_is_named_once() {
    let scratch = Scratch::new();
    std::fs::write(scratch.file("study.db"), "lr,loss\n0.1,0.5\n".repeat(100)).unwrap();
    let error = |url: &str| {
        let ho = hyperopt::hyperopt!(
            study = Study::open(url).unwrap().name("wine"),
            x = 0.0..=1.0,
            for _ in 0..3 {
                x
            }
        );
        assert!(ho.is_empty());
        ho.error().unwrap().to_string()
    };
    let garbage = error(&scratch.url());
    assert!(garbage.starts_with(&format!("study `wine` in `{}`: ", scratch.url())), "{garbage}");
    assert_eq!(garbage.matches("study `").count(), 1, "{garbage}");
}

#[test]
fn a_directory_that_does_not_exist_is_told_at_once() {
    let error = Study::open("sqlite:/nonexistent/directory/study.db").unwrap_err().to_string();
    assert!(error.starts_with("`sqlite:/nonexistent/directory/study.db`: its directory has to exist"), "{error}");
    assert!(error.contains("/nonexistent/directory does not exist; create it first"), "{error}");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for below in ["study.db", "deep/study.db"] {
        let error = Study::open(&format!("sqlite:{file}/{below}")).unwrap_err().to_string();
        assert!(
            error.ends_with(&format!("{file} is a file, and would have to be a directory; name another file")),
            "{error}"
        );
    }
    // In the working directory, a file has none of its own.
    Study::open("sqlite:study.db").unwrap();
    // One that is removed in between is told when the sweep opens it.
    let scratch = Scratch::new();
    let directory = scratch.file("inner");
    std::fs::create_dir(&directory).unwrap();
    let mut study = Study::open(&format!("sqlite:{}", directory.join("study.db").display())).unwrap().name("wine");
    std::fs::remove_dir(&directory).unwrap();
    let error = message(study.open(&opening(1, false)));
    assert!(error.contains("its directory has to exist") && !error.contains("disk"), "{error}");
    // The advice holds.
    std::fs::create_dir(&directory).unwrap();
    study.open(&opening(1, false)).unwrap();
}

#[test]
fn a_file_that_may_only_be_read_says_so() {
    let scratch = Scratch::new();
    let path = scratch.file("study.db");
    all(scratch.study());
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let is_root = std::fs::OpenOptions::new().append(true).open(&path).is_ok();
    let opened = scratch.study().open(&opening(1, false));
    if !is_root {
        let error = message(opened);
        assert!(error.contains("readonly") && error.contains("may only be read"), "{error}");
    }
}

#[test]
fn tables_of_another_revision_are_left_alone() {
    let scratch = Scratch::new();
    all(scratch.study());
    let connection = scratch.connection();
    connection.execute("UPDATE alembic_version SET version_num = 'v9.0.0.a'", ()).unwrap();
    let error = message(scratch.study().open(&opening(1, false)));
    assert!(error.contains("revision v9.0.0.a") && error.contains("v3.2.0.a"), "{error}");
}

#[test]
fn a_damaged_trial_is_named() {
    let scratch = Scratch::new();
    let mut study = scratch.study();
    open(&mut study);
    ask(&mut study, &mut 0).unwrap();
    drop(study);
    let connection = scratch.connection();
    let sql = "UPDATE trial_system_attributes SET value_json = '{' WHERE key = 'hyperopt:point'";
    assert_eq!(connection.execute(sql, ()).unwrap(), 1);
    let mut study = scratch.study();
    open(&mut study);
    let error = message(study.lock());
    assert!(error.contains("trial 0: its attribute `hyperopt:point` cannot be read"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_where_sqlite_keeps_its_log_is_named() {
    let scratch = Scratch::new();
    all(scratch.study());
    let log = scratch.file("study.db-wal");
    let _ = std::fs::remove_file(&log);
    std::os::unix::fs::symlink(scratch.file("elsewhere"), &log).unwrap();
    let error = message(scratch.study().open(&opening(1, false)));
    assert!(error.contains("study.db-wal is a symbolic link") && error.contains("remove it"), "{error}");
    std::fs::remove_file(&log).unwrap();
    all(scratch.study());
}
