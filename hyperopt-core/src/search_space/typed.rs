//! Adds typed parameters to sweeps without types.

use crate::error::Error;
use crate::search_space::{SearchSpace, listed};
use crate::sweep::{Hyperoptimizer, Sweep};

impl Sweep {
    /// Adds typed parameters to the sweep, such as one that was read from a study; `space` decodes the points of its
    /// trials.
    ///
    /// # Errors
    ///
    /// Fails if the sweep is over another space.
    pub fn typed<S: SearchSpace>(self, space: &S) -> Result<Hyperoptimizer<S::Params>, Error> {
        let (now, errors) = listed(space).checked();
        if let Some(error) = Error::all(errors) {
            return Err(error);
        }
        now.check_continues(self.space())?;
        Ok(Hyperoptimizer::decoded(self, |point| space.decode(0, point)))
    }
}
