//! Conditional hyperparameters on a server.

use crate::database::{address, client, database};
use crate::support::guards::hyperparameters_behind_guards_are_kept;

#[test]
fn hyperparameters_behind_guards_are_kept_on_a_server() {
    let Some(url) = database("conditional") else { return };
    hyperparameters_behind_guards_are_kept(&address(&url), || {
        client(&url).query_one("SELECT count(*) FROM trial_params", &[]).unwrap().get(0)
    });
}
