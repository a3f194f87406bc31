//! The typed parameters of trials.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::space::Point;
use crate::trial::Trial;

/// The typed parameters of the trials of a sweep, in the order of asking.
#[derive(Clone, Debug)]
pub(crate) struct Params<P> {
    made: Vec<P>,
    /// The numbers of trials without parameters, in order: a candidate of theirs panicked when it was cloned.
    missing: Vec<usize>,
}

impl<P> Params<P> {
    /// Decodes the parameters of each trial by `decode`.
    pub(crate) fn of(trials: &[Trial], decode: impl Fn(&Point) -> P) -> Self {
        Self { made: trials.iter().map(|trial| decode(trial.point())).collect(), missing: Vec::new() }
    }

    /// Decodes the parameters of each trial where candidates may panic: their trials have no parameters. Returns the first
    /// panic too.
    pub(crate) fn caught(trials: &[Trial], decode: impl Fn(&Point) -> P) -> (Self, Option<Box<dyn Any + Send>>) {
        let (mut params, mut first) = (Self { made: Vec::with_capacity(trials.len()), missing: Vec::new() }, None);
        for trial in trials {
            match catch_unwind(AssertUnwindSafe(|| decode(trial.point()))) {
                Ok(made) => params.made.push(made),
                Err(panic) => {
                    params.missing.push(trial.number());
                    first.get_or_insert(panic);
                }
            }
        }
        (params, first)
    }

    /// Returns the parameters of trial `number`, if it has any.
    pub(crate) fn get(&self, number: usize) -> Option<&P> {
        match self.missing.binary_search(&number) {
            Ok(_) => None,
            Err(before) => self.made.get(number - before),
        }
    }

    /// Iterates over the parameters, with the numbers of their trials.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (usize, &P)> + Clone {
        self.made.iter().enumerate().map(|(index, params)| {
            let number = self.missing.iter().fold(index, |number, &missing| number + usize::from(missing <= number));
            (number, params)
        })
    }

    pub(crate) fn map<Q>(self, f: impl FnMut(P) -> Q) -> Params<Q> {
        Params { made: self.made.into_iter().map(f).collect(), missing: self.missing }
    }

    /// Sets the parameters of trial `number`, the last one asked for, and decodes those of trials that other processes have
    /// started.
    pub(crate) fn set(&mut self, number: usize, trials: &[Trial], decode: impl Fn(&Point) -> P) {
        let others = trials[self.made.len().min(trials.len())..].iter();
        self.made.extend(others.map(|trial| decode(trial.point())));
        self.made[number] = decode(trials[number].point());
    }

    pub(crate) fn into_last(mut self) -> Option<P> {
        self.made.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trials_without_parameters_are_passed_over() {
        let trials: Vec<_> = (0..6).map(|n| Trial::running(n, n, None, Point::from(vec![n as f64 / 8.0]))).collect();
        let decode = |point: &Point| {
            let unit = point.get(0).unwrap();
            assert!(unit != 0.125 && unit != 0.25, "no clone");
            unit
        };
        let (params, panic) = Params::caught(&trials, decode);
        assert!(panic.is_some());
        assert_eq!(params.iter().collect::<Vec<_>>(), [(0, &0.0), (3, &0.375), (4, &0.5), (5, &0.625)]);
        assert_eq!((params.iter().len(), params.get(1), params.get(2), params.get(3)), (4, None, None, Some(&0.375)));
        let (params, panic) = Params::caught(&trials[3..], |point| point.get(0).unwrap());
        assert_eq!((params.iter().len(), panic.is_none()), (3, true));
    }
}
