//! Hyperparameters that the count or the candidates of `each` read.

use proc_macro2::Ident;
use syn::{Expr, RangeLimits};

use super::guarded::{self, decides};
use super::parts::parts;
use crate::mentions::free;
use crate::model::name_of;
use crate::shape::{elements, inner, short};
use crate::source::source;

/// A count that is checked for the hyperparameters that it reads.
#[derive(Clone, Copy)]
pub(in crate::check) struct Counted<'a> {
    count: &'a Expr,
    candidates: &'a Expr,
}

/// Returns the count of `each` in `value`.
pub(in crate::check) fn count(value: &Expr) -> Option<Counted<'_>> {
    parts(value).map(|(count, candidates)| Counted { count, candidates })
}

impl Counted<'_> {
    /// Returns the message about a count that reads the hyperparameter `used`, whose candidates are among those `written`, or about
    /// candidates of which a guard chooses by `used`.
    pub(in crate::check) fn depends_on(self, name: &Ident, used: &Ident, written: &[(Ident, Expr)]) -> Option<String> {
        let reads = |expr: &Expr| free(expr).contains(used);
        if reads(self.candidates) {
            let instead = guarded::outside(self.count, self.candidates).filter(|_| decides(self.candidates, used))?;
            let name = name_of(name);
            return Some(format!("a guard stands around `each`, not within it; write `{name} = {instead}`"));
        }
        if !reads(self.count) {
            return None;
        }
        let whole = match self.count {
            Expr::Cast(cast) => &cast.expr,
            count => count,
        };
        let of_used = written.iter().find(|(name, _)| name == used).map(|(_, value)| value);
        let (name, candidates) = (name_of(name), short(self.candidates));
        let why = format!("the count of `each` is set before the first trial, where `{used}` has no value");
        Some(match whole {
            Expr::Path(_) => {
                let most = of_used.and_then(largest).unwrap_or_else(|| "8".to_owned());
                format!(
                    "{why}; write the largest count, `{name} = each({most}, {candidates})`, and `{name}[..{used} as usize]` in \
                     the body"
                )
            }
            Expr::MethodCall(call) if call.method == "len" && matches!(*call.receiver, Expr::Path(_)) => {
                let count = of_used.and_then(parts).map_or_else(|| "8".to_owned(), |(count, _)| source(count));
                format!("{why}; write the count itself, `{name} = each({count}, {candidates})`")
            }
            _ => format!(
                "{why}; write the largest count, such as `{name} = each(8, {candidates})`, and take as many of its values as \
                 are needed in the body"
            ),
        })
    }
}

/// Returns the largest of some integers that are written out.
fn largest(candidates: &Expr) -> Option<String> {
    let number = |expr: &Expr| source(expr).parse::<usize>().ok();
    let most = match inner(candidates) {
        Expr::Range(range) => {
            let end = number(range.end.as_deref()?)?;
            if matches!(range.limits, RangeLimits::Closed(_)) { end } else { end.checked_sub(1)? }
        }
        _ => elements(candidates)?.iter().map(number).collect::<Option<Vec<_>>>()?.into_iter().max()?,
    };
    (most > 0).then(|| most.to_string())
}
