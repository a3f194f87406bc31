//! Tests of whole pages: their structure, what they say, and that nothing in them is more than text.

use std::{collections::HashSet, time::Duration};

use hyperopt_core::{
    Candidates, Goal, Metrics, Outcome, Parameters, RandomSampler, Search, Sweep, categorical, hp, log,
};
use serde_json::Value;

use crate::{Error, report};

const HOSTILE: &str = "</script><img src=x onerror=alert(1)>\"'&<!--<script>";

fn hostile() -> Sweep {
    let name = |n: usize| format!("{HOSTILE}{n}");
    let labels = categorical([0.0, 1.0]).labels([name(0), "\u{202e}relu\u{1b}[2J".to_owned()]);
    let space = Parameters::new().with(name(0), labels.dimension()).with("trial", (0.0..=1.0).dimension());
    let search = Search::new(space).sampler(RandomSampler::new()).seed(1).objective_names([HOSTILE]);
    let ho = search.run(0..24, |i, values| match i % 8 {
        7 => Outcome::failed(format!("{HOSTILE} at step {i}\n{HOSTILE}")),
        _ => Metrics::new(values[1].1).with(name(1), 1.0).constraint(name(2), -1.0).into(),
    });
    let mut sweep = ho.into_sweep();
    sweep.add_note(HOSTILE);
    sweep
}

/// Three hyperparameters, 2 failures, and 1 trial without a finite value.
fn plain(trials: u64) -> Sweep {
    let space = Parameters::new()
        .with("rate", log(1e-5..=1e-1).dimension())
        .with("layers", (1..=8).dimension().map(f64::from))
        .with("act", categorical([1.0, 2.0]).labels(["relu", "tanh"]).dimension());
    let ho = Search::new(space).sampler(RandomSampler::new()).seed(7).run(0..trials, |i, values| match i {
        3 | 5 => Outcome::failed(format!("out of memory: {i} MiB")),
        4 => Outcome::value(f64::INFINITY),
        _ => Outcome::value(values.iter().map(|(_, value)| value).sum()),
    });
    ho.into_sweep()
}

/// Returns the values of an attribute.
fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn data(html: &str) -> Value {
    let (_, data) = html.split_once("<script id=\"data\" type=\"application/json\">").unwrap();
    serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn a_page_is_whole_and_asks_for_nothing() {
    let html = report(&plain(40)).to_html().unwrap();
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"), "{}", &html[..200]);
    assert!(
        html.ends_with("</html>") && html.contains("<title>Hyperparameter sweep: objective – RandomSampler</title>")
    );
    assert!(html.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
    let links = html.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    for word in ["http:", "https:", "url(", "@import", "<link", " src=", " style=", " onclick="] {
        assert!(!links.contains(word), "{word}");
    }
    let ids = attributes(&html, "id");
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "each is there once: {ids:?}");
    let targets = attributes(&html, "href");
    let named = attributes(&html, "aria-labelledby").into_iter().chain(attributes(&html, "aria-describedby"));
    let named = named.chain(attributes(&html, "for"));
    for id in targets.iter().filter_map(|target| target.strip_prefix('#')).chain(named) {
        assert!(id.starts_with("trial-") || ids.contains(&id), "{id}");
    }
    assert!(!html.contains("data-reload") && !html.contains("http-equiv=\"refresh\""));
}

#[test]
fn a_page_says_what_the_table_says() {
    let mut sweep = plain(40);
    sweep.add_note("a note of the sweep");
    let html = report(&sweep).title("The small model").to_html().unwrap();
    assert!(html.contains("<h1>The small model</h1>") && html.contains(&sweep.headline()));
    assert!(!sweep.remarks().is_empty());
    for remark in sweep.remarks() {
        assert!(html.contains(&remark.replace('&', "&amp;")), "{remark}");
    }
    assert!(html.contains("<li class=\"note\">note: a note of the sweep</li>"));
    let (best, caption) = sweep.best_trials();
    assert!(html.contains(&format!("<td class=\"number\"><a href=\"#trial-{0}\">{0}</a></td>", best[0].number())));
    assert!(html.contains(&caption.unwrap()));
    // Exact, and in all forms.
    let value = sweep.space().axes()[0].value(best[0].point().get(0).unwrap()).as_f64().unwrap();
    assert!(html.contains(&format!("&quot;rate&quot;: {value:?}")), "{value:?}");
    assert!(html.contains("act: &quot;relu&quot;") || html.contains("act: &quot;tanh&quot;"));
    let reasons = html.split_once("<ul class=\"failures\">").unwrap().1;
    assert!(
        reasons.starts_with("<li><p><strong>2 trials</strong>: <a href=\"#trial-3\">3</a>, <a href=\"#trial-5\">5</a>")
    );
    assert!(html.contains("<th scope=\"row\">rate</th><td class=\"text\">1e-5 to 0.1, logarithmic</td>"));
    for (figure, reason) in [("rungs", "it has no budgets"), ("pareto_front", "it has one goal")] {
        let line = html.split_once(&format!("<li><code>{figure}</code>: ")).unwrap().1;
        assert!(line.split("</li>").next().unwrap().contains(reason), "{figure}");
    }
    for figure in ["optimization_history", "slice", "contour", "parallel_coordinate", "edf", "timeline"] {
        assert!(html.contains(&format!("<figure id=\"figure-{figure}\">")), "{figure}");
    }
    let marks = html.split_once("figure-slice").unwrap().1.split("</figure>").next().unwrap();
    let stars = 4;
    assert_eq!(marks.matches(" data-trial=\"").count(), 3 * 40 + stars, "each trial in each panel, failed ones too");
}

#[test]
fn the_rows_are_data() {
    let sweep = plain(40);
    let data = data(&report(&sweep).to_html().unwrap());
    let columns = data["columns"].as_array().unwrap();
    let names: Vec<_> = columns.iter().map(|column| column["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["trial", "state", "objective", "rate", "layers", "act", "seconds", "reason"]);
    assert_eq!((&data["count"], &columns[0]["cells"]), (&Value::from(40), &Value::Null));
    let objective = &columns[2];
    assert_eq!((&objective["cells"][3], &objective["cells"][4]), (&Value::Null, &Value::from("inf")));
    assert_eq!(objective["sign"], " ↓");
    let reasons = &columns[7];
    assert_eq!(reasons["levels"][reasons["cells"][5].as_u64().unwrap() as usize], "out of memory: 5 MiB");
    assert_eq!(reasons["cells"][0], -1);
    let act = &columns[5];
    let shown = &act["levels"][act["cells"][0].as_u64().unwrap() as usize];
    assert_eq!(shown, &sweep.space().value("act", sweep.history().trials()[0].point()).unwrap().to_string());
}

#[test]
fn nothing_that_others_write_is_more_than_text() {
    let html = report(&hostile()).title(HOSTILE).configuration(HOSTILE, HOSTILE).to_html().unwrap();
    assert_eq!(html.matches("<script").count(), 2, "the data and the script");
    assert_eq!(html.matches("</script").count(), 2);
    for raw in ["<img", "<!--", "onerror=alert(1)>", "\u{202e}", "\u{1b}"] {
        assert!(!html.contains(raw), "{raw:?}");
    }
    assert!(html.contains("<h1>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;'&amp;"));
    let data = data(&html);
    let names: Vec<_> = data["columns"].as_array().unwrap().iter().map(|column| &column["name"]).collect();
    assert!(
        names.contains(&&Value::from(format!("{HOSTILE}0"))) && names.contains(&&Value::from(HOSTILE)),
        "{names:?}"
    );
    // A hyperparameter that is called like a column of the page.
    assert!(names.contains(&&Value::from("params.trial")), "{names:?}");
    let column = data["columns"].as_array().unwrap().iter().find(|column| column["name"] == format!("{HOSTILE}0"));
    assert_eq!(column.unwrap()["levels"][0], format!("{HOSTILE}0"));
}

#[test]
fn heads_sort_by_buttons() {
    let html = report(&plain(4)).to_html().unwrap();
    let head = html.split_once("<table id=\"all\"><thead>").unwrap().1.split("</thead>").next().unwrap();
    assert_eq!(head.matches("<button type=\"button\" data-column=\"").count(), 8, "{head}");
    assert_eq!(head.matches("aria-sort=\"ascending\"").count(), 1);
    assert_eq!(head.matches("aria-sort=\"none\"").count(), 7);
}

#[test]
fn many_trials_leave_some_out_of_the_figures_and_say_so() {
    let sweep = plain(1_500);
    let html = report(&sweep).to_html().unwrap();
    assert!(html.contains("of 1500 trials, evenly spread, with the best</figcaption>"));
    assert!(html.contains("<li><code>timeline</code>: a page has no room"));
    assert_eq!(data(&html)["columns"][2]["cells"].as_array().unwrap().len(), 1_500, "the table has all");
    assert!(html.len() < 1_000_000, "{}", html.len());
}

#[test]
fn figures_of_pairs_have_the_most_important_hyperparameters() {
    let space = (0..6).fold(Parameters::new(), |space, n| space.with(format!("p{n}"), (0.0..=1.0).dimension()));
    let search = Search::new(space).sampler(RandomSampler::new()).seed(3);
    // All but the third matter.
    let ho = search.run(0..60, |_, values| {
        values.iter().filter(|(name, _)| name != "p2").map(|(_, value)| (value - 0.4).powi(2)).sum::<f64>()
    });
    let html = report(&ho).to_html().unwrap();
    for figure in ["contour", "rank", "pair_plot"] {
        let figure = html.split_once(&format!("figure-{figure}\">")).unwrap().1.split("</figure>").next().unwrap();
        assert!(figure.contains("; of the 5 most important of 6 hyperparameters"), "{}", &figure[..300]);
        let drawn = [0, 1, 2, 3, 4, 5].map(|n| figure.contains(&format!("\np{n}\n</text>")));
        assert_eq!(drawn, [true, true, false, true, true, true]);
    }
}

#[test]
fn pages_that_load_themselves_again_do_so_without_a_script() {
    let html = report(&plain(4)).reload_every(Duration::from_millis(2500)).to_html().unwrap();
    assert!(html.contains("<html lang=\"en\" data-reload=\"2500\">"));
    assert!(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"));
    let html = report(&plain(4)).reload_every(Duration::ZERO).to_html().unwrap();
    assert!(html.contains("data-reload=\"1000\""), "a page that is never there is of no use");
}

#[test]
fn sweeps_of_several_goals_and_of_nothing_have_pages() {
    let space = (hp::uniform("width", 1, 64), hp::uniform("depth", 1, 8));
    let search = Search::new(space).sampler(RandomSampler::new()).seed(5).goal([Goal::Minimize, Goal::Maximize]);
    let ho = search
        .run(0..40, |_, (width, depth): (f64, f64)| Metrics::objectives([("loss", 1.0 / width), ("speed", depth)]));
    let html = report(&ho).configuration("file", "text of the file").to_html().unwrap();
    assert!(
        html.contains("<h2 id=\"best-title\">The Pareto front</h2>")
            && html.contains("loss ↓")
            && html.contains("speed ↑")
    );
    assert!(html.contains("<figure id=\"figure-pareto_front\">") && html.contains("The configurations of the front"));
    assert!(!html.contains("text of the file"), "there is no best trial");
    assert!(html.contains("<h3>loss</h3>") && html.contains("<h3>speed</h3>"), "importances for each");

    let empty = Search::new(hp::uniform("x", 0.0, 1.0)).sampler(RandomSampler::new()).run(0..0, |_, x| x);
    let html = report(&empty).to_html().unwrap();
    assert!(html.contains("No trial is complete.") && !html.contains("<section id=\"configuration\""));
    assert!(html.contains("<li><code>slice</code>: no trial is complete</li>"));
}

#[test]
fn only_pages_are_saved() {
    let sweep = plain(4);
    let directory = std::env::temp_dir().join(format!("hyperopt-report-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    for name in ["sweep.html", "sweep.HTM"] {
        report(&sweep).save(directory.join(name)).unwrap();
        assert!(std::fs::read_to_string(directory.join(name)).unwrap().ends_with("</html>"));
    }
    for name in ["sweep.svg", "sweep"] {
        let error = report(&sweep).save(directory.join(name)).unwrap_err();
        assert!(matches!(error, Error::Page { .. }) && error.to_string().ends_with("write a path that ends in .html"));
    }
    assert!(matches!(report(&sweep).save(directory.join("no/sweep.html")), Err(Error::Write { .. })));
    std::fs::remove_dir_all(directory).unwrap();
}

#[test]
fn a_small_share_is_not_none() {
    let space = Parameters::new().with("x", (0.0..=1.0).dimension()).with("y", (0.0..=1.0).dimension());
    let search = Search::new(space).seed(3).progress(false);
    let sweep = search.run(0..60, |_, params| params[0].1 + 1e-3 * params[1].1).into_sweep();
    let page = report(&sweep).to_html().unwrap();
    assert!(page.contains("&lt; 1 %") && !page.contains(">0 %"));
}
