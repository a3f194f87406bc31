//! The configurations of a multi-fidelity sweep with losses that can be compared, each at the largest budget it has had.

use super::budgets::ByBudget;
use super::link::Link;
use crate::trial::Trial;

/// The configurations that have had at least a certain budget, the floor, each by its last trial. The floor is the largest
/// budget of which that makes enough.
///
/// The loss at a smaller budget than the largest is carried upwards from budget to budget, by a line through the losses of
/// the configurations that have had both. A budget that predicts the next has a steep line, and its losses rank among those
/// above by their values; one that predicts nothing has a level line, and its losses lie in the middle of those above. Which
/// configurations were promoted depends on the losses below alone, so it biases no line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    budgets: ByBudget<Counts>,
    /// The closed trials of each configuration, from the smallest to the largest budget.
    curves: Vec<Vec<Told>>,
    floor: Option<usize>,
    /// One from each budget but the largest to the next.
    links: Vec<Link>,
    /// The pooled trials with their carried losses; NaN for those without one.
    trials: Vec<(usize, f64)>,
    /// The configurations observed since the last update.
    fresh: Vec<usize>,
    /// The largest budget that a configuration has left for a larger one since then.
    left: Option<f64>,
    /// Whether there is a new budget, or a trial at a smaller one than its configuration had had before.
    is_outdated: bool,
    version: u64,
}

/// The configurations whose largest budget it is, and the complete ones among them.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    closed: usize,
    complete: usize,
}

impl Counts {
    fn count(&mut self, loss: f64, sign: isize) {
        self.closed = self.closed.saturating_add_signed(sign);
        self.complete = self.complete.saturating_add_signed(if loss.is_nan() { 0 } else { sign });
    }
}

/// A closed trial; the loss is NaN if there is none.
#[derive(Clone, Copy, Debug)]
struct Told {
    resources: f64,
    trial: usize,
    loss: f64,
}

impl Pool {
    /// Enters a closed trial with its loss, if it has one.
    pub(crate) fn observe(&mut self, trial: &Trial, loss: Option<f64>) {
        let (resources, budgets) = (trial.resources().unwrap_or(0.0), self.budgets.len());
        self.budgets.entry(Some(resources));
        let configuration = trial.configuration();
        if self.curves.len() <= configuration {
            self.curves.resize(configuration + 1, Vec::new());
        }
        let curve = &mut self.curves[configuration];
        if let Some(last) = curve.last() {
            self.budgets.entry(Some(last.resources)).count(last.loss, -1);
        }
        let told = Told { resources, trial: trial.number(), loss: loss.unwrap_or(f64::NAN) };
        let at = curve.partition_point(|other| other.resources <= resources);
        self.is_outdated |= at < curve.len() || self.budgets.len() > budgets;
        let before = curve.last().copied();
        curve.insert(at, told);
        if let Some(last) = curve.last() {
            self.budgets.entry(Some(last.resources)).count(last.loss, 1);
        }
        if let Some(before) = before.filter(|_| !self.is_outdated) {
            self.left = Some(self.left.map_or(before.resources, |left| left.max(before.resources)));
            if let Some(at) = self.between(&before, &told) {
                self.links[at].add(configuration, (before.loss, told.loss));
            }
        }
        self.fresh.push(configuration);
    }

    /// Brings the pool up to the observations; returns whether there is one: at least `least` configurations, any of them
    /// complete.
    pub(crate) fn update(&mut self, least: usize) -> bool {
        let mut pooled = Counts::default();
        let floor = self.budgets.iter().rposition(|(_, counts)| {
            pooled.closed += counts.closed;
            pooled.complete += counts.complete;
            pooled.closed >= least && pooled.complete > 0
        });
        if self.is_outdated {
            self.link();
        }
        let links = self.links.get_mut(floor.unwrap_or(usize::MAX)..).unwrap_or_default();
        let mut is_relinked = false;
        for link in links {
            is_relinked |= link.fit();
        }
        let is_pooled = |left| floor.is_some_and(|floor| self.budgets.position(left) >= Some(floor));
        let has_left = self.left.take().is_some_and(is_pooled);
        if self.is_outdated || floor != self.floor || is_relinked || has_left {
            self.floor = floor;
            self.version += 1;
            self.trials.clear();
            self.fresh.clear();
            self.fresh.extend(0..self.curves.len());
        } else {
            // One may have had several trials since the last update.
            self.fresh.sort_unstable();
            self.fresh.dedup();
        }
        self.is_outdated = false;
        let Some(floor) = floor else { return false };
        for configuration in std::mem::take(&mut self.fresh) {
            let Some(&Told { resources, trial, loss }) = self.curves[configuration].last() else { continue };
            if let Some(budget) = self.budgets.position(resources).filter(|&budget| budget >= floor) {
                self.trials.push((trial, self.carried(budget, loss)));
            }
        }
        true
    }

    /// Returns a number that changes whenever the pool does otherwise than by growing.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// Returns the numbers of the pooled trials with their losses, as far as they have any, in the order of recording.
    pub(crate) fn trials(&self) -> &[(usize, f64)] {
        &self.trials
    }

    /// Returns whether a trial of `configuration` has been closed.
    pub(crate) fn knows(&self, configuration: usize) -> bool {
        self.curves.get(configuration).is_some_and(|curve| !curve.is_empty())
    }

    /// Returns the smallest budget of the pool.
    #[cfg(test)]
    pub(crate) fn floor(&self) -> Option<f64> {
        self.budgets.iter().nth(self.floor?).map(|(budget, _)| budget)
    }

    /// Returns the loss at the largest budget that `loss` at `budget` stands for.
    fn carried(&self, budget: usize, loss: f64) -> f64 {
        if !loss.is_finite() {
            return loss;
        }
        self.links[budget..].iter().fold(loss, |loss, link| link.carry(loss))
    }

    /// Returns the link that two trials of a configuration are a pair of: complete ones, at a budget and at the next.
    fn between(&self, before: &Told, after: &Told) -> Option<usize> {
        let at = self.budgets.position(before.resources)?;
        let is_next = self.budgets.position(after.resources) == Some(at + 1);
        (is_next && before.loss.is_finite() && after.loss.is_finite()).then_some(at)
    }

    /// Looks for the pairs of all links anew.
    fn link(&mut self) {
        let mut links = vec![Link::default(); self.budgets.len().saturating_sub(1)];
        for (configuration, curve) in self.curves.iter().enumerate().rev() {
            for (before, after) in curve.iter().zip(curve.iter().skip(1)) {
                if let Some(at) = self.between(before, after) {
                    links[at].add(configuration, (before.loss, after.loss));
                }
            }
        }
        self.links = links;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rand::rngs::ChaCha8Rng;
    use rand::{RngExt, SeedableRng};

    use super::*;
    use crate::space::Point;
    use crate::trial::Outcome;

    /// Enters one trial after the other: configuration, resources and loss, which is NaN for a failure.
    fn pool(trials: &[(usize, f64, f64)]) -> Pool {
        let mut pool = Pool::default();
        trials.iter().enumerate().for_each(|(number, &trial)| observe(&mut pool, number, trial));
        pool
    }

    fn observe(pool: &mut Pool, number: usize, (configuration, resources, loss): (usize, f64, f64)) {
        let mut trial = Trial::running(number, configuration, Some(resources), Point::from(vec![0.5]));
        let outcome = if loss.is_nan() { Outcome::failed("no") } else { Outcome::value(loss) };
        trial.close(outcome, Duration::ZERO);
        pool.observe(&trial, trial.objective());
    }

    /// Returns the trials of the pool from the best to the worst.
    fn ranked(pool: &Pool) -> Vec<usize> {
        let mut trials: Vec<_> = pool.trials().iter().filter(|(_, loss)| loss.is_finite()).collect();
        trials.sort_by(|a, b| a.1.total_cmp(&b.1));
        trials.iter().map(|(trial, _)| *trial).collect()
    }

    /// Six configurations at budget 1, of which 0, 1 and 2 have the losses `above` at budget 3.
    fn two_rungs(above: [f64; 3]) -> Pool {
        let low = (0..6).map(|configuration| (configuration, 1.0, configuration as f64));
        let high = (0..3).map(|configuration| (configuration, 3.0, above[configuration]));
        let mut pool = pool(&low.chain(high).collect::<Vec<_>>());
        assert!(pool.update(6));
        pool
    }

    #[test]
    fn a_budget_that_predicts_ranks_among_those_above() {
        // Trials 6, 7 and 8 are those at budget 3.
        assert_eq!(ranked(&two_rungs([-5.0, -4.0, -3.0])), [6, 7, 8, 3, 4, 5]);
        // One that turned out worse falls behind those that it was ahead of.
        assert_eq!(ranked(&two_rungs([-5.0, -4.0, 4.0])), [6, 7, 3, 8, 4, 5]);
    }

    #[test]
    fn a_budget_that_predicts_nothing_lies_in_the_middle() {
        let mut trials: Vec<_> = (0..30).map(|configuration| (configuration, 1.0, configuration as f64)).collect();
        // The best 20 reversed.
        trials.extend((0..20).map(|configuration| (configuration, 3.0, 20.0 - configuration as f64)));
        let mut pool = pool(&trials);
        assert!(pool.update(25));
        let ranked = ranked(&pool);
        // Trial 49 is configuration 19 at budget 3; the rest of budget 1 keeps its order.
        assert_eq!((ranked[0], *ranked.last().unwrap()), (49, 30));
        let rest: Vec<_> = ranked.iter().copied().filter(|&trial| trial < 30).collect();
        assert_eq!(rest, (20..30).collect::<Vec<_>>());
        assert!(ranked[8..22].iter().filter(|&&trial| trial < 30).count() >= 9, "{ranked:?}");
    }

    #[test]
    fn the_floor_is_the_largest_budget_with_enough_trials() {
        let mut few = pool(&[(0, 1.0, 1.0), (1, 1.0, 2.0), (0, 3.0, 1.0), (2, 3.0, f64::NAN)]);
        assert!(!few.update(4));
        assert!(few.update(3));
        assert_eq!((few.floor(), few.trials().len()), (Some(1.0), 3));
        assert!(few.update(2));
        assert_eq!((few.floor(), few.trials().len()), (Some(3.0), 2));
        // The last trials of both failed.
        let mut failed = pool(&[(0, 1.0, 1.0), (1, 1.0, 2.0), (0, 3.0, f64::NAN), (1, 3.0, f64::NAN)]);
        assert!(!failed.update(2));
    }

    #[test]
    fn a_pool_that_grows_is_the_one_made_at_once() {
        let trials: Vec<_> = (0..40)
            .map(|number| {
                let configuration = if number % 4 == 3 { number / 4 } else { 10 + number };
                let resources = if number % 4 == 3 { 3.0 } else { 1.0 };
                (configuration, resources, (number * 7 % 11) as f64)
            })
            .collect();
        // Configurations 0 to 9 begin at budget 3, and some of them are observed at 1 later.
        let mut grown = Pool::default();
        for (number, &trial) in trials.iter().enumerate() {
            observe(&mut grown, number, trial);
            grown.update(5);
        }
        let mut at_once = pool(&trials);
        at_once.update(5);
        assert_eq!(sorted(&grown), sorted(&at_once));
        assert!(grown.version() > at_once.version());
    }

    /// Returns the trials of the pool by number.
    fn sorted(pool: &Pool) -> Vec<(usize, u64)> {
        let mut trials: Vec<_> = pool.trials().iter().map(|&(trial, loss)| (trial, loss.to_bits())).collect();
        trials.sort_unstable();
        trials
    }

    /// Returns trials of random configurations, most of them at the next budget, or at any if `jumps`; some fail.
    fn random_trials(seed: u64, jumps: bool) -> Vec<(usize, f64, f64)> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut had: Vec<i32> = Vec::new();
        let trials = (0..600).map(|_| {
            let configuration = rng.random_range(0..had.len() + 1 + had.len() / 2).min(had.len());
            if configuration == had.len() {
                had.push(0);
            }
            let step = if jumps && rng.random_bool(0.1) { rng.random_range(0..4) } else { had[configuration].min(4) };
            had[configuration] = step + 1;
            let loss = if rng.random_bool(0.1) { f64::NAN } else { f64::from(rng.random_range(0..1_000)) };
            (configuration, 3.0_f64.powi(step), loss)
        });
        trials.collect()
    }

    #[test]
    fn a_pool_does_not_depend_on_when_it_was_updated() {
        for seed in 0..20 {
            let trials = random_trials(seed, seed % 2 == 0);
            let mut grown = Pool::default();
            for (number, &(configuration, resources, loss)) in trials.iter().enumerate() {
                observe(&mut grown, number, (configuration, resources, loss));
                if !(number as u64 + seed).is_multiple_of(3) {
                    continue;
                }
                let mut at_once = pool(&trials[..=number]);
                assert_eq!((grown.update(10), &grown.floor()), (at_once.update(10), &at_once.floor()));
                assert_eq!(sorted(&grown), sorted(&at_once), "after {number}");
            }
        }
    }

    #[test]
    fn promotions_below_the_floor_leave_the_pool() {
        let mut grown = Pool::default();
        let mut number = 0;
        let mut versions = Vec::new();
        // One in nine configurations is promoted twice.
        for configuration in 0..900 {
            for rung in 0..if configuration % 9 == 0 { 3 } else { 1 + i32::from(configuration % 3 == 0) } {
                let loss = f64::from(configuration * 7 % 31) - f64::from(rung);
                observe(&mut grown, number, (configuration as usize, 3.0_f64.powi(rung), loss));
                grown.update(10);
                number += 1;
            }
            versions.push(grown.version());
        }
        assert_eq!((grown.floor(), grown.trials().len()), (Some(9.0), 100));
        assert!(versions[100] > 10 && versions[100] == versions[899], "{versions:?}");
    }
}
