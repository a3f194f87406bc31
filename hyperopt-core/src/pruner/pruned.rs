use std::borrow::Cow;
use std::error::Error;

use crate::head::Work;
use crate::pruner::Pruner;
use crate::sampler::Sampler;
use crate::scheduler::{Scheduler, SingleFidelity, Step, View};
use crate::strategy::{Pruning, Strategy};
use crate::study::Record;

/// A sampler with a pruner: made by [`Sampler::pruner`].
#[derive(Clone, Debug)]
pub struct Pruned<S, P> {
    sampler: S,
    pruner: P,
    /// Known where it is a pruner, so that a thing that is none is reported once.
    boxed: fn(P) -> Box<dyn Pruner>,
    wave: Option<usize>,
}

impl<S: Sampler, P: Pruner + 'static> Pruned<S, P> {
    pub(crate) fn new(sampler: S, pruner: P) -> Self {
        Self { sampler, pruner, boxed: |pruner| Box::new(pruner), wave: None }
    }

    /// How many trials start together, before all of them are closed. In waves, a trial is compared with those of earlier
    /// waves alone, so that one seed gives one history on any number of threads.
    ///
    /// By default, a sampler that learns proposes in the waves that it would have without a pruner. One that does not never
    /// waits, and in the parallel macros the history depends then on which trials happen to be done. 0 never waits either.
    #[must_use]
    pub fn wave(mut self, trials: usize) -> Self {
        self.wave = Some(trials);
        self
    }
}

#[diagnostic::do_not_recommend]
impl<S: Sampler + 'static, P> Strategy for Pruned<S, P> {
    type Kind = Pruning;

    fn scheduler(self) -> Box<dyn Scheduler> {
        let pruner = (self.boxed)(self.pruner);
        let trials = SingleFidelity::new(self.sampler).wave(self.wave);
        Box::new(PrunedTrials { trials, pruner, compared: 0 })
    }
}

/// The trials of a sampler, each of which a pruner may give up.
#[derive(Debug)]
struct PrunedTrials<S> {
    trials: SingleFidelity<S>,
    pruner: Box<dyn Pruner>,
    /// In waves, how many trials were closed when the present one began.
    compared: usize,
}

impl<S: Sampler> Scheduler for PrunedTrials<S> {
    fn name(&self) -> Cow<'_, str> {
        format!("{} with {}", self.trials.name(), self.pruner.name()).into()
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Work,
        wave: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        if let goals @ 2.. = view.goals.as_slice().len() {
            let reason = "gives trials up by one value that they report";
            return Err(format!("{reason}, and there are {goals} goals; give one, or leave out the pruner").into());
        }
        self.pruner.check()?;
        self.trials.prepare(view, work, wave)
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        if view.history.running() == 0 {
            self.compared = view.history.len();
        }
        self.trials.next(view)
    }

    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        if view.history.running() == 0 {
            self.compared = view.history.len();
        }
        self.trials.replay(view, record)
    }

    fn is_within_wave(&self) -> bool {
        self.trials.is_within_wave()
    }

    fn ready(&mut self, view: &View<'_>) -> u64 {
        self.trials.ready(view)
    }

    fn gives_up(&mut self, view: &View<'_>, number: usize) -> bool {
        let trials = view.history.trials();
        let compared = if self.trials.is_in_waves() { &trials[..self.compared] } else { trials };
        self.pruner.prune(compared, &trials[number], view.goal)
    }
}
