//! What stands in place of an operator or of a function's value.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{BinOp, GenericArgument, PathArguments, ReturnType, Type, UnOp, parse_quote};

/// Returns the operators that replace one.
pub fn replacements(operator: &BinOp) -> Vec<BinOp> {
    match operator {
        BinOp::Eq(_) => vec![parse_quote!(!=)],
        BinOp::Ne(_) => vec![parse_quote!(==)],
        BinOp::Lt(_) => vec![parse_quote!(<=), parse_quote!(>)],
        BinOp::Le(_) => vec![parse_quote!(<), parse_quote!(>)],
        BinOp::Gt(_) => vec![parse_quote!(>=), parse_quote!(<)],
        BinOp::Ge(_) => vec![parse_quote!(>), parse_quote!(<)],
        BinOp::And(_) => vec![parse_quote!(||)],
        BinOp::Or(_) => vec![parse_quote!(&&)],
        BinOp::Add(_) => vec![parse_quote!(-), parse_quote!(*)],
        BinOp::Sub(_) => vec![parse_quote!(+), parse_quote!(/)],
        BinOp::Mul(_) => vec![parse_quote!(+), parse_quote!(/)],
        BinOp::Div(_) => vec![parse_quote!(*), parse_quote!(%)],
        BinOp::Rem(_) => vec![parse_quote!(/)],
        BinOp::Shl(_) => vec![parse_quote!(>>)],
        BinOp::Shr(_) => vec![parse_quote!(<<)],
        BinOp::BitAnd(_) => vec![parse_quote!(|)],
        BinOp::BitOr(_) => vec![parse_quote!(&)],
        BinOp::BitXor(_) => vec![parse_quote!(|)],
        BinOp::AddAssign(_) => vec![parse_quote!(-=)],
        BinOp::SubAssign(_) => vec![parse_quote!(+=)],
        BinOp::MulAssign(_) => vec![parse_quote!(/=)],
        BinOp::DivAssign(_) => vec![parse_quote!(*=)],
        _ => Vec::new(),
    }
}

/// Whether the operator can be left out.
pub fn is_omissible(operator: &UnOp) -> bool {
    matches!(operator, UnOp::Not(_) | UnOp::Neg(_))
}

/// Returns the method that does the opposite.
pub fn opposite(method: &str, arguments: usize) -> Option<&'static str> {
    Some(match (method, arguments) {
        ("min", 1) => "max",
        ("max", 1) => "min",
        ("floor", 0) => "ceil",
        ("ceil", 0) => "floor",
        ("any", 1) => "all",
        ("all", 1) => "any",
        ("is_some", 0) => "is_none",
        ("is_none", 0) => "is_some",
        _ => return None,
    })
}

/// What a function of this type could answer at once.
pub fn answers(output: &ReturnType) -> Vec<TokenStream> {
    let ReturnType::Type(_, output) = output else { return vec![quote!(())] };
    let Type::Path(path) = &**output else { return Vec::new() };
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    match last.ident.to_string().as_str() {
        "bool" => vec![quote!(true), quote!(false)],
        "f64" | "f32" => vec![quote!(0.0), quote!(1.0)],
        "usize" | "u64" | "u32" | "u8" | "i64" | "i32" => vec![quote!(0), quote!(1)],
        "Option" => vec![quote!(None)],
        "Vec" => vec![quote!(Vec::new())],
        "String" => vec![quote!(String::new())],
        "Result" if is_unit(&last.arguments) => vec![quote!(Ok(()))],
        _ => Vec::new(),
    }
}

/// Whether the first generic argument is `()`.
fn is_unit(arguments: &PathArguments) -> bool {
    let PathArguments::AngleBracketed(arguments) = arguments else { return false };
    matches!(arguments.args.first(), Some(GenericArgument::Type(Type::Tuple(tuple))) if tuple.elems.is_empty())
}

/// Returns the text of code in one line.
pub fn text(code: &impl ToTokens) -> String {
    code.to_token_stream().to_string().replace('\n', " ")
}
