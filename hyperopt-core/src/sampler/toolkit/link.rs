//! How a loss at a budget is carried to the next.

/// The number of pairs that a link is fitted to, at most: the last ones.
const MOST_PAIRS: usize = 48;
/// How many pairs the belief counts for that a loss changes by the same amount from one budget to the next.
const BELIEF: f64 = 3.0;
/// Least slope of a link: even where a budget says nothing about the next, its own ranking decides between equals.
const LEAST_SLOPE: f64 = 0.01;

/// The line from the losses at a budget to those at the next, and the configurations that it is fitted to.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    /// The last configurations that have had both budgets, in order, with their losses.
    pairs: Vec<(usize, (f64, f64))>,
    /// `None` before the first fit.
    line: Option<Line>,
    is_fitted: bool,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    shift: f64,
    slope: f64,
}

impl Link {
    /// Adds the losses of a configuration that has had both budgets, unless there are enough later ones.
    pub(super) fn add(&mut self, configuration: usize, losses: (f64, f64)) {
        let at = self.pairs.partition_point(|&(other, _)| other < configuration);
        if self.pairs.len() < MOST_PAIRS {
            self.pairs.insert(at, (configuration, losses));
        } else if at > 0 {
            self.pairs.insert(at, (configuration, losses));
            self.pairs.remove(0);
        } else {
            return;
        }
        self.is_fitted = false;
    }

    /// Brings the line up to the pairs; returns whether it has changed.
    pub(super) fn fit(&mut self) -> bool {
        if self.is_fitted {
            return false;
        }
        self.is_fitted = true;
        let points: Vec<_> = self.pairs.iter().rev().map(|&(_, losses)| losses).collect();
        let (line, before) = (Line::fitted(&points), self.line);
        self.line = Some(line);
        before.is_none_or(|before| !before.is(line))
    }

    /// Returns the loss at the next budget that `loss` stands for.
    pub(super) fn carry(&self, loss: f64) -> f64 {
        self.line.map_or(loss, |Line { shift, slope }| shift + slope * loss)
    }
}

impl Line {
    /// Fits the line of Theil and Sen, which outliers do not turn: the median of the slopes of all pairs of points, here
    /// together with the belief that the slope is 1.
    fn fitted(points: &[(f64, f64)]) -> Self {
        let slopes = points.iter().enumerate().flat_map(|(index, a)| {
            let others = points[..index].iter().filter(|b| a.0 != b.0);
            others.map(|b| (a.1 - b.1) / (a.0 - b.0))
        });
        let count = points.len() as f64;
        let slope = median(slopes.collect()).map_or(1.0, |slope| (count * slope + BELIEF) / (count + BELIEF));
        let slope = slope.max(LEAST_SLOPE);
        let shift = median(points.iter().map(|(before, after)| after - slope * before).collect()).unwrap_or(0.0);
        Self { shift, slope }
    }

    /// Returns whether both carry losses alike; NaN is like itself.
    fn is(self, other: Self) -> bool {
        (self.shift.to_bits(), self.slope.to_bits()) == (other.shift.to_bits(), other.slope.to_bits())
    }
}

/// Returns the median, the lower of two; `None` for no values.
fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len().checked_sub(1)? / 2;
    Some(*values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Configurations come in any order, and the last ones count.
    #[test]
    fn the_last_configurations_are_fitted() {
        let losses = |configuration: usize| {
            let before = (configuration * 7 % 31) as f64;
            (before, if configuration < 60 { 5.0 - before } else { 2.0 * before + (configuration % 3) as f64 })
        };
        let mut grown = Link::default();
        for configuration in (0..108).map(|index| index * 35 % 108) {
            grown.add(configuration, losses(configuration));
            grown.fit();
        }
        let mut last = Link::default();
        (60..108).for_each(|configuration| last.add(configuration, losses(configuration)));
        assert!(last.fit() && !grown.fit() && !last.fit());
        assert_eq!(grown.carry(9.0), last.carry(9.0));
        grown.add(3, losses(3));
        assert!(!grown.fit());
    }
}
