//! A sweep, and what each of its trials drew from, for benches of what one suggestion costs.

// Each bench is a crate of its own and uses its share.
#![allow(dead_code)]

use std::sync::{Arc, Mutex, PoisonError};

use hyperopt::prelude::*;
use hyperopt::{Draw, History, Point, Sampler, Space, Sweep};

/// Random search that lets out what each trial draws from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recorder(Arc<Mutex<Vec<Draw>>>);

impl Recorder {
    pub(crate) fn draws(&self) -> Vec<Draw> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Sampler for Recorder {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(draw.clone());
        RandomSampler::new().suggest(space, history, draw)
    }
}

/// A sweep of so many random trials, and what they drew from.
pub(crate) fn sweep(trials: usize) -> (Sweep, Vec<Draw>) {
    let recorder = Recorder::default();
    let ho = hyperopt!(
        sampler = recorder.clone(),
        seed = 7,
        ratio = linrange(1.0, 5.0, 1000),
        bias = [true, false],
        cost = exp_linrange(-1.0, 3.0, 1000),
        dropout = 0.0..=1.0,
        rate = log(1e-5..=1e-1),
        width = 1..=64,
        batch = ordinal([16, 32, 64]),
        optimizer = ["adam", "sgd", "rmsprop"],
        for _ in 0..trials {
            let numbers = (ratio - 3.0).powi(2) + cost.log10() + dropout + rate.log10().abs();
            numbers + f64::from(width + batch) / 64.0 + f64::from(bias) + optimizer.len() as f64
        }
    );
    (ho.into_sweep(), recorder.draws())
}
