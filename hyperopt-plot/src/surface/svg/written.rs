//! How an SVG writes lengths, paints and texts.

use std::fmt::{self, Write as _};

use hyperopt_core::plain::is_command;

use crate::color::Paint;

/// A length with two digits after the point at most.
#[derive(Clone, Copy)]
pub(super) struct Short(pub(super) f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        if hundredths < 0 {
            f.write_str("-")?;
        }
        let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        match (part / 10, part % 10) {
            (0, 0) => write!(f, "{whole}"),
            (tenths, 0) => write!(f, "{whole}.{tenths}"),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

/// A paint, and whether it is the fill or the stroke.
pub(super) struct Colored(pub(super) &'static str, pub(super) Paint);

impl fmt::Display for Colored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(part, paint) = self;
        write!(f, " {part}=\"{}\"", paint.rgb)?;
        if paint.alpha < 1.0 { write!(f, " {part}-opacity=\"{}\"", Short(paint.alpha)) } else { Ok(()) }
    }
}

/// A text as a document writes it.
pub(super) struct Escaped<'t>(pub(super) &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            // XML has no place for them, and neither has a line of text.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => f.write_str(" "),
            // What would turn round the text that follows.
            c if is_command(c) => f.write_char(char::REPLACEMENT_CHARACTER),
            c => f.write_char(c),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        let lengths = [0.0, 12.0, 12.5, 12.345, -0.05, -3.0, 0.001].map(|length| Short(length).to_string());
        assert_eq!(lengths, ["0", "12", "12.5", "12.35", "-0.05", "-3", "0"]);
    }
}
