//! The expansions are code of their own edition in a program of another one.

#[cfg(test)]
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic)]
#[path = "../../faces/generated.rs"]
mod generated;
#[cfg(test)]
#[path = "../../faces/seen.rs"]
mod seen;
