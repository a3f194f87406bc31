//! Tests of whole figures: their marks and texts, and that drawing never fails.

mod areas;
mod bends;
mod gallery;
mod importances;
mod labels;
mod letters;
mod newer;
mod pairs;
pub(crate) mod scenes;
mod several;
mod stretched;
mod told;
mod weight;

use crate::{
    error::Error,
    figure::{Chart, Figure},
    model::{AxisKind, Scene},
    theme::Ramp,
};

/// Counts the marks: every trial is one `<circle>` in each panel where it has a value, and nothing else is; or, of very many,
/// a line without a length in a path, or an arc.
fn marks(figure: &Figure) -> usize {
    let svg = figure.to_svg().unwrap();
    ["<circle ", "h0", "0z"].iter().map(|mark| svg.matches(mark).count()).sum()
}

fn active(scene: &Scene) -> usize {
    scene.trials.iter().flat_map(|trial| &trial.xs).flatten().count()
}

/// Returns the labels, titles and captions of an SVG.
fn texts(svg: &str) -> Vec<&str> {
    svg.split("<text ").skip(1).filter_map(|text| text.split(['>', '<']).nth(1)).map(str::trim).collect()
}

#[test]
fn every_trial_is_one_mark_in_every_panel_where_it_is_active() {
    for (name, figure) in gallery::gallery() {
        let expected = match name.strip_prefix("rungs") {
            Some(_) => figure.scene.evaluations.iter().filter_map(|evaluation| evaluation.value).count(),
            None if ["pairs", "parallel", "new"].iter().any(|start| name.starts_with(start)) => continue,
            None => active(&figure.scene),
        };
        assert_eq!(marks(&figure), expected, "{name}");
    }
    assert_eq!(marks(&Figure::of(Chart::Scatter, scenes::three(50))), 150);
}

#[test]
fn svgs_are_well_formed_and_name_their_fonts() {
    for (name, figure) in gallery::gallery() {
        let svg = figure.to_svg().unwrap();
        assert!(svg.starts_with("<svg xmlns="), "{name}");
        assert!(svg.trim_end().ends_with("</svg>"), "{name}");
        assert!(svg.split_once('>').unwrap().0.contains(", sans-serif\""), "{name}");
        assert!(svg.contains("<title id=\"title\">") && !svg.contains(" opacity="), "{name}");
        let numbers = svg.replace("infeasible", "");
        assert!(!numbers.contains("NaN") && !numbers.contains("inf"), "{name}");
    }
}

#[test]
fn the_best_trial_and_the_missing_ones_are_told() {
    let svg = Figure::of(Chart::Scatter, scenes::three(50)).to_svg().unwrap();
    let texts = texts(&svg);
    for text in ["50 trials of RandomSampler, seed 7", "best 0.0590951 at trial 48", "2 failed trials left out"] {
        assert!(texts.contains(&text), "{text} is not in {texts:?}");
    }
    for name in ["a", "b", "c", "objective", "2.24579", "true", "3.24176"] {
        assert!(texts.contains(&name), "{name} is not in {texts:?}");
    }
}

#[test]
fn hyperparameters_say_in_how_many_trials_they_were_active() {
    let svg = Figure::of(Chart::Scatter, scenes::conditional()).to_svg().unwrap();
    assert!(texts(&svg).contains(&"in 19 of 60 trials"));
}

/// Returns the colours of the marks, in the order of drawing, without repetitions.
fn fills(svg: &str) -> Vec<&str> {
    let circles = svg.split("<circle ").skip(1);
    let mut fills: Vec<_> = circles.filter_map(|circle| circle.split("fill=\"").nth(1)?.split('"').next()).collect();
    fills.dedup();
    fills
}

#[test]
fn budgets_are_colours_with_names_and_the_largest_lies_on_top() {
    let mut scene = scenes::ladder();
    scene.axes.truncate(1);
    let svg = Figure::of(Chart::Scatter, scene.clone()).to_svg().unwrap();
    let ramp = [0.0, 0.5, 1.0].map(|share| Ramp::Budget.color(share).to_string());
    assert_eq!(fills(&svg), ramp);
    let texts = texts(&svg);
    let legend = texts.iter().position(|text| *text == "1").unwrap();
    assert_eq!(texts[legend..legend + 4], ["1", "3", "9", "resources"]);
    assert!(texts.iter().any(|text| text.ends_with(", resources 9")), "{texts:?}");
    // Beside a title that leaves it too little room, the legend shrinks to its ends.
    let narrow = Figure::of(Chart::Scatter, scene).size(420, 240).to_svg().unwrap();
    assert!(self::texts(&narrow).contains(&"resources 1"));
}

#[test]
fn one_budget_leaves_the_colours_to_the_trials() {
    let mut scene = scenes::ladder();
    scene.trials.iter_mut().for_each(|trial| trial.resources = Some(1.0));
    scene.evaluations.iter_mut().for_each(|evaluation| evaluation.resources = 1.0);
    let svg = Figure::of(Chart::Scatter, scene).to_svg().unwrap();
    assert!(texts(&svg).contains(&"trial 0"));
}

#[test]
fn rungs_have_one_line_for_each_configuration() {
    let figure = Figure::of(Chart::Rungs, scenes::ladder());
    // One of the 27 configurations failed.
    for (size, panels) in [((640, 440), ["from 1", "from 3", "at 9"].as_slice()), ((160, 160), &[])] {
        let svg = figure.clone().size(size.0, size.1).to_svg().unwrap();
        assert_eq!(svg.matches("<polyline ").count(), 26);
        assert_eq!(svg.matches("<circle ").count(), 36);
        let texts = texts(&svg);
        let names: Vec<_> = texts.iter().filter(|text| text.starts_with("from") || text.starts_with("at")).collect();
        assert_eq!(names, panels.iter().collect::<Vec<_>>(), "{texts:?}");
    }
    let svg = figure.to_svg().unwrap();
    let caption = "37 evaluations of 27 configurations, 117 units (99 if rungs resume) · 1 failed trial left out";
    let texts = texts(&svg).into_iter().map(|text| text.replace("  ", " ")).collect::<Vec<_>>();
    assert!(texts.iter().any(|text| text == caption), "{texts:?}");
    assert!(
        texts.iter().any(|text| text.starts_with("rank correlation of the promoted (their number): 1–3 ")),
        "{texts:?}"
    );
}

#[test]
fn the_front_is_told_from_what_it_beats() {
    let (_, figure) = gallery::gallery().into_iter().find(|(name, _)| name == "pareto").unwrap();
    let svg = figure.to_svg().unwrap();
    let front = figure.scene.front.as_ref().unwrap();
    assert_eq!(svg.matches("fill=\"#E84A0C\"").count(), front.numbers.len());
    assert_eq!(svg.matches("<polyline ").count(), 1);
    let texts = texts(&svg);
    for name in ["loss (minimize)", "images per second (maximize)"] {
        assert!(texts.contains(&name), "{texts:?}");
    }
    let caption = texts.iter().find(|text| text.contains("on the front")).unwrap();
    assert!(caption.contains("13 infeasible, drawn as rings"), "{caption}");
    let error = Figure::of(Chart::Pareto, scenes::three(5)).to_svg().unwrap_err();
    assert_eq!(error.to_string(), "no pareto_front of this sweep: it has one goal; `plot` draws its objective");
}

#[test]
fn a_line_is_broken_where_a_hyperparameter_was_not_active() {
    let lines = |scene: &Scene| {
        let svg = Figure::of(Chart::ParallelCoordinates, scene.clone()).to_svg().unwrap();
        svg.matches("<polyline ").count()
    };
    assert_eq!(lines(&scenes::three(50)), 50);
    // Of kernel, C, gamma and degree, one of the last two is active, or neither: the line goes on once.
    let mut scene = scenes::conditional();
    assert_eq!(lines(&scene), 2 * scene.trials.len());
    // Without C, a line with gamma is in three pieces.
    scene.trials.iter_mut().skip(1).for_each(|trial| trial.xs[1] = None);
    let is_broken_thrice = |trial: &&crate::model::Trial| trial.xs[1].is_none() && trial.xs[2].is_some();
    let thrice = scene.trials.iter().filter(is_broken_thrice).count();
    assert!(thrice > 10);
    assert_eq!(lines(&scene), 2 * scene.trials.len() + thrice);
    // An axis that no line reaches is left out.
    scene.trials[0].xs[1] = None;
    let svg = Figure::of(Chart::ParallelCoordinates, scene.clone()).to_svg().unwrap();
    assert!(texts(&svg).iter().any(|text| text.ends_with("never active: C")), "{:?}", texts(&svg));
    assert_eq!(lines(&scene), 2 * scene.trials.len());
}

#[test]
fn the_best_line_is_orange_and_drawn_last() {
    let svg = Figure::of(Chart::ParallelCoordinates, scenes::three(50)).to_svg().unwrap();
    let lines: Vec<_> = svg.split("<polyline ").skip(1).map(|line| line.split("/>").next().unwrap()).collect();
    let orange = lines.iter().map(|line| line.contains("#E84A0C")).collect::<Vec<_>>();
    assert_eq!(orange.iter().position(|is_orange| *is_orange), Some(49));
    let texts = texts(&svg);
    for text in ["a", "b", "c", "objective", "0.1", "1000", "true", "1", "5", "2 failed trials left out"] {
        assert!(texts.contains(&text), "{text} is not in {texts:?}");
    }
}

#[test]
fn a_configuration_is_one_line_at_its_most_resources() {
    let svg = Figure::of(Chart::ParallelCoordinates, scenes::ladder()).to_svg().unwrap();
    // One of the 27 configurations failed.
    assert_eq!(svg.matches("<polyline ").count(), 26);
    let caption = "26 configurations, each at its most resources";
    for chart in [Chart::ParallelCoordinates, Chart::PairPlot] {
        let svg = Figure::of(chart, scenes::ladder()).to_svg().unwrap();
        assert!(texts(&svg).iter().any(|text| text.starts_with(caption)), "{:?}", texts(&svg));
    }
    let outcomes = scenes::ladder();
    let outcomes = outcomes.outcomes();
    assert_eq!(outcomes.iter().filter(|trial| trial.resources == Some(9.0)).count(), 2 + 2 + 3);
    assert_eq!(outcomes.last().map(|trial| trial.number), scenes::ladder().best);
}

/// Returns the circles of an SVG: the centre, and whether each is a ring.
fn circles(svg: &str) -> Vec<((f64, f64), bool)> {
    let value = |circle: &str, name: &str| -> f64 {
        circle.split(name).nth(1).and_then(|rest| rest.split('"').next()).unwrap().parse().unwrap()
    };
    let circles = svg.split("<circle ").skip(1).map(|circle| circle.split('>').next().unwrap());
    circles.map(|c| ((value(c, "cx=\""), value(c, "cy=\"")), c.contains("fill=\"none\""))).collect()
}

#[test]
fn figures_that_cannot_be_are_errors_that_say_what_to_do() {
    let error = |chart, scene: &Scene| Figure::of(chart, scene.clone()).to_png().unwrap_err().to_string();
    let mut scene = scenes::three(20);
    scene.axes.truncate(1);
    scene.trials.iter_mut().for_each(|trial| trial.xs.truncate(1));
    let pair = "no pair_plot of this sweep: one hyperparameter makes no pair; `plot` draws the objective against each \
                hyperparameter";
    assert_eq!(error(Chart::PairPlot, &scene), pair);
    assert!(Figure::of(Chart::ParallelCoordinates, scene.clone()).to_svg().is_ok(), "but lines");
    scene.axes.clear();
    for chart in [Chart::PairPlot, Chart::ParallelCoordinates, Chart::Scatter, Chart::Rungs, Chart::Pareto] {
        assert!(matches!(Figure::of(chart, scene.clone()).to_svg(), Err(Error::Unsuited { .. })), "{chart:?}");
    }
    let small = Figure::of(Chart::PairPlot, scenes::ten(20)).size(320, 240).to_svg().unwrap_err().to_string();
    let (_, size) = small.split_once("`size(").unwrap();
    let (width, height) = size.split_once(')').unwrap().0.split_once(", ").unwrap();
    let figure = Figure::of(Chart::PairPlot, scenes::ten(20));
    assert!(figure.size(width.parse().unwrap(), height.parse().unwrap()).to_svg().is_ok(), "{small}");
}

#[test]
fn what_is_chosen_is_said() {
    let says = |chart, scene: &Scene| {
        let svg = Figure::of(chart, scene.clone()).to_svg().unwrap();
        texts(&svg).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for chart in [Chart::PairPlot, Chart::ParallelCoordinates] {
        assert!(says(chart, &scenes::failed()).contains(&"All 12 trials failed".to_owned()));
        let mut several = scenes::three(20);
        several.further = 1;
        let first = "objective, the first of 2 objectives".to_owned();
        assert!(says(chart, &several).iter().any(|text| text.starts_with(&first)));
        let mut many = scenes::three(4);
        many.axes = vec![many.axes[0].clone(); 100];
        many.trials.iter_mut().for_each(|trial| trial.xs = vec![Some(2.0); 100]);
        let most = if chart == Chart::PairPlot { 12 } else { 20 };
        assert!(says(chart, &many).iter().any(|text| text.contains(&format!("the first {most} of 100"))));
    }
}

#[test]
fn extreme_values_have_their_cells_and_lines() {
    for values in [[f64::MAX, f64::MIN, 0.0], [5e-324, 1e-308, 1e308], [1.0, 1.0 + f64::EPSILON, 1.0]] {
        let mut scene = scenes::three(3);
        for (trial, value) in scene.trials.iter_mut().zip(values) {
            trial.value = value;
            trial.xs[0] = Some(value);
        }
        for kind in [AxisKind::Linear(Some((f64::MIN, f64::MAX))), AxisKind::Log(None)] {
            scene.axes[0].kind = kind;
            for chart in [Chart::PairPlot, Chart::ParallelCoordinates] {
                let figure = Figure::of(chart, scene.clone()).size(400, 300).density(1);
                let svg = figure.to_svg().unwrap();
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{values:?}");
                assert!(figure.to_png().is_ok());
            }
        }
    }
}

#[test]
fn pngs_have_the_size_asked_for() {
    let figure = Figure::of(Chart::Scatter, scenes::three(20)).size(300, 200);
    for density in [1, 2, 3] {
        let png = figure.clone().density(density).to_png().unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((frame.width, frame.height), (300 * density, 200 * density));
        assert_eq!(pixels[..3], [255, 255, 255], "the corner is paper");
        assert!(pixels.chunks_exact(3).any(|pixel| pixel == [0xe8, 0x4a, 0x0c]), "the best trial is marked");
    }
}

#[test]
fn a_sweep_that_failed_has_a_figure_that_says_so() {
    let failed = Figure::of(Chart::Scatter, scenes::failed());
    let svg = failed.to_svg().unwrap();
    let texts = texts(&svg);
    assert!(texts.contains(&"All 12 trials failed"), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("the first error: cannot open")), "{texts:?}");
    assert!(failed.density(1).to_png().is_ok());
}

#[test]
fn odd_texts_do_not_break_the_document() {
    let mut scene = scenes::three(5);
    scene.axes[0].name = "a<b> & \"c\"\n\u{1}".to_owned();
    scene.axes[1].kind = AxisKind::Categories(vec!["x\ty".to_owned(), String::new()]);
    let svg = Figure::of(Chart::Scatter, scene).to_svg().unwrap();
    let texts = texts(&svg);
    assert!(texts.contains(&"a&lt;b&gt; &amp; &quot;c&quot;"), "{texts:?}");
    assert!(texts.contains(&"x y"), "{texts:?}");
    assert!(svg.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn numbers_at_the_ends_of_what_a_float_holds_are_drawn() {
    for values in [[f64::MAX, f64::MIN, 0.0], [5e-324, 1e-308, 1e308], [1.0, 1.0 + f64::EPSILON, 1.0]] {
        let mut scene = scenes::three(3);
        for (trial, value) in scene.trials.iter_mut().zip(values) {
            trial.value = value;
            trial.xs[0] = Some(value);
        }
        scene.axes[0].kind = AxisKind::Linear(Some((f64::MIN, f64::MAX)));
        assert_eq!(marks(&Figure::of(Chart::Scatter, scene.clone())), 9);
        scene.axes[0].kind = AxisKind::Log(None);
        assert_eq!(marks(&Figure::of(Chart::Scatter, scene)), 9);
    }
}

#[test]
fn of_a_hundred_hyperparameters_some_are_drawn() {
    let mut scene = scenes::three(4);
    scene.axes = vec![scene.axes[0].clone(); 100];
    scene.trials.iter_mut().for_each(|trial| trial.xs = vec![Some(2.0); 100]);
    let figure = Figure::of(Chart::Scatter, scene);
    assert_eq!(marks(&figure), 4 * 24);
    assert!(texts(&figure.to_svg().unwrap()).iter().any(|text| text.contains("the first 24 of 100")));
}

#[test]
fn sizes_out_of_range_are_refused() {
    for (width, height) in [(0, 0), (100, 400), (400, 3001), (u32::MAX, 300)] {
        let error = Figure::of(Chart::Scatter, scenes::three(3)).size(width, height).to_svg().unwrap_err();
        assert!(matches!(error, Error::Size { .. }));
        assert!(error.to_string().ends_with("write a width and a height from 160 to 3000"), "{error}");
    }
}

#[test]
fn figures_are_saved_by_extension() {
    let folder = std::env::temp_dir().join(format!("hyperopt-plot-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let figure = Figure::of(Chart::Scatter, scenes::three(10)).size(200, 160).density(1);
    figure.save(folder.join("sweep.svg")).unwrap();
    figure.save(folder.join("sweep.png")).unwrap();
    let read = |name| std::fs::read(folder.join(name)).unwrap();
    assert!(read("sweep.svg").starts_with(b"<svg"));
    assert!(read("sweep.png").starts_with(b"\x89PNG"));
    let missing = figure.save(folder.join("no/such/folder.png")).unwrap_err();
    assert!(matches!(missing, Error::Write { .. }), "{missing}");
    assert!(matches!(figure.save(folder.join("sweep.pdf")), Err(Error::Extension { .. })));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_largest_numbers_are_on_the_right_side() {
    for is_loss in [true, false] {
        let sign = if is_loss { 1.0 } else { -1.0 };
        let mut scene = scenes::three(30);
        for trial in &mut scene.trials {
            trial.value = sign * if trial.number == 7 { -1.5e308 } else { 1e308 * (trial.number as f64 / 15.0 - 1.0) };
        }
        (scene.is_loss, scene.best) = (is_loss, Some(7));
        for chart in [Chart::Scatter, Chart::History] {
            let svg = Figure::of(chart, scene.clone()).to_svg().unwrap();
            let heights: Vec<f64> = circles(&svg)[..30].iter().map(|((_, y), _)| sign * y).collect();
            let lowest = heights.iter().copied().fold(f64::MIN, f64::max);
            assert!(heights.iter().filter(|height| **height == lowest).count() == 1, "{heights:?}");
            assert!(heights[29] < heights[0] - 50.0, "{heights:?}");
            assert!(texts(&svg).contains(&"1e308") || texts(&svg).contains(&"1.0e308"), "{:?}", texts(&svg));
        }
    }
}
