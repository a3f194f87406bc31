//! Panics of the user's code in parallel sweeps: the sweep ends with that error and keeps what is finished.

use std::sync::atomic::{AtomicUsize, Ordering};

use hyperopt::prelude::*;
use hyperopt::{Draw, Error, Goal, History, Point, Pruner, Sampler, Space, State, StopReason, Sweep, Trial};

use crate::memory::Memory;

/// Checks the error of a sweep that ended early, with at least `least` trials that are finished.
fn ended(sweep: &Sweep, part: &str, reason: &str, least: usize) {
    let Some(Error::Panicked { part: found, reason: said }) = sweep.error() else { panic!("{:?}", sweep.error()) };
    assert!(found.contains(part) && said == reason, "{found}: {said}");
    assert_eq!(sweep.end(), StopReason::Error);
    let finished = sweep.history().count(State::Complete);
    assert!(finished >= least && finished < 200, "{finished} of {}", sweep.history().len());
    assert_eq!(sweep.history().running(), 0);
}

/// A candidate whose last copies cannot be made.
#[derive(Debug, PartialEq)]
struct Fragile(usize);

impl Clone for Fragile {
    fn clone(&self) -> Self {
        assert!(self.0 < 7, "candidate {} breaks", self.0);
        Self(self.0)
    }
}

#[test]
fn candidates_that_cannot_be_cloned() -> Result<(), Error> {
    for threads in [1, 2, 8] {
        let candidates = categorical((0..8).map(Fragile).collect::<Vec<_>>()).labels(0..8);
        let ho = phyperopt!(
            workers(threads),
            seed = 7,
            which = candidates,
            x = 0.0..=1.0,
            for _ in 0..200 {
                which.0 as f64 + x
            }
        );
        ended(ho.sweep(), "`which`", "candidate 7 breaks", 1);
        // The parameters of all others are there.
        let typed = ho.trials().filter(|(trial, _)| trial.state() == State::Complete).count();
        assert_eq!(typed, ho.history().count(State::Complete));
        assert!(
            ho.trials().all(|(trial, params)| ho.space().value("which", trial.point()) == Some(params.which.0.into()))
        );
        assert!(ho.best()?.params.which.0 < 7);
    }
    // What is finished stands in the study too, and its trial waits to be run again.
    let memory = Memory::default();
    let candidates = categorical((0..8).map(Fragile).collect::<Vec<_>>()).labels(0..8);
    let ho = thyperopt!(
        study = memory.handle(),
        seed = 7,
        which = candidates,
        for _ in 0..200 {
            which.0 as f64
        }
    );
    ended(ho.sweep(), "`which`", "candidate 7 breaks", 1);
    Ok(())
}

#[test]
fn a_sampler_that_panics() {
    #[derive(Debug)]
    struct Faulty;

    impl Sampler for Faulty {
        fn suggest(&mut self, space: &Space, history: &History, _: &Draw) -> Option<Point> {
            assert!(history.len() < 100, "no more than 100");
            Some(vec![0.5; space.len()].into())
        }
    }

    for threads in [1, 2, 8] {
        let ho = phyperopt!(
            workers(threads),
            sampler = Faulty,
            x = 0.0..=1.0,
            for _ in 0..200 {
                x
            }
        );
        ended(ho.sweep(), "the sampler `Faulty`", "no more than 100", 100);
        let ho = phyperopt!(
            workers(threads),
            sampler = Asha::new(3.0).inner(Faulty).configurations(200),
            x = 0.0..=1.0,
            for (_, _) in 1..=9 {
                (x, ())
            }
        );
        ended(ho.sweep(), "Asha over Faulty", "no more than 100", 90);
    }
    let memory = Memory::default();
    let run = || {
        thyperopt!(
            study = memory.handle(),
            sampler = Faulty,
            x = 0.0..=1.0,
            for _ in 0..200 {
                x
            }
        )
    };
    ended(run().sweep(), "the sampler `Faulty`", "no more than 100", 100);
    // The study is not left locked.
    assert_eq!(run().history().count(State::Complete), 100);
}

#[test]
fn a_pruner_that_panics() {
    #[derive(Debug)]
    struct Faulty;

    impl Pruner for Faulty {
        fn prune(&mut self, _: &[Trial], trial: &Trial, _: Goal) -> bool {
            assert!(trial.number() < 100, "the pruner is faulty");
            false
        }
    }

    for threads in [1, 2, 8] {
        let ho = phyperopt!(
            workers(threads),
            sampler = RandomSampler::new().pruner(Faulty),
            x = 0.0..=1.0,
            for trial in 0..200 {
                trial.report(1, x);
                if trial.should_prune() {
                    continue;
                }
                x
            }
        );
        ended(ho.sweep(), "the pruner of `RandomSampler with Faulty`", "the pruner is faulty", 90);
        let failed = ho.history().trials().iter().find(|trial| trial.state() == State::Failed);
        assert_eq!(failed.and_then(Trial::reason), Some("panicked: the pruner is faulty"));
    }
}

/// A guard is part of its trial, as the body is.
#[test]
fn a_guard_that_panics_fails_its_trial_alone() {
    let calls = AtomicUsize::new(0);
    let ho = phyperopt!(
        workers(4),
        seed = 7,
        x = 0.0..=1.0,
        y = if {
            calls.fetch_add(1, Ordering::Relaxed);
            assert!(x < 0.9, "x is large");
            x > 0.5
        } {
            0.0..=1.0
        },
        for _ in 0..100 {
            x + y.unwrap_or(0.0)
        }
    );
    let failed = ho.history().count(State::Failed);
    assert!((1..30).contains(&failed), "{failed}");
    assert_eq!(ho.history().count(State::Complete) + failed, 100);
    assert!(ho.error().is_none());
    assert_eq!(calls.into_inner(), 100, "a guard is evaluated once a trial");
}
