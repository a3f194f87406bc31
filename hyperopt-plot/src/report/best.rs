//! The best trials as a plain table, and the configurations to copy.

use hyperopt_core::{Sweep, Trial, plain::plain};
use maud::{Markup, html};

use crate::report::{columns::Column, configuration::forms, contents::Report};

/// Writes the table of the best trials, or of the Pareto front.
pub(super) fn table(sweep: &Sweep, columns: &[Column]) -> Markup {
    let (shown, caption) = sweep.best_trials();
    let several = sweep.goals().len() > 1;
    let columns = columns.iter().filter(|column| {
        let is_empty = shown.iter().all(|trial| cell(column, trial).is_none());
        !is_empty && !["state", "configuration", "last_step", "last_report", "reason"].contains(&column.name.as_str())
    });
    let columns: Vec<_> = columns.collect();
    html! {
        section #best aria-labelledby="best-title" {
            h2 #best-title { @if several { "The Pareto front" } @else { "The best trials" } }
            @if shown.is_empty() {
                p { "No trial is complete." }
            } @else {
                .scroll role="region" aria-labelledby="best-title" tabindex="0" {
                    table {
                        thead { tr { @for column in &columns { th.number[column.is_number] scope="col" { (column.name) (column.sign) } } } }
                        tbody {
                            @for trial in &shown {
                                tr {
                                    @for column in &columns {
                                        td.number[column.is_number] {
                                            @if column.name == "trial" {
                                                (link(trial.number()))
                                            } @else {
                                                (cell(column, trial).unwrap_or("–"))
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                @if let Some(caption) = caption { p.note { (caption) } }
            }
        }
    }
}

/// Writes the configuration of the best trial, or those of the Pareto front, to be copied.
pub(super) fn configurations(report: &Report) -> Option<Markup> {
    let sweep = report.sweep;
    if sweep.goals().len() > 1 {
        let front = sweep.history().pareto(sweep.goals());
        let (shown, _) = sweep.best_trials();
        return (!front.is_empty()).then(|| {
            html! {
                section #configuration aria-labelledby="configuration-title" {
                    h2 #configuration-title { "The configurations of the front" }
                    @for trial in shown {
                        details {
                            summary { "trial " (trial.number()) }
                            (texts(&[], sweep, trial))
                        }
                    }
                }
            }
        });
    }
    let (best, _) = sweep.history().best(sweep.goal())?;
    Some(html! {
        section #configuration aria-labelledby="configuration-title" {
            h2 #configuration-title { "The best configuration" }
            p {
                "Trial " (link(best.number())) ", to the last digit."
                @if !best.is_feasible() { " It violates a constraint, as all complete trials do." }
            }
            (texts(&report.configurations, sweep, best))
        }
    })
}

fn texts(given: &[(String, String)], sweep: &Sweep, trial: &Trial) -> Markup {
    let forms = forms(sweep, trial);
    let given = given.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    html! {
        .forms {
            @for (name, text) in given.chain(forms.iter().map(|(name, text)| (*name, text.as_str()))) {
                .copied {
                    h3 { (plain(name)) }
                    button.script type="button" data-copy="" { "Copy" }
                    pre tabindex="0" { (plain(text)) }
                }
            }
        }
    }
}

/// Writes a link to the row of a trial.
pub(super) fn link(number: usize) -> Markup {
    html! { a href={ "#trial-" (number) } { (number) } }
}

fn cell<'c>(column: &'c Column, trial: &Trial) -> Option<&'c str> {
    column.cells.get(trial.number())?.as_deref()
}
