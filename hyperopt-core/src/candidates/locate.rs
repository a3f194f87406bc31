//! How a value of `try_first` is found among the candidates: by `==` where its type has that, otherwise by its label.
//!
//! As with labels, the compiler chooses by method resolution: `(&&probe(&dimension)).__hyperopt_same()`.

// `self` is what method resolution has chosen.
#![allow(clippy::unused_self)]
// A reference is all that the expansion writes.
#![allow(clippy::ref_option)]

use std::fmt::{Debug, Display};

use crate::candidates::Dimension;
use crate::candidates::label::{Debugged, Displayed, Probe, Same, Scalars, Sourced};
use crate::space::{Coordinate, Value};

#[doc(hidden)]
pub trait CompareValues<V> {
    fn __hyperopt_same(&self) -> Same<V>;
}
impl<V: PartialEq> CompareValues<V> for &Probe<V> {
    fn __hyperopt_same(&self) -> Same<V> {
        Some(V::eq)
    }
}

#[doc(hidden)]
pub trait CompareLabels<V> {
    fn __hyperopt_same(&self) -> Same<V> {
        None
    }
}
impl<V> CompareLabels<V> for Probe<V> {}

macro_rules! located {
    ($kind:ty, $bounds:path, $shown:expr) => {
        impl $kind {
            /// Returns the label of `value`, whose source text is `source`.
            #[doc(hidden)]
            pub fn __hyperopt_shown<V: $bounds>(&self, value: &Option<V>, source: &str) -> Value {
                value.as_ref().map_or_else(|| source.into(), |value| $shown(value, source))
            }

            /// Returns the coordinate of `value`; `None` if it is not among the candidates.
            #[doc(hidden)]
            pub fn __hyperopt_located<V: $bounds>(
                &self,
                dimension: &Dimension<V>,
                same: Same<V>,
                value: &Option<V>,
                source: &str,
            ) -> Option<Coordinate> {
                let value = value.as_ref()?;
                dimension.locate(value, same, &$shown(value, source))
            }
        }
    };
}

impl Debugged {
    /// Returns the label of a value whose source text is `source`.
    #[doc(hidden)]
    pub fn __hyperopt_shown<V: Debug>(&self, _: &Option<V>, source: &str) -> Value {
        source.into()
    }

    /// Returns the coordinate of `value`; `None` if it is not among the candidates. Their labels are source texts or what
    /// `Debug` writes.
    #[doc(hidden)]
    pub fn __hyperopt_located<V: Debug>(
        &self,
        dimension: &Dimension<V>,
        same: Same<V>,
        value: &Option<V>,
        source: &str,
    ) -> Option<Coordinate> {
        let value = value.as_ref()?;
        let labels = [format!("{value:?}"), source.to_owned()].map(Value::from);
        labels.iter().find_map(|label| dimension.locate(value, same, label))
    }
}

/// Types whose values are their own labels.
#[doc(hidden)]
pub trait Scalar: Clone + Into<Value> {}
impl<V: Clone + Into<Value>> Scalar for V {}

/// All types.
#[doc(hidden)]
pub trait Any {}
impl<V> Any for V {}

located!(Scalars, Scalar, |value: &V, _: &str| -> Value { value.clone().into() });
located!(Displayed, Display, |value: &V, _: &str| Value::from(value.to_string()));
located!(Sourced, Any, |_: &V, source: &str| Value::from(source));
