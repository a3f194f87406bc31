//! The paths in the arguments of a macro, which are tokens and need not be Rust.

use syn::buffer::Cursor;

/// A path among tokens, by its segments, and what stands behind it.
pub(crate) struct Found {
    pub(crate) path: Vec<String>,
    /// An argument list in any brackets.
    pub(crate) is_called: bool,
    /// `!` and an argument list.
    pub(crate) is_macro: bool,
}

/// Returns the paths among the tokens: names joined by `::`. Fields, methods, lifetimes, variables of `macro_rules!` and what
/// stands behind a leading `::` are left out.
pub(crate) fn paths(mut rest: Cursor) -> Vec<Found> {
    let mut found = vec![];
    // Whether a name that comes next belongs to what stands before it.
    let mut belongs = false;
    while !rest.eof() {
        if let Some((inside, _, _, after)) = rest.any_group() {
            found.extend(paths(inside));
            (belongs, rest) = (false, after);
        } else if let Some((_, after)) = rest.lifetime() {
            (belongs, rest) = (false, after);
        } else if let Some((first, mut after)) = rest.ident() {
            let mut path = vec![first.to_string()];
            while let Some((segment, behind)) =
                mark(after, ':').and_then(|rest| mark(rest, ':')).and_then(Cursor::ident)
            {
                path.push(segment.to_string());
                after = behind;
            }
            if !belongs || first == "crate" {
                let is_called = after.any_group().is_some();
                let is_macro = mark(after, '!').is_some_and(|rest| rest.any_group().is_some());
                found.push(Found { path, is_called, is_macro });
            }
            (belongs, rest) = (false, after);
        } else if let Some(after) = mark(rest, '.').and_then(|rest| mark(rest, '.')) {
            // A range.
            (belongs, rest) = (false, after);
        } else if let Some(after) = mark(rest, ':').and_then(|rest| mark(rest, ':')) {
            (belongs, rest) = (true, after);
        } else if let Some(after) = mark(rest, '.').or_else(|| mark(rest, '$')) {
            (belongs, rest) = (true, after);
        } else if let Some((_, after)) = rest.token_tree() {
            (belongs, rest) = (false, after);
        }
    }
    found
}

/// What stands behind a punctuation mark, if this one comes next.
fn mark(rest: Cursor<'_>, wanted: char) -> Option<Cursor<'_>> {
    rest.punct().filter(|(found, _)| found.as_char() == wanted).map(|(_, after)| after)
}
