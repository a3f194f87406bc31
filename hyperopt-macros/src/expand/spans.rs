//! The spans of generated tokens. A span decides two things: what a name refers to (its hygiene), and which place in the
//! source rustc's messages show for it.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// The private module of the facade, which the expansion refers to.
pub(super) struct Facade {
    path: TokenStream,
}

impl Facade {
    /// Returns the module in the crate `path`, which is `$crate`.
    pub(super) fn new(path: TokenStream) -> Self {
        Self { path }
    }

    /// Returns the path of `name`, shown at `place`; without a place, at the whole call.
    pub(super) fn path(&self, name: &str, place: Option<Span>) -> TokenStream {
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

    /// Returns the path of the method `name` of the type `of` in the facade, shown at `place`. A call by path cannot reach a method
    /// of the user's traits.
    pub(super) fn method(&self, of: &str, name: &str, place: Option<Span>) -> TokenStream {
        let (path, home) = (self.path(of, place), self.home());
        let at = |span: Span| place.map_or(span, |place| span.located_at(place));
        let name = Ident::new(name, at(home));
        quote::quote_spanned!(at(home)=> #path::#name)
    }

    /// Returns the span of tokens that follow such a path, shown at `place`. rustc joins only spans of one origin.
    pub(super) fn at(&self, place: Span) -> Span {
        self.home().located_at(place)
    }

    /// A variable of the expansion, shown at `place`. As an argument of a function with such a path, it is itself the place of an
    /// error about its type.
    pub(super) fn variable(&self, name: &str, place: Span) -> Ident {
        Ident::new(name, self.at(place))
    }

    fn home(&self) -> Span {
        self.path.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span())
    }
}

/// A name that the user's code can neither see nor shadow.
pub(super) fn own(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// A name that the user's code can neither see nor shadow, shown at `place`.
pub(super) fn own_at(name: &str, place: Span) -> Ident {
    Ident::new(name, place.resolved_at(Span::mixed_site()))
}

/// `tokens` in parentheses or braces, shown at `place`.
pub(super) fn group(delimiter: Delimiter, place: Span, tokens: TokenStream) -> TokenTree {
    let mut group = Group::new(delimiter, tokens);
    group.set_span(place);
    TokenTree::Group(group)
}

/// Returns the spans of the first and the last of `tokens`.
pub(super) fn ends(tokens: &TokenStream) -> (Span, Span) {
    let mut tokens = tokens.clone().into_iter();
    let first = tokens.next().map_or_else(Span::call_site, |token| token.span());
    (first, tokens.last().map_or(first, |token| token.span()))
}
