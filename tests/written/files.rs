//! Files of `fmin`, and journals.

use std::fs;

use hyperopt_store::{read_journal, write_journal};

use super::listing::{assert_listed, closed};
use super::place::{Scratch, versions};
use super::sweeps::{KINDS, Run, in_a_file};

/// How many trials `fmin` counts when its files are written, where it stops, and how many when it has gone on.
pub(crate) const FMIN: [u32; 3] = [5, 3, 8];

/// Each file is what stands beside it when it is read, and becomes the sweep without a break; the one with a cancelled trial
/// keeps that one.
#[test]
fn files_of_fmin_go_on() {
    for version in versions() {
        let scratch = Scratch::copy_of(&version.join("fmin"));
        for name in ["finished", "killed", "cancelled"] {
            let path = scratch.file(&format!("{name}.json")).display().to_string();
            let read = in_a_file(&mut Run::new(&path, "", 0)).unwrap();
            let listed = scratch.file(&format!("{name}.txt"));
            assert_listed(&read, &listed, None, name);
            let before = closed(&fs::read_to_string(&listed).unwrap());
            let whole = if name == "cancelled" { "cancelled-whole.txt" } else { "whole.txt" };
            for begun in [(FMIN[2] + 2) as usize - before, 0] {
                let mut run = Run::new(&path, "", FMIN[2]);
                let gone_on = in_a_file(&mut run).unwrap();
                assert_listed(&gone_on, &scratch.file(whole), None, name);
                assert_eq!(run.begun, begun, "{name}");
            }
        }
    }
}

/// The studies that are written as journals too.
pub(crate) const JOURNALS: [&str; 6] = ["axes", "laws", "goals", "pruned", "hyperband-half", "conditional-half"];

#[test]
fn journals_are_read() {
    for version in versions() {
        for name in JOURNALS {
            let text = fs::read(version.join(format!("journals/{name}.log"))).unwrap();
            let sweep = read_journal(&text[..], name).unwrap();
            let listed = version.join(format!("studies/{name}.txt"));
            let kind = KINDS.iter().find(|kind| kind.name == name);
            let trials = kind.and_then(|kind| kind.trials).map(|[written, ..]| written as usize);
            assert_listed(&sweep, &listed, trials, name);
            let mut again = Vec::new();
            write_journal(&sweep, "again", &mut again).unwrap();
            assert_listed(&read_journal(&again[..], "again").unwrap(), &listed, trials, "written again");
        }
    }
}
