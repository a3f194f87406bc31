//! Colours as cargo has them, on a terminal only: `--color`, `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE` and `TERM=dumb` are
//! respected.

use std::ffi::OsString;

use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use clap::builder::Styles;

pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const NOTE: Style = AnsiColor::BrightCyan.on_default().bold();
pub(crate) const STATUS: Style = AnsiColor::BrightGreen.on_default().bold();

/// The colours of `--help`, and of what is wrong with a command line.
pub(crate) const HELP: Styles = Styles::styled()
    .header(STATUS)
    .usage(STATUS)
    .literal(AnsiColor::BrightCyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(ERROR)
    .valid(AnsiColor::BrightCyan.on_default().bold())
    .invalid(WARNING);

/// Returns the last `--color` among the options before `--`, so that errors about the other options are already in these
/// colours.
pub(crate) fn asked(arguments: impl IntoIterator<Item = OsString>) -> ColorChoice {
    let words = arguments.into_iter().map(|word| word.to_string_lossy().into_owned());
    let words: Vec<_> = words.take_while(|word| word != "--").collect();
    let next = words.iter().skip(1).map(Some).chain([None]);
    let named = words.iter().zip(next).filter_map(|(word, next)| match word.strip_prefix("--color") {
        Some("") => next.map(String::as_str),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    named.last().and_then(|choice| choice.parse().ok()).unwrap_or_default()
}

/// Sets the colours of this process.
pub(crate) fn choose(choice: ColorChoice) {
    let choice = match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_found_before_the_command_line_is_parsed() {
        let asked = |line: &str| asked(line.split(' ').map(OsString::from));
        assert_eq!(asked("hyperopt run --color never --nonsense"), ColorChoice::Never);
        assert_eq!(asked("hyperopt --color=always show"), ColorChoice::Always);
        assert_eq!(asked("hyperopt --color=always show --color auto"), ColorChoice::Auto);
        for line in
            ["hyperopt show", "hyperopt run -- train --color always", "hyperopt --color", "hyperopt --colors=never"]
        {
            assert_eq!(asked(line), ColorChoice::Auto, "{line}");
        }
    }
}
