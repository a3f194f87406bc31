//! Heads that visibly do not fit the sampler, and items of the loop that are used as another kind has them.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::visit::Visit;
use syn::{Block, Error, Expr, ExprRange, Pat, PatIdent, RangeLimits};

use super::foreign;
use super::sampler::Kind;
use crate::model::Loop;
use crate::shape::{Literal, elements, inner, literal, short};
use crate::source::source;

/// Returns the error about a loop that visibly does not fit a sampler of `kind`.
pub(super) fn check(trial_loop: &Loop, kind: Kind) -> Option<Error> {
    let Loop { pattern, head, body, .. } = trial_loop;
    if let Some(message) = uncounted(head, pattern) {
        return Some(Error::new_spanned(head, message));
    }
    let Expr::Range(range) = inner(head) else { return None };
    if let Some(message) = check_range(range, kind) {
        return Some(Error::new_spanned(head, message));
    }
    let shown = short(head);
    match (kind, plain(pattern)) {
        (Kind::Trials, Pat::Tuple(tuple)) => {
            let message = format!("`{}` needs a scheduler: `sampler = Hyperband::new(3.0)`", source(tuple));
            Some(Error::new_spanned(tuple, message))
        }
        (Kind::Pruning, Pat::Tuple(tuple)) => {
            let message = format!(
                "a sampler with a pruner counts trials; write `for trial in {shown}`, or a scheduler, \
                 `sampler = Hyperband::new(3.0)`"
            );
            Some(Error::new_spanned(tuple, message))
        }
        (Kind::Budgets, Pat::Ident(PatIdent { ident, subpat: None, .. })) => {
            let place = number(body, ident)?;
            let message = format!(
                "the item of a loop over budgets is a pair; write `for ({ident}, state) in {shown}`, or `({ident}, _)`"
            );
            Some(Error::new(place, message))
        }
        (Kind::Pruning, Pat::Ident(PatIdent { ident, subpat: None, .. })) => {
            let place = number(body, ident)?;
            let message = format!("with a pruner, `{ident}` is a trial; write `{ident}.number()`");
            Some(Error::new(place, message))
        }
        _ => None,
    }
}

/// `pattern` without parentheses and types around it.
fn plain(pattern: &Pat) -> &Pat {
    match pattern {
        Pat::Paren(paren) => plain(&paren.pat),
        Pat::Type(typed) => plain(&typed.pat),
        pattern => pattern,
    }
}

/// Returns the message about a head that visibly is no range.
fn uncounted(head: &Expr, pattern: &Pat) -> Option<String> {
    let (name, item) = match plain(pattern) {
        Pat::Ident(name) => (name.ident.to_string(), name.ident.to_string()),
        _ => ("name".to_owned(), "i".to_owned()),
    };
    if elements(head).is_some() {
        let listed = short(head);
        return Some(format!(
            "the head counts trials; to sweep over a list, write `{name} = {listed}`, and `for _ in 0..50`"
        ));
    }
    match inner(head) {
        Expr::Range(_) if matches!(head, Expr::Reference(_)) => {
            Some(format!("the head is a range, not a reference to one; write `for {item} in {}`", source(inner(head))))
        }
        Expr::Lit(_) if literal(head) == Some(Literal::Int) => {
            let count = source(head);
            Some(format!("the head is a range; write `for {} in 0..{count}`", source(pattern)))
        }
        Expr::Lit(_) | Expr::Tuple(_) => Some("the head is a range; write `for i in 0..50`".to_owned()),
        Expr::Call(_) => {
            let range = foreign::written(head).filter(|text| text.contains("..") && !text.contains('('))?;
            Some(format!("the head is a range; write `for {} in {range}`", source(pattern)))
        }
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            match method.as_str() {
                "step_by" | "rev" | "take" | "skip" | "chain" | "cycle" | "filter" | "peekable" => Some(format!(
                    "the head counts trials, one after the other; write `for {item} in 0..50`, and compute with `{item}` in the \
                     body"
                )),
                "iter" | "into_iter" | "iter_mut" | "enumerate" | "zip" | "chunks" | "windows" | "values" | "keys"
                | "map" | "chars" | "lines" => Some(format!(
                    "the head counts trials; to sweep over values, write `{name} = values`, with a list of them, and `for _ in \
                     0..50`"
                )),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Returns the message about a range that a sampler of `kind` cannot run.
fn check_range(range: &ExprRange, kind: Kind) -> Option<String> {
    let closed = matches!(range.limits, RangeLimits::Closed(_));
    let dots = if closed { "..=" } else { ".." };
    let (start, end) = (range.start.as_deref(), range.end.as_deref());
    let is_float = [start, end].into_iter().flatten().any(|end| literal(end) == Some(Literal::Float));
    if kind == Kind::Budgets {
        let low = start.map_or_else(|| if is_float { "1.0".to_owned() } else { "1".to_owned() }, source);
        let low = if low == "0" { "1".to_owned() } else { low };
        let high = end.map_or_else(|| if is_float { "81.0".to_owned() } else { "81".to_owned() }, source);
        let whole = closed && start.is_some() && end.is_some();
        return (!whole).then(|| {
            format!("budgets run from the smallest to the largest; write `for (resources, state) in {low}..={high}`")
        });
    }
    if kind == Kind::Unknown {
        return None;
    }
    match (start, end) {
        (None, Some(end)) => Some(format!("the head needs its start; write `0{dots}{}`", source(end))),
        _ if is_float && kind == Kind::Trials => Some(
            "trials are counted by integers: write `for i in 0..50`; budgets need a scheduler: `sampler = Hyperband::new(3.0)`"
                .to_owned(),
        ),
        _ if is_float => Some("trials are counted by integers; write `for trial in 0..50`".to_owned()),
        _ => None,
    }
}

/// Returns the first place at which `body` computes with `name`, unless it binds the name anew.
fn number(body: &Group, name: &Ident) -> Option<Span> {
    let statements = Block::parse_within.parse2(body.stream()).ok()?;
    let mut bound = Bound { name, found: false };
    for statement in &statements {
        bound.visit_stmt(statement);
    }
    if bound.found { None } else { computed(body.stream(), name) }
}

/// Whether a pattern binds the name.
struct Bound<'a> {
    name: &'a Ident,
    found: bool,
}

impl<'ast> Visit<'ast> for Bound<'_> {
    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        self.found |= pattern.ident == *self.name;
    }
}

/// Whether a value may follow `word` directly.
fn is_keyword(word: &str) -> bool {
    matches!(word, "return" | "in" | "if" | "match" | "else" | "break" | "mut" | "move")
}

/// Returns the first place in `stream` where `name` is cast, is a term of a sum or a product, an end of a range, or an index.
fn computed(stream: TokenStream, name: &Ident) -> Option<Span> {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let punct = |index: usize| match trees.get(index) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    };
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Ident(found) if found == name => {
                // A field or a method of it is not the item itself.
                if punct(index + 1) == Some('.') && punct(index + 2) != Some('.') {
                    continue;
                }
                let before = index.checked_sub(1).and_then(punct);
                // Nor is a field of its name, which may be computed with.
                if before == Some('.') && index.checked_sub(2).and_then(punct) != Some('.') {
                    continue;
                }
                let ends_value = index.checked_sub(2).is_some_and(|two| match &trees[two] {
                    TokenTree::Ident(word) => !is_keyword(&word.to_string()),
                    TokenTree::Literal(_) => true,
                    TokenTree::Group(group) => group.delimiter() != Delimiter::Brace,
                    TokenTree::Punct(_) => false,
                });
                let is_term =
                    matches!(before, Some('+' | '/' | '%')) || matches!(before, Some('*' | '-')) && ends_value;
                let is_end = before == Some('.') && index.checked_sub(2).and_then(punct) == Some('.');
                let is_cast = matches!(trees.get(index + 1), Some(TokenTree::Ident(word)) if word == "as");
                let after = punct(index + 1);
                let is_literal = |index: usize| matches!(trees.get(index), Some(TokenTree::Literal(_)));
                let is_compared = match after {
                    Some('<' | '>') => is_literal(index + 2) || punct(index + 2) == Some('=') && is_literal(index + 3),
                    Some('=' | '!') => punct(index + 2) == Some('=') && is_literal(index + 3),
                    _ => false,
                };
                let is_operand = matches!(after, Some('+' | '*' | '/' | '%'))
                    || after == Some('-') && punct(index + 2) != Some('>')
                    || is_compared;
                if is_term || is_end || is_cast || is_operand {
                    return Some(found.span());
                }
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let word = match index.checked_sub(1).map(|before| &trees[before]) {
                    Some(TokenTree::Ident(word)) => word.to_string(),
                    _ => String::new(),
                };
                let is_converted = word == "from" && index.checked_sub(4).is_some_and(|four| {
                    matches!(&trees[four], TokenTree::Ident(kind) if matches!(kind.to_string().as_str(), "f64" | "f32"))
                });
                let is_index = group.delimiter() == Delimiter::Bracket && !word.is_empty() && !is_keyword(&word);
                let is_alone = matches!(&inside[..], [TokenTree::Ident(only)] if only == name);
                if is_alone && (is_index || is_converted) {
                    return inside.first().map(TokenTree::span);
                }
                if let Some(place) = computed(group.stream(), name) {
                    return Some(place);
                }
            }
            _ => {}
        }
    }
    None
}
