//! The two ends of a sweep where values have types: the candidates beside a name, and how a point of the unit cube
//! becomes a value of it.

mod axes;
mod contract;
mod dimension;
mod expected;
mod integer;
mod label;
mod levels;
mod linrange;
mod locate;
mod prior;
mod range;
mod scaled;
mod values;

pub use axes::Axes;
pub(crate) use axes::unlabelled;
pub use contract::Candidates;
pub(crate) use contract::Sealed;
pub use dimension::Dimension;
pub use integer::Integer;
#[doc(hidden)]
pub use label::{LabelDebugged, LabelDisplayed, LabelScalars, LabelSourced, Source, probe};
pub(crate) use label::{Labelled, Same};
pub use levels::{Levels, categorical, ordinal};
pub use linrange::{ExpLinRange, LinRange, exp_linrange, linrange};
#[doc(hidden)]
pub use locate::{CompareLabels, CompareValues};
pub use prior::{PriorCandidates, WithPrior};
pub use scaled::{Scaled, bilog, log, logit};
