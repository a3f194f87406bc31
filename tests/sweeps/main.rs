//! Sweeps through the macros and through values: what they do, whatever drives them.

mod against_random;
mod asha;
mod asynchronous;
mod budgets;
mod common;
mod conditionals;
mod control_flow;
mod dehb;
mod faults;
mod figure;
mod fmin;
mod hyperband;
mod memory;
mod objectives;
mod parallel;
mod priorband;
mod pruning;
mod readme;
mod repeats;
mod results;
mod resumed;
mod search;
mod study;
mod transfer;
mod try_first;
