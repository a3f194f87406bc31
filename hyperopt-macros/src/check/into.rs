//! Reads the value of `into`: the struct that holds the parameters of each trial.

use quote::ToTokens;
use syn::{Error, Expr, Ident, Member, Path};

use crate::mentions::free;
use crate::model::{Into, name_of};
use crate::shape::{inner, path};
use crate::source::source;

/// Returns the struct in `into = Settings`, or in `into = Settings { epochs: 10 }`, whose fields are the same in all trials.
pub(super) fn read(value: &Expr, names: &[Ident]) -> Result<Into, Error> {
    match value {
        Expr::Paren(paren) => read(&paren.expr, names),
        Expr::Group(group) => read(&group.expr, names),
        Expr::Path(path) if !is_function(&path.path) => {
            Ok(Into { path: path.to_token_stream(), fields: Vec::new(), rest: None })
        }
        Expr::Struct(literal) => {
            let is_swept = |member: &Member| matches!(member, Member::Named(field) if is_one_of(names, field));
            let mut faults = literal.fields.iter().filter(|field| is_swept(&field.member)).map(|field| {
                let name = field.member.to_token_stream();
                let message = format!("`{name}` is a hyperparameter, which fills this field; remove the field here");
                Error::new_spanned(field, message)
            });
            if let Some(fault) = faults.next() {
                return Err(faults.fold(fault, joined));
            }
            let values = literal.fields.iter().map(|field| &field.expr).chain(literal.rest.as_deref());
            let mut faults = values.flat_map(free).filter(|used| is_one_of(names, used)).map(|used| {
                let message = format!(
                    "a field of `into` is the same in all trials, and the hyperparameter `{used}` is not; compute the \
                     field in the body, or by `ho.map(|p| …)`"
                );
                Error::new_spanned(&used, message)
            });
            if let Some(fault) = faults.next() {
                return Err(faults.fold(fault, joined));
            }
            Ok(Into {
                path: literal.path.to_token_stream(),
                fields: literal.fields.iter().map(ToTokens::to_token_stream).collect(),
                rest: literal.rest.as_ref().map(ToTokens::to_token_stream),
            })
        }
        value => Err(Error::new_spanned(value, instead(value))),
    }
}

/// Whether the last of several names is that of a function: `Settings::default`.
fn is_function(path: &Path) -> bool {
    let is_lower = |name: String| name.starts_with(char::is_lowercase);
    path.segments.len() > 1 && path.segments.last().is_some_and(|last| is_lower(name_of(&last.ident)))
}

/// What to write in place of a value that names no struct.
fn instead(value: &Expr) -> String {
    if let Some((Some(name), _)) = path(value) {
        return format!("`into` takes the name of a struct; write `into = {name}`");
    }
    if let Expr::Call(call) = inner(value)
        && let Some((Some(name), _)) = path(&call.func)
    {
        let base = format!("{name} {{ ..{} }}", source(value));
        return format!(
            "`into` takes the name of a struct; write `into = {name}`, or for fields that are not swept, `into = {base}`"
        );
    }
    match inner(value) {
        Expr::Closure(_) => {
            "`into` takes the name of a struct, such as `into = Settings`; a function maps the result, `ho.map(…)`"
                .into()
        }
        _ => "`into` takes the name of a struct with a field for each hyperparameter, such as `into = Settings`".into(),
    }
}

fn is_one_of(names: &[Ident], found: &Ident) -> bool {
    names.iter().any(|name| name_of(name) == name_of(found))
}

fn joined(mut all: Error, next: Error) -> Error {
    all.combine(next);
    all
}
