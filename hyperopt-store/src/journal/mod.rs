//! Optuna's journal: a study as a file of operations, one JSON object a line. It is written as a whole and read, and is not a
//! store.

mod json;
mod replay;
mod time;
mod write;

pub use replay::read_journal;
pub use write::write_journal;

use crate::rows::RowState;

/// The numbers of the operations, `op_code`.
mod op {
    pub(super) const CREATE_STUDY: u64 = 0;
    pub(super) const DELETE_STUDY: u64 = 1;
    pub(super) const SET_STUDY_USER_ATTR: u64 = 2;
    pub(super) const SET_STUDY_SYSTEM_ATTR: u64 = 3;
    pub(super) const CREATE_TRIAL: u64 = 4;
    pub(super) const SET_TRIAL_PARAM: u64 = 5;
    pub(super) const SET_TRIAL_STATE_VALUES: u64 = 6;
    pub(super) const SET_TRIAL_INTERMEDIATE_VALUE: u64 = 7;
    pub(super) const SET_TRIAL_USER_ATTR: u64 = 8;
    pub(super) const SET_TRIAL_SYSTEM_ATTR: u64 = 9;
    /// An operation of programs other than Optuna, which ignores it.
    pub(super) const DISCARD_TRIALS: u64 = 10;
}

/// The states, in the order of their numbers.
const STATES: [RowState; 5] =
    [RowState::Running, RowState::Complete, RowState::Pruned, RowState::Fail, RowState::Waiting];
