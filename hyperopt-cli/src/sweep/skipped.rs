//! What trials printed and the command did not read, for a note at the end.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The maximum number of named values that are recorded beside the metric.
pub(super) const KEPT: usize = 32;

/// The lines and numbers of each trial's output that were not recorded.
#[derive(Debug, Default)]
pub(crate) struct Skipped {
    lines: Mutex<BTreeMap<usize, u64>>,
    values: Mutex<BTreeMap<usize, u64>>,
}

impl Skipped {
    /// Adds the number of lines of `trial` that were too long, and that of the numbers beside its metric that were not kept.
    pub(crate) fn add(&self, trial: usize, lines: u64, values: u64) {
        for (all, count) in [(&self.lines, lines), (&self.values, values)] {
            if count > 0 {
                all.lock().unwrap_or_else(PoisonError::into_inner).insert(trial, count);
            }
        }
    }

    /// Returns the notes; that on lines only if they were read for a metric or for reports.
    pub(crate) fn notes(&self, reads_lines: bool) -> Vec<String> {
        let counts = |all: &Mutex<BTreeMap<usize, u64>>| {
            let all = all.lock().unwrap_or_else(PoisonError::into_inner);
            let (first, _) = all.first_key_value()?;
            let which = match all.len() {
                1 => format!("trial {first}"),
                trials => format!("{trials} trials, from trial {first} on"),
            };
            Some((all.values().sum::<u64>(), which))
        };
        let lines = counts(&self.lines).filter(|_| reads_lines).map(|(count, which)| {
            let lines = if count == 1 { "line" } else { "lines" };
            format!(
                "{count} {lines} of more than 1 MiB on standard output ({which}) were not searched for the metric; print it on a \
                 line of its own, or write it to a file and name that with `--metric-file`"
            )
        });
        let values = counts(&self.values).map(|(count, which)| {
            let numbers = if count == 1 { "number" } else { "numbers" };
            format!("{count} {numbers} beside the metric ({which}) were not recorded, of which each trial keeps {KEPT}")
        });
        lines.into_iter().chain(values).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_by_trial() {
        let skipped = Skipped::default();
        assert!(skipped.notes(true).is_empty());
        skipped.add(3, 1, 0);
        assert!(skipped.notes(true)[0].starts_with("1 line of more than 1 MiB on standard output (trial 3) "));
        skipped.add(1, 4, 2);
        let notes = skipped.notes(true);
        assert!(notes[0].starts_with("5 lines of more than 1 MiB on standard output (2 trials, from trial 1 on) "));
        assert!(notes[1].starts_with("2 numbers beside the metric (trial 1) "), "{notes:?}");
        assert_eq!(skipped.notes(false).len(), 1);
    }
}
