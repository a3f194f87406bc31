//! How many configurations the brackets of Hyperband start.

use crate::scheduler::brackets::{Bracket, counts, evaluations};

/// The number of configurations of a sweep, or that of its rounds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quota {
    /// The number of times all brackets are run, without a number of configurations; once, if it is not set.
    pub(super) rounds: Option<u64>,
    pub(super) configurations: Option<u64>,
}

impl Quota {
    /// Runs rounds without end, unless their number or that of the configurations is set.
    pub(super) fn unlimit(&mut self) {
        if self.configurations.is_none() {
            self.rounds.get_or_insert(u64::MAX);
        }
    }

    fn rounds(self) -> u64 {
        self.rounds.unwrap_or(1)
    }

    /// Returns the number of brackets of all rounds, of which the last one may end early.
    pub(super) fn brackets(self, brackets: &[Bracket]) -> u64 {
        let rounds = self.configurations.map_or(self.rounds(), |all| all.div_ceil(a_round(brackets)));
        rounds.saturating_mul(brackets.len() as u64)
    }

    /// Returns the number of configurations left after those `started`.
    pub(super) fn left(self, started: u64) -> u64 {
        self.configurations.map_or(u64::MAX, |all| all.saturating_sub(started))
    }

    /// Returns the number of trials; `None` if it is too large.
    pub(super) fn trials(self, brackets: &[Bracket], eta: f64) -> Option<u64> {
        let whole: u64 = brackets.iter().map(|bracket| evaluations(bracket, eta)).sum();
        let Some(all) = self.configurations else { return whole.checked_mul(self.rounds()) };
        let mut left = all % a_round(brackets);
        let mut trials = whole.checked_mul(all / a_round(brackets))?;
        for bracket in brackets {
            let here = left.min(bracket.configurations);
            left -= here;
            if here == bracket.configurations {
                trials += evaluations(bracket, eta);
            } else if here > 0 {
                let cut = Bracket { configurations: here, resources: bracket.resources.clone() };
                trials += counts(&cut, eta).map(|count| count.max(1)).sum::<u64>();
            }
        }
        Some(trials)
    }
}

/// Returns the number of configurations of all brackets, at least 1.
fn a_round(brackets: &[Bracket]) -> u64 {
    brackets.iter().map(|bracket| bracket.configurations).sum::<u64>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::brackets::{Schedule, brackets, ladder};

    #[test]
    fn the_last_bracket_is_cut_short() {
        let brackets = brackets(Schedule::Paper, 3.0, &ladder(3.0, 1.0, 81.0));
        let trials = |configurations| Quota { rounds: Some(1), configurations }.trials(&brackets, 3.0);
        assert_eq!(trials(None), Some(206));
        // 10, 3, 1, 1, 1.
        assert_eq!(trials(Some(10)), Some(16));
        assert_eq!(trials(Some(81)), Some(121));
        // One more, up to the full budget.
        assert_eq!(trials(Some(82)), Some(121 + 4));
        assert_eq!(trials(Some(143)), Some(206));
        assert_eq!(trials(Some(153)), Some(206 + 16));
        assert_eq!(Quota { rounds: None, configurations: Some(144) }.brackets(&brackets), 10);
    }
}
