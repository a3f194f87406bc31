//! Which dimensions are modelled together: those that are active in the same trials.

use super::coordinate::Coordinate;
use crate::space::{Point, Space};

/// A partition of the dimensions, refined by what has been observed. It does not depend on the order of observing.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    partition: Vec<Vec<usize>>,
    /// Every set of active dimensions that there has been, the latest first.
    seen: Vec<Box<[bool]>>,
    is_conditional: bool,
}

impl Groups {
    /// Dimensions whose axes have the same parents are together until a trial tells them apart; each is alone if not
    /// `multivariate`.
    pub(super) fn new(space: &Space, dimensions: &[Coordinate], multivariate: bool) -> Self {
        let parents = |index: usize| space.axes()[dimensions[index].axis].parents();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for index in 0..dimensions.len() {
            let fits = |group: &&mut Vec<usize>| multivariate && parents(group[0]) == parents(index);
            match groups.iter_mut().find(fits) {
                Some(group) => group.push(index),
                None => groups.push(vec![index]),
            }
        }
        let is_conditional = (0..dimensions.len()).any(|index| !parents(index).is_empty());
        Self { partition: groups, seen: Vec::new(), is_conditional }
    }

    /// Returns the dimensions of each group.
    pub(super) fn all(&self) -> &[Vec<usize>] {
        &self.partition
    }

    /// Takes note of which dimensions are active at `point`.
    pub(super) fn observe(&mut self, space: &Space, dimensions: &[Coordinate], point: &Point) {
        // Without conditions all are, and one dimension cannot be told apart from itself.
        if !self.is_conditional || space.is_empty() {
            return;
        }
        let is_active = |dimension: &Coordinate| point.is_active(dimension.axis);
        let is_same =
            |seen: &[bool]| seen.iter().zip(dimensions).all(|(&seen, dimension)| seen == is_active(dimension));
        if let Some(index) = self.seen.iter().position(|seen| is_same(seen)) {
            self.seen.swap(0, index);
            return;
        }
        self.seen.insert(0, dimensions.iter().map(is_active).collect());
        let active = &self.seen[0];
        let halves = self.partition.iter().flat_map(|group| {
            let (on, off): (Vec<_>, Vec<_>) = group.iter().partition(|&&index| active[index]);
            [on, off]
        });
        self.partition = halves.filter(|half| !half.is_empty()).collect();
        self.partition.sort_unstable_by_key(|group| group[0]);
    }
}
