//! What can be set.

/// See the builder methods of [`GpSampler`](super::GpSampler).
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub(super) startup: Option<usize>,
    pub(super) candidates: usize,
    pub(super) max_points: usize,
    pub(super) batch: Option<usize>,
    #[cfg(test)]
    pub(super) sabotage: Sabotage,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            startup: None,
            candidates: 512,
            max_points: 300,
            batch: None,
            #[cfg(test)]
            sabotage: Sabotage::None,
        }
    }
}

impl Options {
    /// What is wrong, with what to write instead.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.startup.is_some_and(|trials| trials < 2) {
            let trials = self.startup.unwrap_or_default();
            Err(format!("startup({trials}) leaves the model without two trials to tell apart; write at least 2"))
        } else if self.candidates == 0 {
            Err("candidates(0) leaves nothing to choose from; write at least 1".into())
        } else if self.max_points < 16 {
            Err(format!("max_points({}) is too few for a model; write at least 16", self.max_points))
        } else {
            Ok(())
        }
    }
}

/// Ways to spoil the model: a test that they pass tests nothing.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sabotage {
    None,
    /// The least promising candidate is proposed.
    Worst,
    /// Objectives belong to other trials than their own.
    Shuffled,
}
