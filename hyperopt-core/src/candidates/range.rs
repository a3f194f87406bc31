//! Ranges of Rust as candidates, and floats whose scale or grid is known at run time only.

use std::ops::{Range, RangeInclusive};

use crate::candidates::{Candidates, Dimension, Integer, Sealed};
use crate::space::{Floats, Ints};

#[diagnostic::do_not_recommend]
impl Candidates for RangeInclusive<f64> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        Floats::from(self).dimension()
    }
}

#[diagnostic::do_not_recommend]
impl Candidates for Range<f64> {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        Floats::from(self).dimension()
    }
}

#[diagnostic::do_not_recommend]
impl Candidates for Floats {
    type Value = f64;

    fn dimension(self) -> Dimension<f64> {
        Dimension::floats(self.domain())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer> Candidates for RangeInclusive<T> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        Dimension::ints(Ints::inclusive(self.start().to_i128(), self.end().to_i128()).domain())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Integer> Candidates for Range<T> {
    type Value = T;

    fn dimension(self) -> Dimension<T> {
        Dimension::ints(Ints::exclusive(self.start.to_i128(), self.end.to_i128()).domain())
    }
}

impl<T> Sealed for Range<T> {}
impl<T> Sealed for RangeInclusive<T> {}
impl Sealed for Floats {}
