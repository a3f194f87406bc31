//! Importances of hyperparameters: how much each of them affects the objective.

mod fanova;
mod importances;
mod observations;
mod ped_anova;

pub use fanova::Fanova;
pub use importances::{Importance, Importances};
pub use ped_anova::PedAnova;

use crate::error::Error;
use crate::sweep::Sweep;

use self::importances::bar;
use self::observations::Observations;

/// The widest bar in a table, in characters.
const BAR: usize = 10;
/// The fewest trials whose importances a table shows.
const FEWEST: usize = 20;

impl Sweep {
    /// Returns the importances of the hyperparameters, by [`Fanova`] with its defaults.
    ///
    /// They say with which hyperparameters the objective varies over the whole space. [`PedAnova`] says instead which of them
    /// distinguish the best tenth of the trials; it is faster, and needs about 200 trials where fANOVA needs 20. Both read the
    /// complete trials at the largest budget with at least 20 trials.
    ///
    /// # Errors
    ///
    /// Fails if there are several objectives (choose one with [`Fanova::objective`]), if there are fewer than four complete
    /// trials, if all have the same objective, or if no hyperparameter has more than one candidate.
    ///
    /// ```
    /// # use hyperopt_core::{Error, RandomSampler, Search, hp};
    /// let space = (hp::uniform("x", -1.0, 1.0), hp::uniform("y", -1.0, 1.0));
    /// let ho = Search::new(space).sampler(RandomSampler::new()).seed(1).run(0..100, |_, (x, y)| x * x + 0.1 * y * y);
    /// let importances = ho.sweep().importances()?;
    /// assert_eq!(importances.iter().next().map(|importance| importance.name.as_str()), Some("x"));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn importances(&self) -> Result<Importances, Error> {
        Fanova::new().importances(self)
    }
}

/// The importances that a table shows.
pub(crate) struct Shown {
    pub(crate) importances: Importances,
    /// The number of trials that [`Sweep::importances`] may read more of; `None` if these are what it returns.
    of: Option<usize>,
}

/// Returns the importances for a table, those of [`Sweep::importances`] unless they take long; `None` where there are too few
/// trials, or fewer than two hyperparameters to compare.
pub(crate) fn for_table(sweep: &Sweep) -> Option<Shown> {
    let observations = Observations::new(sweep, None).ok()?;
    let all = observations.points.len();
    if all < FEWEST || sweep.space().parameters().nth(1).is_none() {
        return None;
    }
    let importances = Fanova::for_table(observations.axes().count()).of(&observations);
    let of = (importances.trials() < all.min(fanova::MOST_TRIALS)).then_some(all);
    Some(Shown { importances, of })
}

/// Writes the importances in one line of at most `most` characters, the least ones left out.
pub(crate) fn line(Shown { importances, of }: &Shown, most: usize, shown: impl Fn(&str) -> String) -> Option<String> {
    let mut line = match of {
        None => String::from("importance:"),
        Some(all) => format!("importance, by {} of {all} trials:", importances.trials()),
    };
    let mut length = line.chars().count();
    for (index, Importance { name, share }) in importances.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let part = format!("{comma} {} {} {:.0} %", shown(name), bar(*share, BAR), 100.0 * share);
        length += part.chars().count();
        if *share < 0.005 || length + 3 > most {
            if index == 0 {
                return None;
            }
            line.push_str(", …");
            break;
        }
        line.push_str(&part);
    }
    Some(line)
}
