//! Letters that the embedded font lacks, as they are written without another font, and those that have no shape.

use hyperopt_core::plain::is_command;

/// Returns what is written for a letter that the font lacks: its escape in Rust, `\u{6a21}`; nothing for what is only a remark
/// on the letter before it, such as that it is an emoji.
pub(super) fn escape(c: char) -> String {
    match c {
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => String::new(),
        c => c.escape_unicode().to_string(),
    }
}

/// Says what the escapes of a figure are: the first that fits is written.
pub(crate) const NOTES: [&str; 3] = [
    "\\u{…} is a letter that the embedded font lacks: saved as SVG, the figure shows it",
    "\\u{…}: not in the font, but in an SVG",
    "\\u{…}: save as SVG",
];

/// Returns the letter that is drawn for `c`: a space for controls, and the mark of a replaced letter, as in a table, for those that
/// have no shape but join or reorder others.
pub(super) fn shown(c: char) -> char {
    match c {
        c if c.is_control() => ' ',
        '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{180e}' => '\u{fffd}',
        c if is_command(c) => '\u{fffd}',
        c => c,
    }
}
