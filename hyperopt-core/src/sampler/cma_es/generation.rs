//! The trials of the present generation.

/// Members in the order of their configurations, one array for each thing that is known of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Generation {
    /// y, z and y with 0 for inactive axes: see [`Members`](super::gaussian::Members).
    pub(super) steps: Vec<f64>,
    pub(super) directions: Vec<f64>,
    pub(super) moves: Vec<f64>,
    /// Where the members lie along the axes of the normal distribution.
    places: Vec<f64>,
    levels: Vec<Option<usize>>,
    losses: Vec<f64>,
    /// How many were drawn from the present distributions.
    own: usize,
    resources: Option<f64>,
    /// Rows from the best to the worst; equals in the order of asking, which says nothing about them.
    pub(super) order: Vec<usize>,
    ranked: Vec<f64>,
}

impl Generation {
    pub(super) fn len(&self) -> usize {
        self.losses.len()
    }

    pub(super) fn clear(&mut self) {
        self.steps.clear();
        self.directions.clear();
        self.moves.clear();
        self.places.clear();
        self.levels.clear();
        self.losses.clear();
        self.own = 0;
    }

    /// Whether losses at `resources` compare with those of the members.
    pub(super) fn compares(&self, resources: Option<f64>) -> bool {
        match (self.resources, resources) {
            (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 1e-9 * ours.abs(),
            (ours, theirs) => ours.is_none() == theirs.is_none(),
        }
    }

    pub(super) fn push(
        &mut self,
        (step, direction, place): (&[f64], &[f64], &[f64]),
        is_active: impl Iterator<Item = bool>,
        levels: impl Iterator<Item = Option<usize>>,
        loss: f64,
        own: bool,
        resources: Option<f64>,
    ) {
        self.steps.extend_from_slice(step);
        self.directions.extend_from_slice(direction);
        self.moves.extend(step.iter().zip(is_active).map(|(&y, is_active)| if is_active { y } else { 0.0 }));
        self.places.extend_from_slice(place);
        self.levels.extend(levels);
        self.losses.push(loss);
        self.own += usize::from(own);
        self.resources = resources;
    }

    pub(super) fn rank(&mut self) {
        self.order.clear();
        self.order.extend(0..self.losses.len());
        self.order.sort_unstable_by(|&a, &b| self.losses[a].total_cmp(&self.losses[b]).then(a.cmp(&b)));
        self.ranked.clear();
        self.ranked.extend(self.order.iter().map(|&row| self.losses[row]));
    }

    #[cfg(test)]
    pub(super) fn spoil(&mut self, sabotage: super::options::Sabotage) {
        use super::options::Sabotage;
        match sabotage {
            Sabotage::None => {}
            Sabotage::Inverted => self.order.reverse(),
            Sabotage::Unranked => self.order.sort_unstable(),
        }
    }

    /// How many have an objective; they are the first in rank.
    pub(super) fn finite(&self) -> usize {
        self.ranked.partition_point(|loss| loss.is_finite())
    }

    /// Returns the losses of the first `count` in rank.
    pub(super) fn ranked_losses(&self, count: usize) -> &[f64] {
        &self.ranked[..count]
    }

    /// Where the members lie, row after row.
    pub(super) fn places(&self) -> &[f64] {
        &self.places
    }

    /// Returns the losses, row after row.
    pub(super) fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// Returns the levels of a row, axis after axis.
    pub(super) fn levels(&self, row: usize) -> &[Option<usize>] {
        let axes = self.levels.len() / self.len().max(1);
        &self.levels[row * axes..(row + 1) * axes]
    }

    /// Whether less than half of the members were drawn from the present distributions.
    pub(super) fn is_foreign(&self) -> bool {
        2 * self.own < self.len()
    }
}
