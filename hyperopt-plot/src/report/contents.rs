//! What a page is made of.

use std::time::Duration;

use hyperopt_core::Sweep;

/// The report of a sweep, ready to be saved.
///
/// It is made by [`report`](crate::report()), changed by the methods that return it, and written by [`save`](Self::save) or
/// [`to_html`](Self::to_html).
#[derive(Clone, Debug)]
#[must_use = "a report is written only when it is saved"]
pub struct Report<'s> {
    pub(super) sweep: &'s Sweep,
    /// The title, if one was set.
    pub(super) title: Option<String>,
    /// The configuration of the best trial in forms that the caller knows: a name and a text each.
    pub(super) configurations: Vec<(String, String)>,
    /// The time after which the page loads itself again, if it does.
    pub(super) reload: Option<Duration>,
}

impl Report<'_> {
    /// Sets the title (default: the names of the objectives).
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Adds the configuration of the best trial as text of the caller's, such as the complete file of a trainer, under the
    /// heading `name`. It comes before the hyperparameters as JSON and YAML. The report of a sweep with several objectives has
    /// no best trial, and shows none of these.
    pub fn configuration(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.configurations.push((name.into(), text.into()));
        self
    }

    /// Makes the page reload every `interval` (at least 1 s; default: never), for a file that is rewritten while the sweep
    /// runs. A reload keeps the filter, the order, the selected row and the scroll position.
    pub fn reload_every(mut self, interval: Duration) -> Self {
        self.reload = Some(interval.max(Duration::from_secs(1)));
        self
    }
}
