mod study;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use rand::TryRng;
use rand::rngs::SysRng;

use self::study::{Attached, Given};
use crate::error::Error;
use crate::goals::Directions;
use crate::head::Work;
use crate::history::{Goal, History};
use crate::interrupt::{OnInterrupt, Watch};
use crate::known::is_tried;
use crate::outcome::Outcome;
use crate::progress::{Progress, Reporter};
use crate::scheduler::{Scheduler, Step, View};
use crate::settings::{Axes, OnError, Settings, space};
use crate::space::Point;
use crate::sweep::{End, Sweep};
use crate::trial::{State, Trial};

/// How many of the best points of a sweep behind `transfer =` are tried first.
const TRANSFERRED_FIRST: usize = 3;

/// How many engines there have been.
static ENGINES: AtomicU64 = AtomicU64::new(0);

/// The one engine: proposes trials when asked, and keeps what it is told. Every face of a sweep drives it.
#[derive(Debug)]
pub(crate) struct Engine {
    /// Unlike any other engine's in this process.
    id: u64,
    sweep: Sweep,
    scheduler: Box<dyn Scheduler>,
    /// The trials of the wave that is being proposed.
    wave: Vec<usize>,
    warm: WarmStart,
    study: Option<Attached>,
    given: Given,
    /// Configurations that will not be resumed, where a study has to know of them too.
    dropped: Vec<usize>,
    conditional: bool,
    on_error: OnError,
    deadline: Option<Instant>,
    watch: Option<Watch>,
    progress: Progress,
    reporter: Reporter,
    started: Instant,
    elapsed_before: Duration,
}

/// What is known before the first trial.
#[derive(Debug)]
struct WarmStart {
    /// What is to be tried first, in order: NaN along axes that are left to the sampler.
    known: VecDeque<Point>,
    /// The best points of an earlier sweep, best first, in the coordinates of this one.
    transferred: Vec<Point>,
    /// Whether a grid's points may come again before all have been tried.
    repeats: bool,
}

/// A trial that is handed out.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) number: usize,
    pub(crate) configuration: usize,
    pub(crate) resources: Option<f64>,
    /// The trial that ran its configuration before, if one did: the point says then which axes are active.
    pub(crate) before: Option<usize>,
    /// The point as proposed, conditional axes included: their guards are still to be evaluated.
    proposed: Option<Point>,
}

/// What the engine has to hand out.
#[derive(Debug)]
pub(crate) enum Next {
    Job(Job),
    /// Nothing until a running trial has been closed.
    Wait,
    /// Nothing any more.
    Over,
}

impl Engine {
    /// A sweep that is still to [begin](Self::begin).
    pub(crate) fn new(axes: Axes, scheduler: Box<dyn Scheduler>, settings: Settings) -> Self {
        let (space, mut errors) = space(axes);
        let name = scheduler.name().into_owned();
        let earlier = settings.ho;
        if earlier.is_some() && settings.study.is_some() {
            errors.push(Error::StudyAndEarlier);
        }
        let given = Given { seed: settings.seed, goals: settings.goal.is_some() };
        let goals = goals(settings.goal.as_deref(), earlier.as_ref()).unwrap_or_else(|error| {
            errors.push(error);
            Directions::default()
        });
        let names = earlier.as_ref().map_or_else(Vec::new, |earlier| earlier.names.clone());
        let seed = settings.seed.or(earlier.as_ref().map(Sweep::seed)).unwrap_or_else(drawn_seed);
        let elapsed_before = earlier.as_ref().map_or(Duration::ZERO, Sweep::elapsed);
        let history = match earlier {
            // Faulty candidates make the space another one, and are all that is worth reading then.
            Some(earlier) if errors.is_empty() => match space.check_continues(&earlier.space) {
                Ok(()) => earlier.history,
                Err(mismatch) => {
                    errors.push(Error::Space(mismatch));
                    History::default()
                }
            },
            _ => History::default(),
        };
        let known = if errors.is_empty() { settings.try_first.points(&space, &mut errors) } else { Vec::new() };
        let transferred: Vec<_> = settings.transfer.iter().flat_map(|earlier| earlier.within(&space)).collect();
        let said = transferred.iter().filter(|point| point.iter().any(|unit| unit.is_some()));
        let known = known.into_iter().chain(said.take(TRANSFERRED_FIRST).cloned());
        let known = known.filter(|point| !is_tried(&space, &history, point)).collect();
        let conditional = space.axes().iter().any(|axis| !axis.parents().is_empty());
        let (end, error, elapsed) = (End::Open, None, elapsed_before);
        let notes = Vec::new();
        let sweep = Sweep { space, history, goals, names, seed, sampler: name, end, error, notes, elapsed };
        let started = Instant::now();
        let mut engine = Self {
            id: ENGINES.fetch_add(1, Ordering::Relaxed),
            sweep,
            scheduler,
            wave: Vec::new(),
            warm: WarmStart { known, transferred, repeats: settings.repeats },
            study: settings.study.map(Attached::new),
            given,
            dropped: Vec::new(),
            conditional,
            on_error: settings.on_error,
            deadline: settings.timeout.and_then(|timeout| started.checked_add(timeout)),
            watch: (settings.on_interrupt == OnInterrupt::Stop).then(Watch::start),
            progress: settings.progress,
            reporter: Reporter::silent(),
            started,
            elapsed_before,
        };
        if let Some(error) = Error::all(errors) {
            engine.sweep.fail(error);
        }
        engine
    }

    /// Begins with `work`; `wave` is how many suggestions an adaptive sampler makes at a time unless it is told otherwise.
    pub(crate) fn begin(&mut self, work: Work, wave: usize) {
        if self.sweep.end != End::Open {
            return;
        }
        if let Err(error) = self.start_with(work, wave) {
            self.sweep.fail(error);
        }
    }

    fn start_with(&mut self, work: Work, wave: usize) -> Result<(), Error> {
        self.join(work, &self.given.clone())?;
        let planned = self.prepare(work, wave)?;
        let mut done = 0;
        if self.study.is_some() {
            self.catch_up()?;
            done = (self.sweep.history.len() - self.sweep.history.running()) as u64;
        }
        self.reporter = Reporter::start(self.progress, planned, done, &self.sweep);
        Ok(())
    }

    /// Makes the sampler ready; gives the number of trials that there will be, where there is an end to them.
    fn prepare(&mut self, work: Work, wave: usize) -> Result<Option<u64>, Error> {
        let goals = self.sweep.goals.len();
        if matches!(work, Work::Budgets { .. }) && goals > 1 {
            return Err(self.sampler_error(format!(
                "promotes configurations by one objective, and there are {goals} goals; give one, or count trials: \
                 `sampler = Nsga2Sampler::new()` with `for i in 0..100`"
            )));
        }
        let planned = self.scheduler.prepare(&view(&self.sweep, &self.warm), work, wave);
        let planned = planned.map_err(|reason| self.sampler_error(reason.to_string()))?;
        if work == Work::Planned && planned.is_none() {
            return Err(Error::Endless { sampler: self.sweep.sampler.clone() });
        }
        Ok(planned)
    }

    fn sampler_error(&self, reason: String) -> Error {
        Error::Sampler { sampler: self.sweep.sampler.clone(), reason }
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    pub(crate) fn sweep(&self) -> &Sweep {
        &self.sweep
    }

    /// Whether another trial can start; looks at the clock where there is a timeout.
    pub(crate) fn is_open(&mut self) -> bool {
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            self.end(End::Timeout);
        }
        if self.watch.as_ref().is_some_and(Watch::is_hit) {
            self.end(End::Interrupt);
        }
        self.sweep.end == End::Open
    }

    /// How many trials can be handed out now, without waiting for one to be closed; 0 once the sweep is over.
    pub(crate) fn ready(&mut self) -> u64 {
        if !self.is_open() {
            return 0;
        }
        if self.study.is_some() {
            return self.ready_kept();
        }
        self.scheduler.ready(&view(&self.sweep, &self.warm))
    }

    /// Hands out the next trial.
    pub(crate) fn next(&mut self) -> Next {
        if !self.is_open() {
            return Next::Over;
        }
        if self.study.is_some() {
            return self.next_kept();
        }
        match self.step() {
            Step::Start { point, resources } => self.start(point, resources),
            Step::Resume { trial, resources } => Next::Job(self.resume(trial, resources)),
            Step::Wait => Next::Wait,
            Step::Done(end) => {
                self.end(end);
                Next::Over
            }
            Step::Fault(reason) => self.fault(reason),
        }
    }

    /// What `f` makes of the sweep without a look at what has become of the other trials of the wave: which of them happen to
    /// be closed depends on the threads.
    fn within_wave<R>(&mut self, f: impl FnOnce(&mut dyn Scheduler, &View<'_>) -> R) -> R {
        if !self.scheduler.is_within_wave() {
            self.wave.clear();
        }
        let history = &mut self.sweep.history;
        let closed: Vec<_> = self.wave.iter().filter_map(|&number| history.reopen(number)).collect();
        let made = f(&mut *self.scheduler, &view(&self.sweep, &self.warm));
        for trial in closed {
            self.sweep.history.restore(trial);
        }
        made
    }

    fn step(&mut self) -> Step {
        let step = loop {
            let step = self.within_wave(|scheduler, view| scheduler.next(view));
            let waits_for_closed = matches!(step, Step::Wait) && !self.wave.is_empty();
            // A wave that ends before it is full would wait for trials that are closed: what comes next sees them.
            let ended = !self.scheduler.is_within_wave() || self.sweep.history.running() == 0;
            if !(waits_for_closed && ended) {
                break step;
            }
            self.wave.clear();
        };
        let name = self.scheduler.name();
        if name != self.sweep.sampler {
            self.sweep.sampler = name.into_owned();
        }
        step
    }

    fn fault(&mut self, reason: String) -> Next {
        let error = self.sampler_error(reason);
        self.sweep.fail(error);
        Next::Over
    }

    fn start(&mut self, mut point: Point, resources: Option<f64>) -> Next {
        let Sweep { space, history, .. } = &mut self.sweep;
        if point.len() != space.len() || point.iter().any(|unit| unit.is_none()) {
            let reason = format!("proposed {point:?}, which is not one number for each of {} axes", space.len());
            return self.fault(reason);
        }
        if let Some(known) = self.warm.known.pop_front() {
            let given = known.iter().enumerate().filter_map(|(index, unit)| Some((index, unit?)));
            given.for_each(|(index, unit)| point.set(index, unit));
        }
        for (index, axis) in space.axes().iter().enumerate() {
            point.set(index, axis.snap(point.unit(index)));
        }
        let mut proposed = None;
        if self.conditional {
            proposed = Some(point.clone());
            space.deactivate_conditional(&mut point);
        }
        let (number, configuration) = (history.len(), history.configurations());
        history.push(Trial::running(number, configuration, resources, point));
        self.wave.push(number);
        Next::Job(Job { number, configuration, resources, before: None, proposed })
    }

    fn resume(&mut self, trial: usize, resources: f64) -> Job {
        let history = &mut self.sweep.history;
        let (number, earlier) = (history.len(), &history.trials()[trial]);
        let (configuration, point) = (earlier.configuration(), earlier.point().clone());
        history.push(Trial::running(number, configuration, Some(resources), point));
        self.wave.push(number);
        Job { number, configuration, resources: Some(resources), before: Some(trial), proposed: None }
    }

    /// The coordinate of the trial of `job` along `axis`, which is active from now on.
    pub(crate) fn pick(&mut self, job: &Job, axis: usize) -> f64 {
        let Some(trial) = self.sweep.history.get_mut(job.number) else { return f64::NAN };
        if let Some(proposed) = &job.proposed {
            trial.point_mut().set(axis, proposed.unit(axis));
        }
        trial.point().unit(axis)
    }

    /// Keeps what a running trial has come to after `step`.
    pub(crate) fn report(&mut self, number: usize, step: i128, value: f64) -> Result<(), Error> {
        let trial = self.sweep.history.running_mut(number).ok_or(Error::NotAsked { number })?;
        let step = u64::try_from(step).map_err(|_| Error::Step { number, step })?;
        trial.report(step, value);
        self.pass_on(number, step, value)
    }

    /// Whether the pruner would give a running trial up.
    pub(crate) fn should_prune(&mut self, number: usize) -> bool {
        let is_running = |trial: &Trial| trial.state() == State::Running;
        let trials = self.sweep.history.trials();
        trials.get(number).is_some_and(is_running) && self.scheduler.gives_up(&view(&self.sweep, &self.warm), number)
    }

    /// Ends the sweep with an error.
    pub(crate) fn fail(&mut self, error: Error) {
        self.sweep.fail(error);
    }

    pub(crate) fn point(&self, job: &Job) -> &Point {
        self.sweep.history.trials()[job.number].point()
    }

    /// The name of the study, if there is one.
    pub(crate) fn study_name(&self) -> Option<&str> {
        self.study.as_ref().map(Attached::name)
    }

    /// Keeps what a person should know about the sweep.
    pub(crate) fn note(&mut self, note: String) {
        self.sweep.notes.push(note);
    }

    /// The last trial of `configuration`.
    pub(crate) fn last_of(&self, configuration: usize) -> Option<usize> {
        self.sweep.history.trials().iter().rposition(|trial| trial.configuration() == configuration)
    }

    /// The configurations that will not be resumed: their states can go.
    pub(crate) fn dropped(&mut self) -> Vec<usize> {
        if self.study.is_some() {
            self.note_dropped();
            return std::mem::take(&mut self.dropped);
        }
        self.scheduler.dropped()
    }

    /// Closes a running trial with its outcome.
    pub(crate) fn tell(&mut self, number: usize, outcome: Outcome, asked: Instant) -> Result<(), Error> {
        let duration = self.clock(asked);
        let outcome = self.checked(number, outcome);
        let trial = self.running(number)?;
        trial.tell(outcome, duration);
        if trial.state() == State::Failed && self.on_error == OnError::Stop {
            self.end(End::Failure);
        }
        self.keep(number);
        self.reporter.told(&self.sweep, number);
        Ok(())
    }

    /// `outcome`, or one that has failed where its objectives do not fit the goals. A wrong number of them ends the sweep:
    /// all other trials would fail alike.
    fn checked(&mut self, number: usize, mut outcome: Outcome) -> Outcome {
        if !outcome.is_measured() {
            return outcome;
        }
        let (objectives, goals) = (outcome.objectives().len(), self.sweep.goals.len());
        if objectives != goals {
            let error = Error::Objectives { number, objectives, goals, instead: instead(objectives, goals) };
            outcome = Outcome::failed(&error);
            if self.sweep.error.is_none() {
                self.fail(error);
            }
        } else if outcome.names.is_empty() {
        } else if self.sweep.names.is_empty() {
            self.sweep.names.clone_from(&outcome.names);
        } else if self.sweep.names != outcome.names {
            let (names, earlier) = (listed(&outcome.names), listed(&self.sweep.names));
            let names = format!("its objectives are named {names}, and those of earlier trials {earlier}");
            outcome = Outcome::failed(format!("{names}; give the same names in the same order"));
        }
        outcome
    }

    /// Closes a running trial without an outcome.
    pub(crate) fn close(&mut self, number: usize, state: State, asked: Instant) -> Result<(), Error> {
        let duration = self.clock(asked);
        self.running(number)?.close(state, duration);
        self.keep(number);
        self.reporter.told(&self.sweep, number);
        Ok(())
    }

    /// The time since `asked`; keeps that of the whole sweep too.
    fn clock(&mut self, asked: Instant) -> Duration {
        let now = Instant::now();
        self.sweep.elapsed = self.elapsed_before + now.duration_since(self.started);
        now.duration_since(asked)
    }

    fn running(&mut self, number: usize) -> Result<&mut Trial, Error> {
        self.sweep.history.closing(number).ok_or(Error::NotAsked { number })
    }

    /// Ends the sweep, unless it has ended for another reason before.
    pub(crate) fn end(&mut self, end: End) {
        if self.sweep.end == End::Open {
            self.sweep.end = end;
        }
    }

    /// The sweep, with every trial that still runs cancelled.
    pub(crate) fn finish(mut self) -> Sweep {
        if let Some(study) = &mut self.study {
            let is_over = matches!(self.sweep.end, End::Planned | End::Exhausted);
            if let Err(error) = study.close(is_over) {
                self.sweep.error.get_or_insert(error);
            }
        }
        self.sweep.history.cancel_running();
        self.sweep.elapsed = self.elapsed_before + self.started.elapsed();
        self.reporter.finish();
        self.sweep
    }
}

fn view<'a>(sweep: &'a Sweep, warm: &'a WarmStart) -> View<'a> {
    let Sweep { space, history, seed, goals, .. } = sweep;
    let WarmStart { known, transferred, repeats } = warm;
    View { space, history, seed: *seed, goal: goals.first(), goals, known: known.len(), transferred, repeats: *repeats }
}

/// The goals of a sweep: those given, or those of the sweep that it goes on from.
fn goals(given: Option<&[Goal]>, earlier: Option<&Sweep>) -> Result<Directions, Error> {
    let Some(given) = given else {
        return Ok(earlier.map_or_else(Directions::default, |earlier| earlier.goals.clone()));
    };
    let goals = Directions::new(given).ok_or(Error::NoGoal)?;
    match earlier {
        Some(earlier) if earlier.goals.len() != goals.len() && !earlier.history.is_empty() => {
            Err(Error::Goals { earlier: earlier.goals.len(), goals: goals.len() })
        }
        _ => Ok(goals),
    }
}

/// What to write where a trial has not as many objectives as there are goals.
fn instead(objectives: usize, goals: usize) -> String {
    let as_goals = match objectives {
        0 => "give at least one objective".to_owned(),
        1 => "write `goal = Minimize`".to_owned(),
        _ => format!("write `goal = [{}]`, one for each", vec!["Minimize"; objectives].join(", ")),
    };
    match goals {
        1 => format!("{as_goals}, or end the body with one number"),
        _ => format!("{as_goals}, or end the body with an array of {goals} numbers, one for each goal"),
    }
}

/// `` `loss`, `size` ``
fn listed(names: &[Cow<'static, str>]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A seed from the operating system; short enough to be typed in again.
fn drawn_seed() -> u64 {
    let drawn = SysRng.try_next_u32();
    u64::from(drawn.unwrap_or_else(|_| {
        let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        since.subsec_nanos()
    }))
}
