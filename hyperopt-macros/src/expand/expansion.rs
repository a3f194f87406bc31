//! The call that is expanded, and what all parts of its expansion use: paths into the facade, and the names of variables.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::spans::{Facade, own};
use crate::model::{Candidates, Sweep};

/// A call that is expanded. Each file of this folder writes one part of it.
pub(super) struct Expansion<'a> {
    pub(super) sweep: &'a Sweep,
    pub(super) facade: Facade,
}

impl<'a> Expansion<'a> {
    pub(super) fn new(sweep: &'a Sweep) -> Self {
        Self { sweep, facade: Facade::new(sweep.facade.clone()) }
    }

    /// Returns the path of `name` in the facade.
    pub(super) fn path(&self, name: &str) -> TokenStream {
        self.facade.path(name, None)
    }

    /// Returns the path of the method `name` of the type `of` in the facade.
    pub(super) fn method(&self, of: &str, name: &str) -> TokenStream {
        self.facade.method(of, name, None)
    }

    /// All candidates, in the order of their axes.
    pub(super) fn candidates(&self) -> impl Iterator<Item = &'a Candidates> {
        self.sweep.parameters().flat_map(|parameter| parameter.choice.candidates())
    }

    /// Returns the indices of the candidates that have several axes.
    pub(super) fn several(&self) -> Vec<usize> {
        self.candidates().filter(|candidates| candidates.count.is_some()).map(|candidates| candidates.axis).collect()
    }

    /// Returns the index of the first axis of `candidates` in the space that begins at `first`.
    pub(super) fn axis(&self, first: Option<&Ident>, candidates: &Candidates) -> TokenStream {
        index(&self.facade, first, candidates.axis, &candidates.several)
    }

    /// Returns the variables that hold the dimensions, in the order of their axes.
    pub(super) fn dimensions(&self) -> Vec<Ident> {
        self.candidates().map(dimension).collect()
    }
}

/// Returns the elements as a `Vec`.
pub(super) fn list(elements: &TokenStream) -> TokenStream {
    quote!(<[_]>::to_vec(&[#elements]))
}

/// Returns the variable that holds the dimension of `candidates`.
pub(super) fn dimension(candidates: &Candidates) -> Ident {
    dimension_at(candidates.axis)
}

fn dimension_at(axis: usize) -> Ident {
    own(&format!("dimension{axis}"))
}

/// Returns the index of an axis in the space that begins at `first`: `axis`, if all candidates before it have one axis; those at
/// the indices `several` have as many as their dimensions say.
pub(super) fn index(facade: &Facade, first: Option<&Ident>, axis: usize, several: &[usize]) -> TokenStream {
    let single = axis - several.len();
    let len = facade.method("Each", "len", None);
    let dimensions = several.iter().map(|&axis| dimension_at(axis));
    let first = first.map(|first| quote!(#first +));
    quote!(#first #single #(+ #len(&#dimensions))*)
}
