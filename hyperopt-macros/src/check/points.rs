//! Reads the points of `try_first = …` that are written out: `[(lr = 1e-3, layers = 2), (lr = 1e-2)]`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Error, Expr, Token};

use crate::errors::Errors;
use crate::model::{PointValue, name_of};
use crate::shape::{elements, inner};
use crate::source::source;

/// Returns the points written out in `value`; `None` if it is any other expression, which evaluates to points.
pub(super) fn points(value: &Expr, names: &[Ident], errors: &mut Errors) -> Option<Vec<Vec<PointValue>>> {
    let listed = match value {
        Expr::Array(array) => Some(array.elems.iter().cloned().collect()),
        Expr::Group(group) => return points(&group.expr, names, errors),
        Expr::Reference(reference) => return points(&reference.expr, names, errors),
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            let elements = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(call.mac.tokens.clone());
            elements.ok().map(|elements| elements.into_iter().collect::<Vec<_>>())
        }
        _ => None,
    };
    let listed: Vec<Expr> = match listed {
        Some(listed) => listed,
        // A single point without the brackets of the list.
        None if assignments(value).is_some_and(|values| values.iter().any(|value| is_assignment(value))) => {
            vec![value.clone()]
        }
        None => return None,
    };
    Some(listed.iter().map(|element| point(element, names, errors)).collect())
}

fn point(element: &Expr, names: &[Ident], errors: &mut Errors) -> Vec<PointValue> {
    let Some(assignments) = assignments(element).filter(|values| !values.is_empty()) else {
        let message = format!("expected the values of one point; write {}", example(names));
        errors.at(element, message);
        return Vec::new();
    };
    let mut point: Vec<PointValue> = Vec::new();
    for assignment in assignments {
        match point_value(assignment, names) {
            Err(error) => errors.push(error),
            Ok(value) if point.iter().any(|other| name_of(&other.name) == name_of(&value.name)) => {
                let name = name_of(&value.name);
                errors.at(&value.name, format!("`{name}` is given twice in one point; remove one"));
            }
            Ok(value) => point.push(value),
        }
    }
    point
}

/// Returns the expressions in the parentheses of a point.
fn assignments(element: &Expr) -> Option<Vec<&Expr>> {
    match element {
        Expr::Tuple(tuple) => Some(tuple.elems.iter().collect()),
        Expr::Paren(paren) => Some(vec![&paren.expr]),
        Expr::Group(group) => assignments(&group.expr),
        _ => None,
    }
}

fn is_assignment(expr: &Expr) -> bool {
    matches!(expr, Expr::Assign(_))
}

fn point_value(assignment: &Expr, names: &[Ident]) -> Result<PointValue, Error> {
    let Expr::Assign(assignment) = assignment else {
        let message = format!("a value of a point has its name before it; write {}", example(names));
        return Err(Error::new_spanned(assignment, message));
    };
    let name = match &*assignment.left {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    };
    let Some(name) = name else {
        let message = format!("expected the name of a hyperparameter; write {}", example(names));
        return Err(Error::new_spanned(&assignment.left, message));
    };
    if !names.iter().any(|known| name_of(known) == name_of(name)) {
        let message = format!("there is no hyperparameter `{}`; {}", name_of(name), listed(names));
        return Err(Error::new(name.span(), message));
    }
    let value = &assignment.right;
    let first = value.to_token_stream().into_iter().next().map_or_else(|| value.span(), |token| token.span());
    let elements = match inner(value) {
        Expr::Repeat(repeated) => vec![source(&repeated.expr)],
        value => elements(value).unwrap_or_default().iter().map(source).collect(),
    };
    let (name, value, written) = (name.clone(), value.to_token_stream(), source(value));
    Ok(PointValue { name, value, place: first, written, elements })
}

/// Returns the hyperparameters there are, for a message.
fn listed(names: &[Ident]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{}`", name_of(name))).collect();
    match names.split_last() {
        None => "the sweep has no hyperparameters".to_owned(),
        Some((only, [])) => format!("there is {only}"),
        Some((last, others)) => format!("there are {} and {last}", others.join(", ")),
    }
}

fn example(names: &[Ident]) -> String {
    let name = names.first().map_or_else(|| "name".to_owned(), name_of);
    format!("`({name} = value, …)`")
}
