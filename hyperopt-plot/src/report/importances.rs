//! The importances of the hyperparameters, as bars.

use hyperopt_core::{Fanova, Importances, Sweep, plain::plain_line};
use maud::{Markup, html};

/// The fewest complete trials whose importances mean something.
const FEWEST: usize = 20;

/// Writes the importances for each objective, or why there are none.
pub(super) fn importances(sweep: &Sweep) -> Markup {
    let names = sweep.objective_names();
    let found = (0..names.len()).map(|index| Fanova::new().objective(index).importances(sweep));
    html! {
        section #importances aria-labelledby="importances-title" {
            h2 #importances-title { "Importance of the hyperparameters" }
            @for (name, found) in names.iter().zip(found) {
                @if names.len() > 1 { h3 { (plain_line(name)) } }
                @match found {
                    Ok(found) if found.trials() < FEWEST => p {
                        "The importances of " (found.trials()) " complete trials say nothing yet; " (FEWEST) " are the least."
                    },
                    Ok(found) => (bars(&found)),
                    Err(error) => p { (plain_line(&error.to_string())) },
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
                        td.number { (format!("{:.0} %", 100.0 * importance.share)) }
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
