//! From the expression beside a name to the choice that it describes.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Block, Expr, Ident, Pat, Stmt};

use crate::errors::Errors;
use crate::label::{is_range, labels};
use crate::model::{Arm, Candidates, Choice};
use crate::names::{bound, bound_in, free, source};

/// The hyperparameters around the one that is looked at.
pub(crate) struct Scope<'a> {
    /// Those above it, each with its axes.
    pub(crate) above: &'a [(Ident, Vec<usize>)],
    /// Those below it.
    pub(crate) below: &'a [Ident],
    /// The names of the axes there have been.
    pub(crate) axes: &'a mut Vec<String>,
    pub(crate) errors: &'a mut Errors,
}

/// Where in its alternatives a set of candidates stands.
#[derive(Clone, Default)]
struct Place {
    /// What its axis has behind the name of the hyperparameter.
    suffix: String,
    /// The axes that its guards read.
    parents: Vec<usize>,
    /// The names that its guards bind.
    bound: Vec<Ident>,
}

impl Scope<'_> {
    pub(crate) fn choice(&mut self, name: &Ident, value: &Expr) -> Choice {
        self.alternative(name, value, Place::default())
    }

    /// What stands for candidates that are missing or broken.
    pub(crate) fn broken(&mut self, name: &Ident, error: TokenStream) -> Choice {
        self.axis(name, error, None, Place::default())
    }

    /// A setting that reads a hyperparameter above it, which has no value yet.
    pub(crate) fn check_setting(&mut self, name: &Ident, value: &Expr) {
        for used in free(value) {
            if self.above.iter().any(|(above, _)| *above == used) {
                let message =
                    format!("`{name}` is set before the loop, where the hyperparameter `{used}` has no value");
                self.errors.at(&used, message);
            }
        }
    }

    fn alternative(&mut self, name: &Ident, value: &Expr, place: Place) -> Choice {
        match value {
            Expr::Paren(paren) => self.alternative(name, &paren.expr, place),
            Expr::If(choice) if self.is_guard(&choice.cond) => {
                let parents = self.parents_of([&*choice.cond]);
                let inside = place.guarded(parents, bound_in(&choice.cond));
                let then = self.block(name, &choice.then_branch, inside.clone());
                let otherwise = choice.else_branch.as_ref().map(|(_, otherwise)| {
                    let place = Place { bound: place.bound.clone(), ..inside.suffixed("else") };
                    match &**otherwise {
                        Expr::Block(block) => self.block(name, &block.block, place),
                        otherwise => self.alternative(name, otherwise, place),
                    }
                });
                Choice::If {
                    condition: (*choice.cond).clone(),
                    then: Box::new(then),
                    otherwise: otherwise.map(Box::new),
                }
            }
            Expr::Match(choice) if self.is_match(choice) => {
                let guards = choice.arms.iter().filter_map(|arm| guard(&arm.pat));
                let parents = self.parents_of(guards.chain([&*choice.expr]));
                let arms = choice.arms.iter().map(|arm| {
                    let place = place.guarded(parents.clone(), bound(&arm.pat)).suffixed(&source(&arm.pat));
                    let choice = match &*arm.body {
                        Expr::Block(block) if block.label.is_none() => self.block(name, &block.block, place),
                        value => self.alternative(name, value, place),
                    };
                    Arm { pattern: arm.pat.clone(), choice }
                });
                let arms = arms.collect();
                Choice::Match { scrutinee: (*choice.expr).clone(), arms }
            }
            value => self.candidates(name, value, place),
        }
    }

    /// A block of one expression may hold further alternatives; any other is evaluated as a whole.
    fn block(&mut self, name: &Ident, block: &Block, place: Place) -> Choice {
        match &block.stmts[..] {
            [Stmt::Expr(value, None)] => self.alternative(name, value, place),
            _ => {
                let value = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: block.clone() });
                self.candidates(name, &value, place)
            }
        }
    }

    fn candidates(&mut self, name: &Ident, value: &Expr, place: Place) -> Choice {
        self.check_candidates(name, value, &place);
        let labels = if is_range(value) { None } else { Some(labels(value)) };
        self.axis(name, value.to_token_stream(), labels, place)
    }

    fn axis(&mut self, name: &Ident, value: TokenStream, labels: Option<Vec<String>>, place: Place) -> Choice {
        let axis = self.axes.len();
        let written = format!("{}{}", name_of(name), place.suffix);
        // Nested alternatives may have one suffix twice.
        let numbered = (2..).map(|n| format!("{written}{n}"));
        let axis_name = std::iter::once(written.clone()).chain(numbered).find(|name| !self.axes.contains(name));
        let axis_name = axis_name.unwrap_or(written);
        self.axes.push(axis_name.clone());
        let is_labelled = labels.is_some();
        let (labels, parents) = (labels.unwrap_or_default(), place.parents);
        Choice::Candidates(Candidates { value, is_labelled, labels, axis, axis_name, parents })
    }

    fn mentions_above(&self, expr: &Expr) -> bool {
        free(expr).iter().any(|name| self.above.iter().any(|(above, _)| above == name))
    }

    /// Whether `condition` reads a hyperparameter; one that does not is an ordinary expression, evaluated once.
    fn is_guard(&mut self, condition: &Expr) -> bool {
        self.check_below(condition);
        self.mentions_above(condition)
    }

    fn is_match(&mut self, choice: &syn::ExprMatch) -> bool {
        self.check_below(&choice.expr);
        let guards = choice.arms.iter().filter_map(|arm| guard(&arm.pat));
        std::iter::once(&*choice.expr).chain(guards).any(|expr| self.mentions_above(expr))
    }

    fn parents_of<'e>(&self, guards: impl IntoIterator<Item = &'e Expr>) -> Vec<usize> {
        let names = guards.into_iter().flat_map(free);
        let axes = names.filter_map(|name| self.above.iter().find(|(above, _)| *above == name));
        let mut parents: Vec<usize> = axes.flat_map(|(_, axes)| axes.iter().copied()).collect();
        parents.sort_unstable();
        parents.dedup();
        parents
    }

    fn check_below(&mut self, guard: &Expr) {
        for name in free(guard) {
            if self.below.contains(&name) {
                let message = format!(
                    "the hyperparameter `{name}` comes later; a guard reads those above it, so move `{name}` up"
                );
                self.errors.at(&name, message);
            }
        }
    }

    /// Candidates are evaluated once, before the first trial, and would silently take another variable of that name.
    fn check_candidates(&mut self, name: &Ident, candidates: &Expr, place: &Place) {
        for used in free(candidates) {
            if place.bound.contains(&used) {
                let message = format!(
                    "candidates are built once, before the loop, where `{used}` has no value; a guard may read it"
                );
                self.errors.at(&used, message);
            } else if self.above.iter().any(|(above, _)| *above == used) {
                let message = format!(
                    "the candidates of `{name}` cannot depend on the hyperparameter `{used}`, which has a value only inside the \
                     loop; choose between sets of candidates, `{name} = if {used} … {{ … }} else {{ … }}`, or compute with \
                     `{used}` in the body"
                );
                self.errors.at(&used, message);
            }
        }
    }
}

impl Place {
    fn guarded(&self, parents: Vec<usize>, bound: Vec<Ident>) -> Self {
        let mut place = self.clone();
        place.parents.extend(parents);
        place.parents.sort_unstable();
        place.parents.dedup();
        place.bound.extend(bound);
        place
    }

    fn suffixed(mut self, suffix: &str) -> Self {
        self.suffix.push('.');
        self.suffix.push_str(suffix);
        self
    }
}

/// The condition behind a pattern: `Some(n) if n > 2`.
fn guard(pattern: &Pat) -> Option<&Expr> {
    match pattern {
        Pat::Guard(pattern) => Some(&pattern.guard),
        _ => None,
    }
}

/// The name as a person reads it: `r#seed` is `seed`.
pub(crate) fn name_of(name: &Ident) -> String {
    name.unraw().to_string()
}
