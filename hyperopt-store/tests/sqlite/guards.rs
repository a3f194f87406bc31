//! Conditional hyperparameters in a file.

use crate::support::Scratch;
use crate::support::guards::hyperparameters_behind_guards_are_kept;

#[test]
fn hyperparameters_behind_guards_are_kept_in_a_file() {
    let scratch = Scratch::new();
    hyperparameters_behind_guards_are_kept(&scratch.url(), || scratch.count("trial_params"));
}
