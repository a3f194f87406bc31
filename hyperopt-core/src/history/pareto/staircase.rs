//! The lower left edge of points in the plane.

/// Points of which none is as good as another in both coordinates: `x` grows and `y` falls.
#[derive(Clone, Debug, Default)]
pub(super) struct Staircase {
    steps: Vec<(f64, f64)>,
}

impl Staircase {
    /// Whether a point of it is as small as (x, y) in both coordinates.
    pub(super) fn covers(&self, x: f64, y: f64) -> bool {
        // The last step not to the right of x is the lowest of them.
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
