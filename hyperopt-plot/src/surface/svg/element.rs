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
    /// Whether it is the mark of a trial.
    pub(super) is_mark: bool,
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
    for (index, (x, y)) in needed(places).into_iter().enumerate() {
        let gap = if index == 0 { "" } else { " " };
        let _ = write!(document, "{gap}{},{}", Short(x), Short(y));
    }
    document.push('"');
}

/// Returns the places without which a line would look different: steps of many trials have thousands of others.
fn needed(places: &[(f64, f64)]) -> Vec<(f64, f64)> {
    /// Lines of fewer places keep them all but those that are between two others.
    const MANY: usize = 1000;
    let least = if places.len() > MANY { 0.1 } else { 0.0 };
    let between = |a: f64, b: f64, c: f64| (a <= b && b <= c) || (a >= b && b >= c);
    let mut kept: Vec<(f64, f64)> = Vec::with_capacity(places.len().min(MANY));
    for (index, &place) in places.iter().enumerate() {
        let is_end = index + 1 == places.len();
        let is_near = |last: &(f64, f64)| (last.0 - place.0).abs().max((last.1 - place.1).abs()) < least;
        if !is_end && kept.last().is_some_and(is_near) {
            continue;
        }
        if let [.., a, b] = &kept[..] {
            let is_level = a.1 == b.1 && b.1 == place.1 && between(a.0, b.0, place.0);
            let is_upright = a.0 == b.0 && b.0 == place.0 && between(a.1, b.1, place.1);
            if is_level || is_upright {
                kept.pop();
            }
        }
        kept.push(place);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_the_way_are_left_out() {
        let steps = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 5.0), (2.0, 7.0), (3.0, 8.0), (4.0, 8.0), (3.5, 8.0)];
        assert_eq!(needed(&steps), [(0.0, 0.0), (2.0, 0.0), (2.0, 7.0), (3.0, 8.0), (4.0, 8.0), (3.5, 8.0)]);
        assert_eq!(needed(&[(1.0, 1.0); 2]), [(1.0, 1.0); 2], "a line of one place stays one");
    }

    #[test]
    fn long_lines_keep_what_can_be_told_apart() {
        let long: Vec<(f64, f64)> =
            (0..20_000).map(|step| (f64::from(step) * 0.03, (f64::from(step) * 0.03).sin())).collect();
        let kept = needed(&long);
        assert!((3000..=6000).contains(&kept.len()), "{}", kept.len());
        assert_eq!((kept[0], kept.last()), (long[0], long.last()));
    }
}
