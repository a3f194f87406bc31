//! The page: its head, its sections, and their order.

use hyperopt_core::plain::plain_line;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    error::Error,
    report::{
        best,
        columns::columns,
        contents::Report,
        failures::failures,
        figures::Figures,
        importances::Found,
        policy::{POLICY, SCRIPT, STYLE},
        searched::searched,
        trials,
    },
};

/// Returns the page of a report.
pub(super) fn page(report: &Report) -> Result<String, Error> {
    let sweep = report.sweep;
    let objectives = sweep.objective_names().join(", ");
    let title = report.title.clone().unwrap_or_else(|| format!("Hyperparameter sweep: {objectives}"));
    let columns = columns(sweep);
    let importances = Found::of(sweep);
    let figures = Figures::of(sweep, &importances.order(sweep))?;
    let configurations = best::configurations(report);
    let failures = failures(sweep);
    let reload = report.reload.map(|interval| interval.as_millis());
    let page = html! {
        (DOCTYPE)
        html lang="en" data-reload=[reload] {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ "hyperopt " (env!("CARGO_PKG_VERSION")) };
                @if let Some(interval) = report.reload {
                    noscript { meta http-equiv="refresh" content=(interval.as_secs().max(1)); }
                }
                title { (plain_line(&title)) " – " (sweep.sampler()) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#trials" { "Skip to the table of all trials" }
                header {
                    h1 { (plain_line(&title)) }
                    p.headline { (sweep.headline()) }
                    @if report.reload.is_some() { p.live role="status" { "The sweep is running: this page loads itself again." } }
                    (remarks(&sweep.remarks()))
                    nav aria-label="Sections" {
                        a href="#best" { "Best trials" }
                        @if configurations.is_some() { a href="#configuration" { "Configuration" } }
                        a href="#importances" { "Importances" }
                        a href="#figures" { "Figures" }
                        @if failures.is_some() { a href="#failures" { "Failures" } }
                        a href="#searched" { "Search space" }
                        a href="#trials" { "All trials" }
                    }
                }
                main {
                    (best::table(sweep, &columns))
                    @if let Some(configurations) = configurations { (configurations) }
                    (importances.section(sweep))
                    (figures.section())
                    @if let Some(failures) = failures { (failures) }
                    (searched(sweep))
                    (trials::table(sweep, &columns))
                }
                footer { p { "Written by hyperopt " (env!("CARGO_PKG_VERSION")) "." } }
                div #tip role="tooltip" hidden {}
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    Ok(page.into_string())
}

/// Writes the lines below the table of the best trials.
fn remarks(remarks: &[String]) -> Markup {
    let kind = |remark: &str| {
        let kinds = [("note:", "note"), ("error:", "error"), ("ended early:", "error")];
        kinds.iter().find(|(start, _)| remark.starts_with(start)).map_or("count", |(_, kind)| kind)
    };
    html! {
        @if !remarks.is_empty() {
            ul.remarks { @for remark in remarks { li class=(kind(remark)) { (remark) } } }
        }
    }
}
