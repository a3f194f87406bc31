//! PASHA, ASHA whose rungs open one by one.

use std::borrow::Cow;
use std::error::Error;

use crate::sampler::{RandomSampler, Sampler};
use crate::scheduler::rung_system::RungSystem;
use crate::scheduler::rungs::Rungs;
use crate::scheduler::{Asha, Budgets, Scheduler, Step, Strategy, View, Workload};
use crate::trial::Record;

/// PASHA, progressive ASHA: gives more resources only as long as they change the ranking.
///
/// It takes loops with budgets, `for (resources, state) in 1.0..=81.0`. PASHA is [`Asha`] that begins with the first two rungs.
/// It opens the next rung when the ranking of the configurations in the highest rung differs from their ranking one rung
/// before; until then, it tries more configurations. So it saves most of the resources if little training suffices to rank
/// configurations, and the upper end of the head, which is reached only if necessary, can be generous. The best trial is the
/// best of the highest rung that was opened; if that rung is below the final budget, the table says so: train its configuration
/// further. With few configurations, the best is promoted to the highest open rung as in [`Asha`].
///
/// The ranking is soft: configurations whose objectives one rung before lay within ε of each other may change places. ε is
/// the 90th percentile of the differences between configurations whose curves cross twice, which takes a third rung; until
/// then it is 0.
///
/// Threads, states and failures are as with [`Asha`]: on several threads one seed does not give one history, unless
/// [`batch`](Self::batch) is set.
///
/// The source is Bohdal, Balles, Wistuba, Ermis, Archambeau and Zappella, "PASHA: Efficient HPO and NAS with Progressive
/// Resource Allocation", ICLR 2023, Algorithm 1 and section 4.
///
/// # Departures
///
/// The paper knows each curve epoch by epoch; here it is known at the rungs, so fewer crossings are seen, and rungs are opened
/// more readily. Pairs that have crossed in lower rungs keep counting until they meet again.
///
/// ```
/// use hyperopt_core::{BohbSampler, Pasha};
///
/// let sampler = Pasha::new(3.0).inner(BohbSampler::new()).configurations(100);
/// ```
#[derive(Clone, Debug)]
pub struct Pasha<S = RandomSampler> {
    asha: Asha<S>,
}

impl Pasha {
    /// Makes PASHA over random search. One in `eta` configurations of a rung is promoted. `eta` is above 1, usually 3; other
    /// values are an error of the sweep.
    #[must_use]
    pub fn new(eta: f64) -> Self {
        Self { asha: Asha::new(eta) }
    }
}

impl<S> Pasha<S> {
    /// Sets the sampler that proposes new configurations (default: [`RandomSampler`]).
    #[must_use]
    pub fn inner<T: Sampler>(self, inner: T) -> Pasha<T> {
        Pasha { asha: self.asha.inner(inner) }
    }

    /// Sets the number of configurations to start, as the number that `rounds` rounds of [`Hyperband`](crate::Hyperband) start
    /// (default: 1).
    #[must_use]
    pub fn rounds(self, rounds: u64) -> Self {
        Self { asha: self.asha.rounds(rounds) }
    }

    /// Sets the number of configurations to start (default: that of all [`rounds`](Self::rounds)).
    #[must_use]
    pub fn configurations(self, configurations: u64) -> Self {
        Self { asha: self.asha.configurations(configurations) }
    }

    /// Sets the batch size (default: 0): see [`Asha::batch`].
    #[must_use]
    pub fn batch(self, trials: usize) -> Self {
        Self { asha: self.asha.batch(trials) }
    }
}

impl<S: Sampler> Scheduler for Pasha<S> {
    fn name(&self) -> Cow<'_, str> {
        self.asha.name_of("Pasha")
    }

    fn identity(&self, work: Workload, _: usize) -> Option<String> {
        self.asha.identity_of("Pasha", work)
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        _: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.asha.begin("Pasha", |eta, resources| Rungs::Promoting(RungSystem::growing(eta, resources)), view, work)
    }

    fn run_until_stopped(&mut self) {
        self.asha.run_until_stopped();
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        self.asha.next(view)
    }

    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        self.asha.replay(view, record)
    }

    fn retract(&mut self, view: &View<'_>, number: usize) -> bool {
        self.asha.retract(view, number)
    }

    fn is_within_batch(&self) -> bool {
        self.asha.is_within_batch()
    }

    fn ready(&mut self, view: &View<'_>) -> u64 {
        self.asha.ready(view)
    }

    fn retired(&mut self) -> Vec<usize> {
        self.asha.retired()
    }

    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        self.asha.notes(view)
    }

    fn is_sampler_ours(&self) -> bool {
        self.asha.is_sampler_ours()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Sampler + 'static> Strategy for Pasha<S> {
    type Kind = Budgets;

    fn scheduler(self) -> Box<dyn Scheduler> {
        Box::new(self)
    }
}
