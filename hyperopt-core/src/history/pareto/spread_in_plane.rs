//! A few vectors of a front that together dominate a large area, under two goals.

use std::ops::Range;

use super::Vectors;
use super::spread::{REFERENCE, scaled};

impl Vectors {
    /// Chooses as [`Spread`](super::spread::Spread) does; returns places in `front`, which is in lexicographic order.
    ///
    /// Under two goals, a vector adds the rectangle between its neighbours among the chosen ones: a choice changes what
    /// those next to it add, and no other.
    pub(super) fn spread_in_plane(&self, front: &[usize], count: usize) -> Vec<usize> {
        let ends = [0, front.len() - 1].map(|place| self.row(front[place]));
        let row = |place: usize| {
            let row = self.row(front[place]);
            [scaled(row[0], ends[0][0], ends[1][0]), scaled(row[1], ends[1][1], ends[0][1])]
        };
        let mut gaps = vec![Gap::new(0..front.len(), [REFERENCE; 2], row)];
        let mut chosen = Vec::with_capacity(count);
        while chosen.len() < count {
            // The first of equals.
            let adds = |gap: usize| gaps[gap].best.map_or(f64::NEG_INFINITY, |(adds, _)| adds);
            let widest = (1..gaps.len()).fold(0, |best, gap| if adds(gap) > adds(best) { gap } else { best });
            let Some((_, place)) = gaps[widest].best else { break };
            chosen.push(place);
            let Gap { places, corner, .. } = &gaps[widest];
            let [x, y] = row(place);
            let left = Gap::new(places.start..place, [x, corner[1]], row);
            let right = Gap::new(place + 1..places.end, [corner[0], y], row);
            gaps.splice(widest..=widest, [left, right]);
        }
        chosen
    }
}

/// The vectors between two chosen ones that are neighbours.
#[derive(Debug)]
struct Gap {
    places: Range<usize>,
    /// The first objective of the neighbour on the right, and the second one of that on the left.
    corner: [f64; 2],
    /// The vector that adds most, the first of equals, and what it adds.
    best: Option<(f64, usize)>,
}

impl Gap {
    /// Finds the vector that adds most. Within a block, none adds more than the first objective of its first vector and the
    /// second objective of its last one would together.
    fn new(places: Range<usize>, corner: [f64; 2], row: impl Fn(usize) -> [f64; 2]) -> Self {
        let area = |x: f64, y: f64| (corner[0] - x) * (corner[1] - y);
        let adds = |place: usize| {
            let [x, y] = row(place);
            area(x, y)
        };
        let length = places.len().isqrt().max(1);
        let blocks = || places.clone().step_by(length).map(|start| start..(start + length).min(places.end));
        let least = blocks().map(|block| adds(block.start)).fold(f64::NEG_INFINITY, f64::max);
        let mut best: Option<(f64, usize)> = None;
        for block in blocks() {
            let most = area(row(block.start)[0], row(block.end - 1)[1]);
            if most < least || best.is_some_and(|(best, _)| most <= best) {
                continue;
            }
            for place in block {
                let adds = adds(place);
                if best.is_none_or(|(best, _)| adds > best) {
                    best = Some((adds, place));
                }
            }
        }
        Self { places, corner, best }
    }
}
