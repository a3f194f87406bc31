//! A sweep as one page of HTML, to be opened in a browser and handed on.

mod best;
mod columns;
mod configuration;
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

use std::{fs, path::Path, time::Duration};

use hyperopt_core::Sweep;

use crate::error::Error;

/// Describes a sweep on one page of HTML: how it ended, the best trials, the importances, all figures, and a table of all trials.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. The page is one file that loads nothing from elsewhere: it can
/// be mailed, archived and opened without a network. Its table sorts and filters, marks of the figures lead to the rows of
/// their trials, and the winning configuration can be copied. It follows the light or dark setting of the reader, can be used by
/// keyboard, and prints. Without its script, everything but the table of all trials is there.
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

/// The report of a sweep, ready to be saved.
///
/// It is made by [`report`], changed by the methods that return it, and written by [`save`](Self::save) or
/// [`to_html`](Self::to_html).
#[derive(Clone, Debug)]
#[must_use = "a report is written only when it is saved"]
pub struct Report<'s> {
    sweep: &'s Sweep,
    /// The title, if one was set.
    title: Option<String>,
    /// The configuration of the best trial in forms that the caller knows: a name and a text each.
    configurations: Vec<(String, String)>,
    /// The time after which the page loads itself again, if it does.
    reload: Option<Duration>,
}

impl Report<'_> {
    /// Sets the title (default: the names of the objectives).
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Adds the configuration of the best trial in a form of the caller's, such as the complete file of a trainer, before the
    /// hyperparameters as JSON and YAML. A sweep with several objectives has no best trial, and shows none of them.
    pub fn configuration(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.configurations.push((name.into(), text.into()));
        self
    }

    /// Makes the page load itself again after each `interval`, at least a second, for a file that is written again while the
    /// sweep runs. The filter, the order, the row and the place on the page are kept.
    pub fn reload_every(mut self, interval: Duration) -> Self {
        self.reload = Some(interval.max(Duration::from_secs(1)));
        self
    }

    /// Returns the page.
    ///
    /// Figures that the sweep has nothing for are listed with the reason. Of many trials, the figures draw some, evenly spread
    /// over the sweep, and say so.
    ///
    /// # Errors
    ///
    /// [`Error::Render`] if a figure cannot be drawn, which does not happen in normal use.
    pub fn to_html(&self) -> Result<String, Error> {
        page::page(self)
    }

    /// Writes the page to `path`.
    ///
    /// # Errors
    ///
    /// [`Error::Page`] if `path` ends in neither `.html` nor `.htm`, [`Error::Write`] if the file cannot be written, and those
    /// of [`to_html`](Self::to_html).
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
