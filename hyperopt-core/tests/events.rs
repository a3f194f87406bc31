//! Events for the subscribers of `tracing`.

#![cfg(feature = "tracing")]

use std::fmt::{self, Write};
use std::sync::{Mutex, PoisonError};

use hyperopt_core::{MedianPruner, RandomSampler, RunningTrial, Search, WithPruner, hp, workers};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

static EVENTS: Mutex<Vec<(Level, String)>> = Mutex::new(Vec::new());
static RUNNING: Mutex<Vec<RunningTrial>> = Mutex::new(Vec::new());

/// Records events, and asks the sweep while it does: under the lock of the sweep, it would wait for itself.
struct Recorder;

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match field.name() {
            "message" => self.0.insert_str(0, &format!("{value:?}:")),
            "seconds" => {}
            name => write!(self.0, " {name}={value:?}").unwrap(),
        }
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "hyperopt"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for trial in &running {
            trial.report(0, 1.0);
            assert!(!trial.should_prune() || trial.number() > 0);
        }
        let mut text = Text(String::new());
        event.record(&mut text);
        EVENTS.lock().unwrap_or_else(PoisonError::into_inner).push((*event.metadata().level(), text.0));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn taken() -> Vec<(Level, String)> {
    std::mem::take(&mut *EVENTS.lock().unwrap_or_else(PoisonError::into_inner))
}

/// One test: the subscriber is that of the process.
#[test]
fn a_subscriber_sees_what_starts_ends_fails_and_is_best() {
    tracing::subscriber::set_global_default(Recorder).unwrap();
    let search = || Search::new(hp::uniform("x", 1.0, 1.0)).sampler(RandomSampler::new()).seed(7);
    let ho = search().run(0..4, |trial, _| match trial {
        0 => Ok(3.0),
        1 => Err("diverged"),
        _ => Ok(f64::from(trial)),
    });
    assert_eq!(ho.len(), 4);
    let expected = [
        (Level::INFO, "sweep started: sampler=\"RandomSampler\" seed=7 trials=4"),
        (Level::DEBUG, "trial started: trial=0 params=\"x = 1\""),
        (Level::DEBUG, "trial complete: trial=0 objective=3.0"),
        (Level::INFO, "new best: trial=0 objective=3.0 params=\"x = 1\""),
        (Level::DEBUG, "trial started: trial=1 params=\"x = 1\""),
        (Level::WARN, "trial failed: trial=1 reason=\"diverged\""),
        (Level::DEBUG, "trial started: trial=2 params=\"x = 1\""),
        (Level::DEBUG, "trial complete: trial=2 objective=2.0"),
        (Level::INFO, "new best: trial=2 objective=2.0 params=\"x = 1\""),
        (Level::DEBUG, "trial started: trial=3 params=\"x = 1\""),
        (Level::DEBUG, "trial complete: trial=3 objective=3.0"),
        (Level::INFO, "sweep ended: trials=4 end=\"all planned trials are done\""),
    ];
    assert_eq!(taken(), expected.map(|(level, text)| (level, text.to_owned())));

    let pruned = search().sampler(RandomSampler::new().pruner(MedianPruner::new()));
    let ho = pruned.run_trials_on(workers(2), 0..8, |trial, _| {
        RUNNING.lock().unwrap().push(trial.clone());
        trial.report(1, trial.number() as f64);
        if trial.should_prune() || trial.number() == 5 { None } else { Some(trial.number() as f64) }
    });
    assert_eq!(ho.len(), 8);
    let events = taken();
    let count = |text: &str| events.iter().filter(|(_, event)| event.starts_with(text)).count();
    assert_eq!((count("trial started"), count("sweep ended")), (8, 1), "{events:?}");
    assert_eq!(count("trial complete") + count("trial pruned") + count("trial failed"), 8, "{events:?}");
}
