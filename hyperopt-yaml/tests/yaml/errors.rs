//! What is said about mistakes: all of a file at once, each where it stands.

use hyperopt_yaml::Config;

/// What is said about `text`, without the name of the file.
pub(crate) fn said(text: &str) -> Vec<String> {
    let errors = Config::parse("s.yaml", text).expect_err(text).to_string();
    errors.lines().map(|line| line.strip_prefix("s.yaml:").unwrap_or(line).to_owned()).collect()
}

/// What is said about one hyperparameter `x`, whose definition is on line 3.
fn said_of(definition: &str) -> Vec<String> {
    said(&format!("hyperopt:\n  parameters:\n    x: {definition}\n"))
}

#[test]
fn all_mistakes_of_a_file_are_said_at_once() {
    let text = "\
input_features:
  - {name: title, type: text}
output_features:
  - {name: label, type: binary}
hyperopt:
  gaol: maximize
  metric: acuracy
  output_feature: label
  split: valdation
  parameters:
    titel.num_filters:
      type: integer
      low: 1
      high: 4
    title.dropout:
      type: float
      low: 0.9
      high: 0.1
    trainer.learning_rate:
      space: loguniforn
      lower: 0.0
      upper: 0.1
    trainer.decay:
      space: loguniform
      lower: 0.0
      uper: 0.1
  sampler:
    type: radnom
  executor:
    typ: serial
    num_samples: 0
";
    assert_eq!(
        said(text),
        [
            "6:3: `hyperopt` has no key `gaol`; did you mean `goal`?",
            "7:11: a feature of type `binary` has no metric `acuracy`; did you mean `accuracy`?",
            "9:10: there is no split `valdation`; did you mean `validation`?",
            "11:5: there is no feature or section `titel`; did you mean `title`?",
            "12:13: there is no type `integer`; did you mean `int`?",
            "17:12: `low: 0.9` is above `high: 0.1`; swap them",
            "20:14: there is no space `loguniforn`; did you mean `loguniform`?",
            "25:14: `lower: 0` has no logarithm; a log space starts above 0",
            "26:7: hyperparameter `trainer.decay` has no key `uper`; did you mean `upper`?",
            "28:11: there is no sampler `radnom`; did you mean `random`?",
            "30:5: `executor` has no key `typ`; did you mean `type`?",
            "31:18: `num_samples` is `0`; write 1 or more",
        ]
    );
}

#[test]
fn ranges_that_cannot_be() {
    let cases = [
        ("{type: float, low: 0.0}", "3:8: hyperparameter `x` has no `high`; write `high: 1.0`"),
        ("{type: int, high: 3}", "3:8: hyperparameter `x` has no `low`; write `low: 1`"),
        (
            "{type: float, low: 0.0, high: 1.0, scale: log}",
            "3:27: `low: 0` has no logarithm; a log scale starts above 0",
        ),
        (
            "{type: float, low: 0.0, high: 1.0, space: logit}",
            "3:27: 0 to 1 does not fit a logit scale; it lies between 0 and 1, without the ends",
        ),
        (
            "{type: float, low: 2, high: 2}",
            "3:27: `low` and `high` are both 2, which leaves nothing to choose; write the value into the configuration",
        ),
        ("{type: int, low: 1.5, high: 3}", "3:25: `low` is `1.5`; write a whole number"),
        ("{type: float, low: a, high: 3}", "3:27: `low` is the text \"a\"; write a finite number"),
        ("{type: float, low: .nan, high: 3}", "3:27: `low` is `.nan`; write a finite number"),
        ("{type: float, low: 0, high: 1, steps: 1}", "3:46: `steps` is `1`; write 2 or more"),
        (
            "{type: float, low: 1, high: 2, scale: log, space: linear}",
            "3:58: `scale` and `space` are two names for one thing, and differ; leave one out",
        ),
        ("{type: category, values: []}", "3:33: `values` holds nothing; give two or more to choose from"),
        ("{type: category, values: [a, a]}", "3:33: `values` holds one value only; give two or more to choose from"),
        ("{type: category, values: a}", "3:33: `values` is the text \"a\"; write a list: `[a, b]`"),
        ("{space: choice, categories: []}", "3:36: `categories` is empty; give at least one value"),
        ("{space: choice}", "3:8: hyperparameter `x` has no `categories`; write `categories: [a, b]`"),
        ("{space: uniform, lower: 0}", "3:8: hyperparameter `x` has no `upper`; write `upper: 0.1`"),
        ("{space: uniform, lower: 3, upper: 1}", "3:32: `lower: 3` is above `upper: 1`; swap them"),
        (
            "{space: randint, lower: 3, upper: 3}",
            "3:32: there is nothing from 3 up to 3, which is left out; raise `upper`",
        ),
        ("{space: lograndint, lower: 0, upper: 3}", "3:35: `lower: 0` has no logarithm; a log space starts above 0"),
        ("{space: quniform, lower: 0, upper: 1, q: 0.3}", "3:43: `upper: 1` is no multiple of `q: 0.3`; write 0.9"),
        ("{space: quniform, lower: 0, upper: 1, q: 0}", "3:49: `q` is `0`; write a number above 0"),
        (
            "{space: quniform, lower: 0, upper: 1.0e+300, q: 1}",
            "3:5: hyperparameter `x`: more than 2^53 values cannot be told apart; write a narrower range, or a larger `q`",
        ),
        ("{space: randn, sd: -1}", "3:27: `sd` is `-1`; write a number above 0"),
        (
            "{low: 1, high: 3}",
            "3:5: hyperparameter `x` has neither `type` nor `space`; write `type: float` or `type: int`",
        ),
        ("[1, 2]", "3:8: hyperparameter `x` is a list; write `{space: choice, categories: [1, 2]}`"),
        (
            "5",
            "3:8: hyperparameter `x` is `5`; write `{space: uniform, lower: 0.0, upper: 1.0}` or `{type: float, low: \
             0.0, high: 1.0}`",
        ),
    ];
    for (definition, expected) in cases {
        let said = said_of(definition);
        assert!(said.iter().any(|line| line == expected), "{definition}\n{said:#?}");
    }
}

#[test]
fn what_is_not_yaml_is_said_where_it_breaks() {
    assert!(said("a: [1, 2\nb: 3\n")[0].contains("this is not YAML"));
    assert_eq!(said("a: 1\na: 2\nhyperopt: {}\n"), ["2:1: the key `a` stands at 1:1 already; keep one of them"]);
    assert_eq!(said("a: 1\n---\nb: 1\n"), ["2:1: a second document begins; keep one in a file"]);
    assert_eq!(said("a: !thing 1\n"), ["1:11: the tag `!thing` does not fit \"1\"; leave it out"]);
    assert_eq!(said("[1, 2]: 3\n"), ["1:1: a list or a mapping cannot be a key; write text"]);
    assert_eq!(said("- 1\n"), ["1:1: the file is a list; write a mapping with a section `hyperopt`"]);
    assert_eq!(said(""), ["1:1: the file is empty; write a mapping with a section `hyperopt`"]);
    assert_eq!(said("hyperop: {}\n"), ["1:1: there is no section `hyperopt`; did you mean it by `hyperop`?"]);
    assert!(said("hyperopt: {}\n")[0].starts_with("1:11: `hyperopt` has no `parameters`"));
    assert!(said("hyperopt: {parameters: {}}\n")[0].starts_with("1:24: `parameters` is empty"));
}

#[test]
fn bombs_are_refused() {
    let levels: Vec<String> =
        (1..20).map(|level| format!("a{level}: &a{level} [{}]", format!("*a{}, ", level - 1).repeat(9))).collect();
    let laughs = format!("a0: &a0 [1]\n{}\n", levels.join("\n"));
    assert!(said(&laughs)[0].contains("more than 200000 nodes"), "{:?}", said(&laughs));
    let chain: Vec<String> = (1..200).map(|level| format!("a{level}: &a{level} [*a{}]", level - 1)).collect();
    let deep = format!("a0: &a0 [1]\n{}\n", chain.join("\n"));
    assert!(said(&deep)[0].contains("more than 64 levels"), "{:?}", said(&deep));
    assert!(said(&"[".repeat(100_000))[0].contains("this is not YAML"));
    assert!(said(&"- ".repeat(100_000))[0].contains("this is not YAML"));
    assert!(said("a: &a [*a]\n")[0].contains("inside what it stands for"), "{:?}", said("a: &a [*a]\n"));
    assert!(said(&"x".repeat(9 << 20))[0].contains("bytes"));
}

#[test]
fn names_lead_somewhere() {
    let features = "input_features: [{name: title, type: text, encoder: {layers: [1, 2]}}]\n";
    let said = |name: &str| {
        said(&format!("{features}hyperopt:\n  parameters:\n    {name}: {{space: choice, categories: [1, 2]}}\n"))
    };
    assert_eq!(said("titel.x"), ["4:5: there is no feature or section `titel`; did you mean `title`?"]);
    assert_eq!(said("trainr.x"), ["4:5: there is no feature or section `trainr`; did you mean `trainer`?"]);
    assert_eq!(said("defaults.txt.encoder.x"), ["4:5: there is no type of features `txt`; did you mean `text`?"]);
    assert_eq!(said("title"), ["4:5: `title` is a feature; write the option of it too: `title.encoder.type`, say"]);
    assert_eq!(
        said("title.encoder.layers.0"),
        ["4:5: `encoder.layers` is a list, and no name leads into one; choose between whole lists"]
    );
    assert_eq!(said("a..b"), ["4:5: `a..b` is no path; write names with a point between them: `trainer.epochs`"]);
    let root = said("\".\"");
    assert!(root[0].starts_with("4:5: `.` merges mappings into the configuration"), "{root:?}");
}

#[test]
fn parts_that_do_not_fit_together() {
    let said =
        |rest: &str| said(&format!("hyperopt:\n  parameters: {{x: {{space: uniform, lower: 0, upper: 1}}}}\n{rest}"));
    assert_eq!(
        said("  sampler: {type: random}\n  search_alg: {type: tpe}\n"),
        ["4:15: `sampler` and `search_alg` both say what proposes the trials; leave one out"]
    );
    assert_eq!(
        said("  sampler: {type: grid}\n"),
        ["2:16: hyperparameter `x` has no end of values for a grid; write `{type: float, low: 0.0, high: 1.0, steps: \
             5}`, say"]
    );
    assert_eq!(
        said("  sampler: asha\n  executor: {scheduler: {type: hyperband}}\n"),
        ["3:12: the sampler says `asha`, and the scheduler `hyperband`; leave one out"]
    );
    let keys = said("  sampler: {type: tpe, max_t: 9, resolution: 3, startup: 4}\n");
    assert!(keys.len() == 2 && keys[0].ends_with("has no key `max_t`; write it in `scheduler`"), "{keys:?}");
    assert!(keys[1].starts_with("3:34: `sampler` has no key `resolution`"), "{keys:?}");
    assert_eq!(
        said("  executor: {scheduler: {type: pbt}}\n"),
        ["3:32: the scheduler `pbt` changes trials while they run, which no trial here allows; write `asha` or \
             `hyperband`"]
    );
    assert_eq!(
        said("  executor: {scheduler: {type: asha, max_t: 10}}\ntrainer: {epochs: 20}\n"),
        ["4:19: `epochs` is 20 and the scheduler's `max_t` 10; leave one out, or make them equal"]
    );
    assert_eq!(
        said("  executor: {scheduler: {type: asha, reduction_factor: 1}}\n"),
        ["3:56: `reduction_factor` is `1`; write a number above 1"]
    );
    assert_eq!(
        said("  executor: {scheduler: {type: asha, max_t: 1.0e+12}}\n"),
        ["3:32: budgets from 1 to 1000000000000 span more than 10^9; raise `grace_period`"]
    );
    assert_eq!(said("  executor: {num_workers: 1000000}\n"), ["3:27: `num_workers` is `1000000`; write 1024 or fewer"]);
    assert_eq!(said("  executor: {time_budget_s: -1}\n"), ["3:29: `time_budget_s` is `-1`; write seconds above 0"]);
    assert_eq!(
        said("  executor: {type: paralel}\n"),
        ["3:20: there is no executor `paralel`; did you mean `parallel`?"]
    );
}

#[test]
fn metrics_are_those_of_the_output_feature() {
    let said = |rest: &str| {
        let parameters = "parameters: {trainer.lr: {space: uniform, lower: 0, upper: 1}}";
        said(&format!("output_features: [{{name: label, type: number}}]\nhyperopt:\n  {parameters}\n{rest}"))
    };
    assert_eq!(
        said("  metric: accuracy\n"),
        ["4:11: `combined` has only the metric `loss`, not `accuracy`; write `output_feature: …`, of `label`"]
    );
    assert_eq!(said("  output_feature: lable\n"), ["4:19: there is no output feature `lable`; did you mean `label`?"]);
    let metric = said("  output_feature: label\n  metric: accuracy\n");
    assert!(
        metric[0].starts_with("5:11: a feature of type `number` has no metric `accuracy`; write `loss`"),
        "{metric:?}"
    );
}

#[test]
fn line_ends_and_byte_order_marks_of_other_systems_are_no_mistakes() {
    let text = "hyperopt:\n  parameters:\n    x: {space: uniform, lower: 0, upper: 1}\n";
    for text in [
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        format!("---\n{text}...\n"),
        format!("%YAML 1.1\n---\n{text}"),
    ] {
        assert!(Config::parse("s.yaml", &text).is_ok(), "{text:?}");
    }
    assert_eq!(
        said(&text.replace("space", "spaec").replace('\n', "\r\n")),
        ["3:9: hyperparameter `x` has no key `spaec`; did you mean `space`?"]
    );
}

#[test]
fn points_to_try_first_are_points() {
    let said = |points: &str| {
        said(&format!("hyperopt:\n  try_first: {points}\n  parameters: {{abc: {{type: int, low: 1, high: 4}}}}\n"))
    };
    assert_eq!(said("[{abd: 1}]"), ["2:16: there is no hyperparameter `abd`; did you mean `abc`?"]);
    assert_eq!(said("[{abc: 9}]"), ["2:21: `9` is not among the values of `abc`; write one of them"]);
    assert_eq!(said("[1]"), ["2:15: a point of `try_first` is `1`; write a mapping: `{name: value}`"]);
}
