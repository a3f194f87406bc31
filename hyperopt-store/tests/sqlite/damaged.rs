//! Spaces that are read: those that were written come back, and damaged ones are errors.

use hyperopt::prelude::*;
use hyperopt::{Axis, Floats, Ints, Scale, Space, Value};
use hyperopt_store::{read_journal, write_journal};

/// An axis `x` as it is written.
fn written(domain: &str, prior: &str) -> String {
    format!(r#"{{"name":"x","parameter":"x","parents":[],"domain":{domain},"prior":{prior}}}"#)
}

/// An axis of every kind, and what all versions write of it.
fn kinds() -> Vec<(Axis, &'static str)> {
    let floats = |floats: Floats| Axis::float("x", floats).unwrap();
    let ints = |ints: Ints| Axis::int("x", ints).unwrap();
    let unit = Floats::from(0.0..=1.0);
    let tenths = Floats::from(0.1..=0.9);
    let labels = [Value::from("a"), Value::from(true), Value::from(f64::INFINITY)];
    vec![
        (floats(unit), r#"{"Real":{"lo":0.0,"hi":1.0,"open":false,"scale":"Linear"}}"#),
        (
            floats(Floats::from(1e-5..0.1).scale(Scale::Log10)),
            r#"{"Real":{"lo":0.00001,"hi":0.1,"open":true,"scale":"Log10"}}"#,
        ),
        (floats(tenths.scale(Scale::Logit)), r#"{"Real":{"lo":0.1,"hi":0.9,"open":false,"scale":"Logit"}}"#),
        (floats(unit.count(5)), r#"{"Steps":{"lo":0.0,"hi":1.0,"count":5,"scale":"Linear"}}"#),
        (floats(Floats::powers_of_ten(-2.0, 1.0, 4)), r#"{"Steps":{"lo":-2.0,"hi":1.0,"count":4,"scale":"Log10"}}"#),
        (
            floats(Floats::from(-9.0..=9.0).scale(Scale::Bilog).count(3)),
            r#"{"Spaced":{"lo":-9.0,"hi":9.0,"count":3,"scale":"Bilog"}}"#,
        ),
        (ints(Ints::from(1..9)), r#"{"Integers":{"lo":1,"hi":8,"scale":"Linear"}}"#),
        (ints(Ints::from(1..=1024).scale(Scale::Log10)), r#"{"Integers":{"lo":1,"hi":1024,"scale":"Log10"}}"#),
        (
            ints(Ints::from(-2..=2).scale(Scale::Bilog)),
            r#"{"Quantised":{"law":{"Even":{"lo":-2.5,"hi":2.5,"scale":"Bilog"}},"step":1.0,"first":-2.0,"last":2.0,"is_integer":true}}"#,
        ),
        (
            ints(Ints::from(1..=4).rounded()),
            r#"{"Quantised":{"law":{"Even":{"lo":1.0,"hi":4.0,"scale":"Linear"}},"step":1.0,"first":1.0,"last":4.0,"is_integer":true}}"#,
        ),
        (
            floats(unit.step(0.25)),
            r#"{"Quantised":{"law":{"Even":{"lo":0.0,"hi":1.0,"scale":"Linear"}},"step":0.25,"first":0.0,"last":4.0,"is_integer":false}}"#,
        ),
        (
            floats(Floats::normal(0.0, 3.0).step(2.0)),
            r#"{"Quantised":{"law":{"Normal":{"mu":0.0,"sigma":3.0,"is_log":false}},"step":2.0,"first":-12.0,"last":12.0,"is_integer":false}}"#,
        ),
        (floats(Floats::normal(5.0, 2.0)), r#"{"Normal":{"mu":5.0,"sigma":2.0,"is_log":false}}"#),
        (floats(Floats::log_normal(0.0, 1.0)), r#"{"Normal":{"mu":0.0,"sigma":1.0,"is_log":true}}"#),
        (Axis::ordinal("x", [16, 32]).unwrap(), r#"{"Levels":{"labels":[{"Int":16},{"Int":32}],"ordered":true}}"#),
        (
            Axis::categorical("x", labels).unwrap(),
            r#"{"Levels":{"labels":[{"Text":"a"},{"Bool":true},{"Float":"inf"}],"ordered":false}}"#,
        ),
        (
            Axis::weighted("x", [(0.25, "a"), (0.0, "never"), (0.75, "b")]).unwrap(),
            r#"{"Levels":{"labels":[{"Text":"a"},{"Text":"b"}],"ordered":false,"ends":[0.25,1.0]}}"#,
        ),
    ]
}

#[test]
fn every_kind_of_axis_comes_back() {
    for (axis, domain) in kinds() {
        let json = written(domain, "null");
        assert_eq!(serde_json::to_string(&axis).unwrap(), json);
        assert_eq!(serde_json::from_str::<Axis>(&json).unwrap(), axis);
        let axis = axis.clone().with_prior(&axis.value(0.5), Confidence::High).unwrap();
        let json = serde_json::to_string(&axis).unwrap();
        assert_eq!(serde_json::from_str::<Axis>(&json).unwrap(), axis);
    }
}

#[test]
fn every_damaged_field_is_refused() {
    let even = |lo: &str, hi: &str, scale: &str, rest: &str| {
        format!(r#"{{"Quantised":{{"law":{{"Even":{{"lo":{lo},"hi":{hi},"scale":"{scale}"}}}},{rest}}}}}"#)
    };
    let quarters = r#""step":0.25,"first":0.0,"last":4.0,"is_integer":false"#;
    let normal = |rest: &str| {
        format!(r#"{{"Quantised":{{"law":{{"Normal":{{"mu":0.0,"sigma":3.0,"is_log":false}}}},{rest}}}}}"#)
    };
    let cases = [
        (r#"{"Real":{"lo":2.0,"hi":1.0,"open":false,"scale":"Linear"}}"#.to_owned(), "`2.0..=1.0` runs backwards"),
        (r#"{"Real":{"lo":null,"hi":1.0,"open":false,"scale":"Linear"}}"#.into(), "invalid type: null"),
        (r#"{"Real":{"lo":1.0,"hi":1.0,"open":true,"scale":"Linear"}}"#.into(), "there are no candidates"),
        (r#"{"Real":{"lo":0.0,"hi":1.0,"open":false,"scale":"Log10"}}"#.into(), "has no logarithm"),
        (r#"{"Real":{"lo":0.5,"hi":1.0,"open":false,"scale":"Logit"}}"#.into(), "has no odds"),
        (r#"{"Real":{"lo":0.0,"hi":1.0,"open":false,"scale":"Normal"}}"#.into(), "cannot lie on the scale Normal"),
        (r#"{"Steps":{"lo":1.0,"hi":0.0,"count":5,"scale":"Linear"}}"#.into(), "`linrange(1.0, 0.0, 5)` runs backwards"),
        (r#"{"Steps":{"lo":0.0,"hi":1.0,"count":0,"scale":"Linear"}}"#.into(), "there are no candidates"),
        (r#"{"Steps":{"lo":0.0,"hi":1.0,"count":9007199254740993,"scale":"Linear"}}"#.into(), "more than 2^53"),
        (r#"{"Steps":{"lo":0.0,"hi":400.0,"count":5,"scale":"Log10"}}"#.into(), "10^400 is not"),
        (r#"{"Steps":{"lo":0.0,"hi":1.0,"count":5,"scale":"Bilog"}}"#.into(), "cannot lie on the scale Bilog"),
        (r#"{"Spaced":{"lo":9.0,"hi":1.0,"count":3,"scale":"Bilog"}}"#.into(), "`linrange(9.0, 1.0, 3)` runs backwards"),
        (r#"{"Spaced":{"lo":1.0,"hi":9.0,"count":0,"scale":"Bilog"}}"#.into(), "there are no candidates"),
        (r#"{"Spaced":{"lo":-1.0,"hi":9.0,"count":3,"scale":"Log10"}}"#.into(), "has no logarithm"),
        (r#"{"Integers":{"lo":8,"hi":1,"scale":"Linear"}}"#.into(), "`8..=1` runs backwards"),
        (r#"{"Integers":{"lo":0,"hi":9007199254740992,"scale":"Linear"}}"#.into(), "more than 2^53"),
        (
            r#"{"Integers":{"lo":-170141183460469231731687303715884105728,"hi":170141183460469231731687303715884105727,"scale":"Linear"}}"#
                .into(),
            "more than 2^53",
        ),
        (r#"{"Integers":{"lo":0,"hi":8,"scale":"Log10"}}"#.into(), "has no logarithm"),
        (r#"{"Integers":{"lo":1,"hi":8,"scale":"Bilog"}}"#.into(), "cannot lie on the scale Bilog"),
        (even("1.0", "0.0", "Linear", quarters), "`1.0..=0.0` runs backwards"),
        (even("0.0", "1.0", "Log10", quarters), "has no logarithm"),
        (even("0.0", "1.0", "Linear", r#""step":0.0,"first":0.0,"last":4.0,"is_integer":false"#), "write a step above 0"),
        (even("0.0", "1.0", "Linear", r#""step":0.25,"first":0.0,"last":4.0,"is_integer":true"#), "not integers"),
        (
            even("0.0", "1.0", "Linear", r#""step":0.25,"first":1.0,"last":4.0,"is_integer":false"#),
            "has the multiples 0..=4 of its step, not 1..=4",
        ),
        (even("0.0", "1.0", "Linear", r#""step":0.25,"first":0.0,"last":5.0,"is_integer":false"#), "not 0..=5"),
        (normal(r#""step":2.0,"first":-99.0,"last":12.0,"is_integer":false"#), "not -99..=12"),
        (normal(r#""step":2.0,"first":-12.0,"last":0.5,"is_integer":false"#), "not -12..=0.5"),
        (normal(r#""step":2.0,"first":12.0,"last":-12.0,"is_integer":false"#), "not 12..=-12"),
        (r#"{"Normal":{"mu":0.0,"sigma":0.0,"is_log":false}}"#.into(), "has the deviation 0; write one above 0"),
        (r#"{"Normal":{"mu":1e308,"sigma":1e308,"is_log":false}}"#.into(), "not a finite number"),
        (r#"{"Normal":{"mu":1000.0,"sigma":1.0,"is_log":true}}"#.into(), "e^1008 is not"),
        (r#"{"Levels":{"labels":[],"ordered":true}}"#.into(), "there are no candidates"),
        (r#"{"Levels":{"labels":[{"Int":1},{"Int":1}],"ordered":true}}"#.into(), "two candidates are labelled `1`"),
        (
            r#"{"Levels":{"labels":[{"Int":1},{"Int":2}],"ordered":false,"ends":[1.0]}}"#.into(),
            "1 probability for 2 labels",
        ),
        (r#"{"Levels":{"labels":[{"Int":1},{"Int":2}],"ordered":false,"ends":[0.5,0.9]}}"#.into(), "sum to 0.9"),
        (
            r#"{"Levels":{"labels":[{"Int":1},{"Int":2}],"ordered":false,"ends":[1.5,1.0]}}"#.into(),
            "write probabilities that are not negative",
        ),
    ];
    for (domain, message) in cases {
        let error = serde_json::from_str::<Axis>(&written(&domain, "null")).unwrap_err().to_string();
        assert!(error.contains(message), "{domain}: {error}");
    }
    let unit = kinds()[0].1;
    for prior in ["1.5", "-0.1"] {
        let prior = format!(r#"{{"unit":{prior},"confidence":"High"}}"#);
        let error = serde_json::from_str::<Axis>(&written(unit, &prior)).unwrap_err().to_string();
        assert!(error.contains("which is not between 0 and 1"), "{error}");
    }
}

#[test]
fn axes_that_are_no_space_are_refused() {
    let axis = |name: &str| Axis::float(name, 0.0..=1.0).unwrap();
    for (axes, message) in [
        (vec![axis("x"), axis("x")], "there are two axes `x`"),
        (vec![axis("x").with_parents(&[0]), axis("y")], "axis `x` is number 0 and depends on number 0"),
        (vec![axis("x"), axis("y").with_parents(&[2]), axis("z")], "axis `y` is number 1 and depends on number 2"),
    ] {
        let json = format!(r#"{{"axes":{}}}"#, serde_json::to_string(&axes).unwrap());
        assert!(Space::try_from(axes).unwrap_err().to_string().starts_with(message));
        let error = serde_json::from_str::<Space>(&json).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
    let sound = vec![axis("x"), axis("y").with_parents(&[0]).with_parameter("x")];
    let json = format!(r#"{{"axes":{}}}"#, serde_json::to_string(&sound).unwrap());
    assert_eq!(serde_json::from_str::<Space>(&json).unwrap(), Space::try_from(sound).unwrap());
}

const FAULT: &str =
    "its attribute `hyperopt:space` cannot be read: axis `x`: `2.0..=1.0` runs backwards; write `1.0..=2.0`";

#[test]
fn a_journal_with_a_damaged_space_is_an_error() {
    let sweep = hyperopt!(
        seed = 0,
        x = 0.0..=1.0,
        for _ in 0..2 {
            x
        }
    )
    .into_sweep();
    let mut journal = Vec::new();
    write_journal(&sweep, "study", &mut journal).unwrap();
    let journal = String::from_utf8(journal).unwrap();
    let damaged = journal.replace(r#""lo":0.0"#, r#""lo":2.0"#);
    assert_ne!(damaged, journal);
    let error = read_journal(damaged.as_bytes(), "study").unwrap_err().to_string();
    assert!(error.contains(FAULT), "{error}");
}

#[cfg(feature = "sqlite")]
#[test]
fn a_study_with_a_damaged_space_is_an_error() {
    use hyperopt_store::Study;
    use rusqlite::Connection;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("study.db");
    let study = || Study::open(&format!("sqlite:{}", file.display())).unwrap().name("study");
    let run = || {
        hyperopt!(
            study = study(),
            x = 0.0..=1.0,
            for _ in 0..2 {
                x
            }
        )
    };
    assert_eq!(run().len(), 2);
    let damage = "UPDATE study_system_attributes SET value_json = replace(value_json, '\"lo\":0.0', '\"lo\":2.0') \
                  WHERE key = 'hyperopt:space'";
    assert_eq!(Connection::open(&file).unwrap().execute(damage, ()).unwrap(), 1);
    let error = study().read().unwrap_err().to_string();
    assert!(error.contains(FAULT), "{error}");
    let error = run().best().unwrap_err().to_string();
    assert!(error.contains(FAULT), "{error}");
}
