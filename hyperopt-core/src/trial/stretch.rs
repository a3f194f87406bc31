//! The time in which a sweep was worked on, by any number of processes.

use std::time::{Duration, SystemTime};

/// The time from the start of a process's work on a sweep to the closing of a trial, both in milliseconds since 1970 (UTC).
///
/// A process that closes several trials has one stretch, which ends with the last of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The beginning of the process's work.
    pub began: u64,
    /// The closing of the trial.
    pub closed: u64,
}

impl Stretch {
    /// Makes the stretch of a process that began at `began` and closed a trial after `worked`.
    #[must_use]
    pub fn new(began: SystemTime, worked: Duration) -> Self {
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let began = millis(began.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default());
        Self { began, closed: began.saturating_add(millis(worked)) }
    }
}

/// The time in which any process worked: stretches that overlap count once.
#[derive(Clone, Debug, Default)]
pub(crate) struct WorkingTime {
    /// Disjoint and in order.
    stretches: Vec<Stretch>,
    /// The durations of trials without a stretch.
    further: Duration,
}

impl WorkingTime {
    /// Adds a closed trial.
    pub(crate) fn add(&mut self, stretch: Option<Stretch>, duration: Duration) {
        let Some(mut stretch) = stretch.filter(|stretch| stretch.began <= stretch.closed) else {
            self.further = self.further.saturating_add(duration);
            return;
        };
        let first = self.stretches.partition_point(|earlier| earlier.closed < stretch.began);
        let next = self.stretches.partition_point(|earlier| earlier.began <= stretch.closed);
        for overlapping in &self.stretches[first..next] {
            stretch.began = stretch.began.min(overlapping.began);
            stretch.closed = stretch.closed.max(overlapping.closed);
        }
        self.stretches.splice(first..next, [stretch]);
    }

    /// Returns the time in which any process worked.
    pub(crate) fn total(&self) -> Duration {
        let millis = self.stretches.iter().map(|stretch| stretch.closed - stretch.began);
        Duration::from_millis(millis.fold(0, u64::saturating_add)).saturating_add(self.further)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_counts_once() {
        let mut time = WorkingTime::default();
        let mut add = |began, closed| {
            time.add(Some(Stretch { began, closed }), Duration::from_secs(99));
            (time.total().as_millis(), time.stretches.len())
        };
        assert_eq!(add(100, 150), (50, 1));
        assert_eq!(add(100, 250), (150, 1), "a process that goes on");
        assert_eq!(add(200, 300), (200, 1), "another one beside it");
        assert_eq!(add(500, 600), (300, 2), "one after a pause");
        assert_eq!(add(10, 20), (310, 3));
        assert_eq!(add(20, 500), (590, 1));
        assert_eq!(add(300, 200), (99_590, 1), "a clock that was set back");
        time.add(None, Duration::from_secs(1));
        assert_eq!(time.total(), Duration::from_millis(100_590));
    }
}
