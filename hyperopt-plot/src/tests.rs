//! Whole figures: what is in them, and that none of them fails.

use crate::{
    demo,
    error::Error,
    figure::{Figure, Subject},
    model::{AxisKind, Scene},
};

/// Counts the marks: every trial is one `<circle>` in each panel where it has a value, and nothing else is.
fn marks(figure: &Figure) -> usize {
    figure.to_svg().unwrap().matches("<circle ").count()
}

fn active(scene: &Scene) -> usize {
    scene.trials.iter().flat_map(|trial| &trial.xs).flatten().count()
}

/// The labels, titles and captions of an SVG.
fn texts(svg: &str) -> Vec<&str> {
    svg.split("<text ").skip(1).filter_map(|text| text.split(['>', '<']).nth(1)).map(str::trim).collect()
}

#[test]
fn every_trial_is_one_mark_in_every_panel_where_it_is_active() {
    for (name, figure) in demo::gallery() {
        let expected = match name.strip_prefix("rungs") {
            Some(_) => figure.scene.evaluations.iter().filter_map(|evaluation| evaluation.value).count(),
            None => active(&figure.scene),
        };
        assert_eq!(marks(&figure), expected, "{name}");
    }
    assert_eq!(marks(&Figure::of(Subject::Scatter, demo::three(50))), 150);
}

#[test]
fn svgs_are_well_formed_and_name_their_fonts() {
    for (name, figure) in demo::gallery() {
        let svg = figure.to_svg().unwrap();
        assert!(svg.starts_with("<svg xmlns="), "{name}");
        assert!(svg.trim_end().ends_with("</svg>"), "{name}");
        assert_eq!(svg.matches("<text ").count(), svg.matches(", sans-serif\"").count(), "{name}");
        let numbers = svg.replace("infeasible", "");
        assert!(!numbers.contains("NaN") && !numbers.contains("inf"), "{name}");
    }
}

#[test]
fn the_best_trial_and_the_missing_ones_are_told() {
    let svg = Figure::of(Subject::Scatter, demo::three(50)).to_svg().unwrap();
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
    let svg = Figure::of(Subject::Scatter, demo::conditional()).to_svg().unwrap();
    assert!(texts(&svg).contains(&"in 19 of 60 trials"));
}

/// The colours of the marks, in the order of drawing, without repetitions.
fn fills(svg: &str) -> Vec<&str> {
    let circles = svg.split("<circle ").skip(1);
    let mut fills: Vec<_> = circles.filter_map(|circle| circle.split("fill=\"").nth(1)?.split('"').next()).collect();
    fills.dedup();
    fills
}

#[test]
fn budgets_are_colours_with_names_and_the_largest_lies_on_top() {
    let mut scene = demo::ladder();
    scene.axes.truncate(1);
    let svg = Figure::of(Subject::Scatter, scene.clone()).to_svg().unwrap();
    let ramp = [0.0, 0.5, 1.0].map(|share| {
        let color = crate::theme::ramp(share);
        format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2)
    });
    assert_eq!(fills(&svg), ramp);
    let texts = texts(&svg);
    let legend = texts.iter().position(|text| *text == "1").unwrap();
    assert_eq!(texts[legend..legend + 4], ["1", "3", "9", "resources"]);
    assert!(texts.iter().any(|text| text.ends_with(", resources 9")), "{texts:?}");
    // Beside a title that leaves it too little room, the legend shrinks to its ends.
    let narrow = Figure::of(Subject::Scatter, scene).size(420, 240).to_svg().unwrap();
    assert!(self::texts(&narrow).contains(&"resources 1"));
}

#[test]
fn one_budget_leaves_the_colours_to_the_trials() {
    let mut scene = demo::ladder();
    scene.trials.iter_mut().for_each(|trial| trial.resources = Some(1.0));
    scene.evaluations.iter_mut().for_each(|evaluation| evaluation.resources = 1.0);
    let svg = Figure::of(Subject::Scatter, scene).to_svg().unwrap();
    assert!(texts(&svg).contains(&"trial 0"));
}

#[test]
fn rungs_have_one_line_for_each_configuration() {
    let figure = Figure::of(Subject::Rungs, demo::ladder());
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
    let (_, figure) = demo::gallery().into_iter().find(|(name, _)| *name == "pareto").unwrap();
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
    let one = Figure::of(Subject::Pareto, demo::three(5)).to_svg().unwrap();
    assert!(self::texts(&one).contains(&"The sweep has one goal"));
}

#[test]
fn pngs_have_the_size_asked_for() {
    let figure = Figure::of(Subject::Scatter, demo::three(20)).size(300, 200);
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
    let failed = Figure::of(Subject::Scatter, demo::failed());
    let svg = failed.to_svg().unwrap();
    let texts = texts(&svg);
    assert!(texts.contains(&"All 12 trials failed"), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("the first error: cannot open")), "{texts:?}");
    assert!(failed.density(1).to_png().is_ok());
}

#[test]
fn odd_texts_do_not_break_the_document() {
    let mut scene = demo::three(5);
    scene.axes[0].name = "a<b> & \"c\"\n\u{1}".to_owned();
    scene.axes[1].kind = AxisKind::Categories(vec!["x\ty".to_owned(), String::new()]);
    let svg = Figure::of(Subject::Scatter, scene).to_svg().unwrap();
    let texts = texts(&svg);
    assert!(texts.contains(&"a&lt;b&gt; &amp; &quot;c&quot;"), "{texts:?}");
    assert!(texts.contains(&"x y"), "{texts:?}");
    assert!(svg.chars().all(|c| c == '\n' || !c.is_control()));
}

#[test]
fn numbers_at_the_ends_of_what_a_float_holds_are_drawn() {
    for values in [[f64::MAX, f64::MIN, 0.0], [5e-324, 1e-308, 1e308], [1.0, 1.0 + f64::EPSILON, 1.0]] {
        let mut scene = demo::three(3);
        for (trial, value) in scene.trials.iter_mut().zip(values) {
            trial.value = value;
            trial.xs[0] = Some(value);
        }
        scene.axes[0].kind = AxisKind::Linear(Some((f64::MIN, f64::MAX)));
        assert_eq!(marks(&Figure::of(Subject::Scatter, scene.clone())), 9);
        scene.axes[0].kind = AxisKind::Log(None);
        assert_eq!(marks(&Figure::of(Subject::Scatter, scene)), 9);
    }
}

#[test]
fn a_hundred_hyperparameters_still_fit() {
    let mut scene = demo::three(4);
    scene.axes = vec![scene.axes[0].clone(); 100];
    scene.trials.iter_mut().for_each(|trial| trial.xs = vec![Some(2.0); 100]);
    let figure = Figure::of(Subject::Scatter, scene);
    assert_eq!(marks(&figure), 4 * 64);
    assert!(texts(&figure.to_svg().unwrap()).iter().any(|text| text.contains("the first 64 of 100")));
}

#[test]
fn sizes_out_of_range_are_refused() {
    for (width, height) in [(0, 0), (100, 400), (400, 3001), (u32::MAX, 300)] {
        let error = Figure::of(Subject::Scatter, demo::three(3)).size(width, height).to_svg().unwrap_err();
        assert!(matches!(error, Error::Size { .. }));
        assert!(error.to_string().ends_with("write a width and a height from 160 to 3000"), "{error}");
    }
}

#[test]
fn figures_are_saved_by_extension() {
    let folder = std::env::temp_dir().join(format!("hyperopt-plot-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let figure = Figure::of(Subject::Scatter, demo::three(10)).size(200, 160).density(1);
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
