//! Conditional hyperparameters in a study: whether one is active is known only after its trial has started.

#![cfg(any(feature = "sqlite", feature = "postgres"))]

use hyperopt::prelude::*;
use hyperopt_store::Study;

#[cfg(feature = "sqlite")]
#[test]
fn hyperparameters_behind_guards_are_kept_in_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", directory.path().join("sweep.db").display());
    hyperparameters_behind_guards_are_kept(&url, || {
        let connection = rusqlite::Connection::open(directory.path().join("sweep.db")).unwrap();
        connection.query_row("SELECT count(*) FROM trial_params", (), |row| row.get(0)).unwrap()
    });
}

#[cfg(feature = "postgres")]
#[test]
fn hyperparameters_behind_guards_are_kept_on_a_server() {
    let Ok(server) = std::env::var("HYPEROPT_TEST_POSTGRES") else {
        return eprintln!("left out: HYPEROPT_TEST_POSTGRES names no server");
    };
    let client = |url: &str| postgres::Client::connect(url, postgres::NoTls).unwrap();
    client(&server).batch_execute("DROP DATABASE IF EXISTS conditional WITH (FORCE)").unwrap();
    client(&server).batch_execute("CREATE DATABASE conditional").unwrap();
    let url = format!("{}/conditional", server.rsplit_once('/').unwrap().0);
    hyperparameters_behind_guards_are_kept(&url, || {
        client(&url).query_one("SELECT count(*) FROM trial_params", &[]).unwrap().get(0)
    });
}

/// `rows` tells how many hyperparameters stand in the table that Optuna reads.
fn hyperparameters_behind_guards_are_kept(url: &str, rows: impl Fn() -> i64) {
    let ho = hyperopt!(
        study = Study::open(url).unwrap(),
        seed = 0,
        a = 0.0..=1.0,
        b = if a > 0.5 { 0.0..=1.0 } else { 5.0..=6.0 },
        c = if a < 0.2 {
            [1, 2, 3]
        },
        for _ in 0..20 {
            a + b + f64::from(c.unwrap_or(0))
        }
    );
    assert!(ho.history().trials().iter().any(|trial| trial.point().is_active(3)));
    let kept = Study::open(url).unwrap().read().unwrap();
    assert_eq!(kept.history().len(), 20);
    for (kept, trial) in kept.history().trials().iter().zip(ho.history().trials()) {
        assert_eq!(kept.point(), trial.point(), "trial {}", trial.number());
    }
    let active: usize = ho.history().trials().iter().map(|trial| trial.point().iter().flatten().count()).sum();
    assert_eq!(rows(), active as i64);
}
