//! The names over the upright axes of the parallel coordinates.

use crate::{
    canvas::Canvas,
    geometry::{Align, Rect},
    text::{Fonts, TextStyle},
    theme,
};

/// Height of a line.
const LINE: f64 = 16.0;
/// Axes closer than this have upright names.
const NARROW: f64 = 48.0;

/// The names of all axes, broken into lines.
#[derive(Debug)]
pub(crate) struct Names {
    lines: Vec<Vec<String>>,
    upright: bool,
    /// The space that they need above the axes.
    pub(crate) height: f64,
}

impl Names {
    /// Breaks `names` for axes that are `apart` from each other; upright ones are at most `tallest` high.
    pub(crate) fn new(names: &[&str], apart: f64, tallest: f64, fonts: &Fonts) -> Self {
        let style = Self::style();
        if apart < NARROW {
            let lines: Vec<_> = names.iter().map(|name| fonts.wrap(name, style, tallest.max(1.0), 1)).collect();
            let widest = fonts.widest(lines.iter().flatten().map(String::as_str), style);
            return Self { lines, upright: true, height: widest + 9.0 };
        }
        let lines: Vec<_> = names.iter().map(|name| fonts.wrap(name, style, apart, 3)).collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or(1);
        Self { lines, upright: false, height: LINE * most as f64 }
    }

    fn style() -> TextStyle {
        TextStyle::bold(theme::NAME_SIZE, theme::INK)
    }

    /// Writes a name over its axis, and inside `body`; its last line is at `place`.
    pub(crate) fn draw(&self, index: usize, place: (f64, f64), body: Rect, canvas: &mut Canvas) {
        let (style, lines) = (Self::style(), &self.lines[index]);
        if self.upright {
            let text = lines.concat();
            return canvas.upright(&text, (place.0 + 4.5, place.1), style, Align::Left);
        }
        let half = canvas.fonts().widest(lines.iter().map(String::as_str), style) / 2.0;
        let x = place.0.min(body.right() - half).max(body.x + half);
        for (above, line) in lines.iter().rev().enumerate() {
            canvas.text(line, (x, place.1 - LINE * above as f64), style, Align::Center);
        }
    }
}
