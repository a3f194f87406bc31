//! The population: the configurations that have survived selection.

use crate::history::pareto::{Ranked, ranking};
use crate::history::{Goal, History};
use crate::sampler::toolkit::Cursor;
use crate::trial::{State, Trial};

/// The survivors of a sweep, kept between suggestions.
///
/// They are what selecting after each configuration leaves, in the order of asking, so a population made anew of the same
/// history is the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Population {
    revision: Option<u64>,
    /// The first trial of each configuration, which speaks for it.
    firsts: Vec<usize>,
    cursor: Cursor,
    /// How many configurations, none of them running, `elite` was selected from.
    retired: usize,
    elite: Vec<usize>,
    /// With those that came after one that still runs, selected all at once; empty without such.
    ahead: Vec<usize>,
}

impl Population {
    /// Returns the trials of at most `size` survivors, from the best to the worst.
    pub(super) fn parents(&mut self, history: &History, goals: &[Goal], size: usize) -> &[usize] {
        let trials = history.trials();
        if self.revision != Some(history.revision()) || self.cursor.is_of_another(history) {
            *self = Self { revision: Some(history.revision()), ..Self::default() };
        }
        self.firsts.extend(self.cursor.configurations(history).map(Trial::number));
        let is_closed = |trial: usize| trials[trial].state() != State::Running;
        while let Some(&next) = self.firsts.get(self.retired).filter(|&&next| is_closed(next)) {
            // A failed one changes nothing.
            if trials[next].objectives().len() == goals.len() {
                self.elite = survivors(trials, goals, &self.elite, &[next], size);
            }
            self.retired += 1;
        }
        let told: Vec<_> = self.firsts[self.retired..].iter().copied().filter(|&next| is_closed(next)).collect();
        self.ahead = if told.is_empty() { Vec::new() } else { survivors(trials, goals, &self.elite, &told, size) };
        if self.ahead.is_empty() { &self.elite } else { &self.ahead }
    }
}

fn survivors(trials: &[Trial], goals: &[Goal], elite: &[usize], new: &[usize], size: usize) -> Vec<usize> {
    let all = elite.iter().chain(new).map(|&trial| &trials[trial]);
    let complete: Vec<&Trial> = all.filter(|trial| trial.objectives().len() == goals.len()).collect();
    let ranked = ranking(&complete, goals).into_iter().take(size);
    ranked.map(|Ranked { index, .. }| complete[index].number()).collect()
}
