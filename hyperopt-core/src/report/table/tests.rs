//! What a table shows on terminals of any width.

use std::fmt;

use console::measure_text_width;

use crate::candidates::Candidates;
use crate::history::Goal;
use crate::hp;
use crate::run::Search;
use crate::sampler::RandomSampler;
use crate::search_space::Parameters;
use crate::space::NamedValues;
use crate::sweep::{Hyperoptimizer, Sweep};
use crate::trial::Metrics;

/// A sweep of `count` hyperparameters, of which the last one matters most.
fn sweep(count: usize, name: impl Fn(usize) -> String) -> Hyperoptimizer<NamedValues<f64>> {
    let axis = |space: Parameters<f64>, index| space.with(name(index), (0.0..=1.0).dimension());
    let search = Search::new((0..count).fold(Parameters::new(), axis)).seed(7);
    search.run(0..60, |number: i32, params| {
        let last = params.last().map_or(0.0, |(_, value)| *value);
        Metrics::new(last).with("accuracy", 1.0 - last).with("epochs", f64::from(number))
    })
}

/// A random sweep of `trials` over `count` hyperparameters, of which the last one matters most.
fn sweep_of(trials: i32, count: usize) -> Hyperoptimizer<NamedValues<f64>> {
    let axis = |space: Parameters<f64>, index| space.with(format!("x{index}"), (0.0..=1.0).dimension());
    let search = Search::new((0..count).fold(Parameters::new(), axis)).sampler(RandomSampler::new()).seed(7);
    search.run(0..trials, |_, params| params.iter().enumerate().map(|(i, (_, x))| (i + 1) as f64 * x).sum::<f64>())
}

fn widest(text: &str) -> usize {
    text.lines().map(measure_text_width).max().unwrap_or_default()
}

/// Returns the words of the line that begins with `first`.
fn words<'a>(text: &'a str, first: &str) -> Vec<&'a str> {
    let line = text.lines().find(|line| line.trim_start().starts_with(first));
    line.unwrap_or_default().split_whitespace().collect()
}

#[test]
fn nothing_wraps_and_nothing_is_lost() {
    let name = |index| format!("trainer.parameter_{index}");
    let ho = sweep(20, name);
    for width in [40, 60, 80, 100, 120] {
        let text = format!("{ho:width$}");
        assert!(widest(&text) <= width, "{width}:\n{text}");
        let header = words(&text, "trial");
        assert_eq!(header[..2], ["trial", "objective"], "{text}");
        // The one that decides is the last to go.
        assert_eq!(header.contains(&"trainer.parameter_19"), width >= 60, "{text}");
        let all = |index| text.contains(&format!("\n  {} ", name(index)));
        assert!((0..20).all(all) && text.contains("\n  accuracy ") && text.contains("\n  time "), "{text}");
        let line = text.lines().find(|line| line.contains(" not fit:")).unwrap();
        let folded: usize = line.split(' ').next().unwrap().parse().unwrap();
        assert_eq!(folded + header.len(), 25, "{text}");
    }
}

#[test]
fn of_very_many_hyperparameters_the_most_important_ones_are_shown() {
    let ho = sweep_of(20, 300);
    let text = format!("{ho:80}");
    let shown = text.lines().filter(|line| line.starts_with("  x") && line.contains(" = ")).count();
    assert!(shown == 40 && text.contains("\n  260 more hyperparameters: `{ho:#}` shows all"), "{text}");
    assert!(widest(&text) <= 80 && text.lines().count() < 100, "{text}");
    assert!(format!("{}", ho.sweep().table("elsewhere")).contains("\n  260 more hyperparameters: elsewhere"));
    // What the line says.
    assert_eq!(words(&format!("{ho:#}"), "trial").len(), 303);
    let ho = sweep_of(20, 40);
    assert!(!format!("{ho:80}").contains("more hyperparameter"));
}

#[test]
fn a_table_that_fits_has_no_second_best() {
    let ho = sweep(2, |index| format!("x{index}"));
    let text = format!("{ho:80}");
    assert!(widest(&text) <= 80 && !text.contains("in full") && !text.contains("not fit"), "{text}");
    assert_eq!(words(&text, "trial"), ["trial", "objective", "x0", "x1", "accuracy", "epochs", "time"]);
}

#[test]
fn all_columns_are_shown_on_demand() {
    let text = format!("{:#}", sweep(20, |index| format!("trainer.parameter_{index}")));
    assert_eq!(words(&text, "trial").len(), 25);
    assert!(!text.contains("in full") && widest(&text) > 200, "{text}");
}

#[test]
fn a_label_that_is_cut_is_shown_in_full_below() {
    let long = "a label that says much more than a table has room for, word after word";
    let ho = Search::new(hp::choice("x", [long])).run(0..2, |_, _| 1.0);
    let text = format!("{ho:80}");
    assert!(widest(&text) <= 80, "{text}");
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains("trial 0, the best, in full: objective = 1") && joined.contains(long), "{text}");
}

#[test]
fn several_objectives_fit_and_the_front_follows_in_full() {
    let name = |index| format!("an_objective_of_many_letters_{index}");
    for goals in [2, 7] {
        let space = Parameters::new().with("rate", (0.0..=1.0).dimension()).with("layers", (1.0..=8.0).dimension());
        let search = Search::new(space).sampler(RandomSampler::new()).seed(3).goal(vec![Goal::Minimize; goals]);
        let ho = search.run(0..30, |_: i32, p: NamedValues<f64>| {
            let values = (0..goals).map(|index| (name(index), (p["rate"] - index as f64 / goals as f64).abs()));
            Metrics::objectives(values)
        });
        let front = ho.sweep().best_trials().0.len();
        assert!(front > 3);
        for width in [40, 60, 80] {
            let text = format!("{ho:width$}");
            assert!(widest(&text) <= width, "{width}:\n{text}");
            assert_eq!(text.matches(" in full:").count(), 3, "{text}");
            assert_eq!(text.matches("\n  rate ").count(), 3, "{text}");
            assert!(text.contains(&format!("\n{} more trial", front - 3)), "{text}");
        }
    }
}

#[test]
fn a_long_name_breaks_its_own_line_only() {
    for (width, letters) in [(40, 43), (60, 120)] {
        let long = "n".repeat(letters);
        let space = Parameters::new().with(long.clone(), (0.0..=1.0).dimension()).with("rate", (0.0..=1.0).dimension());
        let objective = "o".repeat(letters);
        let ho = Search::new(space)
            .seed(1)
            .run(0..3, |_: i32, p: NamedValues<f64>| Metrics::objectives([(objective.clone(), p["rate"])]));
        let text = format!("{ho:width$}");
        assert!(text.contains(&format!("\n  {long}\n      = ")), "{text}");
        assert!(text.contains(&format!("\n  {objective}\n      = ")), "{text}");
        assert!(text.contains("\n  rate = ") && text.contains("\n  time = "), "{text}");
        assert!(text.lines().all(|line| !line.trim().is_empty()), "{text}");
        let fits = |line: &str| measure_text_width(line) <= width || line.trim() == long || line.trim() == objective;
        assert!(text.lines().all(fits), "{text}");
    }
}

#[test]
fn labels_do_not_look_like_no_value() {
    for (label, cell) in [("", "\"\""), ("-", "\"-\""), (" ", "\" \""), ("a-b", "a-b")] {
        let ho = Search::new(hp::choice("x", [label])).run(0..1, |_, _| 1.0);
        let text = format!("{ho:80}");
        let row = text.lines().find(|line| line.trim_start().starts_with("0 ")).unwrap();
        assert!(row.contains(&format!(" {cell} ")), "{text}");
        let mut written = Vec::new();
        ho.print_min(&mut written).unwrap();
        let written = String::from_utf8(written).unwrap();
        assert!(written.ends_with(&format!("\n  x = {cell}\n")), "{written}");
    }
}

#[test]
fn wide_characters_take_two_columns() {
    let ho = sweep(8, |index| format!("学習率の対数{index}"));
    let text = format!("{ho:80}");
    assert!(widest(&text) <= 80, "{text}");
    assert!(text.contains("columns do not fit: "), "{text}");
}

#[test]
fn sentences_wrap_between_words() {
    let mut sweep: Sweep = sweep(2, |index| format!("x{index}")).into_sweep();
    sweep.add_note("a sentence that is far longer than the forty columns of this terminal");
    let text = format!("{sweep:40}");
    assert!(widest(&text) <= 40, "{text}");
    assert!(text.contains("note: a sentence that is far longer than\n  the forty columns"), "{text}");
    let lines = |text: &dyn fmt::Display| format!("{text:#}").lines().count();
    assert!(lines(&sweep) < text.lines().count());
}

#[test]
fn the_table_shows_the_importances_of_the_sweep() {
    let space = Parameters::new()
        .with("x", (0.0..=1.0).dimension())
        .with("y", (0.0..=1.0).dimension())
        .with("z", (0.0..=1.0).dimension());
    let search = |trials| {
        let objective = |_: i32, p: NamedValues<f64>| p["x"] * p["y"] + 0.1 * p["z"];
        Search::new(space.clone()).sampler(RandomSampler::new()).seed(1).run(0..trials, objective)
    };
    for trials in [20, 300] {
        let ho = search(trials);
        let importances = ho.sweep().importances().unwrap();
        let text = format!("{ho:100}");
        let line = text.lines().find(|line| line.starts_with("importance: ")).unwrap();
        for found in &importances {
            let percent = format!("{:.0} %", 100.0 * found.share);
            let part = line.split(&[':', ','][..]).find(|part| part.trim().starts_with(&found.name)).unwrap();
            assert!(part.ends_with(&percent), "{line}\n{importances}");
        }
    }
}

#[test]
fn importances_of_fewer_trials_say_so() {
    let ho = sweep_of(700, 12);
    let (text, importances) = (ho.to_string(), ho.sweep().importances().unwrap());
    let line = text.lines().find(|line| line.starts_with("importance")).unwrap();
    assert!(line.starts_with("importance, by 500 of 700 trials: x11 "), "{text}");
    assert_eq!(importances.trials(), 700);
}
