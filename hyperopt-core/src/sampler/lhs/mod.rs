//! Latin hypercubes: one plan for all trials, in which every axis is divided evenly.
//!
//! The search is the enhanced stochastic evolutionary algorithm of Jin, Chen and Sudjianto, "An efficient algorithm for
//! constructing optimal design of computer experiments" (Journal of Statistical Planning and Inference 134, 2005), in the form
//! that SMT and egobox give it. It departs from them, for plans that are better after as many swaps and far more swaps in
//! the same time, in that
//! - the threshold starts at 0.0003 of the random plan's criterion, not at 0.005, and a step takes the best of at most 10
//!   swaps, not of 20, and of no more than a fifth of those there are, as the paper has it,
//! - an outer loop improves if it lowers the best criterion, as in the paper, by 10⁻⁴ of itself and not by 10⁻³ of whatever
//!   unit it has,
//! - points lie in the middle of their strata, so that squared distances are whole numbers and swaps leave no rounding,
//! - a swap is judged from sums over rows that are kept, by one division for each other row,
//! - steps that lead to an equal plan do not count as accepted, or small plans would never heat up,
//! - there are more outer loops: up to 100,000 swaps in all.

mod criterion;
mod discrepancy;
mod distances;
mod ese;
mod phi_p;
mod plan;
mod sampler;
mod sliced;
mod sums;

#[cfg(test)]
mod audze_eglais;
#[cfg(test)]
mod tests;

pub use criterion::Criterion;
pub use sampler::LhsSampler;
