//! Hyperparameter sweeps inside existing Rust code.

pub use hyperopt_core::*;

/// What a program that sweeps needs: `use hyperopt::prelude::*;`.
pub mod prelude {
    pub use hyperopt_core::Goal::{Maximize, Minimize};
    pub use hyperopt_core::{
        GridSampler, Hyperoptimizer, Metrics, OnError, Progress, RandomSampler, categorical, exp_linrange, linrange,
        log, ordinal,
    };

    pub use crate::hyperopt;
}

/// What the expansion of [`hyperopt!`] names. Not public API, and not subject to semantic versioning.
#[doc(hidden)]
pub mod __private {
    pub use std::clone::Clone;
    pub use std::cmp::PartialEq;
    pub use std::fmt::Debug;
    pub use std::marker::Copy;
    pub use std::option::Option::{None, Some};
    pub use std::vec::Vec;

    pub use hyperopt_core::__private::*;
    pub use hyperopt_macros::sweep;
}

/// Wraps a loop in a sweep.
#[macro_export]
macro_rules! hyperopt {
    ($($sweep:tt)*) => {
        $crate::__private::sweep!([$crate] $($sweep)*)
    };
}
