//! The nearest subcommand to one that is unknown, where clap names none: it finds no letters that have changed places.

use clap::Command;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Adds the subcommand that was meant to the error of an unknown one.
pub(crate) fn with_nearest(mut error: Error, command: &Command) -> Error {
    let Some(ContextValue::String(written)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    if error.kind() != ErrorKind::InvalidSubcommand || error.get(ContextKind::SuggestedSubcommand).is_some() {
        return error;
    }
    let names = command.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name);
    let distances = names.map(|name| (strsim::damerau_levenshtein(&written.to_lowercase(), name), name));
    if let Some((_, name)) = distances.filter(|(distance, name)| *distance <= name.len() / 3).min() {
        let suggested = ContextValue::Strings(vec![name.to_owned()]);
        error.insert(ContextKind::SuggestedSubcommand, suggested);
    }
    error
}
