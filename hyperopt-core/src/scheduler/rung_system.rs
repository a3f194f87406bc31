//! The rungs of asynchronous successive halving by promotion, which ASHA and PASHA share.

use crate::history::Goal;
use crate::scheduler::View;
use crate::scheduler::brackets::survivors;
use crate::scheduler::ranking::{Member, Ranking};
use crate::scheduler::score::Score;
use crate::scheduler::stability::Stability;
use crate::space::number;
use crate::trial::State;

/// The number of configurations that each rung keeps to promote them if nothing else is left: the best, and another one
/// should that fail.
const SPARES: usize = 2;

/// All rungs: which configurations each has ranked, and which of them are promoted.
#[derive(Clone, Debug, Default)]
pub(super) struct RungSystem {
    eta: f64,
    /// The rungs, from the first to the last.
    ladder: Vec<Rung>,
    /// The number of rungs that may be reached.
    reach: usize,
    /// The rule that opens further rungs; `None` if all are open from the beginning.
    stability: Option<Stability>,
    /// Whether nothing runs and nothing is left to start.
    is_idle: bool,
    /// Configurations that will not be promoted, not yet reported.
    retired: Vec<usize>,
    /// The rung and the trial that was promoted last.
    last_gone_on: Option<(usize, usize)>,
    /// The last complete trial of each configuration; 0 of one without.
    latest: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
struct Rung {
    resources: f64,
    /// Trials that still run.
    open: Vec<usize>,
    /// The number of closed trials, including failed ones, and of the complete ones.
    closed: u64,
    complete: u64,
    /// The complete trials from the best to the worst, except those too far behind ever to be promoted.
    ranked: Ranking,
}

impl RungSystem {
    /// Makes rungs with these resources, from the first to the last.
    pub(super) fn new(eta: f64, resources: impl IntoIterator<Item = f64>) -> Self {
        let rungs = resources.into_iter().map(|resources| Rung { resources, ..Rung::default() });
        let ladder: Vec<_> = rungs.collect();
        Self { eta, reach: ladder.len(), ladder, ..Self::default() }
    }

    /// Makes rungs of which only the first two are open at first, and one more whenever the ranking is not stable.
    pub(super) fn growing(eta: f64, resources: impl IntoIterator<Item = f64>) -> Self {
        let rungs = Self::new(eta, resources);
        Self { reach: rungs.reach.min(2), stability: Some(Stability::default()), ..rungs }
    }

    /// Enters the trials that have been closed, with `to_start` new configurations still to come; returns an upper bound
    /// of the steps left, which is 0 if and only if there are none.
    pub(super) fn settle(&mut self, view: &View<'_>, to_start: u64) -> u64 {
        let mut is_ranked_anew = false;
        for (index, rung) in self.ladder.iter_mut().enumerate() {
            rung.enter(view, &mut self.retired, |configuration, Member { told, trial }| {
                if self.latest.len() <= configuration {
                    self.latest.resize(configuration + 1, 0);
                }
                self.latest[configuration] = self.latest[configuration].max(trial);
                if let Some(stability) = &mut self.stability {
                    stability.enter(index, configuration, told);
                    is_ranked_anew |= index + 1 == self.reach;
                }
            });
        }
        if let Some(stability) = &mut self.stability
            && is_ranked_anew
            && !stability.is_stable()
        {
            stability.grow();
            self.reach += 1;
        }
        if self.reach == self.ladder.len() {
            self.stability = None;
        }
        self.is_idle = to_start == 0 && self.ladder.iter().all(|rung| rung.open.is_empty());
        let is_over = self.is_idle && self.promotable().is_none() && self.left_over().is_none();
        let spares = if self.is_reached() { 0 } else { SPARES };
        let rungs = self.ladder.len();
        // Counts the configurations that may still enter a rung, from outside or from below.
        let (mut coming, mut steps) = (to_start, 0);
        for (index, rung) in self.ladder.iter_mut().enumerate() {
            steps += coming;
            coming += rung.open.len() as u64;
            let limit = match index + 1 {
                next if is_over || next == rungs => 0,
                // Ranks only get worse: a trial outside the top of the rung at its largest is never promoted.
                // The best of those left may be promoted all the same, as long as none has reached the top.
                next if next < self.reach => {
                    survivors(rung.closed + coming, self.eta).max((rung.ranked.first_waiting() + spares) as u64)
                }
                _ => u64::MAX,
            };
            rung.truncate(limit, view, &mut self.retired);
            coming += rung.ranked.waiting() as u64;
        }
        if is_over { 0 } else { steps }
    }

    /// Returns the highest rung with a trial that may be promoted.
    fn promotable(&self) -> Option<usize> {
        let below = self.ladder.get(..self.reach.saturating_sub(1))?;
        let may_go_on = |rung: &Rung| (rung.ranked.first_waiting() as u64) < survivors(rung.closed, self.eta);
        below.iter().rposition(|rung| rung.ranked.waiting() > 0 && may_go_on(rung))
    }

    /// Returns whether a configuration has been complete in the highest rung that may be reached.
    fn is_reached(&self) -> bool {
        self.reach.checked_sub(1).and_then(|top| self.ladder.get(top)).is_none_or(|top| top.complete > 0)
    }

    /// Returns the highest rung with a trial to promote once nothing else is left, until one has reached the top: there were
    /// too few configurations for one in η of each rung, or the promoted ones have failed.
    fn left_over(&self) -> Option<usize> {
        let below = self.ladder.get(..self.reach.saturating_sub(1))?;
        let is_wanted = self.is_idle && !self.is_reached();
        below.iter().rposition(|rung| rung.ranked.waiting() > 0).filter(|_| is_wanted)
    }

    /// Promotes the best of the highest rung with a trial that may be promoted; returns that trial and its new resources.
    /// `next` is the number of the trial that resumes it.
    pub(super) fn promote(&mut self, goal: Goal, next: usize) -> Option<(usize, f64)> {
        let rung = self.promotable().or_else(|| self.left_over())?;
        let promoted = self.ladder[rung].ranked.take_best(goal)?;
        self.last_gone_on = Some((rung, promoted));
        Some((promoted, self.open(rung + 1, next)))
    }

    /// Promotes `configuration` with trial `number`, as another process has decided. Returns whether a rung gives these resources
    /// to a configuration of the rung below.
    pub(super) fn follow(&mut self, view: &View<'_>, number: usize, configuration: usize, resources: f64) -> bool {
        let Some(rung) = self.ladder.iter().position(|rung| rung.resources == resources) else { return false };
        let Some(below) = rung.checked_sub(1) else { return false };
        // The other process may have decided before the rung was so full that the configuration was dropped here.
        let latest = self.latest.get(configuration).copied();
        let latest = latest.filter(|&trial| view.history.trials()[trial].configuration() == configuration);
        if !latest.is_some_and(|trial| self.ladder[below].mark(view, trial, true)) {
            self.retired.retain(|&dropped| dropped != configuration);
        }
        self.reach = self.reach.max(rung + 1);
        self.open(rung, number);
        true
    }

    /// Takes back the start of trial `number`. Returns whether it was that of a new configuration.
    pub(super) fn retract(&mut self, view: &View<'_>, number: usize) -> bool {
        let at = self.ladder.iter().position(|rung| rung.open.contains(&number));
        let Some(rung) = at else { return false };
        self.ladder[rung].open.retain(|&open| open != number);
        if let Some(below) = rung.checked_sub(1) {
            // The promotion is the last step taken.
            let gone_on = self.last_gone_on.take().filter(|(at, _)| *at == below);
            gone_on.map(|(_, trial)| self.ladder[below].mark(view, trial, false));
        }
        rung == 0
    }

    /// Opens `trial`, of a new configuration, in the first rung; returns its resources.
    pub(super) fn start(&mut self, trial: usize) -> f64 {
        self.open(0, trial)
    }

    fn open(&mut self, rung: usize, trial: usize) -> f64 {
        let rung = &mut self.ladder[rung];
        rung.open.push(trial);
        rung.resources
    }

    /// Returns what to say about the resources that the configurations got, once the sweep is over.
    pub(super) fn note(&self, view: &View<'_>) -> Option<String> {
        let full = self.ladder.last().map(|top| number(top.resources))?;
        // A sweep that has spent its resources enters its last trials nowhere.
        let counts: Vec<_> = self.ladder.iter().map(|rung| rung.counts(view)).collect();
        let top = counts.iter().rposition(|&(_, complete)| complete > 0)?;
        let is_short = |&(closed, _): &(u64, u64)| survivors(closed, self.eta) == 0;
        if top + 1 < self.ladder.len() {
            let most = number(self.ladder[top].resources);
            let why =
                if self.stability.is_some() && self.is_idle { ": more would hardly change the ranking" } else { "" };
            Some(format!("no configuration was complete with the full budget of {full}; the best one had {most}{why}"))
        } else if counts[..top].iter().any(is_short) {
            let (closed, complete) = counts[0];
            let least = self.eta.powi(top as i32).ceil();
            let advice =
                if (closed as f64) < least { format!("; start {} or more", number(least)) } else { String::new() };
            let few = match complete {
                1 => "1 complete configuration is".to_owned(),
                _ => format!("{complete} complete configurations are"),
            };
            Some(format!(
                "{few} too few for one in {} of each rung to reach the full budget of {full}, so the best was promoted \
                 without that{advice}",
                number(self.eta)
            ))
        } else {
            None
        }
    }

    /// Returns the configurations that will not be promoted, each once.
    pub(super) fn retired(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.retired)
    }
}

impl Rung {
    /// Enters the open trials that have been closed.
    fn enter(&mut self, view: &View<'_>, retired: &mut Vec<usize>, mut entered: impl FnMut(usize, Member)) {
        let trials = view.history.trials();
        let mut open = std::mem::take(&mut self.open);
        open.retain(|&number| {
            let trial = &trials[number];
            if trial.state() == State::Running {
                return true;
            }
            self.closed += 1;
            match trial.objective() {
                Some(objective) => {
                    let told = Score { violation: trial.violation(), objective };
                    let member = Member { told, trial: number };
                    entered(trial.configuration(), member);
                    self.complete += 1;
                    self.ranked.insert(member, view.goal);
                }
                None => retired.push(trial.configuration()),
            }
            false
        });
        self.open = open;
    }

    /// Returns the numbers of closed and of complete trials, including those that have not been entered yet.
    fn counts(&self, view: &View<'_>) -> (u64, u64) {
        let open = self.open.iter().map(|&number| &view.history.trials()[number]);
        let closed = open.filter(|trial| trial.state() != State::Running);
        closed.fold((self.closed, self.complete), |(closed, complete), trial| {
            (closed + 1, complete + u64::from(trial.objective().is_some()))
        })
    }

    /// Marks a trial as promoted or not. Returns whether it is a member that was marked otherwise.
    fn mark(&mut self, view: &View<'_>, trial: usize, has_gone_on: bool) -> bool {
        let closed = &view.history.trials()[trial];
        let told = Score { violation: closed.violation(), objective: closed.objective().unwrap_or(f64::NAN) };
        self.ranked.mark(Member { told, trial }, has_gone_on, view.goal)
    }

    /// Forgets the members that rank behind the first `limit`.
    fn truncate(&mut self, limit: u64, view: &View<'_>, retired: &mut Vec<usize>) {
        let trials = view.history.trials();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        self.ranked.truncate(limit, view.goal, |trial| retired.push(trials[trial].configuration()));
    }
}
