//! The elements of an SVG.

use std::fmt::Write as _;

use crate::{
    color::Paint,
    geometry::Rect,
    surface::svg::written::{Colored, Short},
};

/// One shape, and the place of the tooltip of the trial that it stands for.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) shape: Shape,
    pub(super) paint: Paint,
    pub(super) tooltip: Option<usize>,
}

/// The shapes of a surface.
#[derive(Debug)]
pub(super) enum Shape {
    Rect(Rect),
    Circle {
        center: (f64, f64),
        radius: f64,
    },
    Ring {
        center: (f64, f64),
        radius: f64,
        width: f64,
    },
    Line {
        places: Vec<(f64, f64)>,
        width: f64,
    },
    Polygon(Vec<(f64, f64)>),
    /// A text as the document has it.
    Text(String),
}

impl Element {
    /// Writes the element in a line, with more `attributes`, and around what is `inside` it.
    pub(super) fn write(&self, attributes: &str, inside: &str, document: &mut String) {
        let (fill, stroke) = (Colored("fill", self.paint), Colored("stroke", self.paint));
        // Writing to a string cannot fail.
        let (name, _) = match &self.shape {
            Shape::Text(text) => return document.push_str(text),
            Shape::Rect(Rect { x, y, width, height }) => {
                let [x, y, width, height] = [*x, *y, width.max(0.0), height.max(0.0)].map(Short);
                let rect = format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{fill}");
                ("rect", document.write_fmt(rect))
            }
            Shape::Circle { center, radius } => {
                let [x, y, r] = [center.0, center.1, *radius].map(Short);
                ("circle", document.write_fmt(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{fill}")))
            }
            Shape::Ring { center, radius, width } => {
                let [x, y, r, width] = [center.0, center.1, *radius, *width].map(Short);
                let ring = format_args!(
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"none\"{stroke} stroke-width=\"{width}\""
                );
                ("circle", document.write_fmt(ring))
            }
            Shape::Line { places, width } => {
                points("<polyline", places, document);
                let width = Short(*width);
                let style = format_args!(" fill=\"none\"{stroke} stroke-width=\"{width}\" stroke-linejoin=\"round\"");
                ("polyline", document.write_fmt(style))
            }
            Shape::Polygon(corners) => {
                points("<polygon", corners, document);
                ("polygon", document.write_fmt(format_args!("{fill}")))
            }
        };
        document.push_str(attributes);
        if inside.is_empty() {
            document.push_str("/>\n");
        } else {
            let _ = writeln!(document, ">{inside}</{name}>");
        }
    }
}

/// Begins an element with `places`.
fn points(start: &str, places: &[(f64, f64)], document: &mut String) {
    document.push_str(start);
    document.push_str(" points=\"");
    for (index, &(x, y)) in places.iter().enumerate() {
        let gap = if index == 0 { "" } else { " " };
        let _ = write!(document, "{gap}{},{}", Short(x), Short(y));
    }
    document.push('"');
}
