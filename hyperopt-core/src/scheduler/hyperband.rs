//! Hyperband.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::error::Error;

use itertools::Itertools;

use crate::history::{History, rank};
use crate::sampler::{RandomSampler, Rungs, Sampler, Setup};
use crate::scheduler::batches::Batches;
use crate::scheduler::brackets::{Bracket, Schedule, evaluations, survivors};
use crate::scheduler::budgets::Span;
use crate::scheduler::dedup::Dedup;
use crate::scheduler::{Budgets, Scheduler, Step, Strategy, View, Workload};
use crate::sweep::StopReason;
use crate::trial::State;

/// Hyperband: many configurations with few resources each, the better ones with more.
///
/// For loops with budgets, `for (resources, state) in 1.0..=81.0`. Each bracket starts configurations that the inner
/// sampler proposes; each rung gives the best of them, one in η, η times the resources, up to the upper end of the head.
/// The brackets differ in how many resources the first rung gives, from the lower end of the head to all. A configuration
/// that failed, or was pruned by `continue`, is not promoted; if too few are left, fewer are promoted.
///
/// `resources` is the total for the configuration. If there is a `state`, which the body returned for the configuration in
/// its last rung, training continues from it up to that total; otherwise it starts from nothing. Objectives are compared at
/// equal resources only, and the best trial is the best of those with the most resources.
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
    rounds: u64,
    schedule: Schedule,
    state: HyperbandState,
}

/// The state of a sweep.
#[derive(Clone, Debug, Default)]
struct HyperbandState {
    brackets: Vec<Bracket>,
    span: Span,
    /// The resources of all rungs, from the cheapest.
    ladder: Vec<f64>,
    /// The number of brackets begun, in all rounds.
    begun: u64,
    rung: usize,
    /// The numbers of the trials of the present rung.
    members: Vec<usize>,
    /// The number of configurations that the present rung has still to start.
    to_start: u64,
    /// The trials of the previous rung that the present one has still to resume.
    to_resume: VecDeque<usize>,
    batches: Batches,
    repeats: Dedup,
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
            rounds: 1,
            schedule: Schedule::default(),
            state: HyperbandState::default(),
        }
    }
}

impl<S> Hyperband<S> {
    /// Takes the new configurations from another sampler.
    #[must_use]
    pub fn inner<T: Sampler>(self, inner: T) -> Hyperband<T> {
        let Self { eta, rounds, schedule, state, .. } = self;
        Hyperband { eta, inner, rounds, schedule, state }
    }

    /// Sets how many times all brackets are run (default: 1).
    #[must_use]
    pub fn rounds(mut self, rounds: u64) -> Self {
        self.rounds = rounds;
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
        Some(self.state.span.round(*self.bracket()?.resources.get(self.state.rung)?))
    }

    /// Begins the next bracket, or ends the sweep after the last.
    fn begin(&mut self, view: &View<'_>) {
        if self.state.begun >= self.rounds.saturating_mul(self.state.brackets.len() as u64) {
            self.state.over = Some(Over::Done(StopReason::Planned));
            return;
        }
        self.state.begun += 1;
        self.state.rung = 0;
        self.state.batches.restart();
        let wanted = self.bracket().map_or(0, |bracket| bracket.configurations);
        let setup = view.setup(Some(wanted), self.state.begun as usize - 1);
        let first = self.state.ladder.len() - self.bracket().map_or(0, |bracket| bracket.resources.len());
        let rungs = Rungs { resources: &self.state.ladder, first, eta: self.eta };
        match self.inner.prepare(&Setup { rungs, ..setup }) {
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

    /// Promotes the best of the present rung, and drops the others.
    fn close_rung(&mut self, view: &View<'_>) {
        let is_last = self.bracket().is_none_or(|bracket| self.state.rung + 1 >= bracket.resources.len());
        let state = &mut self.state;
        let keep = if is_last { 0 } else { survivors(state.members.len() as u64, self.eta) };
        let mut kept = ranked(view, &state.members);
        kept.truncate(keep as usize);
        // The promoted ones run in the order of asking, which is unrelated to their ranks.
        kept.sort_unstable();
        let dropped = state.members.iter().filter(|member| kept.binary_search(member).is_err());
        state.retired.extend(dropped.map(|&member| view.history.trials()[member].configuration()));
        state.members.clear();
        state.to_resume = kept.into();
        state.rung += 1;
    }
}

/// Returns the complete ones of `members`, from the best to the worst; equals in the order of asking.
fn ranked(view: &View<'_>, members: &[usize]) -> Vec<usize> {
    let trials = view.history.trials();
    let complete = members.iter().filter_map(|&member| Some((&trials[member], trials[member].objective()?)));
    complete.sorted_by(|&a, &b| rank(view.goal, a, b)).map(|(member, _)| member.number()).collect()
}

fn any_running(history: &History, members: &[usize]) -> bool {
    members.iter().any(|&member| history.trials()[member].state() == State::Running)
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
        let span = Span::new("Hyperband", self.eta, work)?;
        let brackets = span.brackets(self.schedule, self.eta)?;
        let all: u64 = brackets.iter().map(|bracket| evaluations(bracket, self.eta)).sum();
        self.state = HyperbandState { brackets, span, ..HyperbandState::default() };
        let longest = self.state.brackets.first().map_or(&[][..], |bracket| &bracket.resources);
        self.state.ladder = longest.iter().map(|&resources| span.round(resources)).collect();
        self.state.repeats.begin(view);
        self.begin(view);
        // This follows `prepare` of the inner sampler, whose batch size may depend on the space.
        self.state.batches = Batches::new(&self.inner, batch);
        if let Some(Over::Fault(reason)) = self.state.over.take() {
            return Err(reason.into());
        }
        Ok(all.checked_mul(self.rounds))
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
        let HyperbandState { repeats, is_planned, .. } = &mut self.state;
        match repeats.propose(&mut self.inner, *is_planned, view) {
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

    fn note(&mut self, view: &View<'_>) -> Option<String> {
        self.state.repeats.note(self.state.is_planned, view)
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
