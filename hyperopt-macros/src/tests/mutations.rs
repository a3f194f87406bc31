//! Changes tokens at random, in any group of a call.

use std::iter;
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::draw::Draw;

/// What is written in place of other tokens, or between them.
const VOCABULARY: [&str; 96] = [
    "a",
    "rate",
    "größe",
    "r#type",
    "r#fn",
    "r#seed",
    "_",
    "__",
    "unnamed",
    "dimension0",
    "driver",
    "hyperopt",
    "sampler",
    "seed",
    "goal",
    "ho",
    "study",
    "checkpoint",
    "timeout",
    "into",
    "try_first",
    "transfer",
    "repeats",
    "samplers",
    "n_trials",
    "direction",
    "workers",
    "Maximize",
    "Hyperband::new(3.0)",
    "TpeSampler::new()",
    "if",
    "else",
    "match",
    "for",
    "in",
    "let",
    "mut",
    "const",
    "static",
    "while",
    "loop",
    "return",
    "break",
    "continue",
    "move",
    "async",
    "await",
    "as",
    "ref",
    "unsafe",
    "fn",
    "struct",
    "self",
    "Self",
    "super",
    "crate",
    "dyn",
    "true",
    "=",
    "==",
    "=>",
    "<-",
    "->",
    ",",
    ";",
    ":",
    "::",
    ".",
    "..",
    "..=",
    "...",
    "?",
    "!",
    "#",
    "$",
    "@",
    "~",
    "|",
    "||",
    "&",
    "&&",
    "-",
    "<",
    ">",
    "'a",
    "'static",
    "'sweep:",
    "()",
    "[]",
    "{}",
    "#[x]",
    "if a { 1 }",
    "for _ in 0..9 { 1 }",
    "x = [1]",
    "(a, b)",
    "\"a\"",
];
const LITERALS: [&str; 22] = [
    "0",
    "-0.0",
    "1e999999",
    "1e-999999",
    "340282366920938463463374607431768211456",
    "99999999999999999999999999999999999999999999999999999999999999999999999999999999",
    "0xffff_ffff_ffff_ffff_ffffu8",
    "0b1u128",
    "1_000f32",
    "1f64",
    "5usize",
    "1.0_f16",
    "1_suffix",
    "b\"x\"",
    "c\"x\"",
    "b'\\0'",
    "'\\u{1F600}'",
    "r##\"a \"# b\"##",
    "\"\\u{202e}\\n\\0\"",
    "\"%{}{x}{{\"",
    "\"\"suffix",
    "1.",
];
const DELIMITERS: [Delimiter; 4] = [Delimiter::Parenthesis, Delimiter::Bracket, Delimiter::Brace, Delimiter::None];

/// `stream` with one to six changes; `other` lends it tokens.
pub(super) fn mutated(draw: &mut Draw, stream: TokenStream, other: &TokenStream) -> TokenStream {
    let mut stream = stream;
    for _ in 0..=draw.below(6) {
        stream = within(draw, stream, other);
    }
    stream
}

/// Changes `stream` here, or a group in it.
fn within(draw: &mut Draw, stream: TokenStream, other: &TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = stream.into_iter().collect();
    let groups: Vec<usize> = (0..tokens.len()).filter(|&at| matches!(tokens[at], TokenTree::Group(_))).collect();
    if !groups.is_empty() && draw.one_in(2) {
        let at = groups[draw.below(groups.len())];
        if let TokenTree::Group(group) = &tokens[at] {
            let inner = within(draw, group.stream(), other);
            let mut changed = Group::new(group.delimiter(), inner);
            changed.set_span(group.span());
            tokens[at] = changed.into();
        }
    } else {
        change(draw, &mut tokens, other);
    }
    tokens.into_iter().collect()
}

fn change(draw: &mut Draw, tokens: &mut Vec<TokenTree>, other: &TokenStream) {
    let len = tokens.len();
    let range = draw.range(len);
    match draw.below(13) {
        0 | 1 => drop(tokens.drain(range)),
        2 => {
            let copied = tokens[range.clone()].to_vec();
            tokens.splice(range.end..range.end, copied);
        }
        3 if len > 1 => tokens.swap(draw.below(len), draw.below(len)),
        4 => {
            let lent = part(draw, other.clone());
            tokens.splice(range, lent);
        }
        5 | 6 => drop(tokens.splice(range, written(draw))),
        7 => drop(tokens.splice(range.start..range.start, written(draw))),
        8 => {
            let delimiter = DELIMITERS[draw.below(DELIMITERS.len())];
            let depth = if draw.one_in(8) { draw.below(30) } else { 0 };
            let mut group = Group::new(delimiter, tokens[range.clone()].iter().cloned().collect());
            for _ in 0..depth {
                group = Group::new(delimiter, iter::once(TokenTree::Group(group)).collect());
            }
            tokens.splice(range, [group.into()]);
        }
        9 => {
            if let Some(at) = (0..len).find(|&at| at >= range.start && matches!(tokens[at], TokenTree::Group(_)))
                && let TokenTree::Group(group) = tokens[at].clone()
            {
                tokens.splice(at..=at, group.stream());
            }
        }
        10 => tokens.truncate(range.start),
        11 => {
            let copied = tokens[range.clone()].to_vec();
            let times = draw.below(12);
            tokens.splice(range.end..range.end, iter::repeat_n(copied, times).flatten());
        }
        _ => {
            if let Some(TokenTree::Group(group)) = tokens.get(range.start).cloned() {
                tokens[range.start] = Group::new(DELIMITERS[draw.below(DELIMITERS.len())], group.stream()).into();
            }
        }
    }
}

/// Some neighbouring tokens of `stream`, or of a group in it.
fn part(draw: &mut Draw, stream: TokenStream) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let groups: Vec<TokenStream> = tokens
        .iter()
        .filter_map(|token| match token {
            TokenTree::Group(group) => Some(group.stream()),
            _ => None,
        })
        .collect();
    if !groups.is_empty() && draw.one_in(2) {
        let inner = groups[draw.below(groups.len())].clone();
        return part(draw, inner);
    }
    let range = draw.range(tokens.len());
    tokens[range].to_vec()
}

fn written(draw: &mut Draw) -> Vec<TokenTree> {
    let text = if draw.one_in(4) { draw.pick(&LITERALS) } else { draw.pick(&VOCABULARY) };
    TokenStream::from_str(text).map(|stream| stream.into_iter().collect()).unwrap_or_default()
}
