//! Tests of the figures of one sweep or several: where the marks lie, by the sweep itself.

use hyperopt_core::{Candidates, Metrics, Parameters, RandomSampler, Search, Sweep};

use super::{circles, scenes, texts};
use crate::{
    Error, comparison, contour, edf, figure::Chart, hypervolume_history, intermediate_values, optimization_history,
    pareto_front, rank, slice, theme, timeline,
};

/// Random trials of a bowl over two numbers; every tenth fails, and those above 1.2 violate a constraint.
fn bowl(seed: u64, count: usize) -> Sweep {
    let space = Parameters::new().with("x", (0.0..=1.0).dimension()).with("y", (0.0..=1.0).dimension());
    let search = Search::new(space).sampler(RandomSampler::new()).seed(seed).progress(false);
    search
        .run(0..count, |number, params| {
            let (x, y) = (params[0].1, params[1].1);
            let value = 1.0 + (x - 0.3).powi(2) + (y - 0.6).powi(2);
            if number % 10 == 4 { Err("diverged") } else { Ok(Metrics::new(value).constraint("large", value - 1.2)) }
        })
        .into_sweep()
}

/// Returns the circles of a figure: their centres, and whether each is a ring.
fn marks(figure: &crate::Figure) -> Vec<((f64, f64), bool)> {
    circles(&figure.to_svg().unwrap())
}

fn says(figure: &crate::Figure, text: &str) -> bool {
    texts(&figure.to_svg().unwrap()).iter().any(|found| found.contains(text))
}

/// Returns whether `higher` values have smaller heights in a picture, in which y grows downwards.
fn rises(pairs: &[(f64, f64)]) -> bool {
    let mut pairs = pairs.to_vec();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    pairs.windows(2).all(|pair| pair[1].1 <= pair[0].1 + 0.011)
}

#[test]
fn histories_have_a_mark_for_each_trial_and_rows_for_the_others() {
    let sweep = bowl(7, 50);
    let complete: Vec<_> = sweep.history().complete().collect();
    let marks = marks(&optimization_history(&sweep));
    assert_eq!(marks.len(), complete.len());
    for ((trial, _), (_, is_ring)) in complete.iter().zip(&marks) {
        assert_eq!(*is_ring, !trial.is_feasible());
    }
    let heights: Vec<_> = complete.iter().zip(&marks).map(|((_, value), ((_, y), _))| (*value, *y)).collect();
    assert!(rises(&heights), "{heights:?}");
    let across: Vec<_> =
        complete.iter().zip(&marks).map(|((trial, _), ((x, _), _))| (trial.number() as f64, -x)).collect();
    assert!(rises(&across));
    // The line of the best so far ends at the height of the best.
    let svg = optimization_history(&sweep).to_svg().unwrap();
    let line = svg.split("<polyline points=\"").nth(1).unwrap().split('"').next().unwrap();
    let end: f64 = line.rsplit(',').next().unwrap().parse().unwrap();
    let best = sweep.history().best(sweep.goal()).unwrap().0.number();
    let place = complete.iter().position(|(trial, _)| trial.number() == best).unwrap();
    assert!((marks[place].0.1 - end).abs() < 0.02);
    assert!(says(&optimization_history(&sweep), "failed"));
    let ticks = svg.matches(" width=\"1.2\" height=\"8\"").count();
    assert_eq!(ticks, 5, "a tick for each failed trial");
}

#[test]
fn slices_have_medians_and_rows() {
    let sweep = bowl(7, 60);
    let svg = slice(&sweep).to_svg().unwrap();
    let complete = sweep.history().complete().count();
    assert_eq!(svg.matches("<circle ").count(), 2 * complete);
    assert_eq!(svg.matches("<polyline ").count(), 2, "a median for each hyperparameter");
    assert_eq!(svg.matches(" width=\"1.2\" height=\"8\"").count(), 2 * (60 - complete));
    assert!(says(&slice(&sweep), "running median"));
}

#[test]
fn medians_are_those_of_the_largest_budget() {
    let mut scene = scenes::ladder();
    scene.axes.truncate(1);
    scene.trials.iter_mut().for_each(|trial| trial.xs.truncate(1));
    let lines = |figure: &crate::Figure| figure.to_svg().unwrap().matches("<polyline ").count();
    let figure = crate::Figure::of(Chart::Slice, scene.clone());
    assert_eq!(lines(&figure), 0, "{} trials with budget 9 are too few", 7);
    assert!(!says(&figure, "median"));
    // As many as are enough, all of them better than those with smaller budgets.
    let number = scene.trials.len() + 10;
    for index in 0..20 {
        let mut trial = scene.trials[0].clone();
        (trial.number, trial.resources, trial.value) = (number + index, Some(9.0), 1e-3);
        trial.xs = vec![scene.trials[index].xs[0]];
        scene.trials.push(trial);
    }
    scene.trials.iter_mut().filter(|trial| trial.resources == Some(9.0)).for_each(|trial| trial.value = 1e-3);
    let figure = crate::Figure::of(Chart::Slice, scene);
    assert_eq!(lines(&figure), 1);
    assert!(says(&figure, "the line is a running median, of the trials with the largest budget, 9"));
    let svg = figure.to_svg().unwrap();
    let line = svg.split("<polyline points=\"").nth(1).unwrap().split('"').next().unwrap();
    let heights: Vec<&str> = line.split(' ').filter_map(|place| place.split_once(',')).map(|(_, y)| y).collect();
    assert!(heights.len() > 1 && heights.iter().all(|height| *height == heights[0]), "{heights:?}");
}

#[test]
fn several_sweeps_have_a_line_for_each_name() {
    let sweeps = [("a", bowl(1, 30)), ("a", bowl(2, 30)), ("b", bowl(3, 20))];
    for figure in [comparison(&sweeps), optimization_history(&sweeps)] {
        let svg = figure.to_svg().unwrap();
        assert_eq!(svg.matches("<polyline ").count(), 2);
        assert_eq!(svg.matches("<polygon ").count(), 2, "and a band");
        let found = texts(&svg);
        assert!(found.contains(&"a × 2") && found.contains(&"b"), "{found:?}");
    }
    let seeds: Vec<Sweep> = (0..5).map(|seed| bowl(seed, 20)).collect();
    let svg = optimization_history(&seeds).to_svg().unwrap();
    assert_eq!(svg.matches("<polyline ").count(), 1);
    assert!(texts(&svg).iter().any(|text| text.contains("quartiles")));
    let alone = comparison(&seeds[0]).to_svg().unwrap_err().to_string();
    assert!(alone.starts_with("no comparison of this sweep: it takes several sweeps; `comparison("), "{alone}");
}

#[test]
fn distributions_rise_from_nothing_to_all() {
    let figure = edf(&bowl(7, 50));
    let svg = figure.to_svg().unwrap();
    let line = svg.split("<polyline points=\"").nth(1).unwrap().split('"').next().unwrap();
    let places: Vec<(f64, f64)> = line
        .split(' ')
        .map(|place| place.split_once(',').map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).unwrap())
        .collect();
    assert!(places.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 >= pair[1].1), "{places:?}");
    let label = |wanted: &str| -> f64 {
        let text = svg.split("<text ").find(|text| text.contains(&format!(">\n{wanted}\n<"))).unwrap();
        text.split("y=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    assert!(
        (places[0].1 + 4.0 - label("0")).abs() < 0.02 && (places.last().unwrap().1 + 4.0 - label("1.0")).abs() < 0.02
    );
    assert!(says(&figure, "5 failed trials left out"));
    assert_eq!(edf(&[("a", bowl(1, 30)), ("b", bowl(2, 30))]).to_svg().unwrap().matches("<polyline ").count(), 2);
}

#[test]
fn pairs_have_a_mark_for_each_trial_on_true_axes() {
    let sweep = bowl(7, 60);
    let complete = sweep.history().complete().count();
    for figure in [rank(&sweep), contour(&sweep)] {
        // The best is a star.
        let svg = figure.to_svg().unwrap();
        assert_eq!(circles(&svg).len(), complete - 1);
        assert!(svg.contains(&theme::ACCENT.to_string()));
    }
    let best = sweep.history().best(sweep.goal()).unwrap().0.number();
    let others: Vec<_> =
        sweep.history().trials().iter().filter(|t| t.objective().is_some() && t.number() != best).collect();
    let mut xs: Vec<f64> = marks(&rank(&sweep)).iter().map(|((x, _), _)| *x).collect();
    let mut units: Vec<f64> = others.iter().map(|trial| trial.point().get(0).unwrap()).collect();
    xs.sort_by(f64::total_cmp);
    units.sort_by(f64::total_cmp);
    let slope = (xs[xs.len() - 1] - xs[0]) / (units[units.len() - 1] - units[0]);
    assert!(xs.iter().zip(&units).all(|(x, unit)| (x - xs[0] - slope * (unit - units[0])).abs() < 0.05));
}

#[test]
fn of_very_many_trials_some_have_marks_in_pairs() {
    for chart in [Chart::Rank, Chart::Contour] {
        let figure = crate::Figure::of(chart, scenes::three(5000));
        let marks = super::marks(&figure);
        assert!((3 * 1660..=3 * 2000).contains(&marks), "{marks}");
        assert!(says(&figure, "1667 of 5000 trials drawn, evenly by rank"));
        assert!(figure.to_svg().unwrap().len() < 500_000);
    }
}

#[test]
fn one_hyperparameter_makes_no_pair() {
    let space = Parameters::new().with("x", (0.0..=1.0).dimension());
    let one = Search::new(space).seed(1).progress(false).run(0..5, |_, params| params[0].1).into_sweep();
    for (name, figure) in [("rank", rank(&one)), ("contour", contour(&one))] {
        let error = figure.to_svg().unwrap_err().to_string();
        let advice = "`slice` draws the objective against each hyperparameter";
        assert_eq!(error, format!("no {name} of this sweep: one hyperparameter makes no pair; {advice}"));
    }
    assert!(slice(&one).to_svg().is_ok());
    for figure in [hypervolume_history(&one), intermediate_values(&one), pareto_front(&one)] {
        assert!(matches!(figure.to_png(), Err(Error::Unsuited { .. })));
    }
    assert!(optimization_history(&one).to_svg().is_ok(), "what the errors advise");
}

/// A sweep whose trials report, of which every third is pruned.
fn reporting() -> Sweep {
    let space = Parameters::new().with("x", (0.0..=1.0).dimension());
    let search = Search::new(space).seed(3).progress(false);
    search
        .run_trials(0..12, |trial, params| {
            let steps = if trial.number() % 3 == 2 { 2 } else { 5_u32 };
            for step in 1..=steps {
                trial.report(step, 1.0 + params[0].1 / f64::from(step));
            }
            (steps == 5).then_some(1.0 + params[0].1 / 5.0)
        })
        .into_sweep()
}

#[test]
fn curves_are_lines_and_stopped_ones_end_in_rings() {
    let figure = intermediate_values(&reporting());
    let svg = figure.to_svg().unwrap();
    assert_eq!(svg.matches("<polyline ").count(), 12);
    assert_eq!(circles(&svg).iter().filter(|(_, is_ring)| *is_ring).count(), 4);
    let lengths =
        svg.split("<polyline points=\"").skip(1).map(|line| line.split('"').next().unwrap().split(' ').count());
    let lengths: Vec<usize> = lengths.collect();
    assert_eq!((lengths.iter().filter(|l| **l == 5).count(), lengths.iter().filter(|l| **l == 2).count()), (8, 4));
    let last = svg.split("<polyline ").last().unwrap();
    assert!(last.contains(&theme::ACCENT.to_string()), "the best is on top");
    assert!(says(&figure, "8 trials complete"));
}

#[test]
fn trials_without_reports_are_counted() {
    let space = Parameters::new().with("x", (0.0..=1.0).dimension());
    let search = Search::new(space).seed(3).progress(false);
    let sweep = search.run_trials(0..20, |trial, params| {
        if trial.number() % 5 == 1 {
            return Err("diverged");
        }
        if trial.number() % 5 != 2 {
            (1..4_u32).for_each(|step| trial.report(step, params[0].1));
        }
        Ok(params[0].1)
    });
    let figure = intermediate_values(sweep.sweep());
    assert!(says(&figure, "12 trials complete") && says(&figure, "4 failed, 4 complete without a report"));
}

#[test]
fn every_trial_is_a_bar_of_the_timeline() {
    let sweep = bowl(7, 30);
    let figure = timeline(&sweep);
    let svg = figure.to_svg().unwrap();
    let blue = svg.split("<rect ").filter(|rect| rect.contains("#2F86AE")).count();
    let feasible = sweep.history().complete().filter(|(trial, _)| trial.is_feasible()).count();
    // One of them is the best, which is orange, and one is in the key.
    assert_eq!(blue, feasible);
    assert!(says(&figure, "starts are reconstructed") && says(&figure, &format!("{feasible} complete")));
}

/// Three objectives; the first and the second are at odds.
fn three_goals() -> Sweep {
    use hyperopt_core::Goal::{Maximize, Minimize};
    let space = Parameters::new().with("x", (0.0..=1.0).dimension()).with("y", (0.0..=1.0).dimension());
    let search = Search::new(space).goal([Minimize, Maximize, Minimize]).seed(5).progress(false);
    search.run(0..40, |_, params| [params[0].1, params[0].1 - params[1].1, params[1].1]).into_sweep()
}

#[test]
fn fronts_of_three_objectives_are_a_matrix() {
    let sweep = three_goals();
    let front = sweep.history().pareto(sweep.goals()).len();
    let figure = pareto_front(&sweep);
    let svg = figure.to_svg().unwrap();
    assert_eq!(svg.matches("<circle ").count(), 3 * 40, "a panel for each pair");
    let accent = theme::ACCENT.to_string();
    let marked =
        svg.split("<circle ").skip(1).filter(|circle| circle.split('>').next().unwrap().contains(&accent)).count();
    assert_eq!(marked, 3 * front);
    assert!(says(&figure, "objective 1") || says(&figure, "(maximize)"));
}

#[test]
fn the_hypervolume_never_falls() {
    let sweep = three_goals();
    let volumes = crate::source::volumes(&sweep).unwrap().unwrap();
    assert!(volumes.steps.windows(2).all(|pair| pair[0].1 <= pair[1].1 && pair[0].0 < pair[1].0));
    let figure = hypervolume_history(&sweep);
    assert_eq!(marks(&figure).len(), volumes.steps.len());
    assert!(says(&figure, "reference: "));
}

#[test]
fn sweeps_without_a_value_have_figures_that_say_so() {
    let space = Parameters::new().with("x", (0.0..=1.0).dimension()).with("y", (0.0..=1.0).dimension());
    let failed = Search::new(space).progress(false).run(0..4, |_, _| Err::<f64, _>("diverged")).into_sweep();
    let figures = [
        optimization_history(&failed),
        slice(&failed),
        edf(&failed),
        rank(&failed),
        contour(&failed),
        intermediate_values(&failed),
        optimization_history(&[&failed, &failed]),
    ];
    for figure in figures {
        let svg = figure.to_svg().unwrap();
        assert!(texts(&svg).iter().any(|text| text.contains("diverged")), "{:?}", texts(&svg));
        assert!(figure.density(1).to_png().is_ok());
    }
    assert!(says(&timeline(&failed), "4 failed"), "which it can show");
}

#[test]
fn odd_sweeps_are_drawn() {
    let values: [fn(usize) -> f64; 5] = [
        |_| 0.25,
        |number| if number % 3 == 0 { f64::INFINITY } else { number as f64 },
        |number| if number % 2 == 0 { f64::MAX } else { f64::MIN },
        |number| 5e-324 * number as f64,
        |number| if number == 0 { 1.0 } else { f64::NAN },
    ];
    for (count, value) in [1, 2, 30].into_iter().flat_map(|count| values.map(|value| (count, value))) {
        let space =
            Parameters::new().with("x", (0.0..=1.0).dimension()).with("y", hyperopt_core::log(1e-3..=1.0).dimension());
        let sweep = Search::new(space).seed(2).progress(false).run(0..count, |number, _| value(number)).into_sweep();
        let figures = [
            optimization_history(&sweep),
            slice(&sweep),
            edf(&sweep),
            rank(&sweep),
            contour(&sweep),
            timeline(&sweep),
            optimization_history(&[&sweep, &sweep]),
        ];
        for figure in figures {
            let svg = figure.size(400, 300).to_svg().unwrap();
            assert!(!svg.contains("NaN") && !svg.contains("inf\"") && !svg.contains("inf,"), "{svg}");
        }
    }
}
