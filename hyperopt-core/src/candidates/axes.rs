//! The list of the axes of a space, with the errors of faulty ones.

use std::borrow::Cow;

use itertools::Itertools;

use crate::error::{CandidatesError, Error};
use crate::space::{Axis, Space};

/// The list of the axes of a space, with the errors of faulty ones.
#[derive(Clone, Debug, Default)]
pub struct Axes {
    listed: Vec<(Cow<'static, str>, Result<Axis, CandidatesError>)>,
}

impl Axes {
    /// Makes an empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists an axis, or what is wrong with the candidates of the hyperparameter `name`.
    pub fn push(&mut self, name: impl Into<Cow<'static, str>>, axis: Result<Axis, CandidatesError>) {
        self.listed.push((name.into(), axis));
    }

    /// Returns the number of axes listed so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Returns whether no axis is listed yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Puts the axes from the index `first` on into the branch `label`.
    pub(crate) fn put_in_branch(&mut self, first: usize, label: &str) {
        let axes = self.listed.iter_mut().skip(first).filter_map(|(_, axis)| axis.as_mut().ok());
        axes.for_each(|axis| axis.within_branch(label));
    }

    /// Returns the space, and everything that is wrong with it.
    pub(crate) fn checked(self) -> (Space, Vec<Error>) {
        let mut errors = Vec::new();
        // Faulty axes bear the name of their hyperparameter, which its other axes may have.
        let names = self.listed.iter().filter_map(|(_, axis)| axis.as_ref().ok()).map(Axis::name);
        let repeated: Vec<String> = names.duplicates().map(String::from).collect();
        let axes = self.listed.into_iter().filter_map(|(name, axis)| {
            axis.map_err(|fault| errors.push(Error::Candidates { name: name.into_owned(), fault })).ok()
        });
        let space = Space::new(axes.collect());
        errors.extend(repeated.into_iter().map(|name| Error::Repeated { name }));
        (space, errors)
    }
}

/// Returns the errors of axes whose levels are known by their places in a list only, where `keeper` hands trials on.
pub(crate) fn unlabelled(space: &Space, keeper: &'static str) -> impl Iterator<Item = Error> {
    space.axes().iter().filter_map(move |axis| {
        let fault = axis.check_labels(keeper).err()?;
        Some(Error::Candidates { name: axis.parameter().into(), fault })
    })
}

impl From<Vec<(&'static str, Result<Axis, CandidatesError>)>> for Axes {
    fn from(listed: Vec<(&'static str, Result<Axis, CandidatesError>)>) -> Self {
        Self { listed: listed.into_iter().map(|(name, axis)| (name.into(), axis)).collect() }
    }
}
