//! How a level without a label gets one: a number, truth value or text is its own label; else what `Display` writes; else
//! the source text of the element where the macro saw it; else `#k`. Never an address, which the next run would not know.
//!
//! The choice falls by method resolution: `(&&&probe(&codec)).kind()` finds the impl with the most references that
//! applies, whatever type the candidates have.

// `self` is what method resolution has chosen.
#![allow(clippy::unused_self)]

use std::fmt::Display;
use std::marker::PhantomData;

use crate::candidates::Codec;
use crate::space::Value;

#[doc(hidden)]
#[derive(Debug)]
pub struct Probe<V>(PhantomData<fn() -> V>);

#[doc(hidden)]
#[must_use]
pub fn probe<V>(_: &Codec<V>) -> Probe<V> {
    Probe(PhantomData)
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
    fn kind(&self) -> Scalars {
        Scalars
    }
}
impl<V: Clone + Into<Value>> LabelScalars for &&Probe<V> {}

#[doc(hidden)]
pub trait LabelDisplayed {
    fn kind(&self) -> Displayed {
        Displayed
    }
}
impl<V: Display> LabelDisplayed for &Probe<V> {}

#[doc(hidden)]
pub trait LabelSourced {
    fn kind(&self) -> Sourced {
        Sourced
    }
}
impl<V> LabelSourced for Probe<V> {}

impl Scalars {
    #[doc(hidden)]
    pub fn label<V: Clone + Into<Value>>(self, codec: Codec<V>, _: &[&str]) -> Codec<V> {
        codec.label(|_, value| Some(value.clone().into()))
    }
}

impl Displayed {
    #[doc(hidden)]
    pub fn label<V: Display>(self, codec: Codec<V>, _: &[&str]) -> Codec<V> {
        codec.label(|_, value| Some(value.to_string().into()))
    }
}

impl Sourced {
    #[doc(hidden)]
    pub fn label<V>(self, codec: Codec<V>, source: &[&str]) -> Codec<V> {
        codec.label(|index, _| source.get(index).map(|&text| text.into()))
    }
}
