//! The last outcomes that this process knows, to see that they are still there.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

#[cfg(feature = "postgres")]
use hyperopt_core::State;
use hyperopt_core::study::Record;

/// The number of outcomes that are remembered.
pub(crate) const TAIL: usize = 256;

/// Digests of the last outcomes, by the number of the record.
#[derive(Debug, Default)]
pub(crate) struct Outcomes(BTreeMap<usize, u64>);

impl Outcomes {
    /// Remembers the outcome of `record`, which is in the database.
    pub(crate) fn remember(&mut self, record: &Record) {
        self.0.insert(record.trial.number(), digest(record));
        if self.0.len() > TAIL {
            self.0.pop_first();
        }
    }

    /// Returns whether `record` has finished with the outcome that is remembered, or with any outcome if none is.
    #[cfg(feature = "postgres")]
    pub(crate) fn may_be(&self, record: &Record) -> bool {
        let known = self.0.get(&record.trial.number());
        record.trial.state() != State::Running && known.is_none_or(|known| *known == digest(record))
    }
}

/// Returns a digest of the state and the values.
fn digest(record: &Record) -> u64 {
    let mut hasher = DefaultHasher::new();
    record.trial.state().name().hash(&mut hasher);
    record.trial.values().iter().for_each(|value| value.to_bits().hash(&mut hasher));
    hasher.finish()
}
