//! Files and what becomes of them: how they are read, resolved and trained, and what is said about mistakes.

mod advice;
mod budgets;
mod common;
mod documents;
mod errors;
mod hostile;
mod ludwig;
mod places;
mod resolve;
mod seconds;
mod spaces;
mod statistics;
#[cfg(feature = "sqlite")]
mod studies;
mod train;
