//! The complete trials from the best to the worst, kept between suggestions.

use crate::history::{Goal, History, rank};
use crate::ordered::Ordered;
use crate::sampler::toolkit::ClosedTrials;
use crate::space::Space;
use crate::trial::Trial;

/// The numbers of the complete trials in the order of [`History::ranked`]: a trial that is new is put into its place, so that
/// a suggestion does not sort all of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranking {
    closed: ClosedTrials,
    goal: Option<Goal>,
    /// The number of axes, and a list for those that are always active.
    axes: usize,
    all: Ordered<usize>,
    /// For each conditional axis, the trials in which it was active.
    conditional: Vec<(usize, Ordered<usize>)>,
    /// The last trial that was read, with its objective, to tell histories apart.
    last: Option<(usize, f64)>,
}

impl Ranking {
    /// Reads what is new in `history`, or all of it if it is another one than before.
    pub(super) fn update(&mut self, space: &Space, history: &History, goal: Goal) {
        if !self.continues(space, history, goal) {
            let conditional = space.axes().iter().enumerate().filter(|(_, axis)| !axis.parents().is_empty());
            *self = Self {
                goal: Some(goal),
                axes: space.len(),
                conditional: conditional.map(|(index, _)| (index, Ordered::default())).collect(),
                ..Self::default()
            };
        }
        let Self { closed, all, conditional, last, .. } = self;
        closed.read(history, |trial| {
            let Some(objective) = trial.objective() else { return };
            *last = Some((trial.number(), objective));
            insert(all, (trial, objective), history, goal);
            for (_, ranked) in conditional.iter_mut().filter(|(index, _)| trial.point().is_active(*index)) {
                insert(ranked, (trial, objective), history, goal);
            }
        });
    }

    /// Returns the trials that have a value along an axis, from the best to the worst.
    pub(super) fn of(&self, axis: usize) -> &Ordered<usize> {
        let own = self.conditional.binary_search_by_key(&axis, |(index, _)| *index);
        own.map_or(&self.all, |place| &self.conditional[place].1)
    }

    fn continues(&self, space: &Space, history: &History, goal: Goal) -> bool {
        let is_same = |&(number, objective): &(usize, f64)| {
            let now = history.trials().get(number).and_then(Trial::objective);
            now.is_some_and(|now| now.to_bits() == objective.to_bits())
        };
        self.goal == Some(goal)
            && self.axes == space.len()
            && !self.closed.is_of_another(history)
            && self.last.as_ref().is_none_or(is_same)
    }
}

fn insert(ranked: &mut Ordered<usize>, (trial, objective): (&Trial, f64), history: &History, goal: Goal) {
    let comes_before = |&other: &usize| {
        let other = &history.trials()[other];
        let by_rank = other.objective().map(|value| rank(goal, (other, value), (trial, objective)));
        by_rank.is_some_and(|by_rank| by_rank.then(other.number().cmp(&trial.number())).is_lt())
    };
    ranked.insert(trial.number(), comes_before);
}
