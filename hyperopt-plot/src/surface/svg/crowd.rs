//! Marks of one colour as one path, where there are very many.
//!
//! A dot is a line without a length and with round ends, a ring is an arc, and a bar is a line as thick as the bar is high. A
//! path covers a place once however often its marks lie there, so transparent marks that overlap are in different paths: the
//! picture is that of separate marks, in a tenth of the bytes.

use std::{collections::HashMap, fmt::Write as _};

use crate::surface::svg::{
    element::{Element, Shape},
    written::{Colored, Short},
};

/// Units in a point: places are whole numbers of them.
const UNITS: f64 = 10.0;
/// The paths of marks that overlap; under as many, no more can be seen.
const LAYERS: u32 = u32::BITS;

/// Returns whether `element` may be a part of a path.
pub(super) fn joins(element: &Element) -> bool {
    element.is_mark && matches!(element.shape, Shape::Circle { .. } | Shape::Ring { .. } | Shape::Rect(_))
}

/// Writes marks, the later ones over the earlier.
pub(super) fn write(marks: &[Element], document: &mut String) {
    document.push_str("<g transform=\"scale(.1)\" fill=\"none\" stroke-linecap=\"round\">\n");
    for run in marks.chunk_by(is_alike) {
        let layers = if run[0].paint.alpha < 1.0 { layers(run) } else { vec![run.iter().collect()] };
        let paint = Colored("stroke", run[0].paint);
        let (width, ends) = match &run[0].shape {
            Shape::Circle { radius, .. } => (2.0 * radius, ""),
            Shape::Ring { width, .. } => (*width, ""),
            Shape::Rect(rect) => (rect.height, " stroke-linecap=\"butt\""),
            _ => continue,
        };
        for layer in layers {
            // Writing to a string cannot fail.
            let _ = write!(document, "<path{paint} stroke-width=\"{}\"{ends} d=\"", Short(width * UNITS));
            path(&layer, document);
            document.push_str("\"/>\n");
        }
    }
    document.push_str("</g>\n");
}

/// Returns whether two marks differ in nothing but their places.
fn is_alike(a: &Element, b: &Element) -> bool {
    let shapes = match (&a.shape, &b.shape) {
        (Shape::Circle { radius: a, .. }, Shape::Circle { radius: b, .. }) => a == b,
        (Shape::Ring { radius: a, width: v, .. }, Shape::Ring { radius: b, width: w, .. }) => (a, v) == (b, w),
        (Shape::Rect(a), Shape::Rect(b)) => a.height == b.height,
        _ => false,
    };
    shapes && a.paint == b.paint
}

/// Returns the middle of a mark, and how far it reaches to each side.
fn extent(element: &Element) -> ((f64, f64), (f64, f64)) {
    match &element.shape {
        Shape::Circle { center, radius } => (*center, (*radius, *radius)),
        Shape::Ring { center, radius, width } => (*center, (radius + width / 2.0, radius + width / 2.0)),
        Shape::Rect(rect) => {
            let (x, y) = (rect.width / 2.0, rect.height / 2.0);
            ((rect.x + x, rect.y + y), (x, y))
        }
        _ => ((0.0, 0.0), (0.0, 0.0)),
    }
}

/// The middle of a mark, and its layer.
type Placed = ((f64, f64), u32);

/// Puts each of some marks into the first layer in which it overlaps no other.
///
/// The order of marks of one paint is not seen.
fn layers(run: &[Element]) -> Vec<Vec<&Element>> {
    let reach =
        run.iter().map(|mark| extent(mark).1).fold((0.05, 0.05), |a: (f64, f64), b| (a.0.max(b.0), a.1.max(b.1)));
    let (width, height) = (2.0 * reach.0, 2.0 * reach.1);
    let mut cells: HashMap<(i64, i64), Vec<Placed>> = HashMap::new();
    let mut layers: Vec<Vec<&Element>> = Vec::new();
    for mark in run {
        let (x, y) = extent(mark).0;
        let cell = ((x / width).floor() as i64, (y / height).floor() as i64);
        let mut taken = 0_u32;
        for (column, row) in (-1..=1).flat_map(|column| (-1..=1).map(move |row| (column, row))) {
            let beside = cells.get(&(cell.0 + column, cell.1 + row)).into_iter().flatten();
            for &(other, layer) in beside {
                if (other.0 - x).abs() < width && (other.1 - y).abs() < height {
                    taken |= 1 << layer;
                }
            }
        }
        let layer = taken.trailing_ones().min(LAYERS - 1);
        if taken != u32::MAX {
            cells.entry(cell).or_default().push(((x, y), layer));
        }
        if layers.len() <= layer as usize {
            layers.push(Vec::new());
        }
        layers[layer as usize].push(mark);
    }
    layers
}

/// Writes the data of a path of marks, from the left to the right: steps are shorter than places.
fn path(marks: &[&Element], document: &mut String) {
    let unit = |length: f64| (length * UNITS).round() as i64;
    let mut starts: Vec<(i64, i64, &Element)> = marks
        .iter()
        .map(|mark| match &mark.shape {
            Shape::Ring { center, radius, .. } => (unit(center.0), unit(center.1 - radius), *mark),
            Shape::Rect(rect) => (unit(rect.x), unit(rect.y + rect.height / 2.0), *mark),
            _ => {
                let ((x, y), _) = extent(mark);
                (unit(x), unit(y), *mark)
            }
        })
        .collect();
    starts.sort_by_key(|&(x, y, _)| (x, y));
    let (mut x, mut y) = (0, 0);
    for (next_x, next_y, mark) in starts {
        let (right, down) = (next_x - x, next_y - y);
        let gap = if down < 0 { "" } else { " " };
        (x, y) = (next_x, next_y);
        let _ = match &mark.shape {
            Shape::Ring { radius, .. } => {
                let r = Short(radius * UNITS);
                write!(document, "m{right}{gap}{down}a{r} {r} 0 1 0 1 0z")
            }
            Shape::Rect(rect) => {
                let length = unit(rect.width).max(1);
                x += length;
                write!(document, "m{right}{gap}{down}h{length}")
            }
            _ => write!(document, "m{right}{gap}{down}h0"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{color::Rgb, geometry::Rect};

    fn mark(shape: Shape, alpha: f64) -> Element {
        Element { shape, paint: Rgb(1, 2, 3).mix(alpha), tooltip: None, is_mark: true }
    }

    fn dot(x: f64, y: f64, alpha: f64) -> Element {
        mark(Shape::Circle { center: (x, y), radius: 2.0 }, alpha)
    }

    fn written(marks: &[Element]) -> String {
        let mut document = String::new();
        write(marks, &mut document);
        document
    }

    #[test]
    fn dots_of_one_paint_are_a_path() {
        let svg = written(&[dot(15.0, 5.0, 0.5), dot(1.0, 2.0, 0.5), dot(5.02, 8.0, 0.5)]);
        let path =
            "<path stroke=\"#010203\" stroke-opacity=\"0.5\" stroke-width=\"40\" d=\"m10 20h0m40 60h0m100-30h0\"/>";
        assert_eq!(svg.lines().nth(1), Some(path));
        let two = written(&[dot(1.0, 2.0, 0.5), dot(9.0, 2.0, 0.75), dot(20.0, 2.0, 0.5)]);
        assert_eq!(two.matches("<path ").count(), 3, "the order of colours is kept");
    }

    #[test]
    fn transparent_marks_that_overlap_are_in_different_paths() {
        let three = [dot(1.0, 2.0, 0.5), dot(2.0, 2.0, 0.5), dot(40.0, 2.0, 0.5)];
        assert_eq!(written(&three).matches("<path ").count(), 2);
        assert_eq!(written(&[dot(1.0, 2.0, 1.0), dot(2.0, 2.0, 1.0)]).matches("<path ").count(), 1, "nobody sees");
        let heap: Vec<Element> = (0..500).map(|_| dot(3.0, 3.0, 0.5)).collect();
        let heap = written(&heap);
        assert_eq!((heap.matches("<path ").count(), heap.matches("h0").count()), (32, 500));
    }

    #[test]
    fn rings_and_bars_have_their_places() {
        let rings = [1.0, 21.0].map(|x| mark(Shape::Ring { center: (x, 5.0), radius: 2.5, width: 1.2 }, 0.7));
        let ring = "stroke-width=\"12\" d=\"m10 25a25 25 0 1 0 1 0zm200 0a25 25 0 1 0 1 0z\"/>";
        assert!(written(&rings).contains(ring), "{}", written(&rings));
        let bars =
            [(1.0, 3.0), (8.0, 0.01)].map(|(x, width)| mark(Shape::Rect(Rect { x, y: 4.0, width, height: 8.0 }), 1.0));
        let bar = "stroke-width=\"80\" stroke-linecap=\"butt\" d=\"m10 80h30m40 0h1\"/>";
        assert!(written(&bars).contains(bar), "{}", written(&bars));
    }
}
