//! ASHA, asynchronous successive halving.

use std::borrow::Cow;
use std::error::Error;

use crate::sampler::{self, RandomSampler, Sampler, Setup};
use crate::scheduler::batches::Batches;
use crate::scheduler::brackets::Schedule;
use crate::scheduler::budgets::Span;
use crate::scheduler::dedup::Dedup;
use crate::scheduler::identity::identity;
use crate::scheduler::rung_system::RungSystem;
use crate::scheduler::rungs::Rungs;
use crate::scheduler::stopping_rungs::StoppingRungs;
use crate::scheduler::{Budgets, Scheduler, Step, Strategy, View, Workload, is_next};
use crate::sweep::StopReason;
use crate::trial::Record;

/// The largest number of configurations, which no sweep reaches: sums over all rungs stay within the type.
const MOST: u64 = 1 << 48;

/// ASHA, asynchronous successive halving: no configuration waits for the rest of its rung.
///
/// It takes loops with budgets, `for (resources, state) in 1.0..=81.0`. Whenever a trial can start, a configuration is promoted
/// to η times the resources: in the highest rung that has one, the best that is among the top 1 / η of the rung so far and has
/// not been promoted yet. If no rung has one, a new configuration starts with the fewest resources. So a free thread never
/// waits as long as there are configurations to start; after that, the remaining promotions run, and the sweep ends. A
/// configuration that failed, or was pruned by `continue`, counts in its rung and is not promoted.
///
/// The rungs are those of [`Hyperband`](crate::Hyperband)'s first bracket: the last has the upper end of the head, and each one
/// before it has 1 / η of the next, down to the lower end. At least one configuration reaches the last rung if at least as many
/// start as in that bracket, η to the power of the number of promotions, and none fails. If none has reached it when nothing
/// else is left, the best of the highest rung is promoted, until one has had the full budget, and the table says so.
/// `resources` is the total for the configuration, and `state` is the state that the body returned for it before.
///
/// **On several threads, the next trial depends on which trial finishes first**, so one seed does not give one history. With
/// [`batch`](Self::batch), the trials run in batches, and the history is the same on any number of threads. In the loop of
/// `hyperopt!` one seed gives one history either way.
///
/// The source is Li, Jamieson, Rostamizadeh, Gonina, Ben-tzur, Hardt, Recht and Talwalkar, "A System for Massively Parallel
/// Hyperparameter Tuning", `MLSys` 2020, Algorithm 2 with s = 0.
///
/// [`stopping`](Self::stopping) decides about each configuration once, when its trial in a rung is closed, as Ray's
/// `ASHAScheduler` does.
///
/// # Departures
///
/// The paper's loop runs until it is stopped; here the number of [configurations](Self::configurations) is limited, and the
/// best reaches the last rung however few they are.
///
/// ```
/// use hyperopt_core::{Asha, BohbSampler};
///
/// let sampler = Asha::new(3.0).inner(BohbSampler::new()).configurations(100);
/// ```
#[derive(Clone, Debug)]
pub struct Asha<S = RandomSampler> {
    eta: f64,
    inner: S,
    configurations: Option<u64>,
    /// The number of rounds of Hyperband that start as many configurations, where that is not set; one, if neither is.
    rounds: Option<u64>,
    batch: usize,
    stops: bool,
    state: AshaState,
}

/// The state of a sweep.
#[derive(Clone, Debug, Default)]
struct AshaState {
    rungs: Rungs,
    batches: Batches,
    /// Configurations still to start.
    to_start: u64,
    /// Whether the inner sampler has planned its configurations, and whether it has nothing more to propose.
    is_planned: bool,
    is_dry: bool,
    repeats: Dedup,
}

impl Asha {
    /// Makes ASHA over random search. One in `eta` configurations of a rung is promoted. `eta` is above 1, usually 3; other
    /// values are an error of the sweep.
    #[must_use]
    pub fn new(eta: f64) -> Self {
        let (inner, state) = (RandomSampler::new(), AshaState::default());
        Self { eta, inner, configurations: None, rounds: None, batch: 0, stops: false, state }
    }
}

impl<S> Asha<S> {
    /// Sets the sampler that proposes new configurations (default: [`RandomSampler`]).
    #[must_use]
    pub fn inner<T: Sampler>(self, inner: T) -> Asha<T> {
        let Self { eta, configurations, rounds, batch, stops, state, .. } = self;
        Asha { eta, inner, configurations, rounds, batch, stops, state }
    }

    /// Sets the number of configurations to start, as the number that `rounds` rounds of [`Hyperband`](crate::Hyperband) start
    /// (default: 1). A round starts 143 configurations for budgets from 1 to 81 and η = 3. They spend somewhat less than those
    /// rounds.
    #[must_use]
    pub fn rounds(mut self, rounds: u64) -> Self {
        self.rounds = Some(rounds);
        self
    }

    /// Sets the number of configurations to start, in place of [`rounds`](Self::rounds) (default: as many as all rounds start).
    #[must_use]
    pub fn configurations(mut self, configurations: u64) -> Self {
        self.configurations = Some(configurations);
        self
    }

    /// Sets the batch size (default: 0, which never waits). The trials of a batch all finish before the next batch is decided
    /// on, so the history does not depend on the number of threads.
    #[must_use]
    pub fn batch(mut self, trials: usize) -> Self {
        self.batch = trials;
        self
    }
}

impl<S> Asha<S> {
    /// Stops configurations instead of promoting them: a configuration that finishes a rung continues at once if it is the
    /// first there, or no worse than the best 1 / η of those that finished before it, and never otherwise.
    ///
    /// So the first configuration always has the full budget, and one thread finishes a configuration before it starts the
    /// next. This is the rule of Ray's `ASHAScheduler`, with the cutoff linear between two objectives. If all that continue
    /// fail, the best of the stopped ones is resumed.
    #[must_use]
    pub fn stopping(mut self) -> Self {
        self.stops = true;
        self
    }
}

impl<S: Sampler> Asha<S> {
    /// Returns the name of `scheduler` over its inner sampler.
    pub(super) fn name_of(&self, scheduler: &'static str) -> Cow<'_, str> {
        match self.inner.name() {
            "RandomSampler" => scheduler.into(),
            inner => format!("{scheduler} over {inner}").into(),
        }
    }

    /// Returns what a study keeps of `scheduler`.
    pub(super) fn identity_of(&self, scheduler: &str, work: Workload) -> Option<String> {
        let stopping = if self.stops { ".stopping()" } else { "" };
        let batch = if self.batch > 0 { format!(".batch({})", self.batch) } else { String::new() };
        identity(&format!("{scheduler}::new({:?}){stopping}{batch}", self.eta), self.eta, work)
    }

    /// Prepares for `work`, with the rungs that `rungs` makes of η and the resources of each.
    pub(super) fn begin(
        &mut self,
        scheduler: &str,
        rungs: impl FnOnce(f64, Vec<f64>) -> Rungs,
        view: &View<'_>,
        work: Workload,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let brackets = Span::new(scheduler, self.eta, work)?.brackets(Schedule::Paper, self.eta)?;
        let a_round: u64 = brackets.iter().map(|bracket| bracket.configurations).sum();
        let wanted = self.configurations.unwrap_or_else(|| a_round.saturating_mul(self.rounds.unwrap_or(1))).min(MOST);
        let resources = brackets[0].resources.clone();
        let ladder = sampler::Rungs { resources: &resources, first: 0, eta: self.eta };
        let planned =
            self.inner.prepare(&Setup { rungs: ladder, ..view.setup((wanted < MOST).then_some(wanted), 0) })?;
        let mut repeats = Dedup::default();
        repeats.begin(view);
        self.state = AshaState {
            rungs: rungs(self.eta, resources),
            batches: Batches::of(self.batch),
            to_start: wanted.min(planned.unwrap_or(u64::MAX)),
            is_planned: planned.is_some(),
            is_dry: false,
            repeats,
        };
        // The number of promotions depends on the order in which good configurations come.
        Ok(None)
    }
}

impl<S: Sampler> Scheduler for Asha<S> {
    fn name(&self) -> Cow<'_, str> {
        self.name_of("Asha")
    }

    fn identity(&self, work: Workload, _: usize) -> Option<String> {
        self.identity_of("Asha", work)
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        _: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        if self.stops {
            self.begin("Asha", |eta, resources| Rungs::Stopping(StoppingRungs::new(eta, resources)), view, work)
        } else {
            self.begin("Asha", |eta, resources| Rungs::Promoting(RungSystem::new(eta, resources)), view, work)
        }
    }

    fn run_until_stopped(&mut self) {
        if self.configurations.is_none() {
            self.rounds.get_or_insert(u64::MAX);
        }
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        let state = &mut self.state;
        let anything_running = view.history.running() > 0;
        // The trials of a batch are ranked together, so that it does not matter which of them is closed first.
        if state.batches.must_wait(anything_running) {
            return Step::Wait;
        }
        if state.rungs.settle(view, state.to_start) == 0 {
            return Step::Done(if state.is_dry { StopReason::Exhausted } else { StopReason::Planned });
        }
        let next = view.history.len();
        let may_step = state.batches.next(anything_running);
        debug_assert!(may_step, "asked above");
        if let Some((trial, resources)) = state.rungs.promote(view.goal, next) {
            return Step::Resume { trial, resources };
        }
        if state.to_start > 0 {
            if let Some(point) = state.repeats.propose(&mut self.inner, state.is_planned, view) {
                state.to_start -= 1;
                return Step::Start { point, resources: Some(state.rungs.start(next)) };
            }
            (state.to_start, state.is_dry) = (0, true);
        }
        state.batches.restart();
        if anything_running { Step::Wait } else { self.next(view) }
    }

    /// Follows the recorded step, even if this process would decide differently: the next trial depended on which trial was
    /// closed first, which only the deciding process knows.
    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        if self.state.batches.any() {
            return is_next(self, view, record);
        }
        let (state, trial) = (&mut self.state, &record.trial);
        state.rungs.settle(view, state.to_start);
        let Some(resources) = trial.resources() else { return Some(false) };
        if trial.configuration() < view.history.configurations() {
            return Some(state.rungs.follow(view, trial.number(), trial.configuration(), resources));
        }
        if state.to_start == 0 || trial.configuration() > view.history.configurations() {
            return Some(false);
        }
        // This restores the states of the inner sampler and of the tried points.
        state.repeats.propose(&mut self.inner, state.is_planned, view);
        state.to_start -= 1;
        Some(state.rungs.start(trial.number()) == resources)
    }

    fn retract(&mut self, view: &View<'_>, number: usize) -> bool {
        let state = &mut self.state;
        if state.batches.any() {
            return false;
        }
        if state.rungs.retract(view, number) {
            state.to_start += 1;
        }
        true
    }

    fn is_within_batch(&self) -> bool {
        self.state.batches.is_within()
    }

    fn ready(&mut self, view: &View<'_>) -> u64 {
        let steps = self.state.rungs.settle(view, self.state.to_start);
        self.state.batches.ready(steps)
    }

    fn retired(&mut self) -> Vec<usize> {
        self.state.rungs.retired()
    }

    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        let (rungs, repeats) = (self.state.rungs.note(view), self.state.repeats.note(false, view));
        rungs.into_iter().chain(repeats).collect()
    }

    fn is_sampler_ours(&self) -> bool {
        self.inner.is_ours()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Sampler + 'static> Strategy for Asha<S> {
    type Kind = Budgets;

    fn scheduler(self) -> Box<dyn Scheduler> {
        Box::new(self)
    }
}
