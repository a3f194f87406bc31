//! The goals of a sweep.

use std::slice;
use std::sync::Arc;

use crate::history::Goal;

/// The value of `goal = …`: one [`Goal`], or an array with one for each objective.
///
/// ```
/// use hyperopt_core::Goal::{Maximize, Minimize};
/// use hyperopt_core::IntoGoals;
///
/// assert_eq!(Minimize.goals(), [Minimize]);
/// assert_eq!([Minimize, Maximize].goals(), [Minimize, Maximize]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a goal",
    label = "expected `Minimize`, `Maximize`, or an array of them",
    note = "an array holds a goal for each objective: `goal = [Minimize, Maximize]`"
)]
pub trait IntoGoals {
    /// Returns the goals, in the order of the objectives.
    fn goals(self) -> Vec<Goal>;
}

#[diagnostic::do_not_recommend]
impl IntoGoals for Goal {
    fn goals(self) -> Vec<Goal> {
        vec![self]
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> IntoGoals for [Goal; N] {
    fn goals(self) -> Vec<Goal> {
        self.to_vec()
    }
}

#[diagnostic::do_not_recommend]
impl IntoGoals for &[Goal] {
    fn goals(self) -> Vec<Goal> {
        self.to_vec()
    }
}

#[diagnostic::do_not_recommend]
impl IntoGoals for Vec<Goal> {
    fn goals(self) -> Vec<Goal> {
        self
    }
}

/// The goals of a sweep, at least one; cheap to clone for each draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Goals {
    One(Goal),
    Several(Arc<[Goal]>),
}

impl Goals {
    /// Makes goals of a list; returns `None` if it is empty.
    pub(crate) fn new(goals: &[Goal]) -> Option<Self> {
        match goals {
            [] => None,
            [goal] => Some(Self::One(*goal)),
            _ => Some(Self::Several(goals.into())),
        }
    }

    pub(crate) fn as_slice(&self) -> &[Goal] {
        match self {
            Self::One(goal) => slice::from_ref(goal),
            Self::Several(goals) => goals,
        }
    }

    pub(crate) fn first(&self) -> Goal {
        self.as_slice()[0]
    }

    pub(crate) fn len(&self) -> usize {
        self.as_slice().len()
    }
}

impl Default for Goals {
    fn default() -> Self {
        Self::One(Goal::default())
    }
}

impl From<Goal> for Goals {
    fn from(goal: Goal) -> Self {
        Self::One(goal)
    }
}
