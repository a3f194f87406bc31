//! The arguments of a function of another library: numbers by their place, or by the names that Python and Julia give them.

use syn::Expr;

use super::read::read;
use crate::shape::{elements, inner, path, text};
use crate::source::source;

/// The arguments, by what they stand for.
#[derive(Default)]
pub(super) struct Arguments {
    pub(super) low: Option<Expr>,
    pub(super) high: Option<Expr>,
    /// The third number, whose meaning depends on the function.
    pub(super) third: Option<Expr>,
    pub(super) step: Option<Expr>,
    pub(super) count: Option<Expr>,
    pub(super) is_log: bool,
    /// A range or a list that is an argument as a whole.
    pub(super) whole: Option<Expr>,
    /// All texts among the arguments, the first of which may be a label.
    pub(super) texts: Vec<String>,
}

/// Returns the arguments of a function of the module `hp`, written as Python does or as Rust does.
fn of_module(value: &Expr) -> Option<Vec<&Expr>> {
    let (module, arguments) = match inner(value) {
        Expr::MethodCall(call) => (path(&call.receiver)?.1, &call.args),
        Expr::Call(call) => (path(&call.func)?.0?, &call.args),
        _ => return None,
    };
    (module == "hp").then(|| arguments.iter().collect())
}

/// Sorts arguments by what they stand for.
pub(super) fn sorted(arguments: &[&Expr]) -> Arguments {
    // `scope.int(hp.quniform("x", 1, 8, 1))`
    if let [only] = arguments
        && let Some(within) = of_module(only)
    {
        return sorted(&within);
    }
    let mut sorted = Arguments::default();
    let mut numbers = Vec::new();
    for &argument in arguments {
        match inner(argument) {
            Expr::Assign(named) => {
                let (name, value) = (source(&named.left), (*named.right).clone());
                match name.as_str() {
                    "low" | "lower" | "lo" | "min" | "start" | "a" | "mu" | "loc" => sorted.low = Some(value),
                    "high" | "upper" | "hi" | "max" | "stop" | "end" | "b" | "sigma" | "scale" => {
                        sorted.high = Some(value);
                    }
                    "step" | "q" => sorted.step = Some(value),
                    "num" | "n" | "length" | "size" => sorted.count = Some(value),
                    "log" => sorted.is_log = source(&value).eq_ignore_ascii_case("true"),
                    "choices" | "options" | "categories" | "values" | "bounds" => sorted.whole = Some(value),
                    _ => {}
                }
            }
            Expr::Range(_) => sorted.whole = Some(argument.clone()),
            _ if elements(argument).is_some() => sorted.whole = Some(argument.clone()),
            Expr::Tuple(_) => sorted.whole = Some(argument.clone()),
            _ if text(argument).is_some() => sorted.texts.push(source(argument)),
            _ if read(argument).is_some() => sorted.whole = Some(argument.clone()),
            _ => numbers.push(argument.clone()),
        }
    }
    let mut numbers = numbers.into_iter();
    for place in [&mut sorted.low, &mut sorted.high, &mut sorted.third] {
        if place.is_none() {
            *place = numbers.next();
        }
    }
    sorted
}
