//! A call of the macro, as far as it could be understood.

use proc_macro2::{Group, Span, TokenStream};
use syn::{Expr, Ident, Label, Pat, Token};

/// Which macro was called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// `hyperopt!`
    Sequential,
    /// `thyperopt!`
    Threaded,
    /// `phyperopt!`, whose first argument may be an executor.
    Parallel,
    /// `space!`, which has hyperparameters only.
    Space,
}

impl Mode {
    /// The name of the macro.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sequential => "hyperopt!",
            Self::Threaded => "thyperopt!",
            Self::Parallel => "phyperopt!",
            Self::Space => "space!",
        }
    }
}

/// The whole call, as written.
pub(crate) struct Call {
    pub(crate) mode: Mode,
    pub(crate) executor: Option<Expr>,
    /// The path of the facade, `$crate` of its macro.
    pub(crate) facade: TokenStream,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) turn: TrialHandle,
}

pub(crate) enum TrialHandle {
    Loop(Box<Loop>),
    /// A loop that could not be read, as the error that stands for it.
    Broken(TokenStream),
    /// Without a loop, the call evaluates to a sweep that is asked and told by hand.
    Missing,
}

/// `name = value`
pub(crate) struct Argument {
    pub(crate) name: Ident,
    /// Where the `=` is.
    pub(crate) equals: Span,
    /// An expression, or the error that stands where one should.
    pub(crate) value: Result<Expr, TokenStream>,
}

/// `'label: for pattern in head { body }`
pub(crate) struct Loop {
    pub(crate) label: Option<Label>,
    pub(crate) for_token: Token![for],
    pub(crate) pattern: Pat,
    pub(crate) in_token: Token![in],
    pub(crate) head: Expr,
    /// The user's own tokens, never parsed: half-typed code keeps its completions.
    pub(crate) body: Group,
}

/// The whole call, understood.
pub(crate) struct Sweep {
    pub(crate) mode: Mode,
    pub(crate) executor: Option<Expr>,
    pub(crate) facade: TokenStream,
    /// Settings and hyperparameters in the order written, which is the order of their evaluation.
    pub(crate) items: Vec<Item>,
    pub(crate) turn: TrialHandle,
    /// Whether there is anything wrong with it.
    pub(crate) is_broken: bool,
}

pub(crate) enum Item {
    /// `sampler = RandomSampler::new()`
    Setting { name: Ident, equals: Span, value: TokenStream },
    /// `try_first = [(a = 1.0), (a = 2.0, b = true)]`
    TryFirst { points: Vec<Vec<Given>> },
    /// `a = linrange(1.0, 5.0, 1000)`
    Parameter(Parameter),
}

/// One value of a point that is to be tried first: `a = 1.0`.
pub(crate) struct Given {
    /// As written in the point, which is a hyperparameter's.
    pub(crate) name: Ident,
    pub(crate) value: TokenStream,
    /// Where the value begins.
    pub(crate) place: Span,
    /// The source text of the value.
    pub(crate) written: String,
}

pub(crate) struct Parameter {
    pub(crate) name: Ident,
    pub(crate) choice: Choice,
}

/// Where a hyperparameter gets its value from: one set of candidates, or several of which a guard picks one.
pub(crate) enum Choice {
    Candidates(Candidates),
    If { if_token: Token![if], condition: TokenStream, then: Branch, otherwise: Option<(Token![else], Branch)> },
    Match { match_token: Token![match], scrutinee: TokenStream, braces: Span, arms: Vec<Arm> },
}

/// A side of an `if`. What is generated for it stands where it was written, so that rustc points there.
pub(crate) struct Branch {
    /// Where its braces are; an `if` right behind an `else` has none.
    pub(crate) braces: Option<Span>,
    pub(crate) choice: Box<Choice>,
}

pub(crate) struct Arm {
    pub(crate) pattern: TokenStream,
    pub(crate) arrow: Token![=>],
    pub(crate) choice: Choice,
}

/// One set of candidates: one axis.
pub(crate) struct Candidates {
    /// An expression, or the error that stands for one.
    pub(crate) value: TokenStream,
    /// Where the `=` of the hyperparameter is.
    pub(crate) equals: Span,
    /// Whether the values may need labels; numbers in a range do not.
    pub(crate) is_labelled: bool,
    /// The source text of each element, where they are listed.
    pub(crate) labels: Vec<String>,
    /// The place of its axis in the space.
    pub(crate) axis: usize,
    /// The name of its axis: `gamma`, `gamma.else`.
    pub(crate) axis_name: String,
    /// The axes that its guards read.
    pub(crate) parents: Vec<usize>,
}

impl Sweep {
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.items.iter().filter_map(|item| match item {
            Item::Parameter(parameter) => Some(parameter),
            Item::Setting { .. } | Item::TryFirst { .. } => None,
        })
    }

    pub(crate) fn has_setting(&self, setting: &str) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Setting { name, .. } if name == setting))
    }

    /// The points that are to be tried first, where they are written out.
    pub(crate) fn try_first(&self) -> Option<&[Vec<Given>]> {
        self.items.iter().find_map(|item| match item {
            Item::TryFirst { points } => Some(&points[..]),
            Item::Setting { .. } | Item::Parameter(_) => None,
        })
    }
}

impl Choice {
    /// All candidates, in the order written.
    pub(crate) fn candidates(&self) -> Vec<&Candidates> {
        match self {
            Self::Candidates(candidates) => vec![candidates],
            Self::If { then, otherwise, .. } => {
                let branches = std::iter::once(then).chain(otherwise.iter().map(|(_, branch)| branch));
                branches.flat_map(|branch| branch.choice.candidates()).collect()
            }
            Self::Match { arms, .. } => arms.iter().flat_map(|arm| arm.choice.candidates()).collect(),
        }
    }

    /// Whether there may be no value: an `if` without an `else` somewhere.
    pub(crate) fn is_optional(&self) -> bool {
        match self {
            Self::Candidates(_) => false,
            Self::If { then, otherwise, .. } => {
                let otherwise = otherwise.as_ref().map(|(_, branch)| branch);
                then.choice.is_optional() || otherwise.is_none_or(|branch| branch.choice.is_optional())
            }
            Self::Match { arms, .. } => arms.iter().any(|arm| arm.choice.is_optional()),
        }
    }
}
