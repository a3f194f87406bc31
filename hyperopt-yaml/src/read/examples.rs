//! Examples of the ends of a range, for the messages about a missing one.

use crate::definition::Scale;

/// Example ends, of which each fits the other end and the step of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Examples {
    low: f64,
    high: f64,
    is_whole: bool,
}

impl Examples {
    /// Makes examples for a range on `scale`, of integers, of multiples of `q`, or near the `usual` one; `ends` are those that
    /// the file has.
    pub(super) fn new(
        usual: (f64, f64),
        is_whole: bool,
        scale: Scale,
        q: Option<f64>,
        (low, high): (Option<f64>, Option<f64>),
    ) -> Self {
        let q = q.filter(|q| *q > 0.0);
        let usual = match (q, scale, is_whole) {
            (Some(q), Scale::Log, _) => (q, 10.0 * q),
            (Some(q), ..) => (0.0, 10.0 * q),
            (None, _, true) => (1.0, 10.0),
            (None, Scale::Logit, _) => (0.1, 0.9),
            (None, Scale::Log, _) => (0.0001, usual.1),
            (None, ..) => usual,
        };
        let step = q.map_or(1.0, |q| 10.0 * q);
        let above = |low: f64| match (scale, q) {
            _ if low < usual.1 => usual.1,
            (Scale::Logit, _) => f64::midpoint(1.0, low),
            (Scale::Log, None) => 10.0 * low,
            _ => low + step,
        };
        let below = |high: f64| match scale {
            _ if usual.0 < high => usual.0,
            Scale::Logit | Scale::Log => high / 10.0,
            _ => high - step,
        };
        Self { low: high.map_or(usual.0, below), high: low.map_or(usual.1, above), is_whole }
    }

    pub(super) fn low(&self) -> String {
        self.written(self.low)
    }

    pub(super) fn high(&self) -> String {
        self.written(self.high)
    }

    fn written(&self, end: f64) -> String {
        let end = short(end);
        if self.is_whole { format!("{end}") } else { format!("{end:?}") }
    }
}

/// Returns the number of twelve digits next to `value`: 0.3, not 0.30000000000000004.
pub(super) fn short(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}
