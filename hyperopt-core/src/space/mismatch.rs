//! The reasons why axes do not make a space, and the differences between two spaces.

use std::fmt;

use thiserror::Error;

/// The reason why a list of axes is not a [`Space`](crate::Space).
#[derive(Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SpaceError {
    /// Two axes have the same name.
    #[error("there are two axes `{name}`; give one of them another name")]
    Repeated {
        /// The name.
        name: String,
    },
    /// An axis depends on itself or on a later one.
    #[error(
        "axis `{name}` is number {index} and depends on number {parent}; list the axes that it depends on before it"
    )]
    Parent {
        /// The axis.
        name: String,
        /// Its index.
        index: usize,
        /// The index that it gives for the axis that it depends on.
        parent: usize,
    },
}

/// Writes what `Display` writes, as the text is what `main` shows of an error that it returns.
impl fmt::Debug for SpaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The difference between the hyperparameters of a sweep and those of the earlier one that it resumes.
#[derive(Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SpaceMismatch {
    /// A hyperparameter is new.
    #[error("hyperparameter `{0}` is new; leave it out, or begin a new sweep")]
    Added(String),
    /// A hyperparameter is missing.
    #[error("hyperparameter `{0}` is missing; keep it, with its candidates")]
    Removed(String),
    /// The hyperparameters are written in another order.
    #[error("hyperparameter `{0}` has another place; keep the order")]
    Moved(String),
    /// The candidates of a hyperparameter are others.
    #[error("hyperparameter `{name}` had the candidates {earlier}, and now has {now}; keep them, or begin a new sweep")]
    Changed {
        /// The hyperparameter.
        name: String,
        /// Its candidates in the earlier sweep.
        earlier: String,
        /// Its candidates now.
        now: String,
    },
    /// A hyperparameter is conditional and was not, or the reverse, or depends on others than before.
    #[error(
        "hyperparameter `{name}` had {}, and now has {}; keep that, or begin a new sweep",
        condition(.earlier),
        condition(.now)
    )]
    Guarded {
        /// The hyperparameter.
        name: String,
        /// The hyperparameters that decided in the earlier sweep whether it was active, a choice between branches with the branch,
        /// `model = svm`; empty if it always was.
        earlier: Vec<String>,
        /// Those that decide it now; empty if it always is active.
        now: Vec<String>,
    },
    /// A hyperparameter chooses between other sets of candidates.
    #[error("hyperparameter `{0}` has other branches; keep them, each with its candidates, or begin a new sweep")]
    Branches(String),
    /// A hyperparameter has another number of values.
    #[error(
        "hyperparameter `{name}` was {}, and now is {}; keep the count, or begin a new sweep",
        shape(*.earlier),
        shape(*.now)
    )]
    Counted {
        /// The hyperparameter.
        name: String,
        /// The number of values of its array in the earlier sweep; `None` if it was a single value.
        earlier: Option<usize>,
        /// The number of values of its array now; `None` if it is a single value.
        now: Option<usize>,
    },
}

/// Writes what `Display` writes, as the text is what `main` shows of an error that it returns.
impl fmt::Debug for SpaceMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn shape(count: Option<usize>) -> String {
    count.map_or_else(|| "a single value".to_owned(), |count| format!("an array of {count}"))
}

fn condition(read: &[String]) -> String {
    match read {
        [] => "no condition".to_owned(),
        [read] => format!("a condition on `{read}`"),
        [read @ .., last] => {
            let read: Vec<_> = read.iter().map(|name| format!("`{name}`")).collect();
            format!("a condition on {} and `{last}`", read.join(", "))
        }
    }
}
