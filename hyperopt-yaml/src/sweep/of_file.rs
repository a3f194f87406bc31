//! The sampler of a file, whose settings are keys and not methods.

use std::error::Error;

use hyperopt_core::{Draw, History, Point, Sampler, Setup, Space};

/// A sampler that names no method of its own in notes.
#[derive(Debug)]
pub(crate) struct OfFile(pub(crate) Box<dyn Sampler>);

impl Sampler for OfFile {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.0.suggest(space, history, draw)
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.0.prepare(setup)
    }

    fn is_adaptive(&self) -> bool {
        self.0.is_adaptive()
    }

    fn keeps_repeats(&self) -> bool {
        self.0.keeps_repeats()
    }

    fn batch(&self) -> Option<usize> {
        self.0.batch()
    }

    fn is_ours(&self) -> bool {
        self.0.is_ours()
    }

    fn name(&self) -> &str {
        self.0.name()
    }
}
