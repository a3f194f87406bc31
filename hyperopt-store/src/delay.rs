//! Calls of a study that take long, and the notices about them on standard error.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyperopt_core::plain::plain_line;
use hyperopt_core::{duration, suspend_progress};

/// The obstacles that the connection of a study meets, shared by the connection and its callers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Delay(Arc<Mutex<Met>>);

#[derive(Debug, Default)]
struct Met {
    /// Why the last attempt failed, if another one follows.
    cause: Option<String>,
    /// The process of the session on the server.
    backend: Option<i32>,
}

// A build without a server has nobody to wait for.
#[cfg_attr(not(feature = "postgres"), allow(dead_code))]
impl Delay {
    fn met(&self) -> MutexGuard<'_, Met> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that an attempt has failed, and will be repeated.
    pub(crate) fn fails(&self, cause: String) {
        self.met().cause = Some(cause);
    }

    /// Notes that an attempt has succeeded.
    pub(crate) fn ends(&self) {
        self.met().cause = None;
    }

    /// Notes the process that serves the session.
    pub(crate) fn works_in(&self, backend: i32) {
        self.met().backend = Some(backend);
    }

    /// Returns the process that serves the session, if it is this program's own and no attempt has failed.
    pub(crate) fn backend(&self) -> Option<i32> {
        let met = self.met();
        if met.cause.is_none() { met.backend } else { None }
    }

    pub(crate) fn cause(&self) -> Option<String> {
        self.met().cause.clone()
    }
}

/// The delays after which something is said: at once would be noise, never would be a program that hangs.
const NOTICES: [Duration; 3] = [Duration::from_secs(5), Duration::from_mins(1), Duration::from_mins(5)];

/// The wait of one call.
#[derive(Debug)]
pub(crate) struct Wait<'a> {
    study: &'a str,
    begun: Instant,
    /// The number of times at which a notice was due.
    notices: usize,
    has_spoken: bool,
}

impl<'a> Wait<'a> {
    /// Returns the wait of a call that begins now.
    pub(crate) fn new(study: &'a str) -> Self {
        Self { study, begun: Instant::now(), notices: 0, has_spoken: false }
    }

    /// Returns the time until the next notice, or until the call has taken `limit`; `None` once it has.
    pub(crate) fn step(&self, limit: Duration) -> Option<Duration> {
        let elapsed = self.begun.elapsed();
        let last = NOTICES.len() - 1;
        let further = self.notices.saturating_sub(last);
        let at = NOTICES[self.notices.min(last)] * u32::try_from(further + 1).unwrap_or(u32::MAX);
        (elapsed < limit).then(|| at.min(limit).saturating_sub(elapsed))
    }

    /// Writes what the call waits for, if a notice is due.
    pub(crate) fn says(&mut self, what: Option<&str>) {
        // A call that ends before the first notice has nothing to say.
        let is_long = self.begun.elapsed() >= NOTICES[0];
        self.notices += 1;
        if let Some(what) = what.filter(|_| is_long) {
            self.has_spoken = true;
            self.print(what);
        }
    }

    /// Writes that the wait is over, if a notice about it was written.
    pub(crate) fn ends(&self) {
        if self.has_spoken {
            self.print(&format!("it goes on, after {}", duration(self.begun.elapsed())));
        }
    }

    fn print(&self, what: &str) {
        let line = format!("study `{}`: {what}", self.study);
        suspend_progress(|| eprintln!("hyperopt: {}", plain_line(&line)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_wait_is_spoken_of_now_and_then() {
        let mut wait = Wait::new("wine");
        let limit = Duration::from_hours(1);
        let mut times = Vec::new();
        for _ in 0..5 {
            times.push(wait.step(limit).unwrap().as_secs_f64().round());
            wait.says(None);
        }
        assert_eq!(times, [5.0, 60.0, 300.0, 600.0, 900.0]);
        assert_eq!(wait.step(Duration::ZERO), None);
        assert!(wait.step(Duration::from_secs(2)).unwrap() <= Duration::from_secs(2));
    }

    #[test]
    fn a_cause_is_that_of_the_last_attempt() {
        let delay = Delay::default();
        let other = delay.clone();
        delay.works_in(7);
        assert_eq!((other.cause(), other.backend()), (None, Some(7)));
        delay.fails("refused".into());
        assert_eq!((other.cause(), other.backend()), (Some("refused".into()), None));
        delay.ends();
        assert_eq!((other.cause(), other.backend()), (None, Some(7)));
    }

    #[test]
    fn a_notice_is_written_once_it_is_due() {
        let mut wait = Wait::new("wine");
        wait.says(Some("it waits"));
        assert!(!wait.has_spoken);
        let Some(earlier) = wait.begun.checked_sub(NOTICES[0]) else { return };
        wait.begun = earlier;
        wait.says(None);
        assert!(!wait.has_spoken);
        wait.says(Some("it waits"));
        assert!(wait.has_spoken);
    }
}
