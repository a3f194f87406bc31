//! Choices between options: `hp::choice`, `hp::pchoice`.

use std::any::{Any, type_name};
use std::fmt::Debug;

use super::{Branches, Expression};
use crate::candidates::Dimension;
use crate::error::CandidatesError;
use crate::search_space::SearchSpace;
use crate::space::{Value, check_chances};

/// Makes a choice between `options`, all with the same probability.
///
/// The options are values of one type, in an array or a `Vec`; or spaces with parameters of one type, in a tuple or a `Vec`
/// of [boxes](super::Branches), of which only the chosen one is searched. Expressions of one type may also be in an array.
///
/// The label of a value is its `Debug` output, without the quotes of text; functions have the labels `#0`, `#1` and so on, and
/// cannot be stored in a study. Equal numbers, booleans, texts and fieldless variants are one option, whose weight is their
/// share.
///
/// ```
/// use hyperopt_core::{Search, SearchSpace, hp};
///
/// #[derive(Clone, Debug)]
/// enum Model {
///     Bayes,
///     Svm { c: f64, kernel: &'static str },
/// }
///
/// let svm = (hp::lognormal("C", 0, 1), hp::choice("kernel", ["linear", "rbf"]));
/// let space = hp::choice("model", (hp::constant(Model::Bayes), svm.map(|(c, kernel)| Model::Svm { c, kernel })));
/// let ho = Search::new(space).seed(7).run(0..20, |_, model| match model {
///     Model::Bayes => 1.0,
///     Model::Svm { c, kernel } => if kernel == "rbf" { c } else { c + 1.0 },
/// });
/// assert!(matches!(ho.best()?.params, Model::Svm { kernel: "rbf", .. }));
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
pub fn choice<O: Options>(label: impl Into<String>, options: O) -> O::Choice {
    options.choice(label.into(), None)
}

/// Makes a choice between options with probabilities, which sum to 1: `hp::pchoice("kernel", [(0.9, "rbf"), (0.1, "linear")])`.
///
/// The options are as in [`choice`]; those of probability 0 are left out.
pub fn pchoice<C: Chances>(label: impl Into<String>, options: C) -> <C::Options as Options>::Choice {
    let (chances, options) = options.split();
    options.choice(label.into(), Some(chances))
}

/// The options of [`choice`].
#[diagnostic::on_unimplemented(
    message = "`hp::choice` cannot choose from `{Self}`",
    label = "expected an array or a `Vec` of values, or a tuple of spaces",
    note = "values have a type that is `Clone`, `Debug` and `'static`; spaces have parameters of one type, which is `Debug`"
)]
pub trait Options {
    /// The type of the space that [`choice`] makes of these options.
    type Choice;

    #[doc(hidden)]
    fn choice(self, label: String, chances: Option<Vec<f64>>) -> Self::Choice;
}

/// The options of [`pchoice`], with their probabilities.
#[diagnostic::on_unimplemented(
    message = "`hp::pchoice` cannot choose from `{Self}`",
    label = "expected an array or a `Vec` of pairs of a probability and a value, or a tuple of pairs of a probability and a space"
)]
pub trait Chances {
    /// The type of the options.
    type Options: Options;

    #[doc(hidden)]
    fn split(self) -> (Vec<f64>, Self::Options);
}

#[diagnostic::do_not_recommend]
impl<T: Clone + Debug + 'static> Options for Vec<T> {
    type Choice = Expression<T>;

    fn choice(self, label: String, chances: Option<Vec<f64>>) -> Expression<T> {
        let chances = checked(chances);
        let (chances, values) = match chances {
            Ok(Some(chances)) => {
                let kept = chances.into_iter().zip(self).filter(|&(chance, _)| chance > 0.0);
                let (chances, values): (Vec<_>, Vec<_>) = kept.unzip();
                (Ok(Some(chances)), values)
            }
            other => (other, self),
        };
        let names: Option<Vec<_>> = values.iter().map(shown).collect();
        let dimension = match (names, &chances) {
            // The label of such a value says all of it.
            (Some(names), Ok(known)) if values.iter().all(is_scalar) || size_of::<T>() <= 1 => {
                Dimension::alike(values, names, known.as_deref())
            }
            (names, _) => Dimension::levels(values.into(), names, false).weighted(chances),
        };
        Expression::new(label, dimension)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone + Debug + 'static, const N: usize> Options for [T; N] {
    type Choice = Expression<T>;

    fn choice(self, label: String, chances: Option<Vec<f64>>) -> Expression<T> {
        Vec::from(self).choice(label, chances)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone + Debug + 'static> Options for &[T] {
    type Choice = Expression<T>;

    fn choice(self, label: String, chances: Option<Vec<f64>>) -> Expression<T> {
        self.to_vec().choice(label, chances)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Debug> Options for Vec<Box<dyn SearchSpace<Params = V> + Send + Sync>> {
    type Choice = Branches<V>;

    fn choice(self, label: String, chances: Option<Vec<f64>>) -> Branches<V> {
        Branches::new(label, self, checked(chances))
    }
}

// No expression is `Clone`, so that a list of them is never one of values.
#[diagnostic::do_not_recommend]
impl<V: Clone + Debug + Send + Sync + 'static> Options for Vec<Expression<V>> {
    type Choice = Branches<V>;

    fn choice(self, label: String, chances: Option<Vec<f64>>) -> Branches<V> {
        let branches = self.into_iter().map(SearchSpace::boxed);
        Branches::new(label, branches.collect(), checked(chances))
    }
}

#[diagnostic::do_not_recommend]
impl<V: Clone + Debug + Send + Sync + 'static, const N: usize> Options for [Expression<V>; N] {
    type Choice = Branches<V>;

    fn choice(self, label: String, chances: Option<Vec<f64>>) -> Branches<V> {
        Vec::from(self).choice(label, chances)
    }
}

#[diagnostic::do_not_recommend]
impl<T> Chances for Vec<(f64, T)>
where
    Vec<T>: Options,
{
    type Options = Vec<T>;

    fn split(self) -> (Vec<f64>, Vec<T>) {
        self.into_iter().unzip()
    }
}

#[diagnostic::do_not_recommend]
impl<T, const N: usize> Chances for [(f64, T); N]
where
    Vec<T>: Options,
{
    type Options = Vec<T>;

    fn split(self) -> (Vec<f64>, Vec<T>) {
        self.into_iter().unzip()
    }
}

macro_rules! spaces {
    ($($first:ident $chance:ident $($space:ident $p:ident)*;)+) => {$(
        // The type parameters share their names with the variables.
        #[allow(non_snake_case)]
        #[diagnostic::do_not_recommend]
        impl<$first, $($space),*> Options for ($first, $($space,)*)
        where
            $first: SearchSpace + Send + Sync + 'static,
            $first::Params: Debug,
            $($space: SearchSpace<Params = $first::Params> + Send + Sync + 'static,)*
        {
            type Choice = Branches<$first::Params>;

            fn choice(self, label: String, chances: Option<Vec<f64>>) -> Self::Choice {
                let ($first, $($space,)*) = self;
                Branches::new(label, vec![Box::new($first), $(Box::new($space)),*], checked(chances))
            }
        }

        #[allow(non_snake_case)]
        #[diagnostic::do_not_recommend]
        impl<$first, $($space),*> Chances for ((f64, $first), $((f64, $space),)*)
        where
            ($first, $($space,)*): Options,
        {
            type Options = ($first, $($space,)*);

            fn split(self) -> (Vec<f64>, Self::Options) {
                let (($chance, $first), $(($p, $space),)*) = self;
                (vec![$chance, $($p),*], ($first, $($space,)*))
            }
        }
    )+};
}

spaces! {
    A a;
    A a B b;
    A a B b C c;
    A a B b C c D d;
    A a B b C c D d E e;
    A a B b C c D d E e F f;
    A a B b C c D d E e F f G g;
    A a B b C c D d E e F f G g H h;
}

/// Returns the probabilities, or their error.
fn checked(chances: Option<Vec<f64>>) -> Result<Option<Vec<f64>>, CandidatesError> {
    if let Some(chances) = &chances {
        check_chances(chances)?;
    }
    Ok(chances)
}

/// Returns the value if it is a number, a truth value or text.
fn scalar<T: 'static>(value: &T) -> Option<Value> {
    let any: &dyn Any = value;
    macro_rules! as_value {
        ($($t:ty)+) => {$(
            if let Some(value) = any.downcast_ref::<$t>() {
                return Some(value.clone().into());
            }
        )+};
    }
    as_value!(bool i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 &'static str String Value);
    None
}

fn is_scalar<T: 'static>(value: &T) -> bool {
    scalar(value).is_some()
}

/// Returns the label of a value; `None` for a function, which has no name, and whose address changes from run to run.
fn shown<T: Debug + 'static>(value: &T) -> Option<Value> {
    if let Some(scalar) = scalar(value) {
        return Some(scalar);
    }
    let is_function = type_name::<T>().contains("fn(") || type_name::<T>().contains("{{closure}}");
    (!is_function).then(|| format!("{value:?}").into())
}
