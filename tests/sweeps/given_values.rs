//! What is given is run, kept and shown to the last bit; what is given and not used is a note.

use std::error::Error;

use hyperopt::fmin::fmin;
use hyperopt::prelude::*;
use hyperopt::{Candidates, InitialPoints, Parameters, Search, Sweep, Value, hp};
use hyperopt_store::{Study, read_journal, write_journal};

use crate::memory::Memory;

#[test]
fn a_message_has_the_digits_that_matter() {
    let known = InitialPoints::named([[("x", 1.0 + 1e-12)]]);
    let ho = Search::new(hp::uniform("x", 0, 1)).try_first(known).run(0..1, |_, x| x);
    let expected = "try_first: `x = 1.000000000001` is not among the candidates 0..=1";
    assert_eq!(ho.error().unwrap().to_string(), expected);
}

/// Numbers of which most have no coordinate of their own.
const GIVEN: [(f64, f64, f64, f64); 4] =
    [(3.5, 1e-3, 7.3, 0.2), (3.7, 0.0005, 1e-9, -1.7), (-0.1, 0.03, 9.99, 0.1), (1e-20, 1.0 / 97.0, 2.0 / 3.0, 3.17)];

macro_rules! sweep {
    ($n:expr $(, $setting:ident = $value:expr)*) => {
        hyperopt!(
            $($setting = $value,)*
            x = -10.0..=10.0,
            r = log(1e-5..=1e-1),
            q = 0.0..10.0,
            z = hp::normal("z", 0, 1),
            for _ in 0..$n {
                x + r + q + z
            }
        )
    };
}

macro_rules! given {
    ($n:expr $(, $setting:ident = $value:expr)*) => {{
        let [a, b, c, d] = GIVEN;
        sweep!(
            $n,
            try_first = [
                (x = a.0, r = a.1, q = a.2, z = a.3),
                (x = b.0, r = b.1, q = b.2, z = b.3),
                (x = c.0, r = c.1, q = c.2, z = c.3),
                (x = d.0, r = d.1, q = d.2, z = d.3),
            ]
            $(, $setting = $value)*
        )
    }};
}

macro_rules! first {
    ($ho:expr) => {
        $ho.trials().take(4).map(|(_, p)| (p.x, p.r, p.q, p.z)).collect::<Vec<_>>()
    };
}

/// Returns the values of the first four trials as tables and files see them.
fn shown(sweep: &Sweep) -> Vec<[Option<Value>; 4]> {
    let trials = sweep.history().trials().iter().take(4);
    trials.map(|trial| ["x", "r", "q", "z"].map(|name| sweep.space().value(name, trial.point()))).collect()
}

fn expected() -> Vec<[Option<Value>; 4]> {
    GIVEN.map(|(x, r, q, z)| [x, r, q, z].map(|value| Some(Value::Float(value)))).to_vec()
}

#[test]
fn what_is_given_is_run_and_kept() -> Result<(), Box<dyn Error>> {
    let directory = std::env::temp_dir().join(format!("hyperopt-given-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let url = format!("sqlite:{}", directory.join("study.db").display());
    let ho = given!(6, seed = 1);
    assert_eq!((first!(ho), shown(ho.sweep())), (GIVEN.to_vec(), expected()));
    assert_eq!(first!(sweep!(3, ho = &ho)), GIVEN);
    // The same in parallel, and in a study that is resumed before all of them were tried.
    let memory = Memory::default();
    macro_rules! resumed {
        ($study:expr) => {{
            let _ = given!(2, seed = 1, study = $study);
            let resumed = given!(6, study = $study);
            assert_eq!((first!(resumed), shown(resumed.sweep()), resumed.len()), (GIVEN.to_vec(), expected(), 6));
        }};
    }
    resumed!(memory.handle());
    resumed!(Study::open(&url)?);
    let mut journal = Vec::new();
    write_journal(ho.sweep(), "given", &mut journal)?;
    let back = read_journal(&journal[..], "given")?;
    assert_eq!((shown(&back), back.history().trials()[0].point()), (expected(), ho.history().trials()[0].point()));
    let (mut csv, mut lines) = (Vec::new(), Vec::new());
    ho.sweep().write_csv(&mut csv)?;
    ho.sweep().write_json_lines(&mut lines)?;
    for (csv, line) in String::from_utf8(csv)?.lines().skip(1).zip(String::from_utf8(lines)?.lines()).take(4) {
        let line: serde_json::Value = serde_json::from_str(line)?;
        let trial = line["trial"].as_u64().unwrap() as usize;
        let (x, r, q, z) = GIVEN[trial];
        let params = &line["params"];
        assert_eq!(["x", "r", "q", "z"].map(|name| params[name].as_f64()), [x, r, q, z].map(Some));
        assert!(csv.contains(&format!("{x:?},{r:?},{q:?},{z:?}")), "{csv}");
    }
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

#[test]
fn the_points_of_another_sweep_keep_their_values() {
    let earlier = given!(12, seed = 1);
    let best = earlier.best_points(12);
    // Another range has other coordinates for the same numbers.
    let ho = hyperopt!(
        seed = 2,
        try_first = best,
        x = -11.0..=12.0,
        r = log(1e-6..=1.0),
        q = -1.0..=11.0,
        z = -9.0..=9.0,
        for _ in 0..12 {
            x + r + q + z
        }
    );
    for ((trial, _), (_, new)) in earlier.history().ranked(Minimize).iter().zip(ho.trials()) {
        let old = earlier.trials().nth(trial.number()).unwrap().1;
        assert_eq!((new.x, new.r, new.q, new.z), (old.x, old.r, old.q, old.z));
    }
}

#[test]
fn spaces_that_are_values_run_what_is_given() -> Result<(), Box<dyn Error>> {
    let space = Parameters::new()
        .with("x", (-10.0..=10.0).dimension().map(|x| format!("{x:?}")))
        .with("n", (1..=8).dimension().map(|n| n.to_string()));
    let known = InitialPoints::named([[("x", Value::from(3.7)), ("n", Value::from(3.0))]]);
    let ho = Search::new(space).try_first(known).seed(1).run(0..1, |_, _| 0.0);
    assert_eq!(ho.best()?.params.iter().map(|(_, shown)| &**shown).collect::<Vec<_>>(), ["3.7", "3"]);
    // A file of `fmin`, and the values of the best point.
    let file = std::env::temp_dir().join(format!("hyperopt-given-{}.json", std::process::id()));
    let run = |n| {
        let call = fmin(|x: f64| -x, hp::uniform("x", -10, 10)).max_evals(n).rstate(1).trials_save_file(&file);
        call.points_to_evaluate(InitialPoints::named([[("x", 9.99)], [("x", 3.7)]])).evaluate()
    };
    let (first, second) = (run(1)?, run(2)?);
    std::fs::remove_file(&file)?;
    let values =
        |trials: &hyperopt::fmin::FminTrials<f64>| trials.trials().take(2).map(|(_, &x)| x).collect::<Vec<_>>();
    assert_eq!((values(&first), values(&second)), (vec![9.99, 3.7], vec![9.99, 3.7]));
    assert_eq!(second.minimum()?.argmin().to_string(), "{'x': 9.99}");
    Ok(())
}

#[test]
fn levels_of_grids_are_short_decimals() {
    fn levels(dimension: &hyperopt::Dimension<f64>, count: u32) -> Vec<f64> {
        (0..count).map(|level| dimension.decode((f64::from(level) + 0.5) / f64::from(count))).collect()
    }
    assert_eq!(levels(&linrange(0.1, 0.5, 5).dimension(), 5), [0.1, 0.2, 0.3, 0.4, 0.5]);
    assert_eq!(levels(&linrange(-0.3, 0.3, 7).dimension(), 7), [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]);
    let exponents = levels(&exp_linrange(-9.0, 5.0, 15).dimension(), 15);
    let powers = [1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5];
    assert_eq!(exponents, powers);
    assert_eq!(levels(&log(linrange(1e-4, 1e-1, 4)).dimension(), 4), [1e-4, 1e-3, 1e-2, 1e-1]);
    let steps = hp::quniform("x", 0, 3, 0.3).dimension();
    let found: Vec<_> = (0..=10).map(|step| steps.decode(f64::from(step) / 10.0)).collect();
    assert_eq!(found, [0.0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1, 2.4, 2.7, 3.0]);
}

#[test]
fn an_inactive_value_is_a_note() {
    macro_rules! sweep {
        ($point:tt) => {
            hyperopt!(
                sampler = GridSampler::new().resolution(3),
                seed = 2,
                try_first = [$point],
                kernel = ["linear", "rbf"],
                gamma = if kernel == "rbf" {
                    0.0..=1.0
                },
                shift = if kernel == "rbf" { 0.0..=1.0 } else { 2.0..=3.0 },
                for _ in 0..3 {
                    gamma.unwrap_or(2.0) + shift
                }
            )
            .into_sweep()
        };
    }
    assert_eq!(sweep!((kernel = "rbf", gamma = 0.5)).notes(), [""; 0]);
    let notes = sweep!((kernel = "linear", gamma = 0.5, shift = 0.25));
    let expected = ["try_first: `gamma = 0.5`, `shift = 0.25` is not used in trial 0, where `kernel = linear`"];
    assert_eq!(notes.notes(), expected);
    assert!(notes.to_string().contains(expected[0]), "{notes}");
}

#[test]
fn a_value_that_is_left_to_the_sampler_may_make_another_inactive() {
    let mut unused = 0;
    for seed in 0..10 {
        let ho = hyperopt!(
            seed = seed,
            try_first = [(gamma = 0.5)],
            kernel = ["linear", "rbf"],
            gamma = if kernel == "rbf" {
                0.0..=1.0
            },
            for _ in 0..1 {
                gamma.unwrap_or(2.0)
            }
        );
        let used = ho.trials().next().unwrap().1.gamma == Some(0.5);
        let note =
            "try_first: `gamma = 0.5` is not used in trial 0, where `kernel = linear`; give the point `kernel` too";
        let notes: Vec<&str> = if used { Vec::new() } else { vec![note] };
        assert_eq!(ho.sweep().notes(), notes);
        unused += u32::from(!used);
    }
    assert!(unused > 0 && unused < 10);
}

#[test]
fn a_value_chooses_its_branch() {
    let space = || hp::choice("c", (hp::uniform("a", 0, 1), hp::uniform("b", 2, 3), hp::uniform("d", 4, 5)));
    for seed in 0..6 {
        for (name, value) in [("a", 0.5), ("b", 2.5), ("d", 4.5)] {
            let known = || InitialPoints::named([[(name, value)]]);
            let trials =
                fmin(|x: f64| x, space()).max_evals(0).points_to_evaluate(known()).rstate(seed).evaluate().unwrap();
            assert_eq!(trials.trials().map(|(_, &x)| x).collect::<Vec<_>>(), [value]);
            let ho = Search::new(space()).try_first(known()).seed(seed).run_on(workers(2), 0..1, |_, x| x);
            assert_eq!((ho.best().unwrap().value, ho.sweep().notes()), (value, &[][..]));
        }
        // A branch that the point does choose stays.
        let known = InitialPoints::named([[("c", Value::from("#1")), ("a", Value::from(0.5))]]);
        let ho = Search::new(space()).try_first(known).seed(seed).run(0..1, |_, x| x);
        assert!((2.0..=3.0).contains(&ho.best().unwrap().value));
        assert_eq!(ho.sweep().notes(), ["try_first: `a = 0.5` is not used in trial 0, where `c = #1`"]);
    }
    let nested = || {
        hp::choice("outer", (hp::constant(0.0), hp::choice("inner", (hp::constant(1.0), hp::uniform("deep", 2, 3)))))
    };
    let ho = Search::new(nested()).try_first(InitialPoints::named([[("deep", 2.25)]])).seed(1).run(0..1, |_, x| x);
    assert_eq!((ho.best().unwrap().value, ho.sweep().notes()), (2.25, &[][..]));
    let space = space!(
        kernel = ["linear", "poly", "rbf"],
        gamma = if kernel == "rbf" {
            0.0..=1.0
        },
    );
    for seed in 0..6 {
        let known = InitialPoints::named([[("gamma", 0.5)]]);
        let ho = Search::new(&space).try_first(known).seed(seed).run(0..1, |_, params| params.gamma.unwrap_or(9.0));
        assert_eq!((ho.best().unwrap().value, ho.sweep().notes()), (0.5, &[][..]));
    }
}

#[test]
fn values_that_another_space_lacks_are_a_note() {
    let earlier = hyperopt!(
        seed = 1,
        kernel = ["linear", "sigmoid"],
        gone = 0.0..=1.0,
        same = 0..=3,
        for _ in 0..8 {
            let _ = kernel;
            gone + f64::from(same)
        }
    );
    macro_rules! later {
        ($setting:ident = $value:expr) => {
            hyperopt!(
                $setting = $value,
                kernel = ["rbf", "linear"],
                same = 0..=3,
                for _ in 0..2 {
                    let _ = kernel;
                    same
                }
            )
        };
    }
    let note = "values of `kernel`, `gone` in the points of the other sweep are not among the candidates here; the sampler \
                proposes others";
    let ho = later!(try_first = earlier.best_points(8));
    assert!(ho.sweep().notes().contains(&format!("try_first: {note}")), "{ho}");
}
