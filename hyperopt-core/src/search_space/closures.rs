//! Search spaces written by macros.

use crate::candidates::Axes;
use crate::engine::Suggest;
use crate::search_space::SearchSpace;
use crate::space::Point;

/// A space that a macro has written: dimensions, and the closures that read them.
pub struct Closures<C, A, F, G> {
    len: usize,
    dimensions: C,
    axes: A,
    propose: F,
    decode: G,
}

/// Builds a space. This is not public API; the macros are.
#[doc(hidden)]
pub fn closures<P, C, A, F, G>(len: usize, dimensions: C, axes: A, propose: F, decode: G) -> Closures<C, A, F, G>
where
    A: Fn(&C, usize, &[usize], &mut Axes),
    F: Fn(&C, usize, &mut Suggest<'_>) -> P,
    G: Fn(&C, usize, &Point) -> P,
{
    Closures { len, dimensions, axes, propose, decode }
}

impl<P, C, A, F, G> SearchSpace for Closures<C, A, F, G>
where
    A: Fn(&C, usize, &[usize], &mut Axes),
    F: Fn(&C, usize, &mut Suggest<'_>) -> P,
    G: Fn(&C, usize, &Point) -> P,
{
    type Params = P;

    fn len(&self) -> usize {
        self.len
    }

    fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes) {
        (self.axes)(&self.dimensions, first, parents, axes);
    }

    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> P {
        (self.propose)(&self.dimensions, first, suggest)
    }

    fn decode(&self, first: usize, point: &Point) -> P {
        (self.decode)(&self.dimensions, first, point)
    }
}

impl<C, A, F, G> std::fmt::Debug for Closures<C, A, F, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Closures").field("len", &self.len).finish_non_exhaustive()
    }
}
