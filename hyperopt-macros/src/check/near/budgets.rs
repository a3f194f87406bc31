//! The head over the budgets that are written as settings: `min_budget = 1, max_budget = 100`.

use syn::Expr;

use super::around::Around;
use super::names::{End, Meant, PLAUSIBLE, listed};
use crate::model::name_of;
use crate::shape::is_number;
use crate::source::source;

/// Returns the range of budgets that ends or begins with `value`. Its other end is that of another argument, if there is one.
pub(super) fn range(end: End, value: &Expr, around: &Around<'_>) -> String {
    let other = around.written.iter().find_map(|(name, other)| match listed(&PLAUSIBLE, &name_of(name)) {
        Some(Meant::Budgets(its)) if its != end => positive(other),
        _ => None,
    });
    let [low, high] = match end {
        End::Smallest => [positive(value), other],
        End::Largest => [other, positive(value)],
    };
    let is_float = [&low, &high].into_iter().flatten().any(|(text, _)| text.contains(['.', 'e']));
    let number = |(text, _): (String, f64)| if is_float && !text.contains(['.', 'e']) { text + ".0" } else { text };
    let default = |number: u32| if is_float { format!("{number}.0") } else { number.to_string() };
    match (low, high) {
        (Some(low), Some(high)) if low.1 < high.1 => format!("{}..={}", number(low), number(high)),
        (_, Some(high)) if high.1 > 1.0 => format!("{}..={}", default(1), number(high)),
        (Some(low), _) if low.1 < 81.0 => format!("{}..={}", number(low), default(81)),
        (Some(low), _) if is_float => format!("{}..={:?}", low.0, low.1 * 81.0),
        (Some(low), _) => format!("{}..={}", low.0, low.1 * 81.0),
        _ => "1..=81".to_owned(),
    }
}

/// Returns the text of a number above 0 that is written out, and the number.
fn positive(value: &Expr) -> Option<(String, f64)> {
    let text = source(value);
    let number = text.parse().ok().filter(|number| *number > 0.0 && is_number(value))?;
    Some((text, number))
}
