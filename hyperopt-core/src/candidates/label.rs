//! How a level without a label gets one: a number, truth value or text is its own label; otherwise it is what `Display`
//! writes, the source text of the element where the macro saw it, or `#k`. It is never an address, which the next run would
//! not know.
//!
//! The compiler chooses by method resolution: `(&&&probe(&dimension)).__hyperopt_kind()` finds the impl with the most references that
//! applies, whatever type the candidates have.

// `self` is what method resolution has chosen.
#![allow(clippy::unused_self)]

use std::fmt::Display;
use std::marker::PhantomData;

use crate::candidates::Dimension;
use crate::space::Value;

#[doc(hidden)]
#[derive(Debug)]
pub struct Probe<V>(PhantomData<fn() -> V>);

#[doc(hidden)]
#[must_use]
pub fn probe<L: Labelled>(_: &L) -> Probe<L::Value> {
    Probe(PhantomData)
}

/// What labels are given to.
#[doc(hidden)]
pub trait Labelled {
    type Value;

    /// Gives the levels that have no labels of their own those that `label` finds.
    fn with_labels(self, label: impl Fn(usize, &Self::Value) -> Option<Value>) -> Self;
}

impl<V> Labelled for Dimension<V> {
    type Value = V;

    fn with_labels(self, label: impl Fn(usize, &V) -> Option<Value>) -> Self {
        self.label(label)
    }
}

#[doc(hidden)]
#[derive(Debug)]
pub struct Scalars;

#[doc(hidden)]
#[derive(Debug)]
pub struct Displayed;

#[doc(hidden)]
#[derive(Debug)]
pub struct Sourced;

#[doc(hidden)]
pub trait LabelScalars {
    fn __hyperopt_kind(&self) -> Scalars {
        Scalars
    }
}
impl<V: Clone + Into<Value>> LabelScalars for &&Probe<V> {}

#[doc(hidden)]
pub trait LabelDisplayed {
    fn __hyperopt_kind(&self) -> Displayed {
        Displayed
    }
}
impl<V: Display> LabelDisplayed for &Probe<V> {}

#[doc(hidden)]
pub trait LabelSourced {
    fn __hyperopt_kind(&self) -> Sourced {
        Sourced
    }
}
impl<V> LabelSourced for Probe<V> {}

impl Scalars {
    #[doc(hidden)]
    pub fn __hyperopt_label<V: Clone + Into<Value>, L: Labelled<Value = V>>(self, dimension: L, _: &[&str]) -> L {
        dimension.with_labels(|_, value| Some(value.clone().into()))
    }
}

impl Displayed {
    #[doc(hidden)]
    pub fn __hyperopt_label<V: Display, L: Labelled<Value = V>>(self, dimension: L, _: &[&str]) -> L {
        dimension.with_labels(|_, value| Some(value.to_string().into()))
    }
}

impl Sourced {
    #[doc(hidden)]
    pub fn __hyperopt_label<L: Labelled>(self, dimension: L, source: &[&str]) -> L {
        dimension.with_labels(|index, _| source.get(index).map(|&text| text.into()))
    }
}
