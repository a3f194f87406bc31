//! The bandwidths of kernels along one axis, from the distances of neighbours: Watanabe 2023, section 3.3, "hyperopt".

/// The kernels along one axis, kept in order of their coordinates; the first kernel is that of the prior.
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbours {
    pub(super) at: Vec<f64>,
    pub(super) deviations: Vec<f64>,
    /// Kernels from the smallest coordinate to the largest, those at one place by index.
    order: Vec<u32>,
}

impl Neighbours {
    pub(super) fn new(mean: f64, deviation: f64) -> Self {
        Self { at: vec![mean], deviations: vec![deviation], order: vec![0] }
    }

    pub(super) fn insert(&mut self, kernel: usize, at: f64) {
        for other in self.order.iter_mut().filter(|other| **other >= kernel as u32) {
            *other += 1;
        }
        self.at.insert(kernel, at);
        self.deviations.insert(kernel, f64::NAN);
        let below = |&other: &u32| self.at[other as usize].total_cmp(&at).then((other as usize).cmp(&kernel)).is_lt();
        self.order.insert(self.order.partition_point(below), kernel as u32);
    }

    pub(super) fn remove(&mut self, kernel: usize) {
        self.at.remove(kernel);
        self.deviations.remove(kernel);
        self.order.retain(|&other| other as usize != kernel);
        for other in self.order.iter_mut().filter(|other| **other > kernel as u32) {
            *other -= 1;
        }
    }

    /// Makes every deviation but the prior's the larger of the distances to the neighbours on both sides, `least` at the
    /// least; names the kernels of which it has changed.
    ///
    /// If it `reaches`, the ends of the axis and the mean of the prior are neighbours too. Otherwise kernels alone are, and
    /// those at the ends have one.
    pub(super) fn refresh(&mut self, reaches: bool, least: f64, mut changed: impl FnMut(usize, f64, f64)) {
        let reaches = reaches || self.order.len() < 3;
        let mut neighbours = self.order.iter().filter(|&&kernel| reaches || kernel > 0).peekable();
        let mut left = if reaches { 0.0 } else { f64::INFINITY };
        while let Some(&kernel) = neighbours.next() {
            let at = self.at[kernel as usize];
            let next = neighbours.peek().map(|&&next| self.at[next as usize]);
            let right = next.unwrap_or(if reaches { 1.0 } else { f64::NEG_INFINITY });
            let deviation = (at - left).max(right - at).clamp(least, 1.0);
            left = at;
            let kept = &mut self.deviations[kernel as usize];
            if kernel > 0 && deviation != *kept {
                *kept = deviation;
                changed(kernel as usize, at, deviation);
            }
        }
    }

    /// Returns the deviation that another kernel would have, if it were there.
    pub(super) fn deviation_at(&self, at: f64, least: f64) -> f64 {
        let next = self.order.partition_point(|&other| self.at[other as usize] <= at);
        let place = |index: usize| self.order.get(index).map(|&other| self.at[other as usize]);
        let left = next.checked_sub(1).and_then(place).unwrap_or(0.0);
        (at - left).max(place(next).unwrap_or(1.0) - at).clamp(least, 1.0)
    }
}
