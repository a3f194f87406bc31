//! Reads the expression beside the name of a hyperparameter as a choice between sets of candidates, each with its axis.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Block, Error, Expr, ExprIf, ExprMatch, Ident, Pat, Stmt};

use super::place::{Place, is_nothing, lacks_else, scrutinised};
use super::{candidates, control_flow, each, foreign};
use crate::errors::Errors;
use crate::label::{elements, is_range, reads_variables};
use crate::mentions::{bound, bound_in, called, free};
use crate::model::{Arm, Branch, Candidates, Choice, Count, name_of};
use crate::source::source;

/// The hyperparameters around the one whose expression is read.
pub(super) struct Scope<'a> {
    /// The hyperparameters above it, each with its axes.
    pub(super) above: &'a [(Ident, Vec<usize>)],
    /// The hyperparameters below it.
    pub(super) below: &'a [Ident],
    /// All settings and hyperparameters, as far as their values are written.
    pub(super) written: &'a [(Ident, Expr)],
    /// The names of the axes listed so far.
    pub(super) axes: &'a mut Vec<String>,
    /// The indices of those that stand for several.
    pub(super) several: &'a mut Vec<usize>,
    /// The place of its `=`.
    pub(super) equals: Span,
    /// Whether guards become closures, which `return`, `?` and `.await` cannot leave.
    pub(super) has_closures: bool,
    pub(super) errors: &'a mut Errors,
}

impl Scope<'_> {
    pub(super) fn choice(&mut self, name: &Ident, value: &Expr) -> Choice {
        let choice = self.alternative(name, value, Place::default());
        if choice.candidates().is_empty() {
            let message = format!("`{}` has no candidates; write at least one set in its braces", name_of(name));
            let error = self.errors.in_place(Error::new_spanned(value, message));
            return self.broken(name, error);
        }
        choice
    }

    /// Returns the choice in place of candidates that are missing or broken: one axis, whose value is the error.
    pub(super) fn broken(&mut self, name: &Ident, error: TokenStream) -> Choice {
        self.axis(name, (error, None), None, Place::default())
    }

    /// Returns the error about a setting that reads a hyperparameter above it, which has no value before the loop.
    pub(super) fn check_setting(&mut self, name: &Ident, value: &Expr) -> Option<TokenStream> {
        let error = report(free(value).into_iter().filter(|used| self.is_above(used)), |used| {
            format!(
                "`{name}` is set once, before the loop, where the hyperparameter `{used}` has no value; write a value \
                 that does not depend on `{used}`"
            )
        })?;
        Some(self.errors.in_place(error))
    }

    fn alternative(&mut self, name: &Ident, value: &Expr, place: Place) -> Choice {
        match value {
            Expr::Paren(paren) => self.alternative(name, &paren.expr, place),
            Expr::Group(group) => self.alternative(name, &group.expr, place),
            Expr::If(choice) if self.is_guard([&*choice.cond]) || lacks_else(choice) => {
                self.branches(name, choice, &place)
            }
            Expr::Match(choice) if self.is_guard(scrutinised(choice)) => self.arms(name, choice, &place),
            value if place.is_alternative && is_nothing(value) => Choice::Nothing,
            value => self.candidates(name, value, place),
        }
    }

    fn branches(&mut self, name: &Ident, choice: &ExprIf, place: &Place) -> Choice {
        let parents = self.parents_of([&*choice.cond]);
        let inside = place.guarded(parents, bound_in(&choice.cond));
        let then = self.branch(name, &choice.then_branch, inside.clone());
        let otherwise = choice.else_branch.as_ref().map(|(else_token, otherwise)| {
            let place = Place { bound: place.bound.clone(), is_alternative: true, ..inside.suffixed("else") };
            let branch = match &**otherwise {
                Expr::Block(block) => self.branch(name, &block.block, place),
                otherwise => {
                    let choice = Box::new(self.alternative(name, otherwise, place));
                    let braces = if let Choice::If { .. } = *choice { None } else { Some(else_token.span) };
                    Branch { braces, choice }
                }
            };
            (*else_token, branch)
        });
        let condition = if self.is_guard([&*choice.cond]) {
            self.check_below(&choice.cond)
        } else {
            let message = format!("this guard reads no hyperparameter above `{name}`; name one, or add `else {{ … }}`");
            self.errors.in_place(Error::new_spanned(&choice.cond, message))
        };
        Choice::If { if_token: choice.if_token, condition, then, otherwise }
    }

    fn arms(&mut self, name: &Ident, choice: &ExprMatch, place: &Place) -> Choice {
        let parents = self.parents_of(scrutinised(choice));
        let arms = choice.arms.iter().map(|arm| {
            let place = place.guarded(parents.clone(), bound(&arm.pat)).suffixed(&source(&arm.pat));
            let choice = match &*arm.body {
                Expr::Block(block) if block.label.is_none() => *self.branch(name, &block.block, place).choice,
                value => self.alternative(name, value, place),
            };
            Arm { pattern: self.pattern(arm), arrow: arm.fat_arrow_token, choice }
        });
        let arms = arms.collect();
        let (match_token, braces) = (choice.match_token, choice.brace_token.span.join());
        Choice::Match { match_token, scrutinee: self.check_below(&choice.expr), braces, arms }
    }

    /// Returns the pattern of an arm, its condition included.
    fn pattern(&mut self, arm: &syn::Arm) -> TokenStream {
        if let Some(attribute) = arm.attrs.first() {
            let message = "a choice between candidates takes no attributes; remove it";
            return self.errors.in_place(Error::new_spanned(attribute, message));
        }
        match &arm.pat {
            Pat::Guard(guarded) => {
                let (pattern, if_token, guard) = (&guarded.pat, &guarded.if_token, self.check_below(&guarded.guard));
                quote::quote!(#pattern #if_token #guard)
            }
            pattern => pattern.to_token_stream(),
        }
    }

    /// A block of one expression may hold further alternatives; any other is evaluated as a whole.
    fn branch(&mut self, name: &Ident, block: &Block, place: Place) -> Branch {
        let choice = if let [Stmt::Expr(value, None)] = &block.stmts[..] {
            self.alternative(name, value, place)
        } else if block.stmts.is_empty() && place.is_alternative {
            Choice::Nothing
        } else {
            let value = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: block.clone() });
            self.candidates(name, &value, place)
        };
        Branch { braces: Some(block.brace_token.span.join()), choice: Box::new(choice) }
    }

    fn candidates(&mut self, name: &Ident, value: &Expr, place: Place) -> Choice {
        if let Some(error) = self.check_candidates(name, value, &place) {
            return self.axis(name, (error, None), None, place);
        }
        if let Some(error) = foreign::named(value) {
            let error = self.errors.in_place(error);
            return self.axis(name, (error, None), None, place);
        }
        let (value, count) = match each::read(name, value) {
            None => (value, None),
            Some(Ok((count, value))) => (value, Some(count)),
            Some(Err(error)) => {
                let error = self.errors.in_place(error);
                return self.axis(name, (error, None), None, place);
            }
        };
        if let Some(error) = foreign::check(name, value).or_else(|| candidates::check(name, value)) {
            let error = self.errors.in_place(error);
            return self.axis(name, (error, None), None, place);
        }
        let elements = if is_range(value) { None } else { Some(elements(value)) };
        self.axis(name, (value.to_token_stream(), count), elements, place)
    }

    fn axis(
        &mut self,
        name: &Ident,
        (value, count): (TokenStream, Option<Count>),
        elements: Option<Vec<Expr>>,
        place: Place,
    ) -> Choice {
        let axis = self.axes.len();
        let several = self.several.clone();
        if count.is_some() {
            self.several.push(axis);
        }
        let written = format!("{}{}", name_of(name), place.suffix);
        // Nested alternatives may have one suffix twice.
        let numbered = (2..).map(|n| format!("{written}{n}"));
        let axis_name = std::iter::once(written.clone()).chain(numbered).find(|name| !self.axes.contains(name));
        let axis_name = axis_name.unwrap_or(written);
        self.axes.push(axis_name.clone());
        let is_labelled = elements.is_some();
        let (elements, parents, equals) = (elements.unwrap_or_default(), place.parents, self.equals);
        let (labels, has_variables) = (elements.iter().map(source).collect(), elements.iter().any(reads_variables));
        Choice::Candidates(Candidates {
            value,
            equals,
            is_labelled,
            labels,
            has_variables,
            count,
            axis,
            several,
            axis_name,
            parents,
        })
    }

    /// Whether `conditions` read a hyperparameter; those that do not are ordinary expressions, evaluated once. One that
    /// reads a hyperparameter below is a guard too, and wrong.
    fn is_guard<'e>(&self, conditions: impl IntoIterator<Item = &'e Expr>) -> bool {
        let names = conditions.into_iter().flat_map(free);
        names.into_iter().any(|name| self.is_above(&name) || self.below.contains(&name))
    }

    fn is_above(&self, name: &Ident) -> bool {
        self.above.iter().any(|(above, _)| above == name)
    }

    fn parents_of<'e>(&self, guards: impl IntoIterator<Item = &'e Expr>) -> Vec<usize> {
        let names = guards.into_iter().flat_map(free);
        let axes = names.filter_map(|name| self.above.iter().find(|(above, _)| *above == name));
        let mut parents: Vec<usize> = axes.flat_map(|(_, axes)| axes.iter().copied()).collect();
        parents.sort_unstable();
        parents.dedup();
        parents
    }

    /// Returns the guard, or the error about the hyperparameters below that it reads.
    fn check_below(&mut self, guard: &Expr) -> TokenStream {
        let error = report(free(guard).into_iter().filter(|used| self.below.contains(used)), |used| {
            format!("the hyperparameter `{used}` comes later; a guard reads those above it, so move `{used}` up")
        });
        let error = error.or_else(|| if self.has_closures { control_flow::guard(guard) } else { None });
        error.map_or_else(|| guard.to_token_stream(), |error| self.errors.in_place(error))
    }

    /// Returns the error about candidates that read a hyperparameter. They are evaluated once, before the first trial, and would
    /// silently read another variable of that name.
    fn check_candidates(&mut self, name: &Ident, candidates: &Expr, place: &Place) -> Option<TokenStream> {
        let used = free(candidates).into_iter().filter(|used| place.bound.contains(used) || self.is_above(used));
        let count = each::count(candidates);
        let error = report(used, |used| {
            if let Some(message) = count.and_then(|count| count.depends_on(name, used, self.written)) {
                message
            } else if place.bound.contains(used) {
                format!(
                    "candidates are built once, before the loop, where `{used}` has no value; read it in a guard, \
                     `if {used} … {{ … }}`, or in the body"
                )
            } else if called(candidates).contains(used) {
                let path = if FUNCTIONS.contains(&used.to_string().as_str()) { "hyperopt" } else { "self" };
                format!("`{used}` is a hyperparameter here; write `{path}::{used}(…)` for the function")
            } else {
                format!(
                    "the candidates of `{name}` cannot depend on the hyperparameter `{used}`, which has a value only inside \
                     the loop; choose between sets of candidates, `{name} = if {used} … {{ … }} else {{ … }}`, or compute \
                     with `{used}` in the body"
                )
            }
        })?;
        Some(self.errors.in_place(error))
    }
}

/// One error about each name in `used`; `None` if `used` is empty.
fn report(used: impl Iterator<Item = Ident>, message: impl Fn(&Ident) -> String) -> Option<Error> {
    let mut reported: Vec<Ident> = Vec::new();
    for name in used {
        if !reported.contains(&name) {
            reported.push(name);
        }
    }
    let errors = reported.into_iter().map(|name| Error::new(name.span(), message(&name)));
    errors.reduce(|mut all, error| {
        all.combine(error);
        all
    })
}

/// Functions that make candidates.
const FUNCTIONS: [&str; 8] = ["linrange", "exp_linrange", "log", "logit", "bilog", "categorical", "ordinal", "each"];
