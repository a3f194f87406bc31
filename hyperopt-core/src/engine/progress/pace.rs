//! How fast trials are closed, and how long the rest takes.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The shortest time between two marks.
const APART: Duration = Duration::from_secs(1);
/// The shortest time that the pace is measured over, once the sweep is older.
const WINDOW: Duration = Duration::from_secs(30);
/// The fewest closed trials that the pace is measured over, once there are as many.
const TRIALS: u64 = 32;

/// The pace of the last trials. Those that an earlier run has closed do not count.
#[derive(Debug)]
pub(super) struct Pace {
    /// When the pace is measured from, with the number of trials closed by then; older marks are dropped.
    marks: VecDeque<(Instant, u64)>,
    closed: u64,
    last: Instant,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self { marks: VecDeque::from([(now, 0)]), closed: 0, last: now }
    }

    /// Counts a trial that was closed now.
    pub(super) fn close(&mut self, now: Instant) {
        self.closed += 1;
        self.last = now;
        if self.marks.back().is_none_or(|(mark, _)| now.duration_since(*mark) >= APART) {
            self.marks.push_back((now, self.closed));
            let is_enough =
                |&(mark, closed): &(Instant, u64)| now.duration_since(mark) >= WINDOW && self.closed - closed >= TRIALS;
            while self.marks.get(1).is_some_and(is_enough) {
                self.marks.pop_front();
            }
        }
    }

    /// Returns the trials closed per second; `None` before the first one.
    pub(super) fn per_second(&self) -> Option<f64> {
        let &(mark, before) = self.marks.front()?;
        let seconds = self.last.duration_since(mark).as_secs_f64();
        (self.closed > before && seconds > 0.0).then(|| (self.closed - before) as f64 / seconds)
    }

    /// Returns the time until `trials` more are closed, which passes between two closed trials too.
    pub(super) fn left(&self, trials: u64, now: Instant) -> Option<Duration> {
        let seconds = trials as f64 / self.per_second()?;
        Duration::try_from_secs_f64(seconds).ok()?.checked_sub(now.duration_since(self.last)).or(Some(Duration::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(start: Instant, second: u64) -> Instant {
        start + Duration::from_secs(second)
    }

    #[test]
    fn the_time_left_follows_from_the_last_trials() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        assert_eq!((pace.per_second(), pace.left(9, start)), (None, None));
        (1..=4).for_each(|trial| pace.close(second(start, 20 * trial)));
        assert_eq!(pace.per_second(), Some(0.05));
        assert_eq!(pace.left(6, second(start, 80)), Some(Duration::from_mins(2)));
        // The clock runs between two trials, and stops at zero.
        assert_eq!(pace.left(6, second(start, 90)), Some(Duration::from_secs(110)));
        assert_eq!(pace.left(6, second(start, 900)), Some(Duration::ZERO));
    }

    #[test]
    fn a_change_of_pace_is_followed() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        (1..=100).for_each(|trial| pace.close(second(start, trial)));
        assert_eq!(pace.per_second(), Some(1.0));
        (1..=40).for_each(|trial| pace.close(second(start, 100 + 10 * trial)));
        assert!((pace.per_second().unwrap() - 0.1).abs() < 0.001, "{pace:?}");
        assert!(pace.marks.len() < 40);
    }
}
