//! Crowding distances.

use super::Vectors;

impl Vectors {
    /// Returns the crowding distance of each of `members`, vectors of one front: the sum over the objectives of the
    /// distance between the next smaller and the next larger vector, in units of the range of the front; infinite at the
    /// ends (Deb et al., 2002, section III-B). An objective in which all are equal adds 0.
    pub(crate) fn crowding(&self, members: &[usize]) -> Vec<f64> {
        let mut distances = vec![0.0; members.len()];
        let mut order: Vec<usize> = (0..members.len()).collect();
        for objective in 0..self.width {
            let value = |place: usize| self.row(members[place])[objective];
            order.sort_by(|&a, &b| value(a).total_cmp(&value(b)));
            let (Some(&first), Some(&last)) = (order.first(), order.last()) else { return distances };
            let range = value(last) - value(first);
            // The range is infinite if the two ends are too far apart for a float.
            if range <= 0.0 || !range.is_finite() {
                continue;
            }
            distances[first] = f64::INFINITY;
            distances[last] = f64::INFINITY;
            for neighbours in order.windows(3) {
                distances[neighbours[1]] += (value(neighbours[2]) - value(neighbours[0])) / range;
            }
        }
        distances
    }
}
