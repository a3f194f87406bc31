//! The expressions of Python's hyperopt: the same names and the same order of arguments, the label first.
//!
//! | expression | value |
//! |---|---|
//! | [`choice`]`(label, options)` | one of the options, each as likely as any other; options may be spaces of their own |
//! | [`pchoice`]`(label, [(p, option), …])` | the same with probabilities, which sum to 1 |
//! | [`randint`]`(label, upper)`, `randint(label, low..high)` | an integer below `upper`, from 0 or from `low` |
//! | [`uniform`]`(label, low, high)` | a number between `low` and `high` |
//! | [`uniformint`]`(label, low, high)` | the same rounded: the two ends are half as likely as what lies between them |
//! | [`quniform`]`(label, low, high, q)` | the same rounded to a multiple of `q`: the two ends are half as likely as what lies between them |
//! | [`loguniform`]`(label, low, high)` | e to a number between `low` and `high`: the bounds are **logarithms** |
//! | [`qloguniform`]`(label, low, high, q)` | the same rounded to a multiple of `q` |
//! | [`normal`]`(label, mu, sigma)`, [`qnormal`]`(label, mu, sigma, q)` | normal, of eight deviations to each side |
//! | [`lognormal`]`(label, mu, sigma)`, [`qlognormal`]`(label, mu, sigma, q)` | e to such a number |
//!
//! Each is an [`Expression`]: a [`SearchSpace`](crate::SearchSpace) for [`Search`](crate::Search), and
//! [`Candidates`](crate::Candidates) beside a name in `hyperopt!`. Tables, files and figures show the label, not the name
//! beside it; two equal labels in one space are an error of the sweep. A tuple, a `Vec` or an array combines several spaces
//! into one, and so does `space!(…)`, with names.
//!
//! There are differences from Python's hyperopt: options are returned as values, never as indices; rounded numbers are limited
//! to `low` and `high`, which Python's may exceed; invalid arguments (`low` above `high`, a deviation of 0, NaN) are an error
//! of the sweep that names the label.
//!
//! ```
//! use hyperopt_core::{Search, hp};
//!
//! let space = (hp::uniform("x", -10, 10), hp::choice("power", [2, 4]));
//! let ho = Search::new(space).seed(7).run(0..100, |_, (x, power)| x.powi(power));
//! assert!(ho.best()?.value < 1.0);
//! # Ok::<_, hyperopt_core::Error>(())
//! ```

mod branches;
mod choice;
mod expression;
mod integers;
mod normal;
mod uniform;

pub use branches::{Branches, Constant, constant};
pub use choice::{Chances, Options, choice, pchoice};
pub use expression::Expression;
pub use integers::{IntegerBounds, randint, uniformint};
pub use normal::{lognormal, normal, qlognormal, qnormal};
pub use uniform::{loguniform, qloguniform, quniform, uniform};
