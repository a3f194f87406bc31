//! Letters that the embedded font lacks, as they are written without another font.

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
