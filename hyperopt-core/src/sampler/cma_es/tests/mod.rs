//! Tests of CMA-ES.

mod behaviour;
mod quality;
mod repeats;
mod strategy;
mod update;
