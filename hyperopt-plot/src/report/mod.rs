//! A sweep as one page of HTML, to be opened in a browser and handed on.

mod best;
mod columns;
mod configuration;
mod contents;
mod failures;
mod figures;
mod importances;
mod page;
mod policy;
mod searched;
#[cfg(test)]
mod tests;
mod thinned;
mod trials;

pub use contents::Report;

use std::{fs, path::Path};

use hyperopt_core::Sweep;

use crate::error::Error;

/// Describes a sweep on one page of HTML: how it ended, the best trials, the importances, all figures, and a table of all trials.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. The page is one file that loads nothing from elsewhere, so
/// that it can be mailed, archived and opened without a network. Its table sorts and filters, marks in the figures link to the
/// rows of their trials, and the best configuration can be copied. The page follows the reader's light or dark setting, can be
/// used by keyboard, and prints. Without JavaScript, everything but the table of all trials is shown.
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::report(ho).save("sweep.html")?;
/// hyperopt_plot::report(ho).title("Learning rates of the small model").save("model.html")?;
/// # Ok(())
/// # }
/// ```
pub fn report(ho: &impl AsRef<Sweep>) -> Report<'_> {
    Report { sweep: ho.as_ref(), title: None, configurations: Vec::new(), reload: None }
}

impl Report<'_> {
    /// Returns the page as a document of HTML.
    ///
    /// Figures that cannot be drawn of this sweep are listed with the reason. Of more than 1,000 trials, the figures draw some,
    /// spread evenly over the sweep, and say how many.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Render`] if a figure cannot be drawn, which does not happen in normal use.
    pub fn to_html(&self) -> Result<String, Error> {
        page::page(self)
    }

    /// Writes the page to `path`.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Page`] if `path` ends in neither `.html` nor `.htm`, [`Error::Write`] if the file cannot be written,
    /// and those of [`to_html`](Self::to_html).
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if !["html", "htm"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
            return Err(Error::Page { path: path.to_owned() });
        }
        let html = self.to_html()?;
        fs::write(path, html).map_err(|source| Error::Write { path: path.to_owned(), source })
    }
}
