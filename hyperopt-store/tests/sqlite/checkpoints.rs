//! Directories of states: each belongs to one study.

use std::fs;
use std::path::{Path, PathBuf};

use hyperopt::Sweep;
use hyperopt::prelude::*;
use hyperopt_store::Study;

use crate::support::Scratch;

/// Two files of studies, and a directory of states.
struct Place {
    scratch: Scratch,
    states: PathBuf,
}

impl Place {
    fn new() -> Self {
        let scratch = Scratch::new();
        let states = scratch.file("states");
        Self { scratch, states }
    }

    fn study(&self, database: &str, name: &str) -> Study {
        Study::open(&format!("sqlite:{}", self.scratch.file(database).display())).unwrap().name(name)
    }

    /// Runs a sweep until it has begun `trials` more; each state must be that of its configuration.
    fn sweep(&self, study: Study, seed: Option<u64>, trials: usize) -> Sweep {
        Self::sweep_in(&self.states, study, seed, trials)
    }

    fn sweep_in(states: &Path, study: Study, seed: Option<u64>, trials: usize) -> Sweep {
        let mut begun = 0;
        let mut body = |x: f64, epochs: i32, state: Option<String>| {
            begun += 1;
            if let Some(state) = &state {
                assert!(state.starts_with(&format!("{x:?} ")), "the state of another study: {x} {state}");
            }
            let loaded = f64::from(u8::from(state.is_some()));
            (begun <= trials).then(|| (Metrics::new(x).with("loaded", loaded), format!("{x:?} {epochs}")))
        };
        macro_rules! sweep {
            ($($seed:tt)*) => {
                hyperopt!(
                    study = study,
                    $($seed)*
                    sampler = Hyperband::new(3.0),
                    checkpoint = states.to_owned(),
                    x = 0.0..=1.0,
                    for (epochs, state) in 1..=9 {
                        match body(x, epochs, state) {
                            Some(value) => value,
                            None => break,
                        }
                    }
                )
                .into_sweep()
            };
        }
        match seed {
            Some(seed) => sweep!(seed = seed,),
            None => sweep!(),
        }
    }
}

fn refused(sweep: &Sweep) -> String {
    assert!(sweep.history().is_empty(), "no trial was run");
    sweep.error().expect("the directory is refused").to_string()
}

/// Returns the number of states that were read from files.
fn loaded(sweep: &Sweep) -> usize {
    let resumed =
        sweep.history().trials().iter().filter(|trial| trial.metrics().iter().any(|(_, value)| *value == 1.0));
    resumed.count()
}

#[test]
fn two_databases_do_not_share_a_directory() {
    let place = Place::new();
    let first = place.sweep(place.study("a.db", "hyperopt"), Some(1), 12);
    assert!(first.error().is_none() && !first.notes().iter().any(|note| note.contains("states")), "{first}");
    for seed in [Some(1), Some(2), None] {
        let error = refused(&place.sweep(place.study("b.db", "hyperopt"), seed, 99));
        let states = place.states.display();
        assert!(
            error.contains(&format!("the directory `{states}` keeps the states of another study, `hyperopt`")),
            "{error}"
        );
        assert!(error.contains("a.db`, begun with `seed = 1`; name another directory, or remove this one"), "{error}");
        fs::remove_file(place.scratch.file("b.db")).unwrap();
    }
    // What the message says helps.
    let elsewhere = Place::sweep_in(&place.scratch.file("elsewhere"), place.study("b.db", "hyperopt"), Some(1), 99);
    assert!(elsewhere.error().is_none() && elsewhere.history().len() > 12, "{elsewhere}");
    let rest = place.sweep(place.study("a.db", "hyperopt"), None, 99);
    assert!(rest.error().is_none() && rest.notes().is_empty(), "{rest}");
    assert!(loaded(&rest) > loaded(&first), "states are found again");
    fs::remove_dir_all(&place.states).unwrap();
    let anew = place.sweep(place.study("c.db", "hyperopt"), None, 99);
    assert!(anew.error().is_none(), "{anew}");
}

#[test]
fn an_empty_name_of_a_directory_is_refused() {
    let place = Place::new();
    let error = refused(&Place::sweep_in(Path::new(""), place.study("a.db", "wine"), Some(1), 99));
    assert!(
        error.ends_with(
            "`checkpoint` is empty; write the directory of the states: `\"states\"`, or `\".\"` for the \
         working directory"
        ),
        "{error}"
    );
}

#[test]
fn names_that_give_the_same_files_are_told_apart() {
    let place = Place::new();
    assert!(place.sweep(place.study("a.db", "lr.1"), Some(1), 12).error().is_none());
    let error = refused(&place.sweep(place.study("a.db", "lr_1"), Some(1), 99));
    assert!(error.contains("another study, `lr.1` in "), "{error}");
    let error = refused(&place.sweep(place.study("a.db", "other"), Some(1), 99));
    assert!(error.contains("another study, `lr.1` in "), "{error}");
}

#[test]
fn a_study_that_is_begun_anew_is_another_one() {
    let place = Place::new();
    place.sweep(place.study("a.db", "wine"), Some(1), 12);
    fs::remove_file(place.scratch.file("a.db")).unwrap();
    let error = refused(&place.sweep(place.study("a.db", "wine"), Some(2), 99));
    assert!(error.contains("begun with `seed = 1`"), "{error}");
}

#[test]
fn a_database_may_be_moved_and_a_copy_is_another_one() {
    let place = Place::new();
    let first = place.sweep(place.study("a.db", "wine"), Some(1), 12);
    fs::rename(place.scratch.file("a.db"), place.scratch.file("moved.db")).unwrap();
    fs::copy(place.scratch.file("moved.db"), place.scratch.file("copy.db")).unwrap();
    let moved = place.sweep(place.study("moved.db", "wine"), None, 1);
    assert!(moved.error().is_none() && moved.history().len() > first.history().len(), "{moved}");
    let copy = place.sweep(place.study("copy.db", "wine"), None, 99);
    assert!(copy.error().unwrap().to_string().contains("moved.db"), "{copy}");
    assert_eq!(copy.history().len(), first.history().len());
}

/// Earlier versions did not say whose the states are.
#[test]
fn a_directory_that_names_no_study_is_that_of_the_first() {
    let place = Place::new();
    let first = place.sweep(place.study("a.db", "wine"), Some(1), 12);
    let owner = place.states.join("hyperopt-study");
    fs::remove_file(&owner).unwrap();
    let others = place.scratch.file("others");
    Place::sweep_in(&others, place.study("a.db", "beer"), Some(2), 12);
    for file in fs::read_dir(&others).unwrap().map(Result::unwrap) {
        if file.file_name() != "hyperopt-study" {
            fs::rename(file.path(), place.states.join(file.file_name())).unwrap();
        }
    }
    let error = refused(&place.sweep(place.study("b.db", "wine"), Some(1), 99));
    assert!(error.contains("another study, whose files begin with `wine-` too"), "{error}");
    for (name, begun) in [("wine", 1), ("beer", 99), ("wine", 99)] {
        let rest = place.sweep(place.study("a.db", name), None, begun);
        assert!(rest.error().is_none() && rest.notes().is_empty(), "{rest}");
        assert!(loaded(&rest) >= loaded(&first));
    }
    assert!(fs::read_to_string(&owner).unwrap().contains("study \"wine\"\nseed 1\nhyperparameters \"x\"\nid 1\n"));
    refused(&place.sweep(place.study("a.db", "rum"), None, 99));
}

#[test]
fn a_sweep_without_a_study_leaves_the_states_of_one_alone() {
    let place = Place::new();
    place.sweep(place.study("a.db", "sweep"), Some(1), 12);
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        checkpoint = place.states.clone(),
        x = 0.0..=1.0,
        for (epochs, _state) in 1..=9 {
            (x * f64::from(epochs), String::new())
        }
    );
    assert!(refused(ho.sweep()).contains("another study, `sweep` in "));
}

/// A configuration whose rungs ran in one process, in another one, and in the first again goes on from the second's state.
#[test]
fn a_rung_goes_on_from_the_last_one_wherever_that_ran() {
    let place = Place::new();
    let worker = || {
        let mut wrong = Vec::new();
        let ho = hyperopt!(
            study = place.study("a.db", "hyperopt"),
            checkpoint = place.states.clone(),
            seed = 3,
            sampler = Hyperband::new(3.0),
            x = 0.0..=1.0,
            for (r, state) in 1..=27 {
                std::thread::sleep(Duration::from_millis(3));
                if state.is_some_and(|had: i32| 3 * had != r) {
                    wrong.push((r, state));
                }
                (x + 1.0 / f64::from(r), r)
            }
        );
        assert!(ho.error().is_none(), "{ho}");
        (wrong, ho.into_sweep().history().len())
    };
    let (first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(worker);
        (worker(), other.join().unwrap())
    });
    assert_eq!((&first.0[..], &second.0[..]), (&[][..], &[][..]));
    assert_eq!(first.1, second.1);
}

/// A directory that others may write to: what lies there under the names of states is replaced, and nothing written where it
/// leads.
#[cfg(unix)]
#[test]
fn links_in_a_directory_are_not_followed() {
    use std::os::unix::fs::symlink;

    let place = Place::new();
    let (precious, nowhere) = (place.scratch.file("precious"), place.scratch.file("nowhere"));
    fs::write(&precious, "weights").unwrap();
    fs::create_dir(&place.states).unwrap();
    // The first two configurations have their states elsewhere.
    for number in 2..12 {
        symlink(&precious, place.states.join(format!("wine-{number}"))).unwrap();
    }
    symlink(&nowhere, place.states.join("hyperopt-study")).unwrap();
    let error = refused(&place.sweep(place.study("a.db", "wine"), Some(1), 12));
    let link = place.states.join("hyperopt-study");
    assert_eq!(
        error,
        format!("study `wine`: `checkpoint`: `{}` is a symbolic link that leads to no file; remove it", link.display())
    );

    // As it says; the study has a trial, so the files are taken for its own.
    fs::remove_file(&link).unwrap();
    let others = place.scratch.file("others");
    Place::sweep_in(&others, place.study("a.db", "wine"), Some(1), 2);
    let rest = place.sweep(place.study("a.db", "wine"), None, 99);
    assert!(rest.error().is_none(), "{rest}");
    assert!(!nowhere.exists() && fs::read_to_string(&precious).unwrap() == "weights");
    let left = fs::read_dir(&place.states).unwrap().map(|entry| entry.unwrap().path());
    let written: Vec<_> = left.filter(|path| fs::symlink_metadata(path).unwrap().is_file()).collect();
    assert!(written.iter().any(|path| path.ends_with("hyperopt-study")) && written.len() > 1, "{written:?}");
}
