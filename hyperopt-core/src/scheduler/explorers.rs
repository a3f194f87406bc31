//! Random configurations at the beginning of a bracket, which are promoted among themselves.

use std::ops::Range;

use rand::RngExt;

use crate::history::History;
use crate::sampler::{Draw, PriorMixture, Sampler, Setup};
use crate::scheduler::View;
use crate::space::{Point, Space};

/// The first configurations of a bracket, drawn at random where the others come from a model of trials with few resources.
///
/// Random configurations next to those that such a model breeds would not be promoted, however well they did with more
/// resources. So each rung keeps the best of either kind in proportion to their numbers, as far as the shares are whole, and
/// the best of all others in the places left.
#[derive(Clone, Debug, Default)]
pub(super) struct Explorers {
    /// The configurations of the bracket.
    bracket: Range<usize>,
    /// The share of explorers among them, and their number: the first ones.
    share: f64,
    count: usize,
    /// The explorers of earlier brackets.
    earlier: Vec<Range<usize>>,
    sampler: Exploration,
}

/// Draws evenly, or from what is believed.
#[derive(Clone, Debug, Default)]
struct Exploration(PriorMixture);

impl Explorers {
    /// Makes a `share` of the `configurations` of the bracket that begins explorers.
    pub(super) fn begin(&mut self, share: f64, configurations: u64, setup: &Setup<'_>) {
        let (first, configurations) = (setup.first(), configurations as usize);
        // A bracket that ran out of points has started fewer.
        let explored = self.bracket.start..self.present().end.min(first);
        if !explored.is_empty() {
            self.earlier.push(explored);
        }
        (self.bracket, self.share) = (first..first, share);
        self.resize(configurations);
        self.sampler = Exploration(PriorMixture::of(setup));
    }

    /// Sets the number of configurations of the bracket that has begun.
    pub(super) fn resize(&mut self, configurations: usize) {
        self.bracket.end = self.bracket.start.saturating_add(configurations);
        self.count = (configurations as f64 * self.share).ceil() as usize;
    }

    fn present(&self) -> Range<usize> {
        self.bracket.start..self.bracket.start + self.count
    }

    /// Returns whether `configuration` is an explorer of this bracket or an earlier one.
    pub(super) fn include(&self, configuration: usize) -> bool {
        let next = self.earlier.partition_point(|range| range.end <= configuration);
        self.present().contains(&configuration) || self.earlier.get(next).is_some_and(|it| it.contains(&configuration))
    }

    /// Returns the sampler of the next configuration if that is an explorer.
    pub(super) fn sampler(&mut self, view: &View<'_>) -> Option<&mut impl Sampler> {
        self.present().contains(&view.history.configurations()).then_some(&mut self.sampler)
    }

    /// Returns which of the trials `ranked`, best first, are promoted, if `keep` are.
    pub(super) fn promoted(&self, history: &History, ranked: &[usize], keep: usize) -> Vec<usize> {
        let share = self.count as f64 / self.bracket.len().max(1) as f64;
        // Rounding errors take no place away.
        let whole = |share: f64| (keep as f64 * share + 1e-9) as usize;
        let mut left = [whole(1.0 - share), whole(share)];
        let mut free = keep.saturating_sub(left[0] + left[1]);
        let promoted = ranked.iter().copied().filter(|&trial| {
            let is_explorer = self.include(history.trials()[trial].configuration());
            let places = &mut left[usize::from(is_explorer)];
            let place = if *places > 0 { places } else { &mut free };
            let is_promoted = *place > 0;
            *place -= usize::from(is_promoted);
            is_promoted
        });
        let mut promoted: Vec<_> = promoted.collect();
        // Where one kind has too few complete trials, the other takes its places.
        let others: Vec<_> = ranked.iter().copied().filter(|trial| !promoted.contains(trial)).collect();
        promoted.extend(others.into_iter().take(keep.saturating_sub(promoted.len())));
        promoted
    }
}

impl Sampler for Exploration {
    fn suggest(&mut self, space: &Space, _: &History, draw: &Draw) -> Option<Point> {
        let mut rng = draw.rng();
        let is_believed = self.0.is_drawn_from(&mut rng);
        Some(if is_believed {
            self.0.draw(space, &mut rng)
        } else {
            space.axes().iter().map(|_| rng.random::<f64>()).collect()
        })
    }

    fn is_adaptive(&self) -> bool {
        false
    }

    fn is_ours(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Trial;

    #[test]
    fn each_kind_keeps_its_share() {
        let mut history = History::default();
        for number in 0..81 {
            history.push(Trial::running(number, number, Some(1.0), Point::from(vec![0.5])));
        }
        let explorers = Explorers { bracket: 0..81, count: 27, ..Explorers::default() };
        let worst_last: Vec<_> = (0..81).rev().collect();
        let promoted = |ranked: &[usize], keep| explorers.promoted(&history, ranked, keep);
        let explored = |promoted: &[usize]| promoted.iter().filter(|&&trial| trial < 27).count();
        let first = promoted(&worst_last, 27);
        assert_eq!((first.len(), explored(&first)), (27, 9));
        assert_eq!(promoted(&worst_last, 3), [80, 79, 26]);
        // The best of all where no share is whole.
        assert_eq!(promoted(&worst_last, 1), [80]);
        assert_eq!(promoted(&[3, 80], 1), [3]);
        // Of 11, a third and two thirds are 3 and 7; the place left is for the best.
        assert_eq!(explored(&promoted(&worst_last, 11)), 3);
        let best_first: Vec<_> = (0..81).collect();
        assert_eq!(explored(&promoted(&best_first, 11)), 4);
        // Places that one kind cannot fill are the other's.
        assert_eq!(promoted(&[80, 79, 78], 3), [80, 79, 78]);
        let none = Explorers { bracket: 0..81, ..Explorers::default() };
        assert_eq!(none.promoted(&history, &best_first, 4), [0, 1, 2, 3]);
    }
}
