//! Writes the source text of a candidate, for its label. A study recognises its choices by their labels, so the text does
//! not depend on the layout of the source: spaces are set by rule.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// `tokens` on one line, with conventional spaces.
pub(crate) fn source(tokens: &impl ToTokens) -> String {
    let mut text = Text::default();
    text.stream(tokens.to_token_stream());
    text.written
}

#[derive(Default)]
struct Text {
    written: String,
    /// Whether the next token follows without a space.
    sticks: bool,
    /// Whether a value has just ended, so that an operator is a binary one.
    is_value: bool,
    /// Whether the parameters of a closure are being written.
    in_closure: bool,
}

impl Text {
    fn stream(&mut self, stream: TokenStream) {
        let mut tokens = stream.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(name) => self.word(&name.to_string()),
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Punct(punct) => {
                    let (mut operator, mut joint) = (punct.as_char().to_string(), punct.spacing() == Spacing::Joint);
                    while let (true, Some(TokenTree::Punct(next))) = (joint, tokens.peek()) {
                        operator.push(next.as_char());
                        joint = next.spacing() == Spacing::Joint;
                        tokens.next();
                    }
                    self.operator(&operator);
                }
            }
        }
    }

    fn put(&mut self, text: &str, spaced: bool) {
        if spaced && !self.sticks && !self.written.is_empty() {
            self.written.push(' ');
        }
        self.written.push_str(text);
    }

    fn word(&mut self, word: &str) {
        self.put(word, true);
        // After a keyword, an operator is a prefix.
        let is_keyword = matches!(word, "move" | "if" | "else" | "match" | "in" | "return" | "as" | "mut");
        (self.sticks, self.is_value) = (false, !is_keyword);
    }

    fn group(&mut self, group: &Group) {
        let (open, close, padded) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")", false),
            Delimiter::Bracket => ("[", "]", false),
            Delimiter::Brace => ("{", "}", !group.stream().is_empty()),
            Delimiter::None => return self.stream(group.stream()),
        };
        self.put(open, group.delimiter() == Delimiter::Brace || !self.is_value);
        (self.sticks, self.is_value) = (!padded, false);
        self.stream(group.stream());
        self.sticks = !padded;
        self.put(close, true);
        (self.sticks, self.is_value) = (false, true);
    }

    fn operator(&mut self, operator: &str) {
        let (before, after, ends_value) = match operator {
            "," | ";" | ":" => (false, true, false),
            "?" => (false, true, true),
            "!" if self.is_value => (false, true, true),
            "|" if self.in_closure => (false, true, false),
            "." | "::" => (false, false, false),
            _ if operator.starts_with("..") => (!self.is_value, false, false),
            _ if operator.ends_with('\'') => (true, false, false),
            "&" | "&&" | "*" | "-" | "!" | "#" | "|" if !self.is_value => (true, false, false),
            _ => (true, true, false),
        };
        if operator == "|" {
            self.in_closure = !self.in_closure && !self.is_value;
        }
        self.put(operator, before);
        (self.sticks, self.is_value) = (!after, ends_value);
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::source;

    #[test]
    fn texts_are_as_written() {
        let texts = [
            source(&quote!(Kernel::Rbf)),
            source(&quote!(Kernel::Rbf { width: -2, .. })),
            source(&quote!(f64::tanh)),
            source(&quote!(|x: f64| x.max(0.0) - 1.0)),
            source(&quote!(move |a, b| a | b)),
            source(&quote!(&[1, 2][..])),
            source(&quote!(-1)),
            source(&quote!(a @ 1..=2 if a > -1 && !b)),
            source(&quote!(Some("two  blanks, kept"))),
            source(&quote!(relu as fn(f64) -> f64)),
            source(&quote!(vec![1; 3]?.len())),
        ];
        let expected = [
            "Kernel::Rbf",
            "Kernel::Rbf { width: -2, .. }",
            "f64::tanh",
            "|x: f64| x.max(0.0) - 1.0",
            "move |a, b| a | b",
            "&[1, 2][..]",
            "-1",
            "a @ 1..=2 if a > -1 && !b",
            "Some(\"two  blanks, kept\")",
            "relu as fn(f64) -> f64",
            "vec![1; 3]?.len()",
        ];
        assert_eq!(texts, expected);
    }
}
