//! What a finished sweep says: the best trial, the table, files.

use hyperopt::prelude::*;
use hyperopt::{Candidates as _, Error, Outcome, Parameters, State, StopReason};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kernel {
    Linear,
    Rbf,
}

#[test]
fn best_follows_the_goal_and_extremes_do_not() -> Result<(), Error> {
    let sweep = |goal| {
        hyperopt!(
            sampler = GridSampler::new(),
            goal = goal,
            x = linrange(-2.0, 2.0, 5),
            for _ in .. {
                x * x
            }
        )
    };
    let (small, large) = (sweep(Minimize), sweep(Maximize));
    assert_eq!((small.best()?.value, small.best()?.params.x), (0.0, 0.0));
    // The earliest of equals.
    assert_eq!((large.best()?.value, large.best()?.params.x, large.best()?.number), (4.0, -2.0, 0));
    assert_eq!((large.minimum()?, large.maximum()?), (0.0, 4.0));
    assert_eq!((large.minimizer()?.x, small.maximizer()?.x), (0.0, -2.0));
    Ok(())
}

#[test]
fn trials_are_kept_in_order_with_their_types() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        a = [1, 2],
        kernel = [Kernel::Linear, Kernel::Rbf],
        for i in 0..10 {
            if i == 1 {
                assert_eq!(kernel, Kernel::Rbf);
                continue;
            }
            f64::from(a)
        }
    );
    assert_eq!(ho.len(), 4);
    assert_eq!(ho.end(), StopReason::Exhausted);
    let trials: Vec<_> = ho.trials().map(|(trial, p)| (trial.number(), p.a, p.kernel, trial.state())).collect();
    assert_eq!(
        trials,
        [
            (0, 1, Kernel::Linear, State::Complete),
            (1, 1, Kernel::Rbf, State::Pruned),
            (2, 2, Kernel::Linear, State::Complete),
            (3, 2, Kernel::Rbf, State::Complete),
        ]
    );
    assert_eq!(ho.results().collect::<Vec<_>>(), [Some(1.0), None, Some(2.0), Some(2.0)]);
}

/// A small sweep that has one of everything.
macro_rules! mixed {
    () => {
        hyperopt!(
            sampler = GridSampler::new(),
            seed = 3,
            kernel = [Kernel::Linear, Kernel::Rbf],
            gamma = if kernel == Kernel::Rbf {
                exp_linrange(-7.0, 1.0, 5)
            },
            for i in 0.. {
                assert_eq!(gamma.is_some(), kernel == Kernel::Rbf);
                match i {
                    1 => Err("a \"quoted\", failure"),
                    2 => Ok(Metrics::new(f64::NAN)),
                    3 => Ok(Metrics::new(0.25).with("accuracy", 0.9).with("steps", 12.0)),
                    4 => break,
                    _ => Ok(Metrics::new(1.5).with("accuracy", 0.5)),
                }
            }
        )
    };
}

#[test]
fn the_table_shows_values_and_notes() {
    let text = mixed!().to_string();
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].starts_with("5 trials of GridSampler, seed 3, in "), "{text}");
    assert!(lines[0].ends_with(": 2 complete, 2 failed, 1 cancelled"), "{text}");
    let header: Vec<_> = lines[2].split_whitespace().collect();
    assert_eq!(header, ["trial", "objective", "kernel", "gamma", "accuracy", "steps", "time"]);
    let best: Vec<_> = lines[4].split_whitespace().collect();
    assert_eq!(best[..6], ["3", "0.25", "Kernel::Rbf", "0.001", "0.9", "12"]);
    let second: Vec<_> = lines[5].split_whitespace().collect();
    assert_eq!(second[..6], ["0", "1.5", "Kernel::Linear", "-", "0.5", "-"]);
    assert_eq!(lines[7], "2 failed, first trial 1: a \"quoted\", failure");
    assert_eq!(lines[8], "ended early: the loop was left by `break`");
    assert_eq!(lines.len(), 9);
}

/// Columns are told apart, whatever hyperparameters, metrics and objectives are called.
#[test]
fn no_two_columns_of_a_file_have_one_name() -> Result<(), Box<dyn std::error::Error>> {
    let columns =
        |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| -> Result<(String, String), Box<dyn std::error::Error>> {
            let mut file = Vec::new();
            write(&mut file)?;
            let text = String::from_utf8(file)?;
            let mut lines = text.lines().map(ToOwned::to_owned);
            Ok((lines.next().unwrap_or_default(), lines.next().unwrap_or_default()))
        };
    let ho = hyperopt!(
        seed = 7,
        trial = [3],
        state = ["on"],
        seconds = [10],
        loss = [5],
        last_step = [6],
        for _ in 0..1 {
            let _ = (trial, state, last_step);
            Metrics::new(0.25)
                .with("seconds", f64::from(seconds))
                .with("params.seconds", 7.0)
                .with("loss", f64::from(loss))
                .constraint("loss", -1.0)
        }
    );
    let (head, row) = columns(&|file| ho.write_csv(file))?;
    let expected = "trial,state,objective,params.trial,params.state,params.seconds,loss,last_step,metrics.seconds,\
                    metrics.params.seconds,metrics.loss,loss <= 0,seconds,reason";
    assert_eq!(head, expected);
    assert!(row.starts_with("0,complete,0.25,3,on,10,5,6,10.0,7.0,5.0,-1.0,"), "{row}");
    let ho = hyperopt!(
        seed = 7,
        sampler = Hyperband::new(3.0),
        goal = Maximize,
        resources = [1],
        score = [2],
        for (budget, _state) in 1..=1 {
            let _ = (resources, score);
            (Metrics::objectives([("score", f64::from(budget))]), ())
        }
    );
    let (head, _) = columns(&|file| ho.write_csv(file))?;
    assert_eq!(head, "trial,configuration,resources,state,score,params.resources,params.score,seconds,reason");
    let ho = hyperopt!(
        seed = 7,
        reason = [1],
        for _ in 0..1 {
            let _ = reason;
            Metrics::objectives([("state", 1.0)])
        }
    );
    let (head, _) = columns(&|file| ho.write_csv(file))?;
    assert_eq!(head, "trial,state,objectives.state,params.reason,seconds,reason");
    Ok(())
}

#[test]
fn no_two_columns_of_a_table_have_one_name() {
    let ho = hyperopt!(
        seed = 7,
        layers = [3],
        time = [4],
        for _ in 0..2 {
            let _ = time;
            Metrics::new(0.25).with("layers", f64::from(layers)).with("trial", 1.0).constraint("layers", -1.0)
        }
    );
    let table = format!("{ho:#}");
    let head: Vec<&str> = table.lines().nth(2).unwrap_or_default().split_whitespace().collect();
    let expected =
        ["trial", "objective", "layers", "params.time", "metrics.layers", "metrics.trial", "layers", "≤", "0", "time"];
    assert_eq!(head, expected, "{table}");
}

#[test]
fn an_empty_label_is_no_missing_value() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        act = ["", "relu"],
        rate = if act == "relu" {
            [1]
        },
        for _ in .. {
            rate.unwrap_or(0)
        }
    );
    let mut file = Vec::new();
    ho.write_csv(&mut file).unwrap();
    let text = String::from_utf8(file).unwrap();
    let rows: Vec<_> = text.lines().skip(1).map(|row| row.split(',').skip(3).take(2).collect::<Vec<_>>()).collect();
    // A cell of two quotation marks, as CSV writes it.
    assert!(rows.contains(&vec![r#""""""""#, ""]) && rows.contains(&vec!["relu", "1"]), "{text}");
}

#[test]
fn csv_has_every_trial() -> Result<(), Box<dyn std::error::Error>> {
    let mut file = Vec::new();
    mixed!().write_csv(&mut file)?;
    let text = String::from_utf8(file)?;
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["trial", "state", "objective", "kernel", "gamma", "accuracy", "steps", "seconds", "reason"]);
    assert_eq!(rows[1][..7], ["0", "complete", "1.5", "Kernel::Linear", "", "0.5", ""]);
    assert_eq!(rows[2][..5], ["1", "failed", "", "Kernel::Rbf", "1e-7"]);
    assert!(text.contains(r#","a ""quoted"", failure""#));
    assert_eq!(rows[3][..3], ["2", "failed", "NaN"]);
    assert_eq!(rows[3][8], "the objective is NaN");
    assert_eq!(rows[5][..2], ["4", "cancelled"]);
    assert_eq!(rows.len(), 6);
    Ok(())
}

#[test]
fn json_lines_have_every_trial() -> Result<(), Box<dyn std::error::Error>> {
    let mut file = Vec::new();
    mixed!().write_json_lines(&mut file)?;
    let lines: Vec<serde_json::Value> = file
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(serde_json::from_slice)
        .collect::<Result<_, _>>()?;
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0]["params"], serde_json::json!({ "kernel": "Kernel::Linear" }));
    assert_eq!(lines[1]["reason"], "a \"quoted\", failure");
    assert_eq!(lines[1]["objective"], serde_json::Value::Null);
    assert_eq!(lines[2]["objective"], "NaN");
    assert_eq!(lines[3]["metrics"], serde_json::json!({ "accuracy": 0.9, "steps": 12.0 }));
    assert_eq!(lines[3]["params"]["gamma"], 1e-3);
    Ok(())
}

#[test]
fn scalars_keep_their_types_in_files() -> Result<(), Box<dyn std::error::Error>> {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        flag = [true],
        count = [3_u8],
        rate = [0.1_f32],
        name = ["adam"],
        letter = ['x'],
        size = ordinal([u64::MAX]),
        for _ in .. {
            let _ = (flag, count, rate, name, letter, size);
            0
        }
    );
    let mut file = Vec::new();
    ho.write_json_lines(&mut file)?;
    let line: serde_json::Value = serde_json::from_slice(&file)?;
    let params = serde_json::json!({
        "flag": true, "count": 3, "rate": 0.1, "name": "adam", "letter": "x", "size": u64::MAX
    });
    assert_eq!(line["params"], params);
    Ok(())
}

#[test]
fn extremes_are_printed_by_name_and_value() -> Result<(), Box<dyn std::error::Error>> {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        rate = [0.5],
        activation = ["tanh", "relu"],
        for _ in .. {
            activation.len() as f64 * rate
        }
    );
    let mut text = Vec::new();
    ho.print_min(&mut text)?;
    ho.print_max(&mut text)?;
    let expected = "minimum 2 at trial 0\n  rate       = 0.5\n  activation = tanh\nmaximum 2 at trial 0\n  rate       = 0.5\n  activation = tanh\n";
    assert_eq!(String::from_utf8(text)?, expected);
    Ok(())
}

#[test]
fn boundaries_are_those_of_the_candidates_not_of_the_sample() -> Result<(), Error> {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        low = 0..=9,
        middle = linrange(-1.0, 1.0, 5),
        few = 1..=3,
        category = [1, 2, 3, 4],
        for _ in .. {
            f64::from(low) + middle * middle + f64::from(few + category)
        }
    );
    let warnings: Vec<_> = ho.warn_on_boundary().iter().map(ToString::to_string).collect();
    assert_eq!(warnings, ["the best `low` = 0 is at the lower end of its candidates; a wider range may do better"]);

    // One of a few trials is the best by chance.
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        x = 0..=3,
        for _ in .. {
            f64::from(x)
        }
    );
    assert_eq!((ho.best()?.params.x, ho.warn_on_boundary()), (0, vec![]));

    // The smallest of a few draws is no end of the candidates.
    let ho = hyperopt!(
        seed = 0,
        x = 0.0..=1.0,
        for _ in 0..5 {
            (x - 0.5).abs()
        }
    );
    assert_eq!(ho.warn_on_boundary(), []);
    Ok(())
}

#[test]
fn names_labels_and_reasons_do_not_command_a_terminal() -> Result<(), Box<dyn std::error::Error>> {
    let hostile = "a\u{1b}[2J\u{9b}1m\u{7}\u{202e}\r";
    let levels: [usize; 12] = std::array::from_fn(|n| n + 1);
    let space =
        Parameters::new().with(hostile, ordinal(levels).labels(levels.map(|n| format!("{hostile}{n}"))).dimension());
    let search = || Search::new(space.clone()).sampler(GridSampler::new()).objective_names([hostile]);
    let ho = search().run(.., |number, _| match number {
        3 => Outcome::failed(format!("{hostile}\nthe last line")),
        number => Metrics::new(number as f64).with(hostile, 1.0).constraint(hostile, 0.0).into(),
    });
    let mut texts = vec![ho.to_string(), format!("{:#}", ho.sweep())];
    texts.extend(ho.warn_on_boundary().iter().map(ToString::to_string));
    assert_eq!(texts.len(), 3);
    let mut extremes = Vec::new();
    ho.print_min(&mut extremes)?;
    let mut json = Vec::new();
    ho.write_json_lines(&mut json)?;
    texts.extend([String::from_utf8(extremes)?, String::from_utf8(json.clone())?]);
    let failed = search().run(.., |_, _| Outcome::failed(hostile));
    texts.extend([failed.to_string(), failed.best().err().ok_or("a result")?.to_string()]);
    for text in &texts {
        let found: Vec<_> = text.chars().filter(|char| hyperopt::plain::is_command(*char) && *char != '\n').collect();
        assert!(found.is_empty(), "{found:?} in {text:?}");
    }
    assert!(texts[0].contains("a\u{fffd}[2J\u{fffd}1m") && texts[0].contains("the last line"), "{}", texts[0]);
    // What is read again is the same text.
    let first: serde_json::Value =
        serde_json::from_slice(json.split(|&byte| byte == b'\n').next().unwrap_or_default())?;
    assert_eq!(first["params"][hostile], format!("{hostile}1"));
    Ok(())
}
