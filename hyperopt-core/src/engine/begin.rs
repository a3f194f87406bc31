//! Begins a sweep: checks its settings, joins its study, and prepares its sampler.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use rand::TryRng;
use rand::rngs::SysRng;

use crate::candidates::{Axes, unlabelled};
use crate::engine::events::Events;
use crate::engine::link::{Asked, StudyLink};
use crate::engine::prune_answers::PruneAnswers;
use crate::engine::warm_start::{KnownPoint, WarmStart};
use crate::engine::{Engine, OnInterrupt, Reporter, Settings, Watch, limits, view};
use crate::error::Error;
use crate::history::{Goal, Goals, History};
use crate::scheduler::{Scheduler, Spending, Workload};
use crate::sweep::{StopReason, Sweep, is_tried};
use crate::trial::WorkingTime;

/// The number of best points of the sweep of `transfer = …` that are tried first.
const TRANSFERRED_FIRST: usize = 3;

/// The number of engines made so far.
static ENGINES: AtomicU64 = AtomicU64::new(0);

impl Engine {
    /// Makes an engine for a sweep that is still to [begin](Self::begin).
    pub(crate) fn new(axes: Axes, scheduler: Box<dyn Scheduler>, mut settings: Settings) -> Self {
        limits::watch(&mut settings);
        let (space, mut errors) = axes.checked();
        let name = scheduler.name().into_owned();
        if settings.ho.is_some() && settings.study.is_some() {
            errors.push(Error::StudyAndEarlier);
        }
        let keeper = match &settings {
            Settings { study: Some(_), .. } => Some("a study"),
            Settings { ho: Some(_), .. } => Some("`ho`"),
            Settings { transfer: Some(_), .. } => Some("`transfer`"),
            Settings { try_first, .. } => try_first.is_of_sweep().then_some("`best_points`"),
        };
        errors.extend(keeper.into_iter().flat_map(|keeper| unlabelled(&space, keeper)));
        let earlier = settings.ho;
        let asked = Asked { seed: settings.seed, goals: settings.goal.is_some() };
        let goals = goals(settings.goal.as_deref(), earlier.as_ref()).unwrap_or_else(|error| {
            errors.push(error);
            Goals::default()
        });
        let names = earlier.as_ref().map_or_else(Vec::new, |earlier| earlier.names.clone());
        let seed = settings.seed.or(earlier.as_ref().map(Sweep::seed)).unwrap_or_else(drawn_seed);
        let elapsed_before = earlier.as_ref().map_or(Duration::ZERO, Sweep::elapsed);
        let history = match earlier {
            // Faulty candidates change the space, so an error about continuing would only distract from them.
            Some(earlier) if errors.is_empty() => match space.check_continues(&earlier.space) {
                Ok(()) => earlier.history,
                Err(mismatch) => {
                    errors.push(Error::Space(mismatch));
                    History::default()
                }
            },
            _ => History::default(),
        };
        let mut notes: Vec<String> = Vec::new();
        notes.extend(settings.try_first.note(&space));
        notes.extend(settings.transfer.as_ref().and_then(|earlier| earlier.note("transfer", &space)));
        let known = if errors.is_empty() { settings.try_first.points(&space, &mut errors) } else { Vec::new() };
        let transferred: Vec<_> = settings.transfer.iter().flat_map(|earlier| earlier.within(&space)).collect();
        let said = transferred.iter().filter(|point| point.iter().any(|unit| unit.is_some()));
        let known = known.into_iter().map(|point| KnownPoint { point, is_asked: true });
        let known =
            known.chain(said.take(TRANSFERRED_FIRST).map(|point| KnownPoint { point: point.clone(), is_asked: false }));
        let known = known.filter(|known| !is_tried(&space, &history, &known.point)).collect();
        let first = if settings.study.is_some() { 0 } else { history.len() };
        let scheduler = match settings.spend {
            Some(limit) => Box::new(Spending::new(scheduler, limit, first)),
            None => scheduler,
        };
        let conditional = space.axes().iter().any(|axis| !axis.parents().is_empty());
        let (end, error, elapsed) = (StopReason::Open, None, elapsed_before);
        let spend = settings.spend;
        let sweep = Sweep { space, history, goals, names, seed, sampler: name, end, error, notes, elapsed, spend };
        let started = Instant::now();
        let mut engine = Self {
            id: ENGINES.fetch_add(1, Ordering::Relaxed),
            sweep,
            scheduler,
            batch: Vec::new(),
            warm: WarmStart { known, taken: None, started: Vec::new(), transferred, repeats: settings.repeats },
            study: settings.study.map(StudyLink::new),
            asked,
            names: settings.names,
            spare: None,
            retired: Vec::new(),
            answers: PruneAnswers::default(),
            conditional,
            on_error: settings.on_error,
            deadline: settings.timeout.and_then(|timeout| started.checked_add(timeout)),
            stop: settings.stop,
            watch: (settings.on_interrupt == OnInterrupt::Stop).then(Watch::start),
            progress: settings.progress,
            reporter: Reporter::silent(),
            events: Events::default(),
            watchers: settings.watchers,
            started,
            began: SystemTime::now(),
            elapsed_before,
            working: WorkingTime::default(),
        };
        if let Some(error) = Error::all(errors) {
            engine.sweep.fail(error);
        }
        engine
    }

    /// Begins the sweep with `work`; `batch` is the batch size of an adaptive sampler that does not set one.
    pub(crate) fn begin(&mut self, work: Workload, batch: usize) {
        if self.sweep.end != StopReason::Open {
            return;
        }
        if let Err(error) = self.start_with(work, batch) {
            self.sweep.fail(error);
        }
    }

    fn start_with(&mut self, work: Workload, batch: usize) -> Result<(), Error> {
        let spend = self.join(work, batch)?;
        let planned = self.prepare(work, batch)?;
        // Plans that depend on the trials so far are made once the trials have been read.
        self.catch_up()?;
        self.keep_spend(spend)?;
        self.sweep.elapsed = self.elapsed(Instant::now());
        let planned = match self.scheduler.begin(&view(&self.sweep, &self.warm)) {
            Ok(begun) => begun.or(planned),
            Err(reason) => return Err(self.sampler_error(reason.to_string())),
        };
        let len = self.sweep.history.len();
        match self.scheduler.begun_while_reading() {
            0 => {}
            begun => self.batch = (len - begun..len).collect(),
        }
        if work == Workload::Planned && planned.is_none() {
            return Err(Error::Endless { sampler: self.sweep.sampler.clone() });
        }
        // The total of a study includes the trials so far, and that of `ho` does not.
        let counts = self.study.is_some();
        self.reporter = Reporter::start(self.progress, planned, counts, &self.sweep);
        self.events.begun(&self.sweep, planned);
        self.watched();
        Ok(())
    }

    /// Prepares the sampler; returns the number of trials if it is limited.
    fn prepare(&mut self, work: Workload, batch: usize) -> Result<Option<u64>, Error> {
        limits::check_spend(self.sweep.spend, work)?;
        let goals = self.sweep.goals.len();
        if matches!(work, Workload::Budgets { .. }) && goals > 1 {
            return Err(self.sampler_error(format!(
                "promotes configurations by one objective, and there are {goals} goals; give one, or count trials: \
                 `sampler = Nsga2Sampler::new()` with `for i in 0..100`"
            )));
        }
        let planned = self.scheduler.prepare(&view(&self.sweep, &self.warm), work, batch);
        planned.map_err(|reason| self.sampler_error(reason.to_string()))
    }
}

/// Returns the goals of a sweep: those given, or those of the sweep that it resumes.
pub(super) fn goals(given: Option<&[Goal]>, earlier: Option<&Sweep>) -> Result<Goals, Error> {
    let Some(given) = given else {
        return Ok(earlier.map_or_else(Goals::default, |earlier| earlier.goals.clone()));
    };
    let goals = Goals::new(given).ok_or(Error::NoGoal)?;
    match earlier {
        Some(earlier) if earlier.goals.len() != goals.len() && !earlier.history.is_empty() => {
            Err(Error::Goals { earlier: earlier.goals.len(), goals: goals.len() })
        }
        _ => Ok(goals),
    }
}

/// Draws a seed from the operating system, short enough to be typed in again.
fn drawn_seed() -> u64 {
    let drawn = SysRng.try_next_u32();
    u64::from(drawn.unwrap_or_else(|_| {
        let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        since.subsec_nanos()
    }))
}
