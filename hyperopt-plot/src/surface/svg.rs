//! The SVG behind a figure.
//!
//! Opacities are those of the fill or of the stroke: the attribute `opacity` asks a viewer for a layer of its own for every
//! mark, which some of them take a minute to draw.

use std::fmt::{self, Write as _};

use crate::{
    color::Paint,
    geometry::{Align, Rect},
    surface::Surface,
    text::{Fonts, Label, Weight},
    theme,
};

/// The elements of an SVG, a line for each.
#[derive(Debug, Default)]
pub(crate) struct Svg(String);

impl Svg {
    /// Returns the document of `size` with these elements, and with `title` for readers of screens.
    pub(crate) fn document(self, (width, height): (u32, u32), title: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} \
             {height}\" role=\"img\" aria-labelledby=\"title\" font-family=\"{}\">\n<title id=\"title\">{}</title>\n{}\
             </svg>\n",
            theme::FONT_FAMILY,
            Escaped(title),
            self.0
        )
    }

    fn add(&mut self, element: fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(element);
    }

    fn points(&mut self, places: &[(f64, f64)]) {
        for (index, &(x, y)) in places.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            self.add(format_args!("{gap}{},{}", Short(x), Short(y)));
        }
    }
}

impl Surface for Svg {
    fn rect(&mut self, rect: Rect, paint: Paint) {
        let Rect { x, y, width, height } = rect;
        let [x, y, width, height] = [x, y, width.max(0.0), height.max(0.0)].map(Short);
        let fill = Colored("fill", paint);
        self.add(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{fill}/>\n"));
    }

    fn circle(&mut self, center: (f64, f64), radius: f64, paint: Paint) {
        let ([x, y, r], fill) = ([center.0, center.1, radius].map(Short), Colored("fill", paint));
        self.add(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{fill}/>\n"));
    }

    fn ring(&mut self, center: (f64, f64), radius: f64, width: f64, paint: Paint) {
        let ([x, y, r, width], stroke) = ([center.0, center.1, radius, width].map(Short), Colored("stroke", paint));
        self.add(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"none\"{stroke} stroke-width=\"{width}\"/>\n"
        ));
    }

    fn line(&mut self, places: &[(f64, f64)], width: f64, paint: Paint) {
        self.0.push_str("<polyline points=\"");
        self.points(places);
        let (stroke, width) = (Colored("stroke", paint), Short(width));
        self.add(format_args!("\" fill=\"none\"{stroke} stroke-width=\"{width}\" stroke-linejoin=\"round\"/>\n"));
    }

    fn polygon(&mut self, corners: &[(f64, f64)], paint: Paint) {
        self.0.push_str("<polygon points=\"");
        self.points(corners);
        self.add(format_args!("\"{}/>\n", Colored("fill", paint)));
    }

    fn text(&mut self, label: Label, _: &Fonts) {
        let [x, y, size] = [label.place.0, label.place.1, label.style.size].map(Short);
        let anchor = match label.align {
            Align::Left => "",
            Align::Center => " text-anchor=\"middle\"",
            Align::Right => " text-anchor=\"end\"",
        };
        let weight = match label.style.weight {
            Weight::Regular => "",
            Weight::Bold => " font-weight=\"bold\"",
        };
        let fill = Colored("fill", label.style.color.into());
        self.add(format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor}{fill}"));
        if label.upright {
            self.add(format_args!(" transform=\"rotate(-90 {x} {y})\""));
        }
        self.add(format_args!(">\n{}\n</text>\n", Escaped(label.text)));
    }
}

/// A length with two digits after the point at most.
#[derive(Clone, Copy)]
struct Short(f64);

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
struct Colored(&'static str, Paint);

impl fmt::Display for Colored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(part, paint) = self;
        write!(f, " {part}=\"{}\"", paint.rgb)?;
        if paint.alpha < 1.0 { write!(f, " {part}-opacity=\"{}\"", Short(paint.alpha)) } else { Ok(()) }
    }
}

/// A text as a document writes it.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            // XML has no place for them, and neither has a line of text.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => f.write_str(" "),
            c => f.write_char(c),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Rgb;

    #[test]
    fn lengths_are_short() {
        let lengths = [0.0, 12.0, 12.5, 12.345, -0.05, -3.0, 0.001].map(|length| Short(length).to_string());
        assert_eq!(lengths, ["0", "12", "12.5", "12.35", "-0.05", "-3", "0"]);
    }

    #[test]
    fn opacity_is_that_of_the_fill_or_the_stroke() {
        let mut svg = Svg::default();
        svg.circle((1.0, 2.0), 3.0, Rgb(255, 0, 1).mix(0.5));
        svg.line(&[(0.0, 0.0), (5.0, 1.5)], 1.0, Rgb(0, 0, 0).mix(0.25));
        let document = svg.document((10, 20), "a < b");
        assert!(document.contains("<circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"#FF0001\" fill-opacity=\"0.5\"/>"));
        assert!(document.contains("points=\"0,0 5,1.5\"") && document.contains(" stroke-opacity=\"0.25\""));
        assert!(!document.contains(" opacity="), "{document}");
        assert!(document.contains("<title id=\"title\">a &lt; b</title>"));
    }
}
