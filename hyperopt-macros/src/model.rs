//! A call of the macro, as far as it could be understood.

use proc_macro2::{Group, TokenStream};
use syn::{Expr, Ident, Label, Pat, Token};

/// The whole call, as written.
pub(crate) struct Call {
    /// The path of the facade, `$crate` of its macro.
    pub(crate) facade: TokenStream,
    pub(crate) arguments: Vec<Argument>,
    /// Without a loop, the call evaluates to a sweep that is asked and told by hand.
    pub(crate) turn: Option<Loop>,
}

/// `name = value`
pub(crate) struct Argument {
    pub(crate) name: Ident,
    /// An expression, or the error that stands where one should.
    pub(crate) value: Result<Expr, TokenStream>,
}

/// `'label: for pattern in head { body }`
pub(crate) struct Loop {
    pub(crate) label: Option<Label>,
    pub(crate) for_token: Token![for],
    pub(crate) pattern: Pat,
    pub(crate) head: Expr,
    /// The user's own tokens, never parsed: half-typed code keeps its completions.
    pub(crate) body: Group,
}

/// The whole call, understood.
pub(crate) struct Sweep {
    pub(crate) facade: TokenStream,
    /// Settings and hyperparameters in the order written, which is the order of their evaluation.
    pub(crate) items: Vec<Item>,
    pub(crate) turn: Option<Loop>,
}

pub(crate) enum Item {
    /// `sampler = RandomSampler::new()`
    Setting { name: Ident, value: TokenStream },
    /// `a = linrange(1.0, 5.0, 1000)`
    Parameter(Parameter),
}

pub(crate) struct Parameter {
    pub(crate) name: Ident,
    pub(crate) choice: Choice,
}

/// Where a hyperparameter gets its value from: one set of candidates, or several of which a guard picks one.
pub(crate) enum Choice {
    Candidates(Candidates),
    If { condition: Expr, then: Box<Choice>, otherwise: Option<Box<Choice>> },
    Match { scrutinee: Expr, arms: Vec<Arm> },
}

pub(crate) struct Arm {
    pub(crate) pattern: Pat,
    pub(crate) choice: Choice,
}

/// One set of candidates: one axis.
pub(crate) struct Candidates {
    /// An expression, or the error that stands for one.
    pub(crate) value: TokenStream,
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
            Item::Setting { .. } => None,
        })
    }

    pub(crate) fn has_setting(&self, setting: &str) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Setting { name, .. } if name == setting))
    }
}

impl Choice {
    /// All candidates, in the order written.
    pub(crate) fn candidates(&self) -> Vec<&Candidates> {
        match self {
            Self::Candidates(candidates) => vec![candidates],
            Self::If { then, otherwise, .. } => {
                let choices = std::iter::once(then).chain(otherwise);
                choices.flat_map(|choice| choice.candidates()).collect()
            }
            Self::Match { arms, .. } => arms.iter().flat_map(|arm| arm.choice.candidates()).collect(),
        }
    }

    /// Whether there may be no value: an `if` without an `else` somewhere.
    pub(crate) fn is_optional(&self) -> bool {
        match self {
            Self::Candidates(_) => false,
            Self::If { then, otherwise, .. } => {
                then.is_optional() || otherwise.as_ref().is_none_or(|choice| choice.is_optional())
            }
            Self::Match { arms, .. } => arms.iter().any(|arm| arm.choice.is_optional()),
        }
    }
}
