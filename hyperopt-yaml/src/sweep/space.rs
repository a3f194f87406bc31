use hyperopt_core::{Axes, Parameters, Point, SearchSpace, Suggest};
use serde_json::Value;

use crate::definition::Definition;
use crate::sweep::dimension::dimension;

/// The hyperparameters of a file, whose trials know their numbers.
#[derive(Debug)]
pub(crate) struct Numbered(Parameters<Value>);

/// The values of a trial, with its number and that of its configuration.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) numbers: (usize, usize),
    pub(crate) values: Vec<(String, Value)>,
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
        // A trial that is over needs its number no more.
        Drawn { numbers: (0, 0), values: self.0.decode(first, point) }
    }

    fn resume(&self, first: usize, suggest: &Suggest<'_>, point: &Point) -> Drawn {
        Drawn { numbers: (suggest.number(), suggest.configuration()), values: self.0.decode(first, point) }
    }
}
