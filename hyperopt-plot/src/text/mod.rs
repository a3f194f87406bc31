//! The embedded font: text is measured, shortened and drawn with no font of the system.

mod distinct;
mod escape;

use std::borrow::Cow;

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};

pub(crate) use escape::NOTES;

use crate::{color::Rgb, error::Error, geometry::Align};

/// Writes a share in per cent, without decimals.
pub(crate) fn per_cent(share: f64) -> String {
    match 100.0 * share {
        0.0 => "0 %".to_owned(),
        per_cent if per_cent < 0.5 => "< 1 %".to_owned(),
        per_cent => format!("{per_cent:.0} %"),
    }
}

/// The weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// The size, weight and colour of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextStyle {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    pub(crate) color: Rgb,
}

impl TextStyle {
    /// Returns a style of normal weight.
    pub(crate) fn regular(size: f64, color: Rgb) -> Self {
        Self { size, weight: Weight::Regular, color }
    }

    /// Returns a bold style.
    pub(crate) fn bold(size: f64, color: Rgb) -> Self {
        Self { size, weight: Weight::Bold, color }
    }
}

/// A text, and the place of its base line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Label<'t> {
    pub(crate) text: &'t str,
    pub(crate) place: (f64, f64),
    pub(crate) style: TextStyle,
    pub(crate) align: Align,
    /// Whether it is written from the bottom up.
    pub(crate) upright: bool,
}

/// The two faces of the embedded family.
#[derive(Clone, Debug)]
pub(crate) struct Fonts {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
    /// Whether letters that they lack are escaped, since no other font is at hand.
    escapes: bool,
}

impl Fonts {
    /// Reads the embedded files. With `escapes`, letters that they lack are measured and drawn as escapes; without, a viewer is
    /// to draw them with its own fonts, and each has a full em.
    pub(crate) fn load(escapes: bool) -> Result<Self, Error> {
        let read = |bytes| FontRef::try_from_slice(bytes).map_err(Error::render);
        Ok(Self { regular: read(notosans::REGULAR_TTF)?, bold: read(notosans::BOLD_TTF)?, escapes })
    }

    /// Returns whether a letter of `text` is escaped.
    pub(crate) fn escapes(&self, text: &str, style: TextStyle) -> bool {
        let font = self.face(style.weight);
        self.escapes
            && !text.is_ascii()
            && text.chars().map(escape::shown).any(|c| lacks(font, c) && !escape::escape(c).is_empty())
    }

    fn face(&self, weight: Weight) -> &FontRef<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Returns how far each character moves the pen, kerning included.
    fn advances<'t>(&'t self, text: &'t str, style: TextStyle) -> impl Iterator<Item = f64> + 't {
        let font = self.face(style.weight);
        let scaled = font.as_scaled(em(font, style.size));
        let mut previous = None;
        text.chars().map(move |c| {
            let mut advance = |c| {
                let glyph = font.glyph_id(c);
                let kern = previous.replace(glyph).map_or(0.0, |left| scaled.kern(left, glyph));
                f64::from(kern + scaled.h_advance(glyph))
            };
            match if self.escapes { escape::shown(c) } else { c } {
                c if c.is_control() => advance(' '),
                c if !lacks(font, c) => advance(c),
                c if self.escapes => escape::escape(c).chars().map(advance).sum(),
                // A script that the font lacks is drawn by the viewer's in an SVG: leave it a full em.
                _ => style.size,
            }
        })
    }

    /// Returns the width of `text`.
    pub(crate) fn width(&self, text: &str, style: TextStyle) -> f64 {
        self.advances(text, style).sum()
    }

    /// Returns the width of the widest of `texts`, in points; 0 without any.
    pub(crate) fn widest<'t>(&self, texts: impl IntoIterator<Item = &'t str>, style: TextStyle) -> f64 {
        texts.into_iter().map(|text| self.width(text, style)).fold(0.0, f64::max)
    }

    /// Cuts `text` so that it is at most `width` wide, and says with an ellipsis that it did.
    pub(crate) fn shorten<'t>(&self, text: &'t str, style: TextStyle, width: f64) -> Cow<'t, str> {
        if self.width(text, style) <= width {
            return Cow::Borrowed(text);
        }
        let room = width - self.width("…", style);
        if room < 0.0 {
            return Cow::Borrowed("");
        }
        let mut pen = 0.0;
        let kept = self.advances(text, style).take_while(|advance| {
            pen += advance;
            pen <= room
        });
        let kept: String = text.chars().take(kept.count()).collect();
        if kept.is_empty() { Cow::Borrowed("") } else { Cow::Owned(format!("{}…", kept.trim_end())) }
    }
}

impl Fonts {
    /// Breaks a name into lines of `width`, after dots and spaces, or else after underscores and hyphens; keeps the last
    /// `most` of them, which tell names from a common path apart, and cuts what does not fit.
    pub(crate) fn wrap(&self, text: &str, style: TextStyle, width: f64, most: usize) -> Vec<String> {
        let fits = |text: &str| self.width(text.trim_end(), style) <= width;
        let words = text.split_inclusive(['.', ' ', '/']).flat_map(|word| {
            let marks: &[char] = if fits(word) { &[] } else { &['_', '-'] };
            word.split_inclusive(marks)
        });
        let mut lines: Vec<String> = vec![String::new()];
        for word in words {
            match lines.last_mut() {
                Some(line) if line.is_empty() || fits(&format!("{line}{word}")) => line.push_str(word),
                _ => lines.push(word.to_owned()),
            }
        }
        let dropped = lines.len().saturating_sub(most.max(1));
        let mut lines = lines.split_off(dropped);
        if dropped > 0 {
            let mut end = lines[0].chars();
            while !fits(&format!("…{}", end.as_str())) && end.next().is_some() {}
            lines[0] = format!("…{}", end.as_str());
        }
        lines.into_iter().map(|line| self.shorten(line.trim_end(), style, width).into_owned()).collect()
    }
}

impl Fonts {
    /// Calls `draw` with the pixels of a text and how much of each it covers, relative to the place of its base line, for
    /// `density` pixels to a point; of an upright text as if it were level.
    pub(crate) fn outline(&self, label: Label, density: f64, mut draw: impl FnMut(i32, i32, f32)) {
        let (font, size) = (self.face(label.style.weight), label.style.size * density);
        let scale = em(font, size);
        let scaled = font.as_scaled(scale);
        let width = (self.width(label.text, label.style) * density) as f32;
        let mut pen = match label.align {
            Align::Left => 0.0,
            Align::Center => -width / 2.0,
            Align::Right => -width,
        };
        let mut previous = None;
        let mut written = String::with_capacity(label.text.len());
        for c in label.text.chars() {
            match escape::shown(c) {
                c if lacks(font, c) => written.push_str(&escape::escape(c)),
                c => written.push(c),
            }
        }
        for c in written.chars() {
            let id = font.glyph_id(c);
            pen += previous.replace(id).map_or(0.0, |left| scaled.kern(left, id));
            let glyph = id.with_scale_and_position(scale, ab_glyph::point(pen, 0.0));
            pen += scaled.h_advance(id);
            let Some(outline) = font.outline_glyph(glyph) else {
                continue;
            };
            let corner = outline.px_bounds().min;
            outline.draw(|dx, dy, covered| {
                if covered > 0.0 {
                    draw(corner.x as i32 + dx.cast_signed(), corner.y as i32 + dy.cast_signed(), covered.min(1.0));
                }
            });
        }
    }
}

/// Returns whether `font` has no picture of a letter.
fn lacks(font: &FontRef<'static>, c: char) -> bool {
    !c.is_control() && font.glyph_id(c).0 == 0
}

/// Returns the scale at which the em of `font` is `size` high; `ab_glyph` counts from ascent to descent instead.
fn em(font: &FontRef<'static>, size: f64) -> PxScale {
    let units = font.units_per_em().unwrap_or(1000.0);
    PxScale::from(size as f32 * font.height_unscaled() / units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme;

    #[test]
    fn short_texts_stay_and_long_ones_end_in_an_ellipsis() {
        let fonts = Fonts::load(false).unwrap();
        let style = TextStyle::regular(11.0, theme::INK);
        assert_eq!(fonts.shorten("tanh", style, 60.0), "tanh");
        let short = fonts.shorten("a_very_long_hyperparameter_name", style, 60.0);
        assert!(short.starts_with("a_very") && short.ends_with('…'), "{short}");
        assert!(fonts.width(&short, style) <= 60.0);
        assert_eq!(fonts.shorten("été", style, 1.0), "");
    }

    #[test]
    fn names_break_between_their_words() {
        let fonts = Fonts::load(false).unwrap();
        let style = TextStyle::bold(13.0, theme::INK);
        let lines = |text, most| fonts.wrap(text, style, 90.0, most);
        assert_eq!(lines("gamma", 3), ["gamma"]);
        assert_eq!(lines("trainer.learning_rate", 3), ["trainer.", "learning_rate"]);
        assert_eq!(lines("trainer.batch_size", 3), ["trainer.", "batch_size"]);
        assert_eq!(lines("the_number_of_hidden_units", 3), ["the_number_", "of_hidden_", "units"]);
        assert_eq!(lines("defaults.text.encoder.num_filters_of_the_first", 2), ["…um_filters_", "of_the_first"]);
        assert_eq!(lines("", 3), [""]);
    }

    #[test]
    fn the_font_has_what_captions_use() {
        let fonts = Fonts::load(false).unwrap();
        for c in "·…×–àβЖ".chars() {
            assert_ne!(fonts.regular.glyph_id(c).0, 0, "{c} is missing");
        }
    }

    #[test]
    fn widths_grow_with_the_size() {
        let fonts = Fonts::load(false).unwrap();
        let width = |size| fonts.width("learning rate", TextStyle::bold(size, theme::INK));
        assert!((width(20.0) - 2.0 * width(10.0)).abs() < 0.1);
    }

    #[test]
    fn letters_that_the_font_lacks_are_escapes_of_their_own_width() {
        let (escaping, viewer) = (Fonts::load(true).unwrap(), Fonts::load(false).unwrap());
        let style = TextStyle::regular(11.0, theme::INK);
        for (label, written) in [
            ("模型", r"\u{6a21}\u{578b}"),
            ("नमस्ते", ""),
            ("نص", ""),
            ("a 🚀", r"a \u{1f680}"),
            ("✔\u{fe0f}", r"\u{2714}"),
        ] {
            assert!(escaping.escapes(label, style) && !viewer.escapes(label, style), "{label}");
            if !written.is_empty() {
                assert_eq!(escaping.width(label, style), escaping.width(written, style), "{label}");
            }
            assert!(viewer.width(label, style) < escaping.width(label, style));
        }
        for label in ["größe_β", "Жук", "a\tb", "…", "\\u{6a21}", ""] {
            assert!(!escaping.escapes(label, style), "{label:?}");
            assert_eq!(escaping.width(label, style), viewer.width(label, style), "{label:?}");
        }
        assert_eq!(escaping.shorten("模型", style, 60.0), "模…");
    }
}
