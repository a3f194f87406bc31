//! Constant axes, along which there is nothing to search.

use crate::space::{Axis, Space};

/// Returns the axes of `space` with more than one candidate, each with its index.
pub(crate) fn searched(space: &Space) -> impl Iterator<Item = (usize, &Axis)> + Clone {
    space.axes().iter().enumerate().filter(|(_, axis)| !is_constant(axis))
}

/// Whether `axis` has a single candidate: one level, or a range of floats whose ends are equal.
pub(crate) fn is_constant(axis: &Axis) -> bool {
    match axis.levels() {
        Some(levels) => levels == 1,
        None => axis.bounds().is_some_and(|(lo, hi)| lo == hi),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::{Candidates, categorical, linrange};

    #[test]
    fn one_candidate_is_a_constant_of_whatever_kind() {
        let indices = |space: &Space| searched(space).map(|(index, _)| index).collect::<Vec<_>>();
        let floats = [0.0..=1.0, 2.0..=2.0].map(Candidates::dimension);
        let steps = [linrange(0.0, 1.0, 1), linrange(0.0, 1.0, 2)].map(Candidates::dimension);
        let space = crate::sampler::testing::space(floats.into_iter().chain(steps));
        assert_eq!(indices(&space), [0, 3]);
        assert_eq!(indices(&crate::sampler::testing::space([(3..=3).dimension(), (3..=4).dimension()])), [1]);
        let choices = [vec!["x"], vec!["x", "y"]].map(|choice| categorical(choice).dimension());
        assert_eq!(indices(&crate::sampler::testing::space(choices)), [1]);
    }
}
