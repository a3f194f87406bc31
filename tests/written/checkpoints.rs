//! A directory of states: rungs find what their configurations have come to before.

use hyperopt::prelude::*;
use hyperopt::{State, Sweep};

use super::listing::assert_listed;
use super::place::{Scratch, versions};
use super::sweeps::{Left, Run};

/// A sweep whose states are text. From which epoch a trial goes on is one of its metrics.
pub(crate) fn checkpointed(run: &mut Run, states: &str) -> Result<Sweep, Left> {
    let ho = hyperopt!(
        study = run.study(),
        sampler = Hyperband::new(3.0),
        checkpoint = states.to_owned(),
        seed = 7,
        x = 0.0..=1.0,
        for (epochs, state) in 1..=9 {
            run.begin(None)?;
            let state: Option<String> = state;
            let done = state.map_or(0, |state| {
                let (of, done) = state.split_once(" after ").unwrap();
                assert_eq!(of, format!("{x:?}"), "the state is that of this configuration");
                done.parse().unwrap()
            });
            let metrics = Metrics::new(x - 0.01 * f64::from(epochs)).with("went on from", f64::from(done));
            (metrics, format!("{x:?} after {epochs}"))
        }
    );
    Ok(ho.into_sweep())
}

#[test]
fn states_are_found_again() {
    for version in versions() {
        let scratch = Scratch::copy_of(&version.join("checkpoints"));
        let studies = Scratch::copy_of(&version.join("studies"));
        let mut run = Run::new(&studies.sqlite("studies.db"), "states", 0);
        let half = run.study().read().unwrap();
        assert_listed(&half, &scratch.file("half.txt"), None, "the half");
        let sweep = checkpointed(&mut run, scratch.file("states").to_str().unwrap()).unwrap();
        assert_listed(&sweep, &scratch.file("whole.txt"), None, "the sweep that went on");
        let left = half.history().running() + half.history().count(State::Cancelled);
        let to_run = sweep.history().len() - half.history().len() + left;
        assert_eq!(run.begun, to_run);
    }
}
