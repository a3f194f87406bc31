//! Databases on the server of the tests, and what is in their tables.

use std::thread;
use std::time::Duration;

use hyperopt_core::study::Store;
use hyperopt_store::Study;
use postgres::{Client, NoTls};

use crate::support::opening;

/// A database of its own on the server; `None` without a server.
pub(crate) fn database(name: &str) -> Option<String> {
    let Ok(url) = std::env::var("HYPEROPT_TEST_POSTGRES") else {
        eprintln!("left out: HYPEROPT_TEST_POSTGRES names no server");
        return None;
    };
    let mut client = Client::connect(&url, NoTls).unwrap();
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).unwrap();
    client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    let (server, _) = url.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}

/// Returns the address that a study is opened with: that of the pooler, if there is one, in place of the server's.
pub(crate) fn address(url: &str) -> String {
    let (Ok(server), Ok(pooler)) = (std::env::var("HYPEROPT_TEST_POSTGRES"), std::env::var("HYPEROPT_TEST_POOLER"))
    else {
        return url.to_owned();
    };
    let (_, place) = server.rsplit_once('@').unwrap();
    let (place, _) = place.split_once('/').unwrap();
    url.replace(place, &pooler)
}

pub(crate) fn client(url: &str) -> Client {
    Client::connect(url, NoTls).unwrap()
}

pub(crate) fn opened(url: &str, settings: impl Fn(Study) -> Study) -> Study {
    let mut study = settings(Study::open(&address(url)).unwrap().name("test").patience(Duration::from_secs(30)));
    study.open(&opening(1, false)).unwrap();
    study
}

pub(crate) fn states(url: &str) -> Vec<(i32, String)> {
    let rows = client(url).query("SELECT number, state::text FROM trials ORDER BY trial_id", &[]).unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

pub(crate) fn all_complete(url: &str, total: usize) {
    let expected: Vec<_> = (0..total).map(|number| (number as i32, "COMPLETE".to_owned())).collect();
    assert_eq!(states(url), expected);
}

pub(crate) fn wait_for(url: &str, sql: &str) {
    let mut client = client(url);
    for _ in 0..2000 {
        // The tables may not be there yet.
        if client.query(sql, &[]).is_ok_and(|rows| !rows.is_empty()) {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("never: {sql}");
}

/// Ends the sessions of all other clients of the database.
pub(crate) fn terminate(url: &str) -> usize {
    let sql = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    client(url).query(sql, &[]).unwrap().len()
}
