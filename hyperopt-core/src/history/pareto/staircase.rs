//! The lower left edge of points in the plane.

/// Points of which none is as good as another in both coordinates: `x` grows and `y` falls.
#[derive(Clone, Debug, Default)]
pub(super) struct Staircase {
    steps: Vec<(f64, f64)>,
}

impl Staircase {
    /// Returns whether a point of the staircase is as small as (x, y) in both coordinates.
    pub(super) fn covers(&self, x: f64, y: f64) -> bool {
        // Of the steps that are not to the right of x, the last is the lowest.
        let after = self.steps.partition_point(|step| step.0 <= x);
        after.checked_sub(1).is_some_and(|step| self.steps[step].1 <= y)
    }

    /// Adds a point, and drops those that it makes superfluous.
    pub(super) fn insert(&mut self, x: f64, y: f64) {
        if self.covers(x, y) {
            return;
        }
        let start = self.steps.partition_point(|step| step.0 < x);
        let end = start + self.steps[start..].partition_point(|step| step.1 >= y);
        self.steps.splice(start..end, [(x, y)]);
    }
}
