//! The SVG behind a figure.
//!
//! Each mark of a trial is an element with a tooltip, up to [`MOST_ELEMENTS`]; of more, those of one colour are one path.
//!
//! Opacities are those of the fill or of the stroke: the attribute `opacity` asks a viewer for a layer of its own for every
//! mark, which some of them take a minute to draw.

mod crowd;
mod element;
mod written;

use std::fmt::Write as _;

use crate::{
    color::Paint,
    geometry::{Align, Rect},
    surface::{
        Surface,
        svg::{
            element::{Element, Shape},
            written::{Colored, Escaped, Short},
        },
    },
    text::{Fonts, Label, Weight},
    theme,
    tooltip::Tooltip,
};

/// The marks beyond which they have no elements and no tooltips of their own.
pub(crate) const MOST_ELEMENTS: usize = 3000;

/// The marks beyond which those in a page have no links.
const MOST_LINKS: usize = 6000;
/// The marks beyond which those in a page have links only: the page tells more of a trial than a tooltip.
const MOST_TITLES: usize = 600;

/// The elements of an SVG, and the tooltips of the trials among them.
#[derive(Debug)]
pub(crate) struct Svg {
    elements: Vec<Element>,
    tooltips: Vec<Tooltip>,
    /// The place of the tooltip of the trial that is being drawn.
    open: Option<usize>,
    /// Whether a trial is being drawn.
    is_trial: bool,
    /// The number of marks of trials.
    marks: usize,
    /// The marks beyond which they have nothing.
    most: usize,
    /// The marks beyond which they have no tooltips.
    most_titles: usize,
}

impl Default for Svg {
    fn default() -> Self {
        let (elements, tooltips, most) = (Vec::new(), Vec::new(), MOST_ELEMENTS);
        Self { elements, tooltips, open: None, is_trial: false, marks: 0, most, most_titles: most }
    }
}

impl Svg {
    /// Makes an SVG for a page that follows the links of its marks.
    pub(crate) fn in_page() -> Self {
        Self { most: MOST_LINKS, most_titles: MOST_TITLES, ..Self::default() }
    }

    /// Returns the document of `size` with these elements, and with `title` for readers of screens.
    ///
    /// For a `page`, its elements and their identifiers begin with that word, which distinguishes them from those of other
    /// figures, and the marks have the attribute `data-trial` with the number of their trial.
    pub(crate) fn document(self, (width, height): (u32, u32), title: &str, page: Option<&str>) -> String {
        let id = page.map(|page| format!("{page}-title"));
        let id = Escaped(id.as_deref().unwrap_or("title"));
        let start = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} \
             {height}\" role=\"img\" aria-labelledby=\"{id}\" font-family=\"{}\">\n<title id=\"{id}\">{}</title>\n",
            theme::FONT_FAMILY,
            Escaped(title),
        );
        let mut document = start;
        self.write(page.is_some(), &mut document);
        document.push_str("</svg>\n");
        document
    }

    /// Writes the elements; those of one trial are together under its tooltip.
    fn write(&self, is_linked: bool, document: &mut String) {
        let told = |element: &Element| {
            let tooltip = element.tooltip.and_then(|index| self.tooltips.get(index));
            tooltip.filter(|tooltip| tooltip.is_best || self.marks <= self.most)
        };
        let is_crowded = self.marks > self.most;
        let joins = |element: &Element| is_crowded && crowd::joins(element);
        let belong = |a: &Element, b: &Element| if joins(a) { joins(b) } else { a.tooltip == b.tooltip && !joins(b) };
        for elements in self.elements.chunk_by(belong) {
            if joins(&elements[0]) {
                crowd::write(elements, document);
                continue;
            }
            let Some(tooltip) = told(&elements[0]) else {
                for element in elements {
                    element.write("", "", document);
                }
                continue;
            };
            let link = if is_linked { format!(" data-trial=\"{}\"", tooltip.trial) } else { String::new() };
            // Writing to a string cannot fail.
            let mut title = format!("<title>trial {}", tooltip.trial);
            for line in &tooltip.lines {
                let _ = write!(title, "\n{}", Escaped(line));
            }
            title.push_str("</title>");
            if self.marks > self.most_titles && !tooltip.is_best {
                title.clear();
            }
            if let [only] = elements {
                only.write(&link, &title, document);
            } else {
                let _ = writeln!(document, "<g{link}>{title}");
                for element in elements {
                    element.write("", "", document);
                }
                document.push_str("</g>\n");
            }
        }
    }

    fn add(&mut self, shape: Shape, paint: Paint) {
        self.elements.push(Element { shape, paint, tooltip: self.open, is_mark: self.is_trial });
    }
}

impl Surface for Svg {
    fn rect(&mut self, rect: Rect, paint: Paint) {
        self.add(Shape::Rect(rect), paint);
    }

    fn circle(&mut self, center: (f64, f64), radius: f64, paint: Paint) {
        self.add(Shape::Circle { center, radius }, paint);
    }

    fn ring(&mut self, center: (f64, f64), radius: f64, width: f64, paint: Paint) {
        self.add(Shape::Ring { center, radius, width }, paint);
    }

    fn line(&mut self, places: &[(f64, f64)], width: f64, paint: Paint) {
        self.add(Shape::Line { places: places.to_vec(), width }, paint);
    }

    fn polygon(&mut self, corners: &[(f64, f64)], paint: Paint) {
        self.add(Shape::Polygon(corners.to_vec()), paint);
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
        let paint = label.style.color.into();
        let turn = if label.upright { format!(" transform=\"rotate(-90 {x} {y})\"") } else { String::new() };
        let (fill, text) = (Colored("fill", paint), Escaped(label.text));
        let text =
            format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor}{fill}{turn}>\n{text}\n</text>\n");
        self.add(Shape::Text(text), paint);
    }

    fn has_fonts(&self) -> bool {
        true
    }

    fn takes_tooltips(&self) -> bool {
        self.marks <= self.most
    }

    fn begin_trial(&mut self, tooltip: Option<Tooltip>) {
        self.marks += 1;
        self.is_trial = true;
        self.open = tooltip.is_some().then_some(self.tooltips.len());
        self.tooltips.extend(tooltip);
    }

    fn end_trial(&mut self) {
        self.open = None;
        self.is_trial = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Rgb;

    #[test]
    fn opacity_is_that_of_the_fill_or_the_stroke() {
        let mut svg = Svg::default();
        svg.circle((1.0, 2.0), 3.0, Rgb(255, 0, 1).mix(0.5));
        svg.line(&[(0.0, 0.0), (5.0, 1.5)], 1.0, Rgb(0, 0, 0).mix(0.25));
        let document = svg.document((10, 20), "a < b", None);
        assert!(document.contains("<circle cx=\"1\" cy=\"2\" r=\"3\" fill=\"#FF0001\" fill-opacity=\"0.5\"/>"));
        assert!(document.contains("points=\"0,0 5,1.5\"") && document.contains(" stroke-opacity=\"0.25\""));
        assert!(!document.contains(" opacity="), "{document}");
        assert!(document.contains("<title id=\"title\">a &lt; b</title>"));
    }

    /// Draws a dot for each of `count` trials, and a star of two shapes for the last.
    fn dots(count: usize) -> Svg {
        let mut svg = Svg::default();
        for trial in 0..count {
            let tooltip = svg.takes_tooltips().then(|| Tooltip::of(trial).with("a<b: 1"));
            svg.begin_trial(tooltip);
            svg.circle((trial as f64, 2.0), 3.0, Rgb(0, 0, 0).into());
            svg.end_trial();
        }
        svg.begin_trial(Some(Tooltip { is_best: true, ..Tooltip::of(count - 1) }));
        svg.polygon(&[(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)], Rgb(0, 0, 0).into());
        svg.polygon(&[(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)], Rgb(9, 0, 0).into());
        svg.end_trial();
        svg
    }

    #[test]
    fn marks_tell_of_their_trials_and_link_to_them_in_a_page() {
        let alone = dots(2).document((10, 20), "sweep", None);
        assert!(alone.contains("r=\"3\" fill=\"#000000\"><title>trial 1\na&lt;b: 1</title></circle>\n"), "{alone}");
        assert!(alone.contains("<g><title>trial 1</title>\n<polygon") && !alone.contains("data-trial"), "{alone}");
        let page = dots(2).document((10, 20), "sweep", Some("history"));
        assert!(page.contains("aria-labelledby=\"history-title\"") && page.contains("<title id=\"history-title\">"));
        assert!(page.contains(" data-trial=\"0\"><title>") && page.contains("<g data-trial=\"1\">"), "{page}");
    }

    #[test]
    fn of_very_many_marks_the_best_alone_tells_of_its_trial() {
        let written = |count| dots(count).document((10, 20), "sweep", Some("a"));
        let count = |count, what: &str| written(count).matches(what).count();
        let [few, many] = [MOST_ELEMENTS - 1, MOST_ELEMENTS];
        assert_eq!((count(few, "<title>"), count(few, "<circle ")), (MOST_ELEMENTS, few));
        assert_eq!((count(many, "<title>"), count(many, "<circle "), count(many, "h0")), (1, 0, many));
        assert!(written(many).contains("<g data-trial=\"2999\"><title>trial 2999</title>\n<polygon"));
    }
}
