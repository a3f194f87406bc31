//! The names that earlier versions had.

use crate::candidates::Dimension;
use crate::engine::Suggest;
use crate::run::{AskTell, CheckpointFn, Ticket, TrialHandle};
use crate::scheduler::Trials;
use crate::sweep::{InitialPoints, StopReason};

/// The former name of [`Dimension`].
#[deprecated(note = "renamed to `Dimension`")]
pub type Codec<V> = Dimension<V>;

/// The former name of [`StopReason`].
#[deprecated(note = "renamed to `StopReason`")]
pub type End = StopReason;

/// The former name of [`InitialPoints`].
#[deprecated(note = "renamed to `InitialPoints`")]
pub type KnownPoints = InitialPoints;

/// The former name of [`AskTell`].
#[deprecated(note = "renamed to `AskTell`")]
pub type Live<D, K = Trials> = AskTell<D, K>;

/// The former name of [`Ticket`].
#[deprecated(note = "renamed to `Ticket`")]
pub type Claim = Ticket;

/// The former name of [`TrialHandle`].
#[deprecated(note = "renamed to `TrialHandle`")]
pub type Turn<'a, D, K = Trials> = TrialHandle<'a, D, K>;

/// The former name of [`Suggest`].
#[deprecated(note = "renamed to `Suggest`")]
pub type Picker<'a> = Suggest<'a>;

/// The former name of [`CheckpointFn`].
#[deprecated(note = "renamed to `CheckpointFn`")]
pub type FileCodec<F, G> = CheckpointFn<F, G>;
