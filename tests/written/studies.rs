//! Studies in SQLite and PostgreSQL: each is read, gone on with, and is then what it is without a break.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use postgres::{Client, NoTls};

use super::listing::{assert_listed, closed, first, renamed};
use super::place::{Scratch, versions};
use super::sweeps::{KINDS, Kind, Run};

impl Kind {
    /// Returns the names under which it is kept: finished, and stopped half way.
    pub(crate) fn studies(&self) -> [String; 2] {
        [self.name.to_owned(), format!("{}-half", self.name)]
    }

    /// Returns the total with which nothing is left to do.
    pub(crate) fn last_total(&self) -> u32 {
        self.trials.map_or(0, |[.., last]| last)
    }
}

/// Returns the kinds that are in the folder of a version.
fn kinds(studies: &Path) -> Vec<&'static Kind> {
    let listed = |kind: &&Kind| studies.join(format!("{}.txt", kind.name)).exists();
    let kinds: Vec<_> = KINDS.iter().filter(listed).collect();
    let known: BTreeSet<_> = kinds.iter().flat_map(|kind| kind.studies()).map(|name| name + ".txt").collect();
    let entries = fs::read_dir(studies).unwrap().map(|entry| entry.unwrap().path());
    let listings = entries.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let listings: BTreeSet<_> = listings.map(|path| path.file_name().unwrap().display().to_string()).collect();
    assert_eq!(known, listings, "what is written has a kind");
    kinds
}

/// Kinds that go on otherwise than they were written, because their sampler draws otherwise since then: TPE chooses between
/// branches by fewer candidates. They are read, and what is left of them is run.
const DRAWN_OTHERWISE: [&str; 1] = ["conditional"];

/// Reads the studies of a kind, and goes on with them.
fn goes_on(kind: &Kind, studies: &Path, url: &str) {
    let whole = studies.join(format!("{}.txt", kind.name));
    let expected = fs::read_to_string(&whole).unwrap();
    let [name, half_name] = kind.studies();
    let draws_alike = !DRAWN_OTHERWISE.contains(&kind.name);
    for (name, is_half) in [(&name, false), (&half_name, true)] {
        let written = kind.trials.map(|[written, ..]| written as usize);
        if !is_half && written.is_none() {
            continue;
        }
        let mut run = Run::new(url, name, kind.last_total());
        let read = run.study().read().unwrap();
        let before = if is_half {
            let listed = studies.join(format!("{name}.txt"));
            assert_listed(&read, &listed, None, name);
            fs::read_to_string(listed).unwrap()
        } else {
            assert_listed(&read, &whole, written, name);
            first(&expected, written.unwrap_or_default())
        };
        let sweep = (kind.sweep)(&mut run).unwrap();
        assert_eq!(sweep.error().map(ToString::to_string), None, "{name}");
        if draws_alike {
            assert_listed(&sweep, &whole, None, &format!("{name}, gone on with,"));
        }
        let missing = closed(&expected) - closed(&renamed(&before));
        assert_eq!(run.begun, missing, "{name}: each trial that was not closed is run once");
        let numbers: BTreeSet<_> = run.numbers.iter().collect();
        assert!(run.numbers.is_empty() || numbers.len() == missing, "{name}: {:?}", run.numbers);
        // Whoever comes now has nothing to do.
        let mut again = Run::new(url, name, kind.last_total());
        let sweep = (kind.sweep)(&mut again).unwrap();
        assert_eq!(again.begun, 0, "{name}");
        if draws_alike {
            assert_listed(&sweep, &whole, None, &format!("{name}, opened again,"));
        }
    }
}

#[test]
fn studies_in_files_go_on() {
    for version in versions() {
        let studies = version.join("studies");
        let scratch = Scratch::copy_of(&studies);
        for kind in kinds(&studies) {
            goes_on(kind, &studies, &scratch.sqlite("studies.db"));
        }
    }
}

#[test]
fn studies_on_a_server_go_on() {
    let Ok(server) = std::env::var("HYPEROPT_TEST_POSTGRES") else {
        eprintln!("left out: HYPEROPT_TEST_POSTGRES names no server");
        return;
    };
    let execute = |url: &str, sql: &str| Client::connect(url, NoTls).unwrap().batch_execute(sql).unwrap();
    let database = format!("written_{}", std::process::id());
    let url = format!("{}/{database}", server.rsplit_once('/').unwrap().0);
    for version in versions() {
        let studies = version.join("studies");
        execute(&server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
        execute(&server, &format!("CREATE DATABASE {database}"));
        execute(&url, &fs::read_to_string(studies.join("postgres.sql")).unwrap());
        for kind in kinds(&studies) {
            goes_on(kind, &studies, &url);
        }
    }
    execute(&server, &format!("DROP DATABASE {database} WITH (FORCE)"));
}
