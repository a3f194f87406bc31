//! Shares of hyperparameters, and how they are drawn.

use std::fmt;

use crate::space::number;

/// The widest bar that is drawn, in characters.
const BAR: usize = 20;

/// The importance of one hyperparameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Importance {
    /// The name of the hyperparameter.
    pub name: String,
    /// Its share of the importance of all, from 0 to 1.
    pub share: f64,
}

/// The importances of the hyperparameters of a sweep, from the most important one to the least; the shares sum to 1.
///
/// Hyperparameters with a single candidate have a share of 0. [`Sweep::importances`](crate::Sweep::importances),
/// [`PedAnova`](crate::PedAnova) and [`Fanova`](crate::Fanova) compute it; its `Display` draws a bar for each hyperparameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Importances {
    evaluator: &'static str,
    trials: usize,
    shares: Vec<Importance>,
}

impl Importances {
    /// Makes importances of the shares of parameters, in the order of the space: they are scaled to a sum of 1, and equal if
    /// all are 0.
    pub(super) fn new(evaluator: &'static str, trials: usize, mut shares: Vec<(Importance, bool)>) -> Self {
        let sum: f64 = shares.iter().map(|(importance, _)| importance.share).sum();
        let searched = shares.iter().filter(|(_, is_searched)| *is_searched).count() as f64;
        for (importance, is_searched) in &mut shares {
            importance.share = match *is_searched {
                true if sum > 0.0 => importance.share / sum,
                true => searched.recip(),
                false => 0.0,
            };
        }
        let mut shares: Vec<_> = shares.into_iter().map(|(importance, _)| importance).collect();
        shares.sort_by(|a, b| b.share.total_cmp(&a.share));
        Self { evaluator, trials, shares }
    }

    /// Returns the name of the evaluator, `PED-ANOVA` or `fANOVA`.
    #[must_use]
    pub fn evaluator(&self) -> &str {
        self.evaluator
    }

    /// Returns the number of trials that the importances are computed from.
    #[must_use]
    pub fn trials(&self) -> usize {
        self.trials
    }

    /// Iterates over the hyperparameters, from the most important one to the least.
    pub fn iter(&self) -> std::slice::Iter<'_, Importance> {
        self.shares.iter()
    }

    /// Returns the share of the hyperparameter `name`; `None` if there is no such hyperparameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        self.iter().find(|importance| importance.name == name).map(|importance| importance.share)
    }
}

impl<'a> IntoIterator for &'a Importances {
    type Item = &'a Importance;
    type IntoIter = std::slice::Iter<'a, Importance>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Importances {
    /// Writes a line for each hyperparameter: its name, its share in per cent, and a bar.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.iter().map(|importance| importance.name.chars().count()).max().unwrap_or_default();
        let most = self.iter().map(|importance| importance.share).fold(0.0, f64::max);
        for (index, Importance { name, share }) in self.iter().enumerate() {
            let line_feed = if index == 0 { "" } else { "\n" };
            let percent = number((100.0 * share).round());
            write!(f, "{line_feed}{name:width$} {percent:>3} % {}", bar(share / most, BAR))?;
        }
        Ok(())
    }
}

/// Draws `share` of a bar that is `width` characters wide, in eighths of a character.
pub(super) fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share.clamp(0.0, 1.0) * (8 * width) as f64).round() as usize;
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}
