//! The parts of a call: as parsed (`Call`), and with settings told from hyperparameters (`Sweep`).

use proc_macro2::{Group, Span, TokenStream};
use syn::ext::IdentExt;
use syn::{Expr, GenericArgument, Ident, Label, Pat, PathArguments, Token, Type};

use crate::settings::Setting;

/// Which macro was called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// `hyperopt!`
    Sequential,
    /// `thyperopt!`
    Threaded,
    /// `phyperopt!`, whose first argument may be an executor.
    Parallel,
    /// `space!`, which takes hyperparameters only.
    Space,
}

impl Mode {
    /// Returns the name of the macro.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sequential => "hyperopt!",
            Self::Threaded => "thyperopt!",
            Self::Parallel => "phyperopt!",
            Self::Space => "space!",
        }
    }
}

/// A call, as parsed.
pub(crate) struct Call {
    pub(crate) mode: Mode,
    pub(crate) executor: Option<Expr>,
    /// The path of the facade, `$crate` of its macro.
    pub(crate) facade: TokenStream,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) trial_loop: TrialLoop,
}

/// The last argument: the loop that runs the trials.
pub(crate) enum TrialLoop {
    Written(Box<Loop>),
    /// A loop that could not be parsed, as the error in its place.
    Broken(TokenStream),
    /// No loop: the call evaluates to a sweep to ask and tell by hand.
    Missing,
}

/// `name = value`
pub(crate) struct Argument {
    pub(crate) name: Ident,
    /// The type in `name: Type = value`.
    pub(crate) of_type: Option<Box<Type>>,
    /// The place of the `=`.
    pub(crate) equals: Span,
    /// An expression, or the error in place of one that is missing or broken.
    pub(crate) value: Result<Expr, TokenStream>,
}

/// `'label: for pattern in head { body }`
pub(crate) struct Loop {
    pub(crate) label: Option<Label>,
    pub(crate) for_token: Token![for],
    pub(crate) pattern: Pat,
    pub(crate) in_token: Token![in],
    pub(crate) head: Expr,
    /// The user's tokens, passed on unparsed, so that half-typed code keeps its completions.
    pub(crate) body: Group,
    /// The error in place of the head and of the items, if the loop does not fit the sampler.
    pub(crate) fault: Option<TokenStream>,
}

/// A call, with settings told from hyperparameters.
pub(crate) struct Sweep {
    pub(crate) mode: Mode,
    pub(crate) executor: Option<Expr>,
    pub(crate) facade: TokenStream,
    /// The struct of the parameters, where it is written.
    pub(crate) into: Option<Into>,
    /// Settings and hyperparameters in the order written, which is the order of their evaluation.
    pub(crate) items: Vec<Item>,
    pub(crate) trial_loop: TrialLoop,
    /// Whether an error has been reported.
    pub(crate) is_broken: bool,
}

/// `into = Settings`, or `into = Settings { epochs: 10, ..base }`
pub(crate) struct Into {
    pub(crate) path: TokenStream,
    /// The fields that are the same in all trials, each with its value.
    pub(crate) fields: Vec<TokenStream>,
    pub(crate) rest: Option<TokenStream>,
}

pub(crate) enum Item {
    /// `sampler = RandomSampler::new()`
    Setting { setting: &'static Setting, name: Ident, equals: Span, value: TokenStream },
    /// `try_first = [(a = 1.0), (a = 2.0, b = true)]`
    InitialPoints { setting: &'static Setting, points: Vec<Vec<PointValue>> },
    /// `a = linrange(1.0, 5.0, 1000)`
    Parameter(Parameter),
}

/// One value of a point that is written out in `try_first`: `a = 1.0`.
pub(crate) struct PointValue {
    /// The name of a hyperparameter, as written in the point.
    pub(crate) name: Ident,
    pub(crate) value: TokenStream,
    /// The place where the value begins.
    pub(crate) place: Span,
    /// The source text of the value.
    pub(crate) written: String,
    /// The source texts of its elements, if it is an array; one for all where it repeats one.
    pub(crate) elements: Vec<String>,
}

pub(crate) struct Parameter {
    pub(crate) name: Ident,
    /// The type in `name: Type = candidates`.
    pub(crate) of_type: Option<Box<Type>>,
    pub(crate) choice: Choice,
}

/// The values of a hyperparameter: one set of candidates, or several from which a guard chooses.
pub(crate) enum Choice {
    Candidates(Candidates),
    /// No candidates: `_ => None`. The hyperparameter has no value there.
    Nothing,
    If {
        if_token: Token![if],
        condition: TokenStream,
        then: Branch,
        otherwise: Option<(Token![else], Branch)>,
    },
    Match {
        match_token: Token![match],
        scrutinee: TokenStream,
        braces: Span,
        arms: Vec<Arm>,
    },
}

/// A side of an `if`. The code generated for it has the place of the source, so that rustc points there.
pub(crate) struct Branch {
    /// The place of its braces; an `if` that follows `else` directly has none.
    pub(crate) braces: Option<Span>,
    pub(crate) choice: Box<Choice>,
}

pub(crate) struct Arm {
    pub(crate) pattern: TokenStream,
    pub(crate) arrow: Token![=>],
    pub(crate) choice: Choice,
}

/// The number of values in `each(8, 0.0..=1.0)`.
pub(crate) enum Count {
    /// A literal or a constant, which is part of the type: the values are an array.
    Constant(TokenStream),
    /// Any other expression, which is evaluated once: the values are a `Vec`.
    Variable(TokenStream),
}

/// One set of candidates, which has one axis, or one for each of its values.
pub(crate) struct Candidates {
    /// An expression, or the error in place of one.
    pub(crate) value: TokenStream,
    /// The place of the hyperparameter's `=`.
    pub(crate) equals: Span,
    /// Whether the values may need labels; numbers in a range do not.
    pub(crate) is_labelled: bool,
    /// The source text of each element of a list; empty for other candidates.
    pub(crate) labels: Vec<String>,
    /// Whether these texts are names of variables, which say nothing of the values.
    pub(crate) has_variables: bool,
    /// The number of values in `each(8, 0.0..=1.0)`; other candidates have one.
    pub(crate) count: Option<Count>,
    /// The index of its axis in the space, as far as all sets of candidates before it have one axis.
    pub(crate) axis: usize,
    /// The indices of those before it that have several.
    pub(crate) several: Vec<usize>,
    /// The name of its axis: `gamma`, `gamma.else`.
    pub(crate) axis_name: String,
    /// The axes that its guards read.
    pub(crate) parents: Vec<usize>,
}

impl Sweep {
    /// Returns the hyperparameters, in the order written.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.items.iter().filter_map(|item| match item {
            Item::Parameter(parameter) => Some(parameter),
            Item::Setting { .. } | Item::InitialPoints { .. } => None,
        })
    }
}

impl Parameter {
    /// Returns the type of the candidates, as far as a type is written for the hyperparameter.
    pub(crate) fn value_type(&self) -> Option<&Type> {
        let written = self.of_type.as_deref()?;
        if !self.choice.is_optional() {
            return Some(written);
        }
        let Type::Path(path) = written else { return None };
        match &path.path.segments.last()?.arguments {
            PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            }),
            _ => None,
        }
    }
}

impl Choice {
    /// All candidates, in the order written.
    pub(crate) fn candidates(&self) -> Vec<&Candidates> {
        match self {
            Self::Candidates(candidates) => vec![candidates],
            Self::Nothing => Vec::new(),
            Self::If { then, otherwise, .. } => {
                let branches = std::iter::once(then).chain(otherwise.iter().map(|(_, branch)| branch));
                branches.flat_map(|branch| branch.choice.candidates()).collect()
            }
            Self::Match { arms, .. } => arms.iter().flat_map(|arm| arm.choice.candidates()).collect(),
        }
    }

    /// Whether the hyperparameter is an `Option`: some `if` has no `else`, or some alternative no candidates.
    pub(crate) fn is_optional(&self) -> bool {
        match self {
            Self::Candidates(_) => false,
            Self::Nothing => true,
            Self::If { then, otherwise, .. } => {
                let otherwise = otherwise.as_ref().map(|(_, branch)| branch);
                then.choice.is_optional() || otherwise.is_none_or(|branch| branch.choice.is_optional())
            }
            Self::Match { arms, .. } => arms.iter().any(|arm| arm.choice.is_optional()),
        }
    }
}

/// Returns the name without `r#`, as it appears in reports: `r#seed` is `seed`.
pub(crate) fn name_of(name: &Ident) -> String {
    name.unraw().to_string()
}
