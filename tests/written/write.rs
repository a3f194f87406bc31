//! Writes the folder of a version: started by the script `write`.

use std::env;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use hyperopt_store::write_journal;

use super::checkpoints::checkpointed;
use super::files::{FMIN, JOURNALS};
use super::listing::listing;
use super::place::Scratch;
use super::sweeps::{BUDGETS_STOP, How, KINDS, Kind, Run, in_a_file};

/// Returns the run of `kind` that stops half way.
fn half(kind: &Kind, url: &str) -> Run {
    let stop = kind.trials.map_or(BUDGETS_STOP, |[_, stop, _]| stop as usize);
    Run::new(url, &kind.studies()[1], kind.last_total()).stop(stop, kind.how)
}

/// Runs [`process`] in a process of its own, which kills itself.
fn kill_itself(what: &str, url: &str) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["write::process", "--exact", "--ignored"]).env("WRITTEN_WHAT", what).env("WRITTEN_URL", url);
    assert!(!command.output().unwrap().status.success(), "{what} was not killed");
}

#[test]
#[ignore = "is one of the processes of the other test"]
fn process() {
    let [what, url] = ["WRITTEN_WHAT", "WRITTEN_URL"].map(|name| env::var(name).unwrap());
    let Some(kind) = KINDS.iter().find(|kind| kind.name == what) else {
        let mut run = Run::new(&url, "", FMIN[2]).stop(FMIN[1] as usize, How::Killed);
        return drop(in_a_file(&mut run));
    };
    let _ = (kind.sweep)(&mut half(kind, &url));
}

/// The studies of `kind`.
fn study(kind: &Kind, url: &str) {
    if let Some([written, ..]) = kind.trials {
        (kind.sweep)(&mut Run::new(url, kind.name, written)).unwrap();
    }
    match kind.how {
        How::Left => drop((kind.sweep)(&mut half(kind, url))),
        How::Killed => kill_itself(kind.name, url),
    }
}

fn studies(folder: &Path, url: &str) {
    for kind in KINDS {
        study(kind, url);
        let scratch = Scratch::new();
        let whole = (kind.sweep)(&mut Run::new(&scratch.sqlite("whole.db"), kind.name, kind.last_total())).unwrap();
        let [whole_name, half_name] = kind.studies().map(|name| folder.join(name + ".txt"));
        fs::write(whole_name, listing(&whole)).unwrap();
        fs::write(half_name, listing(&half(kind, url).study().read().unwrap())).unwrap();
    }
}

fn journals(folder: &Path, url: &str) {
    for name in JOURNALS {
        let sweep = Run::new(url, name, 0).study().read().unwrap();
        write_journal(&sweep, name, File::create(folder.join(format!("{name}.log"))).unwrap()).unwrap();
    }
}

fn fmin(folder: &Path) {
    let path = |name: &str| folder.join(format!("{name}.json")).display().to_string();
    let run = |path: &str, total| in_a_file(&mut Run::new(path, "", total)).unwrap();
    let list = |name: &str, path: &str, total| {
        fs::write(folder.join(name), listing(&run(path, total))).unwrap();
    };
    run(&path("finished"), FMIN[0]);
    kill_itself("fmin", &path("killed"));
    in_a_file(&mut Run::new(&path("cancelled"), "", FMIN[2]).stop(FMIN[1] as usize, How::Left)).unwrap();
    for name in ["finished", "killed", "cancelled"] {
        list(&format!("{name}.txt"), &path(name), 0);
    }
    let scratch = Scratch::copy_of(folder);
    list("whole.txt", scratch.file("new.json").to_str().unwrap(), FMIN[2]);
    list("cancelled-whole.txt", scratch.file("cancelled.json").to_str().unwrap(), FMIN[2]);
}

fn checkpoints(folder: &Path, url: &str) {
    let states = |folder: &Path| folder.join("states").display().to_string();
    let mut half = Run::new(url, "states", 0).stop(BUDGETS_STOP, How::Left);
    checkpointed(&mut half, &states(folder)).unwrap_err();
    fs::write(folder.join("half.txt"), listing(&half.study().read().unwrap())).unwrap();
    let scratch = Scratch::new();
    let whole = checkpointed(&mut Run::new(&scratch.sqlite("whole.db"), "states", 0), &states(&scratch.file("")));
    fs::write(folder.join("whole.txt"), listing(&whole.unwrap())).unwrap();
}

/// All but the directories of the command, which has a test of its own for them.
#[test]
#[ignore = "writes the files that the other tests read"]
fn folder() {
    let folder = env::var("HYPEROPT_WRITE").expect("HYPEROPT_WRITE names the folder to write");
    let [studies_in, fmin_in, journals_in, checkpoints_in] =
        ["studies", "fmin", "journals", "checkpoints"].map(|name| Path::new(&folder).join(name));
    for folder in [&studies_in, &fmin_in, &journals_in, &checkpoints_in] {
        fs::create_dir_all(folder).unwrap();
    }
    let url = format!("sqlite:{}", studies_in.join("studies.db").display());
    studies(&studies_in, &url);
    journals(&journals_in, &url);
    fmin(&fmin_in);
    checkpoints(&checkpoints_in, &url);
    let server = env::var("HYPEROPT_WRITE_POSTGRES").expect("HYPEROPT_WRITE_POSTGRES is an empty database");
    for kind in KINDS {
        study(kind, &server);
    }
}
