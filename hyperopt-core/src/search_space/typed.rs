//! Adds typed parameters to sweeps without types.

use crate::candidates::unlabelled;
use crate::error::Error;
use crate::search_space::{SearchSpace, listed};
use crate::sweep::{Hyperoptimizer, Sweep};

impl Sweep {
    /// Adds typed parameters to the sweep, such as one that was read from a study; `space` decodes the points of its
    /// trials.
    ///
    /// # Errors
    ///
    /// Fails if the sweep is over another space, if a hyperparameter was conditional and has no condition in `space`, and if values
    /// of the space have no labels.
    pub fn typed<S: SearchSpace>(self, space: &S) -> Result<Hyperoptimizer<S::Params>, Error> {
        let (now, mut errors) = listed(space).checked();
        errors.extend(unlabelled(&now, "a study"));
        if let Some(error) = Error::all(errors) {
            return Err(error);
        }
        now.check_decodes(self.space())?;
        Ok(Hyperoptimizer::decoded(self, |point| space.decode(0, point)))
    }
}
