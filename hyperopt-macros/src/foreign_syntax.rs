//! Candidates in the syntax of another language: `exp10.(LinRange(-4, -1, 4))`, `1:10`, `[x for x in values]`.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Pat, Result, Token};

/// Such candidates, in their parts.
pub(crate) enum ForeignSyntax {
    /// `function.(candidates)`
    Broadcast(Ident, TokenStream),
    /// `base .^ candidates`
    Power(Expr, TokenStream),
    /// `low:high`, or `low:step:high`
    Range(Box<Expr>, Option<Box<Expr>>, Box<Expr>),
    /// `[:relu, :tanh]`
    Symbols(Vec<Ident>),
    /// `{"a", "b"}`
    Set(Vec<Expr>),
    /// `{"a": 1, "b": 2}`
    Map(Vec<(Expr, Expr)>),
    /// `one if condition else other`, `if condition then one else other`, `condition ? one : other`
    Conditional { condition: Box<Expr>, then: Box<Expr>, otherwise: Option<Box<Expr>> },
    /// `[value for pattern in list]`
    Comprehension { value: TokenStream, pattern: Box<Pat>, list: Box<Expr> },
}

/// Reads candidates in the syntax of another language.
pub(crate) fn read(tokens: &TokenStream) -> Option<ForeignSyntax> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    match &trees[..] {
        [TokenTree::Ident(function), TokenTree::Punct(dot), TokenTree::Group(group)]
            if dot.as_char() == '.' && group.delimiter() == Delimiter::Parenthesis =>
        {
            Some(ForeignSyntax::Broadcast(function.clone(), group.stream()))
        }
        [TokenTree::Ident(function), TokenTree::Group(group)] if function == "collect" => {
            range.parse2(group.stream()).ok()
        }
        [TokenTree::Group(group)] => grouped(group),
        _ => {
            let kinds = [power, conditional, choice_then, ternary, range];
            kinds.into_iter().find_map(|kind| kind.parse2(tokens.clone()).ok())
        }
    }
}

fn grouped(group: &Group) -> Option<ForeignSyntax> {
    match group.delimiter() {
        Delimiter::Bracket => symbols.parse2(group.stream()).or_else(|_| comprehension.parse2(group.stream())).ok(),
        Delimiter::Brace => {
            let listed = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(group.stream());
            if let Ok(listed) = listed {
                return (listed.len() > 1).then(|| ForeignSyntax::Set(listed.into_iter().collect()));
            }
            let pairs = Punctuated::<Pair, Token![,]>::parse_terminated.parse2(group.stream()).ok()?;
            let pairs: Vec<_> = pairs.into_iter().map(|Pair(key, value)| (key, value)).collect();
            (!pairs.is_empty()).then_some(ForeignSyntax::Map(pairs))
        }
        Delimiter::Parenthesis | Delimiter::None => None,
    }
}

fn power(input: ParseStream<'_>) -> Result<ForeignSyntax> {
    let base: syn::Lit = input.parse()?;
    let _dot: Token![.] = input.parse()?;
    let _power: Token![^] = input.parse()?;
    Ok(ForeignSyntax::Power(Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit: base }), input.parse()?))
}

fn conditional(input: ParseStream<'_>) -> Result<ForeignSyntax> {
    let then = input.parse()?;
    let _if: Token![if] = input.parse()?;
    let condition = input.parse()?;
    let otherwise = if input.parse::<Option<Token![else]>>()?.is_some() { Some(input.parse()?) } else { None };
    Ok(ForeignSyntax::Conditional { condition, then, otherwise })
}

fn choice_then(input: ParseStream<'_>) -> Result<ForeignSyntax> {
    let _if: Token![if] = input.parse()?;
    let condition = Box::new(Expr::parse_without_eager_brace(input)?);
    let word: Ident = input.parse()?;
    if word != "then" {
        return Err(input.error("expected `then`"));
    }
    let then = input.parse()?;
    let otherwise = if input.parse::<Option<Token![else]>>()?.is_some() { Some(input.parse()?) } else { None };
    Ok(ForeignSyntax::Conditional { condition, then, otherwise })
}

fn ternary(input: ParseStream<'_>) -> Result<ForeignSyntax> {
    let mut condition = Vec::new();
    while !input.peek(Token![?]) {
        condition.push(input.parse::<TokenTree>()?);
    }
    let condition = syn::parse2(condition.into_iter().collect())?;
    let _question: Token![?] = input.parse()?;
    let then = input.parse()?;
    let _colon: Token![:] = input.parse()?;
    Ok(ForeignSyntax::Conditional { condition, then, otherwise: Some(input.parse()?) })
}

fn range(input: ParseStream<'_>) -> Result<ForeignSyntax> {
    let low = input.parse()?;
    let _colon: Token![:] = input.parse()?;
    let second = input.parse()?;
    if input.is_empty() {
        return Ok(ForeignSyntax::Range(low, None, second));
    }
    let _colon: Token![:] = input.parse()?;
    Ok(ForeignSyntax::Range(low, Some(second), input.parse()?))
}

fn symbols(input: ParseStream<'_>) -> Result<ForeignSyntax> {
    let listed = Punctuated::<Symbol, Token![,]>::parse_terminated(input)?;
    if listed.is_empty() {
        return Err(input.error("expected a symbol"));
    }
    Ok(ForeignSyntax::Symbols(listed.into_iter().map(|Symbol(name)| name).collect()))
}

/// `:relu`
struct Symbol(Ident);

impl Parse for Symbol {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let _colon: Token![:] = input.parse()?;
        Ok(Self(input.parse()?))
    }
}

/// `"a": 1`
struct Pair(Expr, Expr);

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let key = input.parse()?;
        let _colon: Token![:] = input.parse()?;
        Ok(Self(key, input.parse()?))
    }
}

fn comprehension(input: ParseStream<'_>) -> Result<ForeignSyntax> {
    let mut value = Vec::new();
    while !input.peek(Token![for]) {
        value.push(input.parse::<TokenTree>()?);
    }
    let _for: Token![for] = input.parse()?;
    let pattern = Pat::parse_single(input)?;
    let _in: Token![in] = input.parse()?;
    let list = input.parse()?;
    Ok(ForeignSyntax::Comprehension { value: value.into_iter().collect(), pattern: Box::new(pattern), list })
}
