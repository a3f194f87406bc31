//! The context of a trial: its number, its configuration, its budget, and its reports.
//!
//! The body of a [`Search`](hyperopt_core::Search) gets the values of its hyperparameters and an item that differs between the
//! kinds of loops, but no context. [`Numbered`] adds the numbers to the values, [`Item`] reads the rest from the item.
//! Whatever of this crate depends on that is in this file.

use hyperopt_core::{Axes, Hyperoptimizer, Parameters, Point, RunningTrial, SearchSpace, Suggest};
use serde_json::Value;

use crate::definition::Definition;
use crate::sweep::dimension::dimension;

/// The context of a running trial.
#[derive(Debug)]
pub(crate) struct Context {
    number: usize,
    configuration: usize,
    resources: Option<f64>,
    /// Receives the reports; `None` in a sweep without a pruner.
    running: Option<RunningTrial>,
}

impl Context {
    pub(crate) fn new(drawn: &Drawn, item: impl Item) -> Self {
        let (number, configuration) = drawn.numbers;
        Self { number, configuration, resources: item.resources(), running: item.running() }
    }

    pub(crate) fn number(&self) -> usize {
        self.number
    }

    pub(crate) fn configuration(&self) -> usize {
        self.configuration
    }

    pub(crate) fn resources(&self) -> Option<f64> {
        self.resources
    }

    pub(crate) fn report(&self, step: u64, value: f64) {
        if let Some(running) = &self.running {
            running.report(step, value);
        }
    }

    pub(crate) fn should_prune(&self) -> bool {
        self.running.as_ref().is_some_and(RunningTrial::should_prune)
    }
}

/// The hyperparameters of a file, whose trials know their numbers.
#[derive(Debug)]
pub(crate) struct Numbered(Parameters<Value>);

/// The values of a trial, with its number and that of its configuration.
#[derive(Debug)]
pub(crate) struct Drawn {
    numbers: (usize, usize),
    pub(crate) values: Vec<(String, Value)>,
}

impl Drawn {
    /// Removes the numbers from the trials of a finished sweep.
    pub(crate) fn values_of(ho: Hyperoptimizer<Self>) -> Hyperoptimizer<Vec<(String, Value)>> {
        ho.map(|drawn| drawn.values)
    }
}

impl Numbered {
    pub(crate) fn new(definition: &Definition) -> Self {
        let parameters = definition.parameters().iter();
        Self(parameters.fold(Parameters::new(), |all, parameter| {
            all.with(parameter.name(), dimension(parameter.name(), &parameter.space))
        }))
    }
}

impl SearchSpace for Numbered {
    type Params = Drawn;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes) {
        self.0.axes(first, parents, axes);
    }

    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> Drawn {
        Drawn { numbers: (suggest.number(), suggest.configuration()), values: self.0.propose(first, suggest) }
    }

    fn decode(&self, first: usize, point: &Point) -> Drawn {
        // The number of a finished trial is not read from here.
        Drawn { numbers: (0, 0), values: self.0.decode(first, point) }
    }

    fn resume(&self, first: usize, suggest: &Suggest<'_>, point: &Point) -> Drawn {
        Drawn { numbers: (suggest.number(), suggest.configuration()), values: self.0.decode(first, point) }
    }
}

/// The item of a loop, of any kind.
pub(crate) trait Item {
    fn resources(&self) -> Option<f64> {
        None
    }

    fn running(self) -> Option<RunningTrial>
    where
        Self: Sized,
    {
        None
    }
}

impl Item for u64 {}

impl Item for usize {}

impl Item for RunningTrial {
    fn running(self) -> Option<RunningTrial> {
        Some(self)
    }
}

impl Item for (f64, Option<()>) {
    fn resources(&self) -> Option<f64> {
        Some(self.0)
    }
}

impl Item for (u64, Option<()>) {
    fn resources(&self) -> Option<f64> {
        Some(self.0 as f64)
    }
}
