//! A figure drawn on a canvas, and saved as the bytes of an SVG or a PNG.

use std::{fs, path::Path};

use plotters::{coord::Shift, drawing::DrawingArea, prelude::DrawingBackend};

use crate::{
    canvas::Canvas,
    charts::{
        edf, history, hypervolume_history, intermediate_values, matrix, pair_plot, parallel_coordinates,
        param_importances, pareto, rungs, scatter, timeline,
    },
    error::Error,
    figure::{Chart, Figure},
    frame::{self, Legend},
    geometry::Rect,
    model::Scene,
    png_file,
    surface::{Area, Bitmap, Surface, Svg},
    theme,
};

/// The format of a file, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Png,
    Svg,
}

impl Figure {
    /// Writes the figure to `path`, as a PNG or an SVG by its extension.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Extension`] if `path` ends in neither `.png` nor `.svg`, [`Error::Size`] if the size is out of range,
    /// [`Error::Hyperparameter`] if the sweep has no hyperparameter of a chosen name, [`Error::Unsuited`] if the sweep has no
    /// data for the figure, and [`Error::Write`] if the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let bytes = match format(path)? {
            Format::Png => self.to_png()?,
            Format::Svg => self.to_svg()?.into_bytes(),
        };
        fs::write(path, bytes).map_err(|source| Error::Write { path: path.to_owned(), source })
    }

    /// Returns the figure as an SVG document, for a page or a notebook.
    ///
    /// In figures with a mark for each trial, every trial is one `<circle>` in each panel where it has a value, and no other
    /// element is a `<circle>`. In [`rungs`](crate::rungs), every configuration is one `<polyline>`. Pair plots and parallel
    /// coordinates have no circles; a line of parallel coordinates is one `<polyline>`, or several if it has gaps. The title is
    /// the `<title>` of the document, for screen readers.
    ///
    /// The `<title>` of each mark of a trial is its tooltip in viewers with a pointer: the number of the trial, its objective,
    /// and the values that the panel shows.
    ///
    /// In a document of more than 3,000 such marks, only the star of the best trial has an element and a tooltip of its own.
    /// The other marks of one colour form a `<path>`, in which a dot is a line of length zero with round ends. Coordinates are
    /// rounded to a tenth of a point. Transparent marks that overlap are in different paths, so that the picture is the same.
    /// Ten thousand trials of twelve hyperparameters then make a document of 1.5 MB instead of 8 MB.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Size`] if the size is out of range, [`Error::Hyperparameter`] if the sweep has no hyperparameter of a
    /// chosen name, and [`Error::Unsuited`] if the sweep has no data for the figure.
    pub fn to_svg(&self) -> Result<String, Error> {
        let scene = &*self.arranged()?;
        let size = self.checked_size(scene)?;
        let mut svg = Svg::default();
        self.draw(scene, size, &mut svg)?;
        Ok(svg.document(size, self.title.as_deref().unwrap_or(&self.scene.title), None))
    }

    /// Returns the figure as an SVG for inside a page, in which `name` tells it from other figures: its identifiers begin with
    /// that. Marks of trials have the attribute `data-trial` with the number of their trial, and a `<title>` if they
    /// are few; of very many marks the best trial alone has both.
    ///
    /// # Errors
    ///
    /// Fails as [`to_svg`](Self::to_svg) does.
    #[cfg_attr(not(any(test, feature = "report")), expect(dead_code, reason = "a report of all figures takes it"))]
    pub(crate) fn to_svg_in_page(&self, name: &str) -> Result<String, Error> {
        let scene = &*self.arranged()?;
        let size = self.checked_size(scene)?;
        let mut svg = Svg::in_page();
        self.draw(scene, size, &mut svg)?;
        Ok(svg.document(size, self.title.as_deref().unwrap_or(&self.scene.title), Some(name)))
    }

    /// Returns the figure as the bytes of a PNG file.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Size`] if the size is out of range, [`Error::Hyperparameter`] if the sweep has no hyperparameter of a
    /// chosen name, and [`Error::Unsuited`] if the sweep has no data for the figure.
    pub fn to_png(&self) -> Result<Vec<u8>, Error> {
        let scene = &*self.arranged()?;
        let size = self.checked_size(scene)?;
        let density = self.density.clamp(1, 4);
        let pixels = (size.0 * density, size.1 * density);
        let mut bitmap = Bitmap::new(pixels, density);
        self.draw(scene, size, &mut bitmap)?;
        png_file::encode(&bitmap.into_pixels(), pixels, density)
    }

    /// Draws the figure on an area of plotters, which it fills: in a window, on the canvas of a browser, beside other charts.
    ///
    /// The size of the figure is that of the area, with [`density`](Self::density) pixels for a point. Backends of plotters
    /// draw at whole pixels only, so marks are up to half a pixel from where [`save`](Self::save) draws them. Text is drawn
    /// pixel by pixel with the embedded font.
    ///
    /// ```
    /// use hyperopt_plot::plot;
    /// use plotters::prelude::{IntoDrawingArea, SVGBackend};
    ///
    /// # fn on_svg<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<String, Box<dyn std::error::Error>> {
    /// let mut svg = String::new();
    /// let area = SVGBackend::with_string(&mut svg, (1200, 800)).into_drawing_area();
    /// let (left, right) = area.split_horizontally(600);
    /// plot(ho).density(1).draw_on(&left)?;
    /// hyperopt_plot::edf(ho).density(1).draw_on(&right)?;
    /// # drop((left, right, area));
    /// # Ok(svg)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Error::Size`] if the area is too small or too large, [`Error::Hyperparameter`] if the sweep has no
    /// hyperparameter of a chosen name, [`Error::Unsuited`] if the sweep has no data for the figure, and [`Error::Render`] with
    /// the text of an error of the backend.
    pub fn draw_on<D: DrawingBackend>(&self, area: &DrawingArea<D, Shift>) -> Result<(), Error> {
        let density = self.density.clamp(1, 4);
        let (width, height) = area.dim_in_pixel();
        let size = Self::checked(width / density, height / density)?;
        let mut surface = Area::new(area, density);
        self.draw(&*self.arranged()?, size, &mut surface)?;
        surface.finish()
    }

    /// Returns the size in points, if it can be drawn.
    fn checked_size(&self, scene: &Scene) -> Result<(u32, u32), Error> {
        let (width, height) = self.size.unwrap_or_else(|| match self.chart {
            Chart::Scatter | Chart::Slice => scatter::default_size(scene),
            Chart::Rungs => rungs::default_size(scene),
            Chart::Pareto => pareto::default_size(scene),
            Chart::PairPlot => pair_plot::default_size(scene),
            Chart::ParallelCoordinates => parallel_coordinates::default_size(scene),
            Chart::History | Chart::Comparison | Chart::Edf | Chart::Curves | Chart::Hypervolume => {
                history::default_size(scene)
            }
            Chart::Timeline => timeline::default_size(scene),
            Chart::Contour | Chart::Rank => matrix::default_size(scene),
            Chart::Importances => param_importances::default_size(scene),
        });
        Self::checked(width, height)
    }

    fn checked(width: u32, height: u32) -> Result<(u32, u32), Error> {
        if theme::SIZE.contains(&width) && theme::SIZE.contains(&height) {
            Ok((width, height))
        } else {
            Err(Error::Size { width, height })
        }
    }

    /// Draws the header on a surface of `size` points, and the chart below it.
    fn draw(&self, scene: &Scene, size: (u32, u32), surface: &mut dyn Surface) -> Result<(), Error> {
        let canvas = &mut Canvas::new(surface, size)?;
        let inside = Rect::inside(size);
        let legend = match self.chart {
            Chart::Scatter | Chart::Slice => scatter::legend(scene),
            Chart::History => history::legend(scene),
            Chart::Rungs => rungs::legend(scene),
            Chart::Pareto => Legend::Bare,
            Chart::PairPlot
            | Chart::ParallelCoordinates
            | Chart::Comparison
            | Chart::Edf
            | Chart::Curves
            | Chart::Hypervolume
            | Chart::Timeline
            | Chart::Importances
            | Chart::Contour
            | Chart::Rank => Legend::Plain,
        };
        if let Some(reason) = &scene.mixed {
            let advice = "draw a figure of those with the same objectives";
            return Err(Error::unsuited(self.chart.function(), reason.clone(), advice));
        }
        let title = self.title.as_deref().unwrap_or(&scene.title);
        let body = frame::header(title, scene, &legend, inside, canvas);
        let drawn = match self.chart {
            Chart::Scatter => scatter::draw(scene, body, canvas),
            Chart::Rungs => rungs::draw(scene, body, canvas),
            Chart::Pareto => pareto::draw(scene, body, canvas),
            Chart::PairPlot => pair_plot::draw(scene, body, canvas),
            Chart::ParallelCoordinates => parallel_coordinates::draw(scene, body, canvas),
            Chart::Slice => scatter::slice_into(scene, body, canvas),
            Chart::History => {
                history::draw(scene, body, canvas);
                Ok(())
            }
            Chart::Comparison => history::compare(scene, body, canvas),
            Chart::Edf => {
                edf::draw(scene, body, canvas);
                Ok(())
            }
            Chart::Curves => intermediate_values::draw(scene, body, canvas),
            Chart::Hypervolume => hypervolume_history::draw(scene, body, canvas),
            Chart::Timeline => {
                timeline::draw(scene, body, canvas);
                Ok(())
            }
            Chart::Importances => param_importances::draw(scene, body, canvas),
            Chart::Contour => matrix::draw_contour(scene, body, canvas),
            Chart::Rank => matrix::draw_rank(scene, body, canvas),
        };
        canvas.note_escapes(inside);
        drawn
    }
}

/// Returns the format by the extension of `path`.
fn format(path: &Path) -> Result<Format, Error> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if extension.eq_ignore_ascii_case("png") {
        Ok(Format::Png)
    } else if extension.eq_ignore_ascii_case("svg") {
        Ok(Format::Svg)
    } else {
        Err(Error::Extension { path: path.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_come_from_the_extension() {
        assert_eq!(format(Path::new("a/sweep.PNG")).unwrap(), Format::Png);
        assert_eq!(format(Path::new("sweep.v2.svg")).unwrap(), Format::Svg);
        for path in ["sweep.jpg", "sweep", ".png", ""] {
            let message = format(Path::new(path)).unwrap_err().to_string();
            assert_eq!(message, format!("cannot tell the format of `{path}`: write a path that ends in .png or .svg"));
        }
    }
}
