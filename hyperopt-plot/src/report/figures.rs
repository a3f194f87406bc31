//! The figures of a page, and those that the sweep has nothing for.

use hyperopt_core::{Sweep, plain::plain_line};
use maud::{Markup, PreEscaped, html};

use crate::{Figure, error::Error, figure::Chart, model::Scene, report::columns::is_heavy, source};

/// More trials than this leave room for fewer marks in a page.
const MANY_TRIALS: usize = 1_000;

/// The figures of a sweep, as SVG, and why others are not among them.
pub(super) struct Figures {
    drawn: Vec<Drawn>,
    left_out: Vec<(&'static str, String)>,
}

struct Drawn {
    name: &'static str,
    caption: String,
    svg: String,
}

/// What decides how many marks a figure has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// One for each trial.
    Trials,
    /// One for each trial and hyperparameter.
    Hyperparameters,
    /// A line for each trial, with a place for each hyperparameter.
    Lines,
    /// A line for each trial, with a place for each report.
    Curves,
    /// One for each trial and pair of hyperparameters.
    Pairs,
    /// As many as there are pairs of hyperparameters, and none for trials.
    PairsAlone,
    /// One for each trial, all of which have to be there.
    AllTrials,
    /// None for trials.
    Few,
}

/// What a page has room for in one figure.
#[derive(Clone, Copy)]
struct Most {
    marks: usize,
    /// The hyperparameters of which all pairs are drawn.
    axes: usize,
}

/// A figure with its name, what it shows, and how many marks it has.
type Kind = (&'static str, &'static str, Marks, Figure);

fn kinds(sweep: &Sweep) -> [Kind; 12] {
    // These figures order the hyperparameters by one forest, which takes long if they are many.
    let ranked = source::ranked(sweep);
    let of = |chart| Figure::of(chart, ranked.clone());
    [
        (
            "optimization_history",
            "the objectives in the order of the trials, with the best so far",
            Marks::Trials,
            crate::optimization_history(sweep),
        ),
        (
            "pareto_front",
            "the objectives against each other, with the front",
            Marks::Trials,
            crate::pareto_front(sweep),
        ),
        (
            "hypervolume_history",
            "the hypervolume in the order of the trials",
            Marks::Few,
            crate::hypervolume_history(sweep),
        ),
        (
            "slice",
            "the objective against each hyperparameter, with running medians",
            Marks::Hyperparameters,
            of(Chart::Slice),
        ),
        ("contour", "the objective over pairs of hyperparameters", Marks::Pairs, of(Chart::Contour)),
        (
            "parallel_coordinate",
            "one line for each trial across the hyperparameters",
            Marks::Lines,
            of(Chart::ParallelCoordinates),
        ),
        ("rungs", "the objective against the resources", Marks::Trials, crate::rungs(sweep)),
        ("intermediate_values", "the learning curves", Marks::Curves, crate::intermediate_values(sweep)),
        ("edf", "the distribution of the objective", Marks::Trials, crate::edf(sweep)),
        ("rank", "the trials over pairs of hyperparameters, by rank", Marks::Pairs, of(Chart::Rank)),
        ("pair_plot", "the mean objective over pairs of hyperparameters", Marks::PairsAlone, of(Chart::PairPlot)),
        ("timeline", "the trials in time, by worker", Marks::AllTrials, crate::timeline(sweep)),
    ]
}

impl Figures {
    /// Draws all figures that `sweep` has something for. `important` are the names of the axes, the most important first,
    /// or empty if that is unknown.
    pub(super) fn of(sweep: &Sweep, important: &[&str]) -> Result<Self, Error> {
        let mut figures = Self { drawn: Vec::new(), left_out: Vec::new() };
        for (name, caption, marks, mut figure) in kinds(sweep) {
            if figure.scene.trials.is_empty() && marks != Marks::AllTrials {
                figures.left_out.push((name, "no trial is complete".to_owned()));
                continue;
            }
            let is_many = sweep.history().len() > MANY_TRIALS;
            if is_many && marks == Marks::AllTrials {
                let reason =
                    format!("a page has no room for more than {MANY_TRIALS} trials in time; `timeline` draws it");
                figures.left_out.push((name, reason));
                continue;
            }
            let most = match (is_many, is_heavy(sweep)) {
                (false, _) => Most { marks: 6_000, axes: 5 },
                (true, false) => Most { marks: 1_200, axes: 4 },
                (true, true) => Most { marks: 600, axes: 3 },
            };
            let notes = fit(&mut figure, marks, most, important);
            match figure.to_svg_in_page(name) {
                Ok(svg) => figures.drawn.push(Drawn { name, caption: format!("{caption}{notes}"), svg }),
                Err(error @ Error::Unsuited { .. }) => figures.left_out.push((name, error.to_string())),
                Err(error) => return Err(error),
            }
        }
        figures.left_out.push(("plot", "`slice` shows the same, with more in it".to_owned()));
        figures.left_out.push(("param_importances", "the bars above show the same".to_owned()));
        figures.left_out.push(("comparison", "it takes several sweeps".to_owned()));
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

/// Leaves out what the page has no room for; says what that is.
fn fit(figure: &mut Figure, marks: Marks, most: Most, important: &[&str]) -> String {
    let Most { marks: most_marks, axes: most_axes } = most;
    let scene = &mut figure.scene;
    let mut notes = String::new();
    let all = scene.axes.len();
    if matches!(marks, Marks::Pairs | Marks::PairsAlone) && all > most_axes {
        let (chosen, which) = match important.get(..most_axes) {
            Some(important) => {
                let is_important = |axis: &usize| important.contains(&scene.axes[*axis].name.as_str());
                ((0..all).filter(is_important).collect::<Vec<_>>(), "most important")
            }
            None => ((0..most_axes).collect(), "first"),
        };
        scene.choose(&chosen);
        notes = format!("; of the {most_axes} {which} of {all} hyperparameters");
    }
    let panels = match marks {
        Marks::Trials => 1,
        Marks::Hyperparameters => scene.axes.len(),
        Marks::Lines => scene.axes.len().div_ceil(3),
        Marks::Curves => {
            let steps: usize = scene.curves.iter().map(|curve| curve.steps.len()).sum();
            (steps / scene.curves.len().max(1)).div_ceil(3)
        }
        Marks::Pairs => scene.axes.len() * scene.axes.len().saturating_sub(1) / 2,
        Marks::PairsAlone | Marks::AllTrials | Marks::Few => return notes,
    };
    let most = (most_marks / panels.max(1)).clamp(100, 500);
    let drawn = |scene: &Scene| scene.trials.len() + scene.others.len();
    let count = drawn(scene);
    if scene.count() * panels > most_marks {
        scene.thin(most);
        notes = format!("{notes}; {} of {count} trials, evenly spread, with the best", drawn(scene));
    }
    notes
}
