//! The importances of the hyperparameters, as bars.

use std::collections::HashMap;

use hyperopt_core::{Axis, Error, Fanova, Importances, Sweep, plain::plain_line};
use maud::{Markup, html};

use crate::text::per_cent;

/// The fewest complete trials whose importances mean something.
const FEWEST: usize = 20;

/// The importances for each objective, or why there are none.
pub(super) struct Found(Vec<Result<Importances, Error>>);

impl Found {
    /// Computes the importances of the hyperparameters of `sweep`.
    pub(super) fn of(sweep: &Sweep) -> Self {
        Self((0..sweep.goals().len()).map(|index| Fanova::new().objective(index).importances(sweep)).collect())
    }

    /// Returns the names of the axes, the most important for the first objective first; empty if that is unknown.
    pub(super) fn order<'s>(&self, sweep: &'s Sweep) -> Vec<&'s str> {
        let Some(Ok(found)) = self.0.first() else { return Vec::new() };
        let shares: HashMap<_, _> =
            found.iter().map(|importance| (importance.name.as_str(), importance.share)).collect();
        let share = |axis: &Axis| shares.get(axis.parameter()).copied().unwrap_or_default();
        let mut order: Vec<_> = sweep.space().axes().iter().collect();
        order.sort_by(|a, b| share(b).total_cmp(&share(a)));
        order.into_iter().map(Axis::name).collect()
    }

    /// Writes the section.
    pub(super) fn section(&self, sweep: &Sweep) -> Markup {
        let names = sweep.objective_names();
        html! {
            section #importances aria-labelledby="importances-title" {
                h2 #importances-title { "Importance of the hyperparameters" }
                @for (name, found) in names.iter().zip(&self.0) {
                    @if names.len() > 1 { h3 { (plain_line(name)) } }
                    @match found {
                        Ok(found) if found.trials() < FEWEST => p {
                            "The importances of " (found.trials()) " complete trials say nothing yet; " (FEWEST) " are the least."
                        },
                        Ok(found) => (bars(found)),
                        Err(error) => p { (plain_line(&error.to_string())) },
                    }
                }
            }
        }
    }
}

fn bars(found: &Importances) -> Markup {
    let most = found.iter().map(|importance| importance.share).fold(f64::MIN_POSITIVE, f64::max);
    html! {
        table.bars {
            thead.hidden { tr { th scope="col" { "hyperparameter" } th scope="col" { "share" } th scope="col" { "bar" } } }
            tbody {
                @for importance in found {
                    tr {
                        th scope="row" { (plain_line(&importance.name)) }
                        td.number { (per_cent(importance.share)) }
                        td {
                            svg width="100%" height="14" aria-hidden="true" {
                                rect width=(format!("{:.1}%", 100.0 * importance.share / most)) height="14" {}
                            }
                        }
                    }
                }
            }
        }
        p.note {
            "The share of the objective's variance over the space that each explains alone, by " (found.evaluator()) " of "
            (found.trials()) " trials."
        }
    }
}
