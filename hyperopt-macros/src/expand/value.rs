//! The value of a hyperparameter: in a new trial, where guards are evaluated, and in a recorded one, whose point knows the
//! active axes. Both keep the shape and the spans of the source, so that alternatives of two types are one error, at their
//! own place.

use proc_macro2::{Delimiter, Ident, TokenStream};
use quote::quote;

use super::expansion::{dimension, index};
use super::spans::{Facade, ends, group, own};
use crate::model::{Branch, Candidates, Choice};

/// The source of values. Axes are counted from `first` if they are part of a larger space.
pub(super) enum Source<'a> {
    /// The current trial of a driver, or a new trial of a space.
    Proposed { by: By<'a>, first: Option<&'a Ident> },
    /// A recorded point.
    Recorded { point: &'a Ident, first: Option<&'a Ident> },
    /// A part of a space in a new trial.
    ProposedPart { by: &'a Ident },
    /// A part of a space in a recorded point.
    RecordedPart { point: &'a Ident },
}

/// The variable that proposes values, and its type.
#[derive(Clone, Copy)]
pub(super) enum By<'a> {
    /// A driver.
    Driver(&'a Ident),
    /// A mutable reference to a `Suggest`.
    Suggest(&'a Ident),
}

impl By<'_> {
    /// Returns the name of its type in the facade.
    fn kind(self) -> &'static str {
        match self {
            Self::Driver(_) => "Driver",
            Self::Suggest(_) => "Suggest",
        }
    }

    /// A mutable reference to it.
    fn borrowed(self) -> TokenStream {
        match self {
            Self::Driver(driver) => quote!(&mut #driver),
            Self::Suggest(suggest) => quote!(#suggest),
        }
    }

    /// Returns the point of the trial, if the configuration was run before.
    pub(super) fn recorded(self, facade: &Facade) -> TokenStream {
        let recorded = facade.method(self.kind(), "recorded", None);
        match self {
            Self::Driver(driver) => quote!(#recorded(&#driver)),
            Self::Suggest(suggest) => quote!(#recorded(#suggest)),
        }
    }
}

impl Source<'_> {
    /// Returns the value of the hyperparameter whose candidates are `choice`.
    pub(super) fn value(&self, facade: &Facade, choice: &Choice) -> TokenStream {
        Writer { source: self, facade, is_optional: choice.is_optional() }.value(choice)
    }
}

struct Writer<'a> {
    source: &'a Source<'a>,
    facade: &'a Facade,
    /// Whether the hyperparameter is an `Option`.
    is_optional: bool,
}

impl Writer<'_> {
    fn value(&self, choice: &Choice) -> TokenStream {
        match choice {
            Choice::Candidates(candidates) => self.one(candidates),
            Choice::Nothing => self.facade.path("None", None),
            Choice::If { if_token, condition, then, otherwise } => {
                let condition = match self.source {
                    Source::Proposed { .. } | Source::ProposedPart { .. } => condition.clone(),
                    Source::Recorded { .. } | Source::RecordedPart { .. } => self.was_chosen(&then.choice),
                };
                let then = self.branch(then);
                let otherwise = if let Some((else_token, branch)) = otherwise {
                    let value = self.branch(branch);
                    if self.is_recorded() && self.is_optional {
                        // Neither side was chosen where a guard within one was false.
                        let chosen = self.was_chosen(&branch.choice);
                        let value = if branch.braces.is_some() { value } else { quote!({ #value }) };
                        let none = self.facade.path("None", None);
                        quote!(#else_token if #chosen #value else { #none })
                    } else {
                        quote!(#else_token #value)
                    }
                } else {
                    let none = self.facade.path("None", None);
                    quote!(else { #none })
                };
                quote!(#if_token #condition #then #otherwise)
            }
            Choice::Match { match_token, scrutinee, braces, arms } => {
                let is_last = |index| index + 1 == arms.len() && !self.is_optional;
                let none = (self.is_recorded() && self.is_optional).then(|| {
                    let none = self.facade.path("None", None);
                    quote!(_ => #none)
                });
                let written = arms.iter().enumerate().map(|(index, arm)| {
                    let (arrow, pattern) = (arm.arrow, &arm.pattern);
                    let pattern = match self.source {
                        Source::Proposed { .. } | Source::ProposedPart { .. } => pattern.clone(),
                        Source::Recorded { .. } | Source::RecordedPart { .. } if is_last(index) => quote!(_),
                        Source::Recorded { .. } | Source::RecordedPart { .. } => {
                            let chosen = self.was_chosen(&arm.choice);
                            quote!(_ if #chosen)
                        }
                    };
                    let end = arm.choice.candidates().last().map_or(arrow.spans[1], |last| ends(&last.value).1);
                    let value = group(Delimiter::Brace, end, self.value(&arm.choice));
                    quote!(#pattern #arrow #value)
                });
                let arms = group(Delimiter::Brace, *braces, written.chain(none).collect());
                let scrutinee = match self.source {
                    Source::Proposed { .. } | Source::ProposedPart { .. } => scrutinee.clone(),
                    Source::Recorded { .. } | Source::RecordedPart { .. } => {
                        group(Delimiter::Parenthesis, ends(scrutinee).0, TokenStream::new()).into()
                    }
                };
                quote!(#match_token #scrutinee #arms)
            }
        }
    }

    fn branch(&self, branch: &Branch) -> TokenStream {
        let value = self.value(&branch.choice);
        branch.braces.map_or_else(|| value.clone(), |place| group(Delimiter::Brace, place, value.clone()).into())
    }

    fn one(&self, candidates: &Candidates) -> TokenStream {
        let (first, last) = ends(&candidates.value);
        let dimension = dimension(candidates);
        let arguments = |arguments| group(Delimiter::Parenthesis, self.facade.at(last), arguments);
        let part = part(candidates);
        let value = match self.source {
            Source::Proposed { by, first: offset } => {
                let axis = self.index(*offset, candidates);
                let value = self.facade.method(by.kind(), "value", Some(first));
                let by = by.borrowed();
                if candidates.count.is_some() {
                    let values = self.facade.method("Each", "values", Some(first));
                    let [one, at] = ["one", "at"].map(own);
                    let arguments = arguments(quote!(#dimension, #axis, |#one, #at| #value(#by, #at, #one)));
                    quote!(#values #arguments)
                } else {
                    let arguments = arguments(quote!(#by, #axis, #dimension));
                    quote!(#value #arguments)
                }
            }
            Source::Recorded { point, first: offset } => {
                let axis = self.index(*offset, candidates);
                if candidates.count.is_some() {
                    let decode = self.facade.method("Each", "decode", Some(first));
                    let arguments = arguments(quote!(#dimension, #axis, #point));
                    quote!(#decode #arguments)
                } else {
                    let decode = self.facade.path("decode", Some(first));
                    let arguments = arguments(quote!(#dimension, #point, #axis));
                    quote!(#decode #arguments)
                }
            }
            Source::ProposedPart { by } => {
                let first = first_axis(candidates.axis);
                let propose = self.facade.method(part, "propose", None);
                quote!(#propose(#dimension, #first, #by))
            }
            Source::RecordedPart { point } => {
                let first = first_axis(candidates.axis);
                let decode = self.facade.method(part, "decode", None);
                quote!(#decode(#dimension, #first, #point))
            }
        };
        if self.is_optional {
            let some = self.facade.path("Some", None);
            quote!(#some(#value))
        } else {
            value
        }
    }

    /// Returns the index of the first axis of `candidates`.
    fn index(&self, first: Option<&Ident>, candidates: &Candidates) -> TokenStream {
        index(self.facade, first, candidates.axis, &candidates.several)
    }

    fn is_recorded(&self) -> bool {
        matches!(self.source, Source::Recorded { .. } | Source::RecordedPart { .. })
    }

    /// Whether a recorded point has values of `choice`.
    fn was_chosen(&self, choice: &Choice) -> TokenStream {
        match self.source {
            _ if choice.candidates().is_empty() => quote!(false),
            Source::Recorded { point, first } => self.is_active(point, *first, choice),
            Source::RecordedPart { point } => self.is_part_active(point, choice),
            Source::Proposed { .. } | Source::ProposedPart { .. } => quote!(true),
        }
    }

    /// Whether an axis of `choice` is active in `point`.
    fn is_active(&self, point: &Ident, first: Option<&Ident>, choice: &Choice) -> TokenStream {
        let axes = choice.candidates().into_iter().map(|candidates| self.index(first, candidates));
        let is_active = self.facade.method("Point", "is_active", None);
        quote!(#(#is_active(#point, #axes))||*)
    }

    /// Whether a part of `choice` is active in `point`; each part has at least one axis.
    fn is_part_active(&self, point: &Ident, choice: &Choice) -> TokenStream {
        let axes = choice.candidates().into_iter().map(|candidates| first_axis(candidates.axis));
        let is_active = self.facade.method("Point", "is_active", None);
        quote!(#(#is_active(#point, #axes))||*)
    }
}

/// Returns the variable that holds the index of a part's first axis.
pub(super) fn first_axis(part: usize) -> Ident {
    own(&format!("first{part}"))
}

/// Returns the type that holds a part of a space.
pub(super) fn part(candidates: &Candidates) -> &'static str {
    if candidates.count.is_some() { "Each" } else { "Part" }
}
