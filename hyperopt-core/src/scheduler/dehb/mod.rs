//! DEHB, Hyperband over differential evolution.

mod evolution;
mod population;
mod steps;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use itertools::Itertools;
use rand::RngExt;

use crate::history::rank;
use crate::sampler::{Draw, PriorMixture};
use crate::scheduler::brackets::{Bracket, counts};
use crate::scheduler::dedup::Dedup;
use crate::scheduler::score::Score;
use crate::scheduler::{Budgets, Scheduler, Strategy, View};
use crate::trial::State;

use self::population::{Individual, Population};

/// DEHB: Hyperband whose configurations come from differential evolution.
///
/// It takes loops with budgets, `for (resources, state) in 1.0..=81.0`. The brackets are those of
/// [`Hyperband`](crate::Hyperband), and each budget has a population, as large as the largest rung with that budget. A new
/// configuration is a child of the next member of the population, its target, and of a mutant of three of the best members at
/// the next lower budget; it replaces the target unless it is worse at this budget. Until a population is full, random points
/// fill its empty places. In the first round the best of each rung are promoted to the next one, as in Hyperband; from the
/// second [round](Self::rounds) on, all rungs run children.
///
/// DEHB has no model and takes any kind of axis, which suits spaces of many axes; the levels of categorical and ordered axes
/// are cells of the unit interval. `resources` is the total for the configuration. Children start from nothing, so `state` is
/// `None` except for configurations promoted in the first round. A configuration that failed, or was pruned by `continue`, does
/// not enter the population.
///
/// Rungs wait for all of their trials, and their configurations depend on earlier rungs only, so one seed gives one history on
/// any number of threads. A sweep that resumes an earlier one with the same budgets begins with populations of its best trials,
/// and with children in all rungs.
///
/// The source is Awad, Mallik and Hutter, "DEHB: Evolutionary Hyperband for Scalable, Robust and Efficient Hyperparameter
/// Optimization", IJCAI 2021: rand/1 mutation with F = 0.5, binomial crossover with CR = 0.5, coordinates outside of the cube
/// drawn anew; if there are fewer than three parents, mutants of all populations are added.
///
/// # Departures
///
/// The brackets start as many configurations as Algorithm 1 of the Hyperband paper says, while the authors' code rounds down.
/// Selection takes place at the end of a rung, while theirs takes place after every trial. Configurations without an objective
/// are never parents, and none is promoted twice to the same budget.
///
/// ```
/// use hyperopt_core::Dehb;
///
/// let sampler = Dehb::new(3.0).rounds(4);
/// ```
#[derive(Clone, Debug)]
pub struct Dehb {
    eta: f64,
    /// The number of times all brackets are run; once, if it is not set.
    rounds: Option<u64>,
    state: DehbState,
}

/// The state of a sweep.
#[derive(Clone, Debug, Default)]
struct DehbState {
    brackets: Vec<Bracket>,
    /// One population for each budget, from the lowest to the highest.
    populations: Vec<Population>,
    /// Whether the best of each rung are promoted in this round.
    promotes: bool,
    /// The number of brackets begun, in all rounds.
    begun: u64,
    rung: usize,
    /// The number of configurations of each rung of the present bracket.
    counts: Vec<u64>,
    /// The best units at the budget below.
    parents: Vec<Vec<f64>>,
    /// The trials of the present rung.
    members: Vec<Member>,
    /// Individuals of the population below that the present rung has still to resume.
    to_resume: VecDeque<Individual>,
    /// The number of children that the present rung has still to start.
    to_start: u64,
    /// The prior from which the empty places are filled.
    mix: PriorMixture,
    repeats: Dedup,
    retired: Vec<usize>,
    is_over: bool,
}

/// A trial, and the place that it challenges.
#[derive(Clone, Debug)]
struct Member {
    trial: usize,
    place: usize,
    units: Vec<f64>,
}

impl Dehb {
    /// Makes DEHB with F = CR = 0.5. One in `eta` configurations of a rung is promoted. `eta` is above 1, usually 3; other
    /// values are an error of the sweep.
    #[must_use]
    pub fn new(eta: f64) -> Self {
        Self { eta, rounds: None, state: DehbState::default() }
    }

    /// Sets how many times all brackets are run (default: 1).
    #[must_use]
    pub fn rounds(mut self, rounds: u64) -> Self {
        self.rounds = Some(rounds);
        self
    }

    /// Returns the number of times all brackets are run.
    fn all_rounds(&self) -> u64 {
        self.rounds.unwrap_or(1)
    }

    /// Begins the next bracket, or ends the sweep after the last.
    fn begin(&mut self, view: &View<'_>) {
        let rounds = self.all_rounds();
        let state = &mut self.state;
        let in_round = state.brackets.len() as u64;
        if state.begun >= rounds.saturating_mul(in_round) {
            state.is_over = true;
            return;
        }
        state.promotes &= state.begun < in_round;
        state.begun += 1;
        state.rung = 0;
        state.counts = counts(&state.brackets[state.bracket()], self.eta).collect();
        state.begin_rung(view);
    }

    /// Begins the next rung, or bracket, if all trials of the present one are closed.
    fn settle(&mut self, view: &View<'_>) {
        while !self.state.is_over && self.state.to_start == 0 && self.state.to_resume.is_empty() {
            if self.state.members.iter().any(|member| view.history.trials()[member.trial].state() == State::Running) {
                return;
            }
            self.state.select(view);
            self.state.rung += 1;
            if self.state.rung < self.state.counts.len() {
                self.state.begin_rung(view);
            } else {
                self.begin(view);
            }
        }
    }
}

impl DehbState {
    /// Returns the index of the present bracket in its round, which equals that of its lowest budget.
    fn bracket(&self) -> usize {
        (self.begun as usize - 1) % self.brackets.len()
    }

    /// Returns the index of the present budget.
    fn budget(&self) -> usize {
        self.bracket() + self.rung
    }

    fn resources(&self) -> f64 {
        self.brackets[self.bracket()].resources[self.rung]
    }

    /// Chooses the configurations promoted to the rung that begins, and the parents of the children that fill it up.
    fn begin_rung(&mut self, view: &View<'_>) {
        let wanted = self.counts[self.rung];
        // The first rung has none below it, so it takes its parents from its own budget.
        let below = &self.populations[self.budget() - usize::from(self.rung > 0)];
        let best = below.ranked(view.goal).into_iter().take(wanted as usize);
        self.parents = best.map(|parent| parent.units.clone()).collect();
        if self.promotes && self.rung > 0 {
            let from = self.budget() - 1;
            let able = self.populations[from].ranked(view.goal).into_iter().filter(|individual| individual.may_go_on);
            let mut promoted: Vec<_> = able.take(wanted as usize).map(|individual| individual.trial).collect();
            // The promoted ones run in the order of asking, which is unrelated to their ranks.
            promoted.sort_unstable();
            // The last bracket that promotes from this budget is the one that begins there.
            let is_last = self.rung == 1;
            for individual in self.populations[from].iter_mut().filter(|individual| individual.may_go_on) {
                let goes_on = promoted.binary_search(&individual.trial).is_ok();
                individual.may_go_on = !goes_on && !is_last;
                if !goes_on && is_last {
                    self.retired.push(view.history.trials()[individual.trial].configuration());
                }
            }
            let below = &self.populations[from];
            let promoted = promoted.iter().filter_map(|trial| below.iter().find(|one| one.trial == *trial));
            self.to_resume = promoted.cloned().collect();
        }
        self.to_start = wanted - self.to_resume.len() as u64;
    }

    /// Decides which trials of the rung, all closed, take their places.
    fn select(&mut self, view: &View<'_>) {
        let budget = self.budget();
        let may_go_on = self.promotes && budget + 1 < self.populations.len();
        for Member { trial, place, units } in std::mem::take(&mut self.members) {
            let told = &view.history.trials()[trial];
            let Some(objective) = told.objective() else {
                self.retired.push(told.configuration());
                continue;
            };
            if !may_go_on {
                self.retired.push(told.configuration());
            }
            // Known coordinates have replaced proposed ones.
            let is_kept = |(index, unit): (usize, f64)| match told.point().get(index) {
                Some(given) if view.space.axes()[index].snap(unit) != given => given,
                _ => unit,
            };
            let units = units.into_iter().enumerate().map(is_kept).collect();
            let told = Score { violation: told.violation(), objective };
            let challenger = Individual { units, told, trial, may_go_on };
            let loser = self.populations[budget].select(place, challenger, view.goal);
            let loser = loser.filter(|loser| loser.may_go_on);
            self.retired.extend(loser.map(|loser| view.history.trials()[loser.trial].configuration()));
        }
    }

    /// Makes a new configuration for `place` of the present budget.
    fn child(&self, view: &View<'_>, place: usize, draw: &Draw) -> Vec<f64> {
        let mut rng = draw.rng();
        let budget = self.budget();
        let Some(target) = self.populations[budget].get(place) else {
            if self.mix.is_drawn_from(&mut rng) {
                return self.mix.draw(view.space, &mut rng).iter().map(|unit| unit.unwrap_or(0.5)).collect();
            }
            return evolution::uniform(view.space.len(), &mut rng);
        };
        let everyone = || self.populations.iter().flat_map(Population::iter).map(|one| one.units.as_slice()).collect();
        evolution::child(&target.units, &self.parents, everyone, &mut rng)
    }

    /// Fills the populations with the best trials of an earlier sweep at their budgets.
    fn inherit(&mut self, view: &View<'_>) {
        let mut rng = view.setup(None, 0).rng();
        for (population, &resources) in self.populations.iter_mut().zip(&self.brackets[0].resources) {
            let told = view.history.complete().filter(|(trial, _)| trial.resources() == Some(resources));
            let ranked = told.sorted_by(|&a, &b| rank(view.goal, a, b));
            for (trial, objective) in ranked.take(population.len()) {
                let units = trial.point().iter().map(|unit| unit.unwrap_or_else(|| rng.random()));
                let told = Score { violation: trial.violation(), objective };
                let individual = Individual { units: units.collect(), told, trial: trial.number(), may_go_on: false };
                let place = population.next_place();
                population.select(place, individual, view.goal);
                self.promotes = false;
            }
        }
    }
}

#[diagnostic::do_not_recommend]
impl Strategy for Dehb {
    type Kind = Budgets;

    fn scheduler(self) -> Box<dyn Scheduler> {
        Box::new(self)
    }
}
