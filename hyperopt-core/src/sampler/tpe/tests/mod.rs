//! Tests of the tree-structured Parzen estimator.

mod behaviour;
mod beliefs;
mod fixtures;
mod quality;
mod several;
mod structures;
