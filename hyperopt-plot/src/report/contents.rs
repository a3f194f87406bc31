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
}
