//! The steps of a sweep: brackets, and the rungs of each.

use std::borrow::Cow;
use std::error::Error;

use crate::sampler::{Rungs, Sampler, Setup};
use crate::scheduler::agreement::Agreement;
use crate::scheduler::batches::Batches;
use crate::scheduler::brackets::{Bracket, Schedule, survivors};
use crate::scheduler::budgets::Span;
use crate::scheduler::identity::identity;
use crate::scheduler::members::{any_running, ranked, reaches};
use crate::scheduler::rung_idle::rung_idle_note;
use crate::scheduler::{BracketPlace, Scheduler, Step, View, Workload, is_next};
use crate::sweep::{StopReason, full_budget_note};
use crate::trial::{Record, Trial};

use super::Hyperband;
use super::state::{HyperbandState, Over};

impl<S: Sampler> Hyperband<S> {
    fn bracket(&self) -> Option<&Bracket> {
        let index = self.state.begun.checked_sub(1)? as usize % self.state.brackets.len();
        self.state.brackets.get(index)
    }

    fn resources(&self) -> Option<f64> {
        self.bracket()?.resources.get(self.state.rung).copied()
    }

    /// Returns whether the next bracket begins with resources that say nothing about more of them.
    fn is_next_pointless(&mut self, view: &View<'_>) -> bool {
        let HyperbandState { brackets, agreements, begun, .. } = &mut self.state;
        if !self.skips || *begun < brackets.len() as u64 {
            return false;
        }
        agreements.resize(brackets.len(), Agreement::default());
        let next = *begun as usize % brackets.len();
        agreements[next].predicts_nothing(view, &brackets[next].resources)
    }

    /// Returns the share of explorers in the bracket that begins: none once the best trial so far is the model's.
    fn share(&mut self, view: &View<'_>) -> f64 {
        if self.explore == 0.0 {
            return 0.0;
        }
        let explores = if self.state.begun == 1 {
            !reaches(view.history, self.state.ladder.last())
        } else {
            let best = self.state.incumbent.find(view);
            best.is_some_and(|best| self.state.explorers.include(best.configuration()))
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
        let share = self.share(view);
        let setup = view.setup(Some(wanted), self.state.begun as usize - 1);
        let first = self.state.ladder.len() - self.bracket().map_or(0, |bracket| bracket.resources.len());
        let setup = Setup { rungs: Rungs { resources: &self.state.ladder, first, eta: self.eta }, ..setup };
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

    fn identity(&self, work: Workload, _: usize) -> Option<String> {
        let explore = match self.explore {
            0.0 => String::new(),
            // As `Bohb` is documented.
            share if share == 1.0 / 3.0 => ".explore(1.0 / 3.0)".to_owned(),
            share => format!(".explore({share:?})"),
        };
        let faithful = if self.schedule == Schedule::Reference { ".faithful()" } else { "" };
        let written = format!("Hyperband::new({:?}){explore}{faithful}", self.eta);
        identity(&written, self.eta, work)
    }

    fn depends_on(&self) -> Option<&'static str> {
        // The name of a study's sampler was the same without them.
        (self.explore > 0.0).then_some(
            "an earlier version of `Bohb` had no explorers: what it began is continued by `Hyperband::new(3.0)` with its sampler, \
             `.inner(BohbSampler::new())` or `.inner(TpeSampler::new())`",
        )
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

    fn run_until_stopped(&mut self) {
        self.quota.unlimit();
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

    fn place(&self) -> Option<BracketPlace> {
        let all = self.quota.brackets(&self.state.brackets);
        Some(BracketPlace { bracket: self.state.begun, all: (all < u64::MAX).then_some(all) })
    }

    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        self.follow(view, &record.trial);
        if record.trial.configuration() == view.history.configurations() {
            // A loop with larger batches has started it beside others.
            self.state.batches.open();
        }
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
