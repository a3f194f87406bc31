//! Tests of long labels, of which the part that differs is kept.

use hyperopt_core::{Parameters, Search, Value, categorical};

use super::texts;
use crate::{Figure, contour, pair_plot, parallel_coordinates, rank, slice};

#[test]
fn long_labels_stay_distinct_in_every_figure() {
    let models: Vec<String> = (1..=6).map(|version| format!("bert-base-uncased-english-v{version}")).collect();
    let space = Parameters::<Value>::new()
        .with_value("model", categorical(models))
        .with_value("pretrained.encoder.of.the.title.dropout", 0.0..=1.0);
    let search = Search::new(space).seed(4).progress(false);
    let sweep = search.run(0..60, |_, params| params[1].1.as_f64().unwrap_or_default()).into_sweep();
    let figures: [(&str, Figure); 5] = [
        ("slice", slice(&sweep)),
        ("contour", contour(&sweep)),
        ("rank", rank(&sweep)),
        ("pair_plot", pair_plot(&sweep)),
        ("parallel", parallel_coordinates(&sweep)),
    ];
    for (name, figure) in figures {
        let svg = figure.size(480, 360).to_svg().unwrap();
        let found = texts(&svg);
        let ends = |version: usize| found.iter().any(|text| text.contains('…') && text.ends_with(&version.to_string()));
        assert!((1..=6).all(ends), "{name}: {found:?}");
        assert!(!found.iter().any(|text| text.ends_with("-english-…") || text.ends_with("b…")), "{name}: {found:?}");
    }
}
