//! Sweeps that nobody has thought of, in all five forms: the three macros, `Search`, and ask and tell have one history.

#[path = "../../hyperopt-macros/src/tests/draw.rs"]
#[allow(dead_code)]
mod draw;
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic)]
mod generated;
mod generator;
mod seen;
