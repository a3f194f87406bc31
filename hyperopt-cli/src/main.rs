//! The command `hyperopt`.
mod metric;
mod process;
mod suggest;
fn main() {}
