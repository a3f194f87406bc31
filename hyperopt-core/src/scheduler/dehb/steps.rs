//! The steps of a sweep.

use std::borrow::Cow;
use std::error::Error;

use crate::sampler::PriorMixture;
use crate::scheduler::brackets::{Schedule, counts, evaluations};
use crate::scheduler::budgets::Span;
use crate::scheduler::identity::identity;
use crate::scheduler::rung_idle::rung_idle_note;
use crate::scheduler::{BracketPlace, Scheduler, Step, View, Workload};
use crate::sweep::{StopReason, full_budget_note};

use super::population::{Individual, Population};
use super::{Dehb, DehbState, Member};

impl Scheduler for Dehb {
    fn name(&self) -> Cow<'_, str> {
        "Dehb".into()
    }

    fn identity(&self, work: Workload, _: usize) -> Option<String> {
        identity(&format!("Dehb::new({:?})", self.eta), self.eta, work)
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        _: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let brackets = Span::new("Dehb", self.eta, work)?.brackets(Schedule::Paper, self.eta)?;
        let mut sizes = vec![0; brackets.len()];
        for (bracket, budgets) in brackets.iter().enumerate() {
            for (size, count) in sizes[bracket..].iter_mut().zip(counts(budgets, self.eta)) {
                *size = count.max(*size);
            }
        }
        let populations = sizes.into_iter().map(|size| Population::new(size as usize)).collect();
        let all: u64 = brackets.iter().map(|bracket| evaluations(bracket, self.eta)).sum();
        self.state = DehbState { brackets, populations, promotes: true, ..DehbState::default() };
        self.state.mix = PriorMixture::of(&view.setup(None, 0));
        self.state.repeats.begin(view);
        self.state.inherit(view);
        self.begin(view);
        Ok(all.checked_mul(self.all_rounds()))
    }

    fn run_until_stopped(&mut self) {
        self.rounds.get_or_insert(u64::MAX);
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        self.settle(view);
        let state = &mut self.state;
        if state.is_over {
            return Step::Done(StopReason::Planned);
        }
        if state.to_start == 0 && state.to_resume.is_empty() {
            return Step::Wait;
        }
        let (resources, budget, next) = (state.resources(), state.budget(), view.history.len());
        let place = state.populations[budget].next_place();
        if let Some(Individual { trial, units, .. }) = state.to_resume.pop_front() {
            state.members.push(Member { trial: next, place, units });
            return Step::Resume { trial, resources };
        }
        let mut repeats = std::mem::take(&mut state.repeats);
        let proposed = repeats.propose_with(|draw| Some(state.child(view, place, draw).into()), view);
        state.repeats = repeats;
        let Some(point) = proposed else { return Step::Done(StopReason::Exhausted) };
        let units = point.iter().flatten().collect();
        state.to_start -= 1;
        state.members.push(Member { trial: next, place, units });
        Step::Start { point, resources: Some(resources) }
    }

    fn place(&self) -> Option<BracketPlace> {
        let all = self.all_rounds().checked_mul(self.state.brackets.len() as u64);
        Some(BracketPlace { bracket: self.state.begun, all })
    }

    fn is_within_batch(&self) -> bool {
        false
    }

    fn ready(&mut self, view: &View<'_>) -> u64 {
        self.settle(view);
        self.state.to_start + self.state.to_resume.len() as u64
    }

    fn retired(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.state.retired)
    }

    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        let full = self.state.brackets.first().and_then(|bracket| bracket.resources.last());
        let full = full.and_then(|&full| full_budget_note(view.history, view.goal, full));
        full.into_iter().chain(self.state.repeats.note(false, view)).collect()
    }

    fn idle_note(&self, view: &View<'_>, threads: usize) -> Option<String> {
        rung_idle_note("Dehb", self.eta, 0, view.history, threads)
    }

    fn is_sampler_ours(&self) -> bool {
        true
    }
}
