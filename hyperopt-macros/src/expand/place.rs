//! Where generated tokens stand. A span has two halves, both used here: what a name means there (its hygiene), and which
//! place in the source rustc's messages show for it.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// The private module of the facade.
pub(crate) struct Facade {
    path: TokenStream,
}

impl Facade {
    /// Of `$crate`.
    pub(crate) fn new(path: TokenStream) -> Self {
        Self { path }
    }

    /// The path of `name`, shown at `place`. Without a place it is the whole call of the macro.
    pub(crate) fn path(&self, name: &str, place: Option<Span>) -> TokenStream {
        let home = self.home();
        let (module, name) = (Ident::new("__private", home), Ident::new(name, home));
        let path = self.path.clone();
        let path: TokenStream = quote::quote_spanned!(home=> #path::#module::#name);
        let Some(place) = place else { return path };
        let moved = path.into_iter().map(|mut token| {
            token.set_span(token.span().located_at(place));
            token
        });
        moved.collect()
    }

    /// The span of tokens that belong to such a path and are shown at `place`; rustc joins only spans of one origin.
    pub(crate) fn at(&self, place: Span) -> Span {
        self.home().located_at(place)
    }

    fn home(&self) -> Span {
        self.path.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span())
    }
}

/// A name that the user's code cannot see, nor shadow.
pub(crate) fn own(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The same, shown at `place`.
pub(crate) fn own_at(name: &str, place: Span) -> Ident {
    Ident::new(name, place.resolved_at(Span::mixed_site()))
}

/// `tokens` in parentheses or braces that stand at `place`.
pub(crate) fn group(delimiter: Delimiter, place: Span, tokens: TokenStream) -> TokenTree {
    let mut group = Group::new(delimiter, tokens);
    group.set_span(place);
    TokenTree::Group(group)
}

/// Where `tokens` begin and end.
pub(crate) fn ends(tokens: &TokenStream) -> (Span, Span) {
    let mut tokens = tokens.clone().into_iter();
    let first = tokens.next().map_or_else(Span::call_site, |token| token.span());
    (first, tokens.last().map_or(first, |token| token.span()))
}
