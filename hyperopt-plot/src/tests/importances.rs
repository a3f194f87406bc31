//! Tests of importances: the figure of them, and the figures that order and choose hyperparameters by them.

use std::time::Instant;

use hyperopt_core::{Candidates, Goal, Metrics, Parameters, RandomSampler, Search, Sweep};

use super::texts;
use crate::{
    Figure, contour, optimization_history, pair_plot, parallel_coordinate, param_importances, plot, rank, slice,
};

/// Random trials over hyperparameters `p0`, `p1` …, each with twice the weight of the one before it.
fn ramp(count: usize, trials: usize, seed: u64) -> Sweep {
    let names: Vec<String> = (0..count).map(|index| format!("p{index}")).collect();
    let space = names.iter().fold(Parameters::new(), |space, name| space.with(name, (0.0..=1.0).dimension()));
    let search = Search::new(space).sampler(RandomSampler::new()).seed(seed).progress(false);
    let weight = |index: usize| 2_f64.powi(index as i32 - count as i32);
    search
        .run(0..trials, |_, params| params.iter().enumerate().map(|(index, (_, x))| weight(index) * x).sum::<f64>())
        .into_sweep()
}

/// Returns the names `p0`, `p1` … in the order in which a figure has them, and what it says of their choice.
fn drawn(figure: &Figure) -> (Vec<String>, Option<String>) {
    let svg = figure.to_svg().unwrap();
    let texts = texts(&svg);
    let is_name = |text: &&&str| text.strip_prefix('p').is_some_and(|rest| rest.parse::<usize>().is_ok());
    let mut names: Vec<String> = Vec::new();
    for name in texts.iter().filter(is_name) {
        if !names.iter().any(|known| known == name) {
            names.push((*name).to_owned());
        }
    }
    let part = |text: &&str| text.split("  ·  ").find(|part| part.contains("hyperparameters")).map(str::to_owned);
    (names, texts.iter().find_map(part))
}

#[test]
fn importances_are_bars_from_the_longest_to_the_shortest() {
    let figure = param_importances(&ramp(3, 60, 3));
    assert_eq!(drawn(&figure).0, ["p2", "p1", "p0"]);
    let svg = figure.to_svg().unwrap();
    let bars = svg.split("<rect ").filter(|rect| rect.contains("#2C5FA6"));
    let widths =
        bars.map(|bar| bar.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap());
    let widths: Vec<f64> = widths.collect();
    assert_eq!(widths.len(), 3);
    assert!(widths.windows(2).all(|pair| pair[0] > pair[1]), "{widths:?}");
    let shares = ramp(3, 60, 3).importances().unwrap();
    let label = |name: &str| format!("{:.0} %", 100.0 * shares.get(name).unwrap());
    let texts = texts(&svg);
    for text in [label("p2"), label("p1"), "&lt; 1 %".into(), "fANOVA of 60 trials".into(), "importance (%)".into()] {
        assert!(texts.contains(&&*text), "{text} is not in {texts:?}");
    }
    let proportion = widths[1] / widths[0] - shares.get("p1").unwrap() / shares.get("p2").unwrap();
    assert!(proportion.abs() < 1e-3, "{proportion}");
    assert!(figure.to_png().is_ok());
}

#[test]
fn several_sweeps_and_goals_have_bars_side_by_side() {
    let sweeps: Vec<_> = (0..3).map(|seed| ("three", ramp(3, 40, seed))).chain([("five", ramp(5, 40, 9))]).collect();
    let svg = param_importances(&sweeps).to_svg().unwrap();
    let fills = |color: &str| svg.split("<rect ").filter(|rect| rect.contains(color)).count();
    assert_eq!((fills("#2C5FA6"), fills("#2B7A4B")), (3 + 1, 5 + 1), "a bar for what each has, and one in the key");
    let found = texts(&svg);
    assert!(found.contains(&"three × 3") && found.contains(&"five"), "{found:?}");
    assert!(found.iter().any(|text| text.contains("the mean over the sweeps")), "{found:?}");

    let space = Parameters::new().with("p0", (0.0..=1.0).dimension()).with("p1", (0.0..=1.0).dimension());
    let search = Search::new(space).goal([Goal::Minimize, Goal::Maximize]).seed(5).progress(false);
    let goals = search.run(0..40, |_, params| {
        Metrics::objectives([("error", params[0].1), ("speed", if params[1].1 > 2.0 { 2.0 } else { 1.0 })])
    });
    let svg = param_importances(&goals).to_svg().unwrap();
    let found = texts(&svg);
    assert!(found.contains(&"error") && !found.contains(&"speed"), "{found:?}");
    let lack = "no importances for speed: all 40 complete trials have the same objective";
    assert!(found.iter().any(|text| text.contains(lack)), "{found:?}");
}

#[test]
fn without_importances_there_is_no_figure_of_them() {
    let few = param_importances(&ramp(3, 3, 1)).to_svg().unwrap_err().to_string();
    let reason =
        "no param_importances of this sweep: they need at least 4 complete trials, and there are 3; run more trials";
    assert!(few.starts_with(reason), "{few}");
    let space = Parameters::new().with("p0", (0.0..=1.0).dimension());
    let level = Search::new(space).progress(false).run(0..30, |_, _| 1.0).into_sweep();
    let error = param_importances(&level).to_png().unwrap_err().to_string();
    assert!(error.contains("all 30 complete trials have the same objective; `plot` draws"), "{error}");
    assert!(plot(&level).to_svg().is_ok() && optimization_history(&ramp(3, 3, 1)).to_svg().is_ok());
    assert!(param_importances(&Vec::<Sweep>::new()).to_svg().is_err());
}

#[test]
fn many_hyperparameters_are_ordered_by_importance_and_the_first_of_them_drawn() {
    let (some, many) = (ramp(9, 80, 3), ramp(26, 80, 3));
    for figure in [plot(&some), slice(&some), pair_plot(&some), parallel_coordinate(&some), param_importances(&some)] {
        let (names, _) = drawn(&figure);
        assert_eq!((names.len(), &names[..3]), (9, &["p8", "p7", "p6"].map(str::to_owned)[..]));
    }
    let said = drawn(&plot(&some)).1;
    assert_eq!(said.as_deref(), Some("the most important hyperparameters first, by fANOVA of 80 trials"));
    let figures = [(plot(&many), 24), (slice(&many), 24), (parallel_coordinate(&many), 20), (pair_plot(&many), 12)];
    for (figure, most) in figures.into_iter().chain([(contour(&many), 7), (rank(&many), 7)]) {
        let (names, said) = drawn(&figure);
        assert_eq!(names.len(), most);
        assert!(["p25", "p24", "p23"].iter().all(|name| names.contains(&(*name).to_owned())), "{names:?}");
        assert_eq!(said, Some(format!("the {most} most important of 26 hyperparameters, by fANOVA of 80 trials")));
    }
}

#[test]
fn without_importances_the_order_is_the_written_one() {
    let (names, said) = drawn(&plot(&ramp(6, 80, 3)));
    assert_eq!((names.join(" "), said), ("p0 p1 p2 p3 p4 p5".to_owned(), None), "few need no order");
    let (names, said) = drawn(&contour(&ramp(9, 3, 1)));
    assert_eq!((names.len(), names.contains(&"p0".to_owned())), (7, true));
    assert_eq!(said.as_deref(), Some("the first 7 of 9 hyperparameters"));
}

#[test]
fn hyperparameters_are_chosen_by_name() {
    let sweep = ramp(9, 80, 3);
    let chosen = ["p0", "p4"];
    for figure in [plot(&sweep), slice(&sweep), pair_plot(&sweep), parallel_coordinate(&sweep)] {
        let (names, said) = drawn(&figure.hyperparameters(chosen));
        assert_eq!(names, chosen);
        assert_eq!(said.as_deref(), Some("2 of 9 hyperparameters, as chosen"));
    }
    assert_eq!(drawn(&param_importances(&sweep).hyperparameters(chosen)).0.len(), 2);
    let error =
        |figure: Figure, names: &[&str]| figure.hyperparameters(names.to_vec()).to_svg().unwrap_err().to_string();
    let unknown = error(rank(&ramp(2, 10, 1)), &["p0", "rate"]);
    assert_eq!(unknown, "there is no hyperparameter `rate` in this sweep: choose among `p0`, `p1`");
    let all: Vec<String> = (0..9).map(|index| format!("p{index}")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let reason = "no contour of this sweep: it has room for 7 hyperparameters, and 9 are chosen; choose 7 or fewer";
    assert_eq!(error(contour(&sweep), &all), reason);
    let reason = "no optimization_history of this sweep: it draws no hyperparameters; leave `hyperparameters` out";
    assert_eq!(error(optimization_history(&sweep), &["p0"]), reason);
}

/// A function that draws a sweep.
type Draw = fn(&Sweep) -> Figure;

#[test]
#[ignore = "times figures of 10,000 trials: cargo test --release -p hypersweep-plot times -- --ignored --nocapture"]
fn times_of_figures() {
    let sweep = ramp(12, 10_000, 3);
    let functions: [(&str, Draw); 7] = [
        ("plot", plot),
        ("slice", slice),
        ("pair_plot", pair_plot),
        ("parallel_coordinate", parallel_coordinate),
        ("contour", contour),
        ("rank", rank),
        ("param_importances", |sweep| param_importances(sweep)),
    ];
    for (name, figure) in functions {
        let start = Instant::now();
        let figure = figure(&sweep);
        let made = start.elapsed();
        figure.to_png().unwrap();
        println!("{name}: {made:.2?} to read, {:.2?} in all", start.elapsed());
    }
}

#[test]
fn no_name_is_no_choice() {
    let error = plot(&ramp(2, 10, 1)).hyperparameters([""; 0]).to_svg().unwrap_err().to_string();
    let advice = "write the names of some, or leave `hyperparameters` out to draw all";
    assert_eq!(error, format!("no plot of this sweep: `hyperparameters` has no name; {advice}"));
}

#[test]
fn a_file_that_cannot_be_written_has_a_reason() {
    let error = plot(&ramp(2, 10, 1)).save("no such directory/x.svg").unwrap_err().to_string();
    let reason = std::fs::write("no such directory/x.svg", "").unwrap_err();
    assert_eq!(error, format!("cannot write `no such directory/x.svg`: {reason}"));
}
