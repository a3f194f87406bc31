use std::borrow::Cow;
use std::error::Error;

use crate::head::Work;
use crate::sampler::Sampler;
use crate::scheduler::waves::Waves;
use crate::scheduler::{Scheduler, Step, View};
use crate::sweep::End;

/// One trial for each configuration, as the sampler proposes them.
#[derive(Debug)]
pub(crate) struct SingleFidelity<S> {
    sampler: S,
    waves: Waves,
    /// The size of the waves, whatever the sampler says.
    wave: Option<usize>,
    /// How many trials are still wanted.
    left: u64,
}

impl<S: Sampler> SingleFidelity<S> {
    pub(crate) fn new(sampler: S) -> Self {
        Self { sampler, waves: Waves::default(), wave: None, left: 0 }
    }

    /// Sets the size of the waves.
    pub(crate) fn wave(self, wave: Option<usize>) -> Self {
        Self { wave, ..self }
    }

    /// Whether no trial starts before all of the wave before are closed.
    pub(crate) fn is_in_waves(&self) -> bool {
        self.waves.any()
    }
}

impl<S: Sampler> Scheduler for SingleFidelity<S> {
    fn name(&self) -> Cow<'_, str> {
        self.sampler.name().into()
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Work,
        wave: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let wanted = if let Work::Count(count) = work { Some(count) } else { None };
        let planned = self.sampler.prepare(&view.setup(wanted, 0))?;
        // After it: the size of a wave may depend on the space.
        self.waves = self.wave.map_or_else(|| Waves::new(&self.sampler, wave), Waves::of);
        self.left = match work {
            Work::Count(most) | Work::Open(most) => most,
            Work::Planned | Work::Budgets { .. } => planned.unwrap_or(u64::MAX),
        };
        Ok(wanted.into_iter().chain(planned).min())
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        if self.left == 0 {
            return Step::Done(End::Planned);
        }
        if !self.waves.next(view.history.running() > 0) {
            return Step::Wait;
        }
        match self.sampler.suggest(view.space, view.history, &view.draw()) {
            None => Step::Done(End::Exhausted),
            Some(point) => {
                self.left -= 1;
                Step::Start { point, resources: None }
            }
        }
    }

    fn is_within_wave(&self) -> bool {
        self.waves.is_within()
    }

    fn ready(&mut self, _: &View<'_>) -> u64 {
        self.waves.ready(self.left)
    }
}
