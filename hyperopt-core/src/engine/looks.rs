//! When a process that waits for the trials of others looks at their study.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::thread;
use std::time::{Duration, Instant};

/// The first delay between two looks; it is doubled each time.
const FIRST: Duration = Duration::from_millis(10);

/// The longest delay after a short wait: one second, or a tenth of the wait so far.
const SHORT: Duration = Duration::from_secs(1);

/// The longest delay of all.
const LONGEST: Duration = Duration::from_secs(30);

/// The interval at which a timeout and an interrupt are looked for.
const SLICE: Duration = Duration::from_millis(200);

/// How many times as long as the look before it a delay may be, at least: a server that answers slowly is asked less often.
const SHARE: u32 = 10;

/// The delays of one wait. Each is drawn between zero and its limit, so that any number of processes that begin to wait at
/// once, for the end of a rung, say, do not look at once.
#[derive(Debug)]
pub(crate) struct Looks {
    begun: Instant,
    limit: Duration,
    /// How long the last look took. An attempt to take a trial does not count: it also waits for the lock of the study, behind
    /// every other process, which says nothing about the load of the server.
    look: Duration,
    random: RandomState,
    count: u64,
}

impl Looks {
    pub(crate) fn new() -> Self {
        Self { begun: Instant::now(), limit: FIRST, look: Duration::ZERO, random: RandomState::new(), count: 0 }
    }

    /// Looks, and notes how long that takes.
    pub(crate) fn look<R>(&mut self, f: impl FnOnce() -> R) -> R {
        let begun = Instant::now();
        let seen = f();
        self.look = begun.elapsed();
        seen
    }

    /// Sleeps until the next look, for as long as `goes_on`.
    pub(crate) fn pause(&mut self, mut goes_on: impl FnMut() -> bool) {
        let end = Instant::now() + self.next(self.begun.elapsed());
        while let left = end.saturating_duration_since(Instant::now())
            && !left.is_zero()
            && goes_on()
        {
            thread::sleep(left.min(SLICE));
        }
    }

    fn next(&mut self, waited: Duration) -> Duration {
        self.count += 1;
        let limit = self.next_limit(waited);
        // The upper 32 bits of a hash with random keys.
        limit.mul_f64((self.random.hash_one(self.count) >> 32) as f64 / f64::from(u32::MAX))
    }

    fn next_limit(&mut self, waited: Duration) -> Duration {
        let limit = self.limit;
        self.limit = (2 * limit).min(SHORT.max(waited / 10));
        limit.max(self.look.saturating_mul(SHARE)).min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(look: Duration) -> Looks {
        Looks { look, ..Looks::new() }
    }

    fn limits(waits: &[u64], look: Duration) -> Vec<Duration> {
        let mut looks = after(look);
        waits.iter().map(|&waited| looks.next_limit(Duration::from_secs(waited))).collect()
    }

    #[test]
    fn a_pause_ends_with_the_sweep() {
        let begun = Instant::now();
        after(Duration::from_secs(1000)).pause(|| false);
        assert!(begun.elapsed() < Duration::from_secs(1));
    }

    #[test]
    fn a_wait_is_prolonged_by_a_tenth_at_most() {
        let milliseconds: Vec<_> = limits(&[0; 9], Duration::ZERO).iter().map(Duration::as_millis).collect();
        assert_eq!(milliseconds, [10, 20, 40, 80, 160, 320, 640, 1000, 1000]);
        let seconds: Vec<_> = limits(&[100; 12], Duration::ZERO).iter().map(Duration::as_secs).collect();
        assert_eq!(seconds[7..], [1, 2, 5, 10, 10]);
        assert_eq!(limits(&[4000; 14], Duration::ZERO)[13], LONGEST);
    }

    #[test]
    fn a_slow_server_is_asked_less_often() {
        assert_eq!(limits(&[0], Duration::from_millis(500)), [Duration::from_secs(5)]);
        assert_eq!(limits(&[0], Duration::from_mins(5)), [LONGEST]);
    }

    #[test]
    fn a_look_is_timed() {
        let mut looks = Looks::new();
        assert_eq!(looks.look(|| thread::sleep(Duration::from_millis(20))), ());
        assert!(looks.next_limit(Duration::ZERO) >= Duration::from_millis(200));
    }

    #[test]
    fn two_waits_differ() {
        let draws = || {
            let mut looks = after(Duration::from_secs(1));
            [0; 4].map(|waited| looks.next(Duration::from_secs(waited)))
        };
        assert_ne!(draws(), draws());
        assert!(draws().iter().all(|draw| *draw <= Duration::from_secs(10)));
    }
}
