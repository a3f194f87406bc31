//! A sweep over eight hyperparameters, and the draw of each of its trials, for benches of the cost of one suggestion.

// Each bench is a crate of its own and uses its share.
#![allow(dead_code)]

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use hyperopt::prelude::*;
use hyperopt::{Draw, History, Point, Sampler, Setup, Space, Sweep};

/// `hyperopt!` over the eight hyperparameters of the benches, in the caller's names, with the caller's loop or none.
macro_rules! sweep_over_eight {
    (
        $sampler:expr,
        [$ratio:ident $bias:ident $cost:ident $dropout:ident $rate:ident $width:ident $batch:ident $optimizer:ident]
        $($head_and_body:tt)*
    ) => {
        hyperopt!(
            sampler = $sampler,
            seed = 7,
            $ratio = linrange(1.0, 5.0, 1000),
            $bias = [true, false],
            $cost = exp_linrange(-1.0, 3.0, 1000),
            $dropout = 0.0..=1.0,
            $rate = log(1e-5..=1e-1),
            $width = 1..=64,
            $batch = ordinal([16, 32, 64]),
            $optimizer = ["adam", "sgd", "rmsprop"],
            $($head_and_body)*
        )
    };
}

/// A sampler that also records the draw of each trial.
#[derive(Clone, Debug)]
pub(crate) struct Recorder<S> {
    sampler: S,
    draws: Arc<Mutex<Vec<Draw>>>,
}

impl<S: Sampler> Recorder<S> {
    /// Wraps `sampler`; clones share one record.
    pub(crate) fn new(sampler: S) -> Self {
        Self { sampler, draws: Arc::default() }
    }

    /// Returns the draws so far, in the order of the suggestions.
    pub(crate) fn draws(&self) -> Vec<Draw> {
        self.draws.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<S: Sampler> Sampler for Recorder<S> {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.draws.lock().unwrap_or_else(PoisonError::into_inner).push(draw.clone());
        self.sampler.suggest(space, history, draw)
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.sampler.prepare(setup)
    }

    fn batch(&self) -> Option<usize> {
        Sampler::batch(&self.sampler)
    }
}

/// Runs a sweep of random trials; returns it with their draws.
pub(crate) fn sweep(trials: usize) -> (Sweep, Vec<Draw>) {
    let recorder = Recorder::new(RandomSampler::new());
    let ho = sweep_over_eight!(
        recorder.clone(),
        [ratio bias cost dropout rate width batch optimizer]
        for _ in 0..trials {
            let numbers = (ratio - 3.0).powi(2) + cost.log10() + dropout + rate.log10().abs();
            numbers + f64::from(width + batch) / 64.0 + f64::from(bias) + optimizer.len() as f64
        }
    );
    (ho.into_sweep(), recorder.draws())
}
