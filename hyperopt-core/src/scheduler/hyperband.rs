//! Hyperband.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::error::Error;

use crate::sampler::{RandomSampler, Rungs, Sampler, Setup};
use crate::scheduler::agreement::predicts_nothing;
use crate::scheduler::batches::Batches;
use crate::scheduler::brackets::{Bracket, Schedule, survivors};
use crate::scheduler::budgets::Span;
use crate::scheduler::dedup::Dedup;
use crate::scheduler::explorers::Explorers;
use crate::scheduler::members::{any_running, ranked, reaches};
use crate::scheduler::quota::Quota;
use crate::scheduler::rung_idle::rung_idle_note;
use crate::scheduler::{Budgets, Scheduler, Step, Strategy, View, Workload, is_next};
use crate::sweep::{StopReason, full_budget_note};
use crate::trial::{Record, Trial};

/// Hyperband: many configurations with few resources each, the better ones with more.
///
/// For loops with budgets, `for (resources, state) in 1.0..=81.0`. Each bracket starts configurations that the inner
/// sampler proposes; each rung gives the best of them, one in η, η times the resources, up to the upper end of the head.
/// The brackets differ in how many resources the first rung gives, from the lower end of the head to all. A configuration
/// that failed, or was pruned by `continue`, is not promoted; if too few are left, fewer are promoted.
///
/// `resources` is the total for the configuration. If there is a `state`, which the body returned for the configuration in
/// its last rung, training continues from it up to that total; otherwise it starts from nothing. Objectives are compared at
/// equal resources only, and the best trial is the best of those with the most resources. Integer budgets are rounded; with η
/// below 2, those that become equal are one rung.
///
/// Li, Jamieson, `DeSalvo`, Rostamizadeh and Talwalkar, "Hyperband: A Novel Bandit-Based Approach to Hyperparameter
/// Optimization", JMLR 18 (2018), Algorithm 1. The number of brackets is found by multiplication: a quotient of logarithms
/// loses one for budgets such as 243. An inner sampler that plans ahead, such as an LHS, draws a plan of its own size for
/// each bracket.
///
/// ```
/// use hyperopt_core::{Hyperband, RandomSampler};
///
/// let sampler = Hyperband::new(3.0).inner(RandomSampler::new()).rounds(2);
/// ```
#[derive(Clone, Debug)]
pub struct Hyperband<S = RandomSampler> {
    eta: f64,
    inner: S,
    quota: Quota,
    schedule: Schedule,
    /// The share of random configurations, which are promoted among themselves.
    explore: f64,
    /// Whether brackets whose first rung predicts nothing are skipped after the first round.
    skips: bool,
    state: HyperbandState,
}

/// The state of a sweep.
#[derive(Clone, Debug, Default)]
struct HyperbandState {
    brackets: Vec<Bracket>,
    /// The resources of all rungs, from the cheapest.
    ladder: Vec<f64>,
    /// The number of brackets begun or skipped, in all rounds.
    begun: u64,
    skipped: u64,
    /// The number of configurations that the brackets begun are to start.
    started: u64,
    /// Whether the present bracket starts fewer configurations than it has places.
    is_cut: bool,
    rung: usize,
    /// The numbers of the trials of the present rung.
    members: Vec<usize>,
    /// The number of configurations that the present rung has still to start.
    to_start: u64,
    /// The trials of the previous rung that the present one has still to resume.
    to_resume: VecDeque<usize>,
    batches: Batches,
    repeats: Dedup,
    explorers: Explorers,
    /// Whether the inner sampler has planned the configurations of the present bracket.
    is_planned: bool,
    retired: Vec<usize>,
    /// The reason why no step is left; `None` before.
    over: Option<Over>,
}

#[derive(Clone, Debug)]
enum Over {
    Done(StopReason),
    Fault(String),
}

impl Hyperband {
    /// Makes Hyperband over random search. One in `eta` configurations of a rung is promoted; `eta` is above 1, usually 3.
    #[must_use]
    pub fn new(eta: f64) -> Self {
        Self {
            eta,
            inner: RandomSampler::new(),
            quota: Quota { rounds: 1, configurations: None },
            schedule: Schedule::default(),
            explore: 0.0,
            skips: false,
            state: HyperbandState::default(),
        }
    }
}

impl<S> Hyperband<S> {
    /// Takes the new configurations from another sampler.
    #[must_use]
    pub fn inner<T: Sampler>(self, inner: T) -> Hyperband<T> {
        let Self { eta, quota, schedule, explore, skips, state, .. } = self;
        Hyperband { eta, inner, quota, schedule, explore, skips, state }
    }

    /// Sets how many times all brackets are run (default: 1).
    #[must_use]
    pub fn rounds(mut self, rounds: u64) -> Self {
        self.quota.rounds = rounds;
        self
    }

    /// Sets the number of configurations to start, bracket by bracket, in as many rounds as that takes. The last bracket
    /// is cut short: it promotes one in η of those it has, and at least one, up to the full budget. The default is all
    /// configurations of all [`rounds`](Self::rounds), which this setting replaces.
    #[must_use]
    pub fn configurations(mut self, configurations: u64) -> Self {
        self.quota.configurations = Some(configurations);
        self
    }

    /// Sets the share of explorers, from 0, the default, to 1: configurations that are drawn at random whatever the inner
    /// sampler is, and promoted among themselves. [`Bohb`](crate::Bohb) explores with a third.
    ///
    /// A model of trials with few resources breeds configurations that start fast, whose curves those of better ones cross
    /// later. So each rung keeps the best explorers beside the best of the model, in proportion to their numbers, and only the
    /// last places go to the best of both. There are explorers in the first bracket, and in each further one as long as the
    /// best trial so far is an explorer's. A sweep that resumes one with trials of all resources has none.
    #[must_use]
    pub fn explore(mut self, share: f64) -> Self {
        self.explore = share;
        self
    }

    /// Skips brackets whose first rung predicts nothing, after the first round.
    pub(super) fn skipping(mut self) -> Self {
        self.skips = true;
        self
    }

    /// Starts the same number of configurations in each bracket as the authors' code and `HpBandSter`, which is fewer than
    /// Algorithm 1 of the paper says: 81, 27, 9, 6 and 5 for 81 units and η = 3, in place of 81, 34, 15, 8 and 5.
    #[must_use]
    pub fn faithful(mut self) -> Self {
        self.schedule = Schedule::Reference;
        self
    }
}

impl<S: Sampler> Hyperband<S> {
    fn bracket(&self) -> Option<&Bracket> {
        let index = self.state.begun.checked_sub(1)? as usize % self.state.brackets.len();
        self.state.brackets.get(index)
    }

    fn resources(&self) -> Option<f64> {
        self.bracket()?.resources.get(self.state.rung).copied()
    }

    /// Returns whether the next bracket begins with resources that say nothing about more of them.
    fn is_next_pointless(&self, view: &View<'_>) -> bool {
        let in_round = self.state.brackets.len();
        let next = &self.state.brackets[self.state.begun as usize % in_round];
        self.skips && self.state.begun >= in_round as u64 && predicts_nothing(view, &next.resources)
    }

    /// Returns the share of explorers in the bracket that begins: none once the best trial so far is the model's.
    fn share(&self, view: &View<'_>) -> f64 {
        let explores = if self.state.begun == 1 {
            !reaches(view.history, self.state.ladder.last())
        } else {
            let best = view.history.best(view.goal);
            best.is_some_and(|(best, _)| self.state.explorers.include(best.configuration()))
        };
        if explores { self.explore } else { 0.0 }
    }

    /// Begins the next bracket, or ends the sweep after the last.
    fn begin(&mut self, view: &View<'_>) {
        let (all, left) = (self.quota.brackets(&self.state.brackets), self.quota.left(self.state.started));
        while self.state.begun < all && self.is_next_pointless(view) {
            self.state.begun += 1;
            self.state.skipped += 1;
        }
        if self.state.begun >= all || left == 0 {
            self.state.over = Some(Over::Done(StopReason::Planned));
            return;
        }
        self.state.begun += 1;
        self.state.rung = 0;
        self.state.batches.restart();
        let places = self.bracket().map_or(0, |bracket| bracket.configurations);
        let wanted = places.min(left);
        self.state.started += wanted;
        self.state.is_cut = wanted < places;
        let setup = view.setup(Some(wanted), self.state.begun as usize - 1);
        let first = self.state.ladder.len() - self.bracket().map_or(0, |bracket| bracket.resources.len());
        let setup = Setup { rungs: Rungs { resources: &self.state.ladder, first, eta: self.eta }, ..setup };
        let share = self.share(view);
        self.state.explorers.begin(share, wanted, &setup);
        match self.inner.prepare(&setup) {
            Ok(planned) => {
                self.state.to_start = wanted.min(planned.unwrap_or(u64::MAX));
                self.state.is_planned = planned.is_some();
            }
            Err(reason) => self.state.over = Some(Over::Fault(reason.to_string())),
        }
    }

    /// Begins the next rung, or bracket, if all trials of the present one are closed.
    fn settle(&mut self, view: &View<'_>) {
        while self.state.over.is_none() && self.state.to_start == 0 && self.state.to_resume.is_empty() {
            if any_running(view.history, &self.state.members) {
                return;
            }
            self.close_rung(view);
            if self.state.to_resume.is_empty() {
                self.begin(view);
            }
        }
    }

    /// Adapts the number of configurations to a study that was begun with another one: a bracket that was cut short is cut
    /// where it was, and one that was not is continued.
    fn follow(&mut self, view: &View<'_>, trial: &Trial) {
        let Some(configurations) = self.quota.configurations else { return };
        let is_new = trial.configuration() == view.history.configurations();
        if is_new {
            self.quota.configurations = Some(configurations.max(trial.configuration() as u64 + 1));
        }
        let places = self.bracket().map_or(0, |bracket| bracket.configurations);
        let is_here = self.resources() == trial.resources();
        let state = &mut self.state;
        let members = state.members.len() as u64;
        if is_new && matches!(state.over, Some(Over::Done(_))) {
            state.over = None;
        }
        let is_first = state.rung == 0 && members > 0;
        if is_first && is_new && is_here && state.to_start == 0 && members < places {
            (state.to_start, state.is_cut) = (1, members + 1 < places);
            state.started += 1;
            state.explorers.resize(state.members.len() + 1);
        } else if is_first && !is_new && state.to_start > 0 {
            state.started -= state.to_start.min(state.started);
            (state.to_start, state.is_cut) = (0, true);
            state.explorers.resize(state.members.len());
        }
    }

    /// Promotes the best of the present rung, and drops the others.
    fn close_rung(&mut self, view: &View<'_>) {
        let is_last = self.bracket().is_none_or(|bracket| self.state.rung + 1 >= bracket.resources.len());
        let state = &mut self.state;
        let keep = match survivors(state.members.len() as u64, self.eta) {
            _ if is_last => 0,
            0 if state.is_cut => 1,
            keep => keep,
        };
        let mut kept = state.explorers.promoted(view.history, &ranked(view, &state.members), keep as usize);
        // The promoted ones run in the order of asking, which is unrelated to their ranks.
        kept.sort_unstable();
        let dropped = state.members.iter().filter(|member| kept.binary_search(member).is_err());
        state.retired.extend(dropped.map(|&member| view.history.trials()[member].configuration()));
        state.members.clear();
        state.to_resume = kept.into();
        state.rung += 1;
    }
}

impl<S: Sampler> Scheduler for Hyperband<S> {
    fn name(&self) -> Cow<'_, str> {
        match self.inner.name() {
            "BohbSampler" => "Bohb".into(),
            "PriorBandSampler" => "PriorBand".into(),
            "RandomSampler" => "Hyperband".into(),
            inner => format!("Hyperband over {inner}").into(),
        }
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        batch: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        if !(0.0..=1.0).contains(&self.explore) {
            return Err(format!("explore({}) is not a share; write 0.0 to 1.0", self.explore).into());
        }
        let brackets = Span::new("Hyperband", self.eta, work)?.brackets(self.schedule, self.eta)?;
        let trials = self.quota.trials(&brackets, self.eta);
        self.state = HyperbandState { brackets, ..HyperbandState::default() };
        self.state.ladder = self.state.brackets.first().map_or_else(Vec::new, |bracket| bracket.resources.clone());
        self.state.repeats.begin(view);
        self.begin(view);
        // This follows `prepare` of the inner sampler, whose batch size may depend on the space.
        self.state.batches = Batches::new(&self.inner, batch);
        if let Some(Over::Fault(reason)) = self.state.over.take() {
            return Err(reason.into());
        }
        Ok(trials)
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        self.settle(view);
        match &self.state.over {
            Some(Over::Done(end)) => return Step::Done(*end),
            Some(Over::Fault(reason)) => return Step::Fault(reason.clone()),
            None => {}
        }
        let Some(resources) = self.resources() else { return Step::Done(StopReason::Planned) };
        if let Some(trial) = self.state.to_resume.pop_front() {
            self.state.members.push(view.history.len());
            return Step::Resume { trial, resources };
        }
        if self.state.to_start == 0 || !self.state.batches.next(view.history.running() > 0) {
            return Step::Wait;
        }
        let HyperbandState { repeats, explorers, is_planned, .. } = &mut self.state;
        let proposed = match explorers.sampler(view) {
            Some(explorer) => repeats.propose(explorer, false, view),
            None => repeats.propose(&mut self.inner, *is_planned, view),
        };
        match proposed {
            Some(point) => {
                self.state.to_start -= 1;
                self.state.members.push(view.history.len());
                Step::Start { point, resources: Some(resources) }
            }
            None if self.state.members.is_empty() => Step::Done(StopReason::Exhausted),
            None => {
                self.state.to_start = 0;
                self.next(view)
            }
        }
    }

    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        self.follow(view, &record.trial);
        is_next(self, view, record)
    }

    fn is_within_batch(&self) -> bool {
        self.state.batches.is_within()
    }

    fn ready(&mut self, view: &View<'_>) -> u64 {
        self.settle(view);
        match self.state.over {
            Some(_) => 0,
            None => self.state.batches.ready(self.state.to_start) + self.state.to_resume.len() as u64,
        }
    }

    fn retired(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.state.retired)
    }

    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        let skipped = self.state.skipped;
        let skipped = (skipped > 0).then(|| {
            let brackets = if skipped == 1 { "bracket was" } else { "brackets were" };
            format!("{skipped} {brackets} skipped, whose fewest resources rank configurations as by chance")
        });
        let full = self.state.ladder.last().and_then(|&full| full_budget_note(view.history, view.goal, full));
        skipped.into_iter().chain(full).chain(self.state.repeats.note(false, view)).collect()
    }

    fn idle_note(&self, view: &View<'_>, threads: usize) -> Option<String> {
        rung_idle_note(&self.name(), self.eta, self.state.batches.size(), view.history, threads)
    }

    fn is_sampler_ours(&self) -> bool {
        self.inner.is_ours()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Sampler + 'static> Strategy for Hyperband<S> {
    type Kind = Budgets;

    fn scheduler(self) -> Box<dyn Scheduler> {
        Box::new(self)
    }
}
