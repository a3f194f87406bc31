//! Files and what becomes of them: how they are read, resolved and trained, and what is said about mistakes.

mod common;
mod documents;
mod errors;
mod hostile;
mod resolve;
mod spaces;
mod statistics;
#[cfg(feature = "sqlite")]
mod studies;
mod train;
