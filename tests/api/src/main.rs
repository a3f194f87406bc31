//! Prints the public items of a library, one a line, from the JSON that rustdoc writes of it.

use std::path::PathBuf;
use std::process::ExitCode;

use public_api::Builder;

fn main() -> ExitCode {
    let Some(json) = std::env::args_os().nth(1) else {
        eprintln!("usage: api FILE.json");
        return ExitCode::from(2);
    };
    match listed(json.into()) {
        Ok(items) => {
            items.iter().for_each(|item| println!("{item}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the items without what the compiler adds to every type, and without the methods of derived traits, whose implementations
/// are listed.
fn listed(json: PathBuf) -> Result<Vec<String>, public_api::Error> {
    let api = Builder::from_rustdoc_json(json).omit_blanket_impls(true).omit_auto_trait_impls(true).build()?;
    let derived =
        ["::clone(&self) -> ", "::eq(&self, &", "::fmt(&self, &mut core::fmt::Formatter", "StructuralPartialEq"];
    let items = api.into_items().map(|item| item.to_string());
    Ok(items.filter(|item| !derived.iter().any(|derived| item.contains(derived))).collect())
}
