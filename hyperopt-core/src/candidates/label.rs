//! How a level without a label gets one: a number, truth value or text is its own label; otherwise it is what `Display`
//! writes, the source text of the element where the macro saw it, what `Debug` writes, or `#k`. It is never an address, which
//! the next run would not know.
//!
//! The compiler chooses by method resolution: `(&&&&probe(&dimension)).__hyperopt_kind()` finds the impl with the most references that
//! applies, whatever type the candidates have.

// `self` is what method resolution has chosen.
#![allow(clippy::unused_self)]

use std::collections::HashSet;
use std::fmt::{Debug, Display};
use std::marker::PhantomData;

use crate::candidates::Dimension;
use crate::space::Value;

/// The longest text that is a label.
const LONGEST: usize = 200;

/// The fewest digits of an address.
const ADDRESS: usize = 6;

#[doc(hidden)]
#[derive(Debug)]
pub struct Probe<V>(PhantomData<fn() -> V>);

#[doc(hidden)]
#[must_use]
pub fn probe<L: Labelled>(_: &L) -> Probe<L::Value> {
    Probe(PhantomData)
}

/// Whether two values are the same, where that can be told.
pub(crate) type Same<V> = Option<fn(&V, &V) -> bool>;

/// Candidates whose levels may be given labels.
#[doc(hidden)]
pub trait Labelled {
    type Value;

    /// Gives levels without labels those that `label` finds; values that are equal by `same` may become one level.
    fn with_labels(self, label: impl FnOnce(&[Self::Value]) -> Option<Vec<Value>>, same: Same<Self::Value>) -> Self;
}

impl<V> Labelled for Dimension<V> {
    type Value = V;

    fn with_labels(self, label: impl FnOnce(&[V]) -> Option<Vec<Value>>, same: Same<V>) -> Self {
        self.label(label, same)
    }
}

/// The source texts of the elements of a list.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    texts: &'a [&'a str],
    /// Whether some of them are names of variables, which say nothing of the values.
    has_variables: bool,
}

impl<'a> Source<'a> {
    /// Makes the source of a list, whose `texts` are empty if the list is not written out.
    #[must_use]
    pub fn new(texts: &'a [&'a str], has_variables: bool) -> Self {
        Self { texts, has_variables }
    }

    /// Returns the labels of a list of `len` values.
    fn labels(self, len: usize) -> Option<Vec<Value>> {
        (!self.texts.is_empty() && self.texts.len() == len)
            .then(|| self.texts.iter().map(|&text| text.into()).collect())
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
pub struct Debugged;

#[doc(hidden)]
#[derive(Debug)]
pub struct Sourced;

#[doc(hidden)]
pub trait LabelScalars {
    fn __hyperopt_kind(&self) -> Scalars {
        Scalars
    }
}
impl<V: Clone + Into<Value>> LabelScalars for &&&Probe<V> {}

#[doc(hidden)]
pub trait LabelDisplayed {
    fn __hyperopt_kind(&self) -> Displayed {
        Displayed
    }
}
impl<V: Display> LabelDisplayed for &&Probe<V> {}

#[doc(hidden)]
pub trait LabelDebugged {
    fn __hyperopt_kind(&self) -> Debugged {
        Debugged
    }
}
impl<V: Debug> LabelDebugged for &Probe<V> {}

#[doc(hidden)]
pub trait LabelSourced {
    fn __hyperopt_kind(&self) -> Sourced {
        Sourced
    }
}
impl<V> LabelSourced for Probe<V> {}

impl Scalars {
    #[doc(hidden)]
    pub fn __hyperopt_label<V: Clone + Into<Value>, L: Labelled<Value = V>>(
        self,
        dimension: L,
        _: Source<'_>,
        same: Same<V>,
    ) -> L {
        dimension.with_labels(|values| Some(values.iter().map(|value| value.clone().into()).collect()), same)
    }
}

impl Displayed {
    #[doc(hidden)]
    pub fn __hyperopt_label<V: Display, L: Labelled<Value = V>>(self, dimension: L, _: Source<'_>, same: Same<V>) -> L {
        dimension.with_labels(|values| Some(values.iter().map(|value| value.to_string().into()).collect()), same)
    }
}

impl Debugged {
    #[doc(hidden)]
    pub fn __hyperopt_label<V: Debug, L: Labelled<Value = V>>(
        self,
        dimension: L,
        source: Source<'_>,
        same: Same<V>,
    ) -> L {
        dimension.with_labels(
            |values| {
                let written = source.labels(values.len());
                if source.has_variables {
                    debugged(values, same).or(written)
                } else {
                    written.or_else(|| debugged(values, same))
                }
            },
            same,
        )
    }
}

impl Sourced {
    #[doc(hidden)]
    pub fn __hyperopt_label<V, L: Labelled<Value = V>>(self, dimension: L, source: Source<'_>, same: Same<V>) -> L {
        dimension.with_labels(|values| source.labels(values.len()), same)
    }
}

/// What `Debug` writes of each value; `None` where that does not identify them: addresses, texts of several lines or pages, one
/// text of unequal values.
fn debugged<V: Debug>(values: &[V], same: Same<V>) -> Option<Vec<Value>> {
    let texts: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    let is_label = |text: &String| {
        let is_short = text.len() <= LONGEST && !text.contains('\n') && !text.is_empty();
        is_short && !has_address(text)
    };
    let mut seen = HashSet::new();
    let is_distinct = texts.iter().enumerate().all(|(index, text)| {
        let is_equal = |same: fn(&V, &V) -> bool| {
            let first = texts.iter().position(|other| other == text).unwrap_or(index);
            same(&values[first], &values[index])
        };
        seen.insert(text) || same.is_some_and(is_equal)
    });
    (is_distinct && texts.iter().all(is_label)).then(|| texts.iter().map(|text| text.as_str().into()).collect())
}

/// Whether `text` holds an address, as functions and pointers are written.
fn has_address(text: &str) -> bool {
    let digits = |rest: &str| rest.chars().take_while(char::is_ascii_hexdigit).count();
    text.split("0x").skip(1).any(|rest| digits(rest) >= ADDRESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_labels_what_it_tells_apart() {
        let labels = |values: &[Option<f64>]| debugged(values, Some(|a, b| a == b));
        assert_eq!(labels(&[None, Some(0.5), None]), Some(["None", "Some(0.5)", "None"].map(Value::from).to_vec()));
        assert_eq!(labels(&[Some(f64::NAN), Some(f64::NAN)]), None);
        assert_eq!(debugged(&[f64::tanh as fn(f64) -> f64], None), None);
        assert_eq!(debugged(&["a\nb".repeat(400)], None), None);
        assert_eq!(debugged(&[[0.5; 99]], None), None);
        assert!(!has_address("Color(0xff)") && has_address("Act { f: 0x55d0c0ffee00 }"));
    }
}
