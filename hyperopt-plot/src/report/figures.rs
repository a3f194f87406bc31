//! The figures of a page, and those that the sweep has nothing for.

use hyperopt_core::{Sweep, plain::plain_line};
use maud::{Markup, PreEscaped, html};

use crate::{Figure, error::Error};

/// The figures of a sweep, as SVG, and why others are not among them.
pub(super) struct Figures {
    drawn: Vec<Drawn>,
    left_out: Vec<(&'static str, String)>,
}

struct Drawn {
    name: &'static str,
    caption: &'static str,
    svg: String,
}

/// A figure with its name and what it shows.
type Kind = (&'static str, &'static str, Figure);

fn kinds(sweep: &Sweep) -> Vec<Kind> {
    vec![
        (
            "optimization_history",
            "the objective in the order of the trials, with the best so far",
            crate::optimization_history(sweep),
        ),
        ("pareto_front", "the objectives against each other, with the front", crate::pareto_front(sweep)),
        ("hypervolume_history", "the hypervolume in the order of the trials", crate::hypervolume_history(sweep)),
        ("slice", "the objective against each hyperparameter, with running medians", crate::slice(sweep)),
        ("contour", "the objective over pairs of hyperparameters", crate::contour(sweep)),
        (
            "parallel_coordinate",
            "one line for each trial, across the hyperparameters",
            crate::parallel_coordinate(sweep),
        ),
        ("rungs", "the objective against the resources", crate::rungs(sweep)),
        ("intermediate_values", "the learning curves", crate::intermediate_values(sweep)),
        ("edf", "the distribution of the objective", crate::edf(sweep)),
        ("rank", "the trials over pairs of hyperparameters, by rank", crate::rank(sweep)),
        ("pair_plot", "the mean objective over pairs of hyperparameters", crate::pair_plot(sweep)),
        ("timeline", "the trials in time, by worker", crate::timeline(sweep)),
    ]
}

impl Figures {
    /// Draws all figures that `sweep` has something for.
    pub(super) fn of(sweep: &Sweep) -> Result<Self, Error> {
        let mut figures = Self { drawn: Vec::new(), left_out: Vec::new() };
        for (name, caption, figure) in kinds(sweep) {
            if figure.scene.trials.is_empty() && name != "timeline" {
                figures.left_out.push((name, "no trial is complete".to_owned()));
                continue;
            }
            match figure.to_svg() {
                Ok(svg) => figures.drawn.push(Drawn { name, caption, svg }),
                Err(error @ Error::Unsuited { .. }) => figures.left_out.push((name, error.to_string())),
                Err(error) => return Err(error),
            }
        }
        figures.left_out.push(("plot", "`slice` shows the same, with more in it".to_owned()));
        figures.left_out.push(("comparison", "it is one of several sweeps".to_owned()));
        Ok(figures)
    }

    /// Writes the section.
    pub(super) fn section(&self) -> Markup {
        html! {
            section #figures aria-labelledby="figures-title" {
                h2 #figures-title { "Figures" }
                p.note.script { "The pointer shows the values of a mark, and a click leads to its row in the table." }
                @for Drawn { name, caption, svg } in &self.drawn {
                    figure id={ "figure-" (name) } {
                        figcaption { strong { (name) } ": " (caption) }
                        .scroll role="region" aria-label={ "Figure " (name) } tabindex="0" { (PreEscaped(svg)) }
                    }
                }
                details {
                    summary { "Figures that are not here" }
                    ul { @for (name, reason) in &self.left_out { li { code { (name) } ": " (plain_line(reason)) } } }
                }
            }
        }
    }
}
