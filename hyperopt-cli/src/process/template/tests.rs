//! Placeholders are filled in within their argument, and values stay values.

use serde_json::json;

use super::*;

fn parse(words: &[&str]) -> Result<Template, Vec<String>> {
    let parameters = ["trainer.learning_rate".to_owned(), "cell".to_owned()];
    let words: Vec<_> = words.iter().map(OsString::from).collect();
    Template::parse(&words, Offered { parameters: &parameters, has_dataset: true, has_budget: false })
}

fn fill_with(words: &[&str], cell: Value) -> Result<Vec<OsString>, String> {
    let parameters = [("trainer.learning_rate".to_owned(), json!(0.001)), ("cell".to_owned(), cell)];
    parse(words).unwrap().fill(&Values {
        config: Path::new("/out/trials/00003/config.yaml"),
        dataset: Some(OsStr::new("/data/a b.csv")),
        output: Path::new("/out/trials/00003"),
        trial: 3,
        budget: None,
        parameters: &parameters,
    })
}

#[test]
fn placeholders_are_filled_within_their_argument() {
    let words = ["python3", "--config={config}", "{dataset}", "{trial}:{trainer.learning_rate}", "{output}/x"];
    let filled = fill_with(&words, json!("lstm")).unwrap();
    let expected = ["python3", "--config=/out/trials/00003/config.yaml", "/data/a b.csv", "3:0.001"];
    assert_eq!(filled[..4], expected.map(OsString::from));
    assert_eq!(filled[4], "/out/trials/00003/x");
}

#[test]
fn a_value_never_becomes_two_arguments() {
    for value in ["a b", "a;b", "$(id)", "`id`", "\"", "'", "a\nb", "../../x", "{config}", "}}", "", "*"] {
        let filled = fill_with(&["run", "--cell={cell}", "{cell}"], json!(value)).unwrap();
        assert_eq!(filled, ["run".into(), OsString::from(format!("--cell={value}")), OsString::from(value)]);
    }
}

#[test]
fn a_value_never_becomes_an_option() {
    let refused = fill_with(&["run", "{cell}"], json!("--delete")).unwrap_err();
    assert!(refused.contains("`--option={cell}`"), "{refused}");
    assert!(fill_with(&["run", "{cell}{trial}"], json!("-x")).is_err());
    assert_eq!(fill_with(&["run", "--cell={cell}"], json!("-x")).unwrap()[1], "--cell=-x");
    // A negative number names no option.
    assert_eq!(fill_with(&["run", "{cell}"], json!(-1.5)).unwrap()[1], "-1.5");
    assert!(fill_with(&["run", "x{cell}"], json!("a\0b")).unwrap_err().contains("NUL"));
    let template = parse(&["run", "{cell}"]).unwrap();
    assert!(template.check("cell", &json!("-x")).is_err());
    assert!(template.check("other", &json!("-x")).is_ok());
}

#[test]
fn values_that_are_no_text_are_json() {
    let one = |value| fill_with(&["run", "{cell}"], value).unwrap().pop().unwrap();
    assert_eq!(one(json!(true)), "true");
    assert_eq!(one(json!(1e-5)).to_str().unwrap().parse(), Ok(1e-5));
    assert_eq!(one(json!([1, "a"])), "[1,\"a\"]");
    assert_eq!(one(Value::Null), "null");
}

#[test]
fn braces_are_doubled() {
    assert_eq!(fill_with(&["run", "{{\"a\": {{}}}}"], json!(1)).unwrap()[1], "{\"a\": {}}");
    assert_eq!(fill_with(&["run", ""], json!(1)).unwrap()[1], "");
    assert!(parse(&["run", "{config"]).unwrap_err()[0].contains("without its `}`"));
    assert!(parse(&["run", "config}"]).unwrap_err()[0].contains("without its `{`"));
}

#[test]
fn unknown_placeholders_are_told_all_at_once() {
    let faults = parse(&["run", "{conifg}", "{zzz}", "{budget}"]).unwrap_err();
    assert!(faults[0].contains("did you mean `{config}`?"), "{faults:?}");
    assert!(faults[1].contains("hyperparameters `trainer.learning_rate`, `cell`"), "{faults:?}");
    assert!(faults[2].contains("`hyperband`"), "{faults:?}");
    assert!(parse(&["run", "{learning_rate}"]).unwrap_err()[0].contains("`{trainer.learning_rate}`"));
    assert!(parse(&["{cell}"]).unwrap_err()[0].contains("which program runs"));
}

#[test]
fn a_command_that_takes_nothing_is_known() {
    assert!(parse(&["true"]).unwrap().is_fixed());
    assert!(parse(&["train", "{dataset}"]).unwrap().is_fixed());
    assert!(!parse(&["train", "{config}"]).unwrap().is_fixed());
}
