//! The scheduler that chooses among the others.

use std::borrow::Cow;
use std::error::Error;

use crate::sampler::TpeSampler;
use crate::scheduler::bohb::EXPLORERS;
use crate::scheduler::brackets::Schedule;
use crate::scheduler::budgets::Span;
use crate::scheduler::identity::{IN_PARALLEL, identity};
use crate::scheduler::{Asha, BracketPlace, Budgets, Hyperband, Scheduler, Step, Strategy, View, Workload};
use crate::space::number;
use crate::trial::Record;

/// Chooses a scheduler by the number of rungs, and says in the table of the sweep which one it uses.
///
/// It takes loops with budgets, `for (resources, state) in 1.0..=81.0`. The configurations come from [`TpeSampler`], which
/// weighs the trials of each budget by how well it predicts the next.
///
/// | budgets | scheduler |
/// |---|---|
/// | one rung | [`Hyperband`], which promotes nothing in that case |
/// | two rungs | [`Asha`], since half of the resources of [`Hyperband`] would go to configurations that no rung has selected |
/// | three rungs or more | [`Bohb::tpe`](crate::Bohb::tpe) |
///
/// The number of rungs follows from the head of the loop and η: with η = 3, the heads `1..=3`, `3..=9` and `27..=80` have two.
/// In the [rounds](Self::rounds) after the first, a bracket of Hyperband or BOHB is skipped if the ranking at its lowest rung
/// agrees with that at the next rung for no more pairs of configurations than by chance.
///
/// In parallel, the trials of a batch all finish before the next batch is decided on, so one seed gives one history on any
/// number of threads. With two rungs, a study is to be resumed by a loop of the same kind: parallel or one trial at a time.
///
/// ```
/// use hyperopt_core::AutoScheduler;
///
/// let scheduler = AutoScheduler::new().rounds(2);
/// ```
#[derive(Clone, Debug)]
pub struct AutoScheduler {
    eta: f64,
    /// The number of rounds; one, if it is not set.
    rounds: Option<u64>,
    chosen: Chosen,
    has_one_rung: bool,
    is_parallel: bool,
}

#[derive(Clone, Debug)]
enum Chosen {
    Asha(Asha<TpeSampler>),
    Hyperband(Hyperband<TpeSampler>),
}

impl AutoScheduler {
    /// Makes the scheduler with η = 3 and one round.
    #[must_use]
    pub fn new() -> Self {
        Self { eta: 3.0, rounds: None, chosen: Chosen::hyperband(3.0, 1), has_one_rung: false, is_parallel: false }
    }

    /// Sets η (default: 3): one in η configurations of a rung is promoted, to η times the resources. η is above 1; other values
    /// are an error of the sweep.
    #[must_use]
    pub fn eta(self, eta: f64) -> Self {
        Self { eta, ..self }
    }

    /// Sets the amount of work, in rounds of all brackets of [`Hyperband`] (default: 1); ASHA starts as many configurations as
    /// these rounds.
    #[must_use]
    pub fn rounds(self, rounds: u64) -> Self {
        Self { rounds: Some(rounds), ..self }
    }

    fn inner(&self) -> &dyn Scheduler {
        match &self.chosen {
            Chosen::Asha(asha) => asha,
            Chosen::Hyperband(hyperband) => hyperband,
        }
    }

    fn inner_mut(&mut self) -> &mut dyn Scheduler {
        match &mut self.chosen {
            Chosen::Asha(asha) => asha,
            Chosen::Hyperband(hyperband) => hyperband,
        }
    }
}

impl Default for AutoScheduler {
    fn default() -> Self {
        Self::new()
    }
}

impl Chosen {
    fn hyperband(eta: f64, rounds: u64) -> Self {
        let hyperband = Hyperband::new(eta).explore(EXPLORERS).inner(TpeSampler::new());
        Self::Hyperband(hyperband.rounds(rounds).skipping())
    }

    fn asha(eta: f64, configurations: u64, batch: usize) -> Self {
        Self::Asha(Asha::new(eta).inner(TpeSampler::new()).configurations(configurations).batch(batch))
    }
}

impl Scheduler for AutoScheduler {
    fn name(&self) -> Cow<'_, str> {
        format!("AutoScheduler ({})", self.inner().name()).into()
    }

    fn identity(&self, work: Workload, batch: usize) -> Option<String> {
        let eta = if self.eta == 3.0 { String::new() } else { format!(".eta({:?})", self.eta) };
        let own = identity(&format!("AutoScheduler::new(){eta}"), self.eta, work)?;
        let brackets = Span::new("AutoScheduler", self.eta, work).ok()?.brackets(Schedule::Paper, self.eta).ok()?;
        Some(if batch > 1 && brackets.len() == 2 { own + IN_PARALLEL } else { own })
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        batch: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let brackets = Span::new("AutoScheduler", self.eta, work)?.brackets(Schedule::Paper, self.eta)?;
        let (rounds, is_parallel) = (self.rounds.unwrap_or(1), batch > 1);
        self.is_parallel = is_parallel;
        self.has_one_rung = brackets.len() == 1;
        self.chosen = if brackets.len() == 2 {
            let in_round: u64 = brackets.iter().map(|bracket| bracket.configurations).sum();
            // A loop that runs one trial at a time waits for nothing of its own, nor need it for other processes.
            let batch = if is_parallel { batch } else { 0 };
            Chosen::asha(self.eta, in_round.saturating_mul(rounds), batch)
        } else {
            Chosen::hyperband(self.eta, rounds)
        };
        self.inner_mut().prepare(view, work, batch)
    }

    fn begin(&mut self, view: &View<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.inner_mut().begin(view)
    }

    fn run_until_stopped(&mut self) {
        self.rounds.get_or_insert(u64::MAX);
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        self.inner_mut().next(view)
    }

    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        self.inner_mut().replay(view, record)
    }

    fn depends_on(&self) -> Option<&'static str> {
        match (&self.chosen, self.is_parallel) {
            (Chosen::Asha(_), true) => Some(
                "with two rungs `AutoScheduler` also goes by the kind of loop, and this one runs trials in parallel: a study that \
                 `hyperopt!` began is continued by `hyperopt!`",
            ),
            (Chosen::Asha(_), false) => Some(
                "with two rungs `AutoScheduler` also goes by the kind of loop, and this one runs one trial at a time: a study \
                 that `thyperopt!` or `phyperopt!` began is continued by these",
            ),
            (Chosen::Hyperband(hyperband), _) => hyperband.depends_on(),
        }
    }

    fn retract(&mut self, view: &View<'_>, number: usize) -> bool {
        self.inner_mut().retract(view, number)
    }

    fn place(&self) -> Option<BracketPlace> {
        self.inner().place()
    }

    fn is_within_batch(&self) -> bool {
        self.inner().is_within_batch()
    }

    fn begun_while_reading(&self) -> usize {
        self.inner().begun_while_reading()
    }

    fn ready(&mut self, view: &View<'_>) -> u64 {
        self.inner_mut().ready(view)
    }

    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        let mut notes = self.inner_mut().notes(view);
        if self.has_one_rung {
            notes.push(format!(
                "the budgets are one rung with η = {}, so nothing was compared with less; widen the range, or use a sampler \
                 without budgets",
                number(self.eta)
            ));
        }
        notes
    }

    fn idle_note(&self, view: &View<'_>, threads: usize) -> Option<String> {
        self.inner().idle_note(view, threads)
    }

    fn retired(&mut self) -> Vec<usize> {
        self.inner_mut().retired()
    }

    fn is_sampler_ours(&self) -> bool {
        true
    }
}

#[diagnostic::do_not_recommend]
impl Strategy for AutoScheduler {
    type Kind = Budgets;

    fn scheduler(self) -> Box<dyn Scheduler> {
        Box::new(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Candidates;
    use crate::history::History;
    use crate::sampler::testing::space;

    #[test]
    fn the_choice_follows_the_rungs() {
        let (space, history) = (space([(0.0..=1.0).dimension()]), History::default());
        let chosen = |min, max, batch| {
            let mut scheduler = AutoScheduler::new();
            let work = Workload::Budgets { min, max, integer: true };
            scheduler.prepare(&View::of(&space, &history, 0), work, batch).unwrap();
            scheduler.name().into_owned()
        };
        let (asha, hyperband) = ("AutoScheduler (Asha over TpeSampler)", "AutoScheduler (Hyperband over TpeSampler)");
        assert_eq!(chosen(5.0, 5.0, 1), hyperband);
        assert_eq!(chosen(1.0, 3.0, 1), asha);
        assert_eq!(chosen(27.0, 81.0, 8), asha);
        assert_eq!(chosen(1.0, 9.0, 1), hyperband);
        assert_eq!(chosen(1.0, 81.0, 1), hyperband);
        assert_eq!(chosen(1.0, 81.0, 8), hyperband);
        assert!(
            AutoScheduler::new()
                .eta(1.0)
                .prepare(&View::of(&space, &history, 0), Workload::Budgets { min: 1.0, max: 9.0, integer: true }, 1)
                .is_err()
        );
    }

    /// It says how far a sweep of Hyperband is.
    #[test]
    fn the_place_is_that_of_the_chosen_scheduler() {
        let (space, history) = (space([(0.0..=1.0).dimension()]), History::default());
        let view = View::of(&space, &history, 0);
        let mut scheduler = AutoScheduler::new();
        scheduler.prepare(&view, Workload::Budgets { min: 1.0, max: 81.0, integer: true }, 1).unwrap();
        scheduler.begin(&view).unwrap();
        assert!(matches!(scheduler.next(&view), Step::Start { .. }));
        assert_eq!(scheduler.place(), Some(BracketPlace { bracket: 1, all: Some(5) }));
    }
}
