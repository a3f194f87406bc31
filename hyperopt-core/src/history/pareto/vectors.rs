//! Vectors of objectives, all to be minimised.

use crate::history::Goal;

/// Vectors of objectives, all to be minimised, one after the other in one allocation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vectors {
    pub(super) width: usize,
    pub(super) losses: Vec<f64>,
}

impl Vectors {
    /// Takes one vector from each item, as many numbers as there are goals; those to be maximised change their signs.
    pub(crate) fn new<'a>(objectives: impl Iterator<Item = &'a [f64]>, goals: &[Goal]) -> Self {
        let losses = objectives.flat_map(|row| row.iter().zip(goals).map(|(&value, &goal)| loss(value, goal)));
        Self { width: goals.len(), losses: losses.collect() }
    }

    pub(crate) fn len(&self) -> usize {
        self.losses.len().checked_div(self.width).unwrap_or_default()
    }

    pub(crate) fn row(&self, index: usize) -> &[f64] {
        &self.losses[index * self.width..][..self.width]
    }
}

/// Returns `value` as a number to be minimised.
pub(crate) fn loss(value: f64, goal: Goal) -> f64 {
    match goal {
        Goal::Minimize => value,
        Goal::Maximize => -value,
    }
}

/// Returns whether `a` dominates `b`: is as small everywhere and smaller somewhere.
pub(crate) fn dominates(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| a <= b) && a != b
}
