use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use rand::TryRng;
use rand::rngs::SysRng;

use crate::error::Error;
use crate::head::Amount;
use crate::history::History;
use crate::outcome::Outcome;
use crate::progress::Reporter;
use crate::sampler::{Draw, Sampler, Setup};
use crate::settings::{Axes, OnError, Settings, space};
use crate::space::Point;
use crate::sweep::{End, Sweep};
use crate::trial::{State, Trial};

/// How many engines there have been.
static ENGINES: AtomicU64 = AtomicU64::new(0);

/// The one engine: proposes trials when asked, and keeps what it is told. Every face of a sweep drives it.
#[derive(Debug)]
pub(crate) struct Engine {
    /// Unlike any other engine's in this process.
    id: u64,
    sweep: Sweep,
    sampler: Box<dyn Sampler>,
    /// The trial asked for last as proposed, conditional axes included, until their guards have been evaluated.
    proposed: Option<Point>,
    conditional: bool,
    on_error: OnError,
    deadline: Option<Instant>,
    reporter: Reporter,
    started: Instant,
    elapsed_before: Duration,
}

impl Engine {
    pub(crate) fn new(axes: Axes, sampler: Box<dyn Sampler>, amount: Amount, settings: Settings) -> Self {
        let (space, mut errors) = space(axes);
        let name = sampler.name().to_owned();
        let earlier = settings.ho;
        let goal = settings.goal.or(earlier.as_ref().map(Sweep::goal)).unwrap_or_default();
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
        let conditional = space.axes().iter().any(|axis| !axis.parents().is_empty());
        let (end, error, elapsed) = (End::Open, None, elapsed_before);
        let sweep = Sweep { space, history, goal, seed, sampler: name, end, error, elapsed };
        let started = Instant::now();
        let mut engine = Self {
            id: ENGINES.fetch_add(1, Ordering::Relaxed),
            sweep,
            sampler,
            proposed: None,
            conditional,
            on_error: settings.on_error,
            deadline: settings.timeout.and_then(|timeout| started.checked_add(timeout)),
            reporter: Reporter::silent(),
            started,
            elapsed_before,
        };
        if errors.is_empty() {
            match engine.prepare(amount) {
                Ok(planned) => engine.reporter = Reporter::start(settings.progress, planned, &engine.sweep),
                Err(error) => errors.push(error),
            }
        }
        if let Some(error) = Error::all(errors) {
            engine.sweep.fail(error);
        }
        engine
    }

    /// Makes the sampler ready; gives the most trials that there will be, where there is an end to them.
    fn prepare(&mut self, amount: Amount) -> Result<Option<u64>, Error> {
        let wanted = if let Amount::Count(count) = amount { Some(count) } else { None };
        let Sweep { space, history, seed, goal, .. } = &self.sweep;
        let setup = Setup { space, history, trials: wanted, bracket: 0, seed: *seed, goal: *goal };
        let planned = self.sampler.prepare(&setup);
        let planned = planned.map_err(|reason| self.sampler_error(reason.to_string()))?;
        if amount == Amount::Planned && planned.is_none() {
            return Err(Error::Endless { sampler: self.sweep.sampler.clone() });
        }
        Ok(wanted.into_iter().chain(planned).min())
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
        self.sweep.end == End::Open
    }

    /// Proposes the next trial and opens it; `None` if the sweep has come to its end.
    pub(crate) fn ask(&mut self) -> Option<usize> {
        if !self.is_open() {
            return None;
        }
        let Sweep { space, history, seed, goal, .. } = &mut self.sweep;
        let number = history.len();
        let Some(mut point) = self.sampler.suggest(space, history, &Draw::new(*seed, number, *goal)) else {
            self.sweep.end = End::Exhausted;
            return None;
        };
        if point.len() != space.len() || point.iter().any(|unit| unit.is_none()) {
            let reason = format!("proposed {point:?}, which is not one number for each of {} axes", space.len());
            let error = self.sampler_error(reason);
            self.sweep.fail(error);
            return None;
        }
        for (index, axis) in space.axes().iter().enumerate() {
            point.set(index, axis.snap(point.unit(index)));
        }
        if self.conditional {
            self.proposed = Some(point.clone());
            for (index, axis) in space.axes().iter().enumerate() {
                if !axis.parents().is_empty() {
                    point.deactivate(index);
                }
            }
        }
        history.push(Trial::running(number, number, None, point));
        Some(number)
    }

    /// The coordinate of the trial that was asked for last along `axis`, which is active from now on.
    pub(crate) fn pick(&mut self, axis: usize) -> f64 {
        let last = self.sweep.history.len().saturating_sub(1);
        let Some(trial) = self.sweep.history.get_mut(last) else {
            return f64::NAN;
        };
        if let Some(proposed) = &self.proposed {
            trial.point_mut().set(axis, proposed.unit(axis));
        }
        trial.point().unit(axis)
    }

    /// Closes a running trial with its outcome.
    pub(crate) fn tell(&mut self, number: usize, outcome: Outcome, asked: Instant) -> Result<(), Error> {
        let duration = self.clock(asked);
        let trial = self.running(number)?;
        trial.tell(outcome, duration);
        if trial.state() == State::Failed && self.on_error == OnError::Stop {
            self.end(End::Failure);
        }
        self.reporter.told(&self.sweep, number);
        Ok(())
    }

    /// Closes a running trial without an outcome.
    pub(crate) fn close(&mut self, number: usize, state: State, asked: Instant) -> Result<(), Error> {
        let duration = self.clock(asked);
        self.running(number)?.close(state, duration);
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
        let trial = self.sweep.history.get_mut(number).filter(|trial| trial.state() == State::Running);
        trial.ok_or(Error::NotAsked { number })
    }

    /// Ends the sweep, unless it has ended for another reason before.
    pub(crate) fn end(&mut self, end: End) {
        if self.sweep.end == End::Open {
            self.sweep.end = end;
        }
    }

    /// The sweep, with every trial that still runs cancelled.
    pub(crate) fn finish(mut self) -> Sweep {
        self.sweep.history.cancel_running();
        self.sweep.elapsed = self.elapsed_before + self.started.elapsed();
        self.reporter.finish();
        self.sweep
    }
}

/// A seed from the operating system; short enough to be typed in again.
fn drawn_seed() -> u64 {
    let drawn = SysRng.try_next_u32();
    u64::from(drawn.unwrap_or_else(|_| {
        let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
        since.subsec_nanos()
    }))
}
