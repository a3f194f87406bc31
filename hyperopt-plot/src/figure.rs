//! A figure: what is drawn, how large, and into which file.

use std::{fs, path::Path};

use crate::{
    canvas::{Backend, Canvas},
    error::Error,
    model::Scene,
    pairs, parallel, pareto, render, rungs, scatter, theme,
};

/// A figure of a sweep, ready to be saved.
///
/// It is made by [`plot`](crate::plot), [`pair_plot`](crate::pair_plot),
/// [`parallel_coordinates`](crate::parallel_coordinates), [`rungs`](crate::rungs) or [`pareto`](crate::pareto), changed by
/// the methods that return it, and written by [`save`](Self::save), [`to_svg`](Self::to_svg) or [`to_png`](Self::to_png).
#[derive(Clone, Debug)]
#[must_use = "a figure is drawn only when it is saved"]
pub struct Figure {
    subject: Subject,
    pub(crate) scene: Scene,
    title: Option<String>,
    size: Option<(u32, u32)>,
    density: u32,
}

/// What of a sweep is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The objective against each hyperparameter.
    Scatter,
    /// The objective against the resources.
    Rungs,
    /// Two objectives against each other.
    Pareto,
    /// The mean objective over every pair of hyperparameters.
    Pairs,
    /// One line for each trial, across all hyperparameters.
    Parallel,
}

/// The format of a file, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Png,
    Svg,
}

impl Figure {
    /// Returns the figure of `scene` in its default dress.
    pub(crate) fn of(subject: Subject, scene: Scene) -> Self {
        Self { subject, scene, title: None, size: None, density: 2 }
    }

    /// Sets the title, instead of one that tells the number of trials and the sampler.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the width and the height in points, each from 160 to 3000.
    ///
    /// A point is a pixel of an SVG, and [`density`](Self::density) pixels of a PNG. Without this the size follows from
    /// the number of panels.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = Some((width, height));
        self
    }

    /// Sets how many pixels of a PNG make a point, from 1 to 4 (the nearest is taken otherwise); 2 unless set.
    ///
    /// A PNG of density 2 is sharp on today's screens; one of density 1 has exactly the size of
    /// [`size`](Self::size).
    pub fn density(mut self, pixels: u32) -> Self {
        self.density = pixels;
        self
    }

    /// Writes the figure to `path`, as a PNG or an SVG by its extension.
    ///
    /// # Errors
    ///
    /// [`Error::Extension`] if `path` ends in neither `.png` nor `.svg`, [`Error::Size`] if the size set is out of
    /// range, and [`Error::Write`] if the file cannot be written.
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
    /// Every trial is one `<circle>` in each panel where it has a value, and nothing else is; in the figure of
    /// [`rungs`](crate::rungs), every configuration is one `<polyline>`. Pair plots and parallel coordinates have no circles:
    /// a line of the latter is one `<polyline>`, or several where it is broken.
    ///
    /// # Errors
    ///
    /// [`Error::Size`] if the size set is out of range.
    pub fn to_svg(&self) -> Result<String, Error> {
        render::svg(self)
    }

    /// Returns the figure as the bytes of a PNG file.
    ///
    /// # Errors
    ///
    /// [`Error::Size`] if the size set is out of range.
    pub fn to_png(&self) -> Result<Vec<u8>, Error> {
        render::png(self)
    }

    /// Returns the size in points, if it can be drawn.
    pub(crate) fn checked_size(&self) -> Result<(u32, u32), Error> {
        let (width, height) = self.size.unwrap_or_else(|| match self.subject {
            Subject::Scatter => scatter::default_size(&self.scene),
            Subject::Rungs => rungs::default_size(&self.scene),
            Subject::Pareto => pareto::default_size(&self.scene),
            Subject::Pairs => pairs::default_size(&self.scene),
            Subject::Parallel => parallel::default_size(&self.scene),
        });
        if theme::SIZE.contains(&width) && theme::SIZE.contains(&height) {
            Ok((width, height))
        } else {
            Err(Error::Size { width, height })
        }
    }

    /// Draws it on a canvas of `size` points.
    pub(crate) fn draw<B: Backend>(&self, size: (u32, u32), canvas: &mut Canvas<B>) -> Result<(), Error> {
        let title = self.title.as_deref().unwrap_or(&self.scene.title);
        match self.subject {
            Subject::Scatter => scatter::draw(title, &self.scene, size, canvas),
            Subject::Rungs => rungs::draw(title, &self.scene, size, canvas),
            Subject::Pareto => pareto::draw(title, &self.scene, size, canvas),
            Subject::Pairs => pairs::draw(title, &self.scene, size, canvas),
            Subject::Parallel => parallel::draw(title, &self.scene, size, canvas),
        }
    }

    /// Returns the pixels to a point, within what memory can hold.
    pub(crate) fn checked_density(&self) -> u32 {
        self.density.clamp(1, 4)
    }
}

/// Tells the format from the end of `path`.
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
