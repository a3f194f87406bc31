//! Spaces made of spaces.

use crate::candidates::Axes;
use crate::engine::Suggest;
use crate::search_space::SearchSpace;
use crate::search_space::map::Map;
use crate::space::Point;

impl<S: SearchSpace, W, F: Fn(S::Params) -> W> SearchSpace for Map<S, F> {
    type Params = W;

    fn len(&self) -> usize {
        self.space.len()
    }

    fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes) {
        self.space.axes(first, parents, axes);
    }

    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> W {
        (self.f)(self.space.propose(first, suggest))
    }

    fn decode(&self, first: usize, point: &Point) -> W {
        (self.f)(self.space.decode(first, point))
    }
}

/// Advances `next` past the axes of `space`, and returns the first of them.
fn after(next: &mut usize, space: &impl SearchSpace) -> usize {
    let first = *next;
    *next += space.len();
    first
}

impl<S: SearchSpace> SearchSpace for Vec<S> {
    type Params = Vec<S::Params>;

    fn len(&self) -> usize {
        self.iter().map(SearchSpace::len).sum()
    }

    fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes) {
        let mut next = first;
        for space in self {
            space.axes(after(&mut next, space), parents, axes);
        }
    }

    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> Vec<S::Params> {
        let mut next = first;
        self.iter().map(|space| space.propose(after(&mut next, space), suggest)).collect()
    }

    fn decode(&self, first: usize, point: &Point) -> Vec<S::Params> {
        let mut next = first;
        self.iter().map(|space| space.decode(after(&mut next, space), point)).collect()
    }
}

impl<S: SearchSpace, const N: usize> SearchSpace for [S; N] {
    type Params = [S::Params; N];

    fn len(&self) -> usize {
        self.iter().map(SearchSpace::len).sum()
    }

    fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes) {
        let mut next = first;
        for space in self {
            space.axes(after(&mut next, space), parents, axes);
        }
    }

    fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> [S::Params; N] {
        let mut next = first;
        self.each_ref().map(|space| space.propose(after(&mut next, space), suggest))
    }

    fn decode(&self, first: usize, point: &Point) -> [S::Params; N] {
        let mut next = first;
        self.each_ref().map(|space| space.decode(after(&mut next, space), point))
    }
}

macro_rules! tuples {
    ($($($space:ident)+;)+) => {$(
        // The type parameters share their names with the variables.
        #[allow(non_snake_case)]
        impl<$($space: SearchSpace),+> SearchSpace for ($($space,)+) {
            type Params = ($($space::Params,)+);

            fn len(&self) -> usize {
                let ($($space,)+) = self;
                [$($space.len()),+].iter().sum()
            }

            fn axes(&self, first: usize, parents: &[usize], axes: &mut Axes) {
                let (mut next, ($($space,)+)) = (first, self);
                $($space.axes(after(&mut next, $space), parents, axes);)+
            }

            fn propose(&self, first: usize, suggest: &mut Suggest<'_>) -> Self::Params {
                let (mut next, ($($space,)+)) = (first, self);
                ($($space.propose(after(&mut next, $space), suggest),)+)
            }

            fn decode(&self, first: usize, point: &Point) -> Self::Params {
                let (mut next, ($($space,)+)) = (first, self);
                ($($space.decode(after(&mut next, $space), point),)+)
            }
        }
    )+};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
