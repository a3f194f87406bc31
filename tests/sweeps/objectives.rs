//! Sweeps with several goals, and with constraints.

use hyperopt::prelude::*;
use hyperopt::{Error, Goal, State};

#[test]
fn each_goal_takes_one_objective_of_an_array() -> Result<(), Error> {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        goal = [Minimize, Maximize],
        x = linrange(0.0, 4.0, 5),
        y = [0.0, 1.0],
        for _ in .. {
            [x + y, x - y]
        }
    );
    assert_eq!(ho.goals(), [Minimize, Maximize]);
    assert_eq!(ho.goal(), Minimize);
    let front: Vec<_> = ho.pareto()?.iter().map(|best| (best.params.x, best.params.y, best.values.to_vec())).collect();
    let expected: Vec<_> = (0..5).map(f64::from).map(|x| (x, 0.0, vec![x, x])).collect();
    assert_eq!(front, expected);
    assert_eq!(ho.best().unwrap_err(), Error::SeveralGoals { goals: 2 });
    assert_eq!(ho.hypervolume(&[5.0, -1.0])?, 5.0 + 4.0 + 3.0 + 2.0 + 1.0);
    assert!(matches!(ho.hypervolume(&[5.0]), Err(Error::Reference { goals: 2, .. })));
    let table = ho.to_string();
    assert!(table.contains("objective 0 ↓") && table.contains("objective 1 ↑"), "{table}");
    assert!(table.contains("the Pareto front: 5 trials of 10 that no other one beats"), "{table}");
    assert!(ho.warn_on_boundary().is_empty());
    Ok(())
}

#[test]
fn one_goal_can_be_an_array_of_one() -> Result<(), Error> {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        goal = [Maximize],
        x = linrange(0.0, 4.0, 5),
        for _ in .. {
            [x]
        }
    );
    assert_eq!(ho.best()?.value, 4.0);
    assert_eq!(ho.pareto()?.len(), 1);
    Ok(())
}

#[test]
fn integers_results_and_options_of_arrays_are_fine() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        goal = [Minimize, Minimize],
        x = 0..=3,
        for _ in .. {
            if x == 3 { Err("out of range") } else { Ok([x, 3 - x]) }
        }
    );
    let states: Vec<_> = ho.trials().map(|(trial, _)| trial.state()).collect();
    assert_eq!(states, [State::Complete, State::Complete, State::Complete, State::Failed]);
    assert_eq!(ho.trials().next().unwrap().0.objectives(), [0.0, 3.0]);
    assert_eq!(ho.results().collect::<Vec<_>>(), [Some(0.0), Some(1.0), Some(2.0), None]);
    assert_eq!(ho.trials().nth(3).unwrap().0.objectives(), [0.0; 0]);
}

#[test]
fn a_sweep_ends_at_a_wrong_number_of_objectives() {
    let mut runs = 0;
    let ho = hyperopt!(
        goal = [Minimize, Maximize],
        x = 0.0..=1.0,
        for _ in 0..10 {
            runs += 1;
            x
        }
    );
    assert_eq!(runs, 1);
    let message = "trial 0 has 1 objective, and the sweep 2 goals; write `goal = Minimize`, \
                   or end the body with an array of 2 numbers, one for each goal";
    assert_eq!(ho.best().unwrap_err().to_string(), message);
    assert_eq!(ho.trials().next().unwrap().0.reason(), Some(message));
    let ho = thyperopt!(
        x = 0.0..=1.0,
        for _ in 0..10 {
            [x, x, x]
        }
    );
    let error = ho.pareto().unwrap_err().to_string();
    let end = "3 objectives, and the sweep 1 goal; write `goal = [Minimize, Minimize, Minimize]`, one for each, \
               or end the body with one number";
    assert!(error.ends_with(end), "{error}");
    let ho = hyperopt!(
        goal = [],
        x = 0.0..=1.0,
        for _ in 0..10 {
            x
        }
    );
    assert_eq!(ho.error(), Some(&Error::NoGoal));
    assert!(ho.is_empty());
}

#[test]
fn an_objective_that_is_not_finite_fails_the_trial() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        goal = [Minimize, Minimize],
        x = [f64::NAN, f64::INFINITY, 1.0],
        for _ in .. {
            [1.0, x]
        }
    );
    let reasons: Vec<_> = ho.trials().map(|(trial, _)| trial.reason()).collect();
    assert_eq!(reasons, [Some("objective 1 is NaN"), Some("objective 1 is +∞"), None]);
    assert_eq!(ho.trials().nth(1).unwrap().0.values(), [1.0, f64::INFINITY]);
    assert_eq!(ho.pareto().unwrap().len(), 1);
}

#[test]
fn named_objectives_and_constraints_head_the_columns() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        goal = [Minimize, Maximize],
        x = linrange(0.0, 4.0, 5),
        for _ in .. {
            let metrics = Metrics::objectives([("loss", x), ("images", 2.0 * x)]).with("epochs", 3.0);
            metrics.constraint("memory", x - 2.5)
        }
    );
    let numbers: Vec<_> = ho.pareto().unwrap().iter().map(|best| best.number).collect();
    assert_eq!(numbers, [0, 1, 2]);
    let table = ho.to_string();
    for part in ["loss ↓", "images ↑", "epochs", "memory ≤ 0", "\n2 infeasible"] {
        assert!(table.contains(part), "{table}");
    }
    let mut csv = Vec::new();
    ho.write_csv(&mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.starts_with("trial,state,loss,images,x,epochs,memory <= 0,seconds,reason\n"), "{csv}");
    assert!(csv.contains("\n4,complete,4.0,8.0,4.0,3.0,1.5,"), "{csv}");
    let mut json = Vec::new();
    ho.write_json_lines(&mut json).unwrap();
    let line: serde_json::Value = serde_json::from_slice(json.split(|&byte| byte == b'\n').next().unwrap()).unwrap();
    assert_eq!(line["objectives"], serde_json::json!({"loss": 0.0, "images": 0.0}));
    assert_eq!(line["constraints"], serde_json::json!({"memory": -2.5}));
    assert_eq!(line.get("objective"), None);
}

#[test]
fn objectives_have_the_same_names_in_all_trials() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        goal = [Minimize, Minimize],
        x = [1.0, 2.0],
        for i in .. {
            if i == 0 { Metrics::objectives([("a", x), ("b", x)]) } else { Metrics::objectives([("b", x), ("a", x)]) }
        }
    );
    let reason = "its objectives are named `b`, `a`, and those of earlier trials `a`, `b`; \
                  give the same names in the same order";
    assert_eq!(ho.trials().nth(1).unwrap().0.reason(), Some(reason));
}

#[test]
fn the_best_trial_keeps_its_constraints() -> Result<(), Error> {
    let sweep = |limit| {
        hyperopt!(
            sampler = GridSampler::new(),
            goal = Maximize,
            x = linrange(0.0, 9.0, 10),
            for _ in .. {
                Metrics::new(x).constraint("memory", x - limit).constraint("time", -1.0)
            }
        )
    };
    let ho = sweep(4.5);
    assert_eq!(ho.best()?.value, 4.0);
    assert_eq!((ho.maximum()?, ho.minimum()?), (4.0, 0.0));
    let ranked: Vec<_> = ho.history().ranked(Maximize).into_iter().map(|(_, value)| value).collect();
    assert_eq!(ranked, [4.0, 3.0, 2.0, 1.0, 0.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
    let (trial, _) = ho.trials().nth(6).unwrap();
    assert_eq!((trial.violation(), trial.is_feasible()), (1.5, false));
    assert_eq!(trial.constraints(), [("memory".into(), 1.5), ("time".into(), -1.0)]);
    let none = sweep(-2.0);
    assert_eq!(
        none.best().unwrap_err().to_string(),
        "not one of 10 complete trials is feasible; trial 0 violates its constraints least, by 2: `memory` = 2"
    );
    assert_eq!(none.pareto().unwrap_err(), none.best().unwrap_err());
    assert!(none.to_string().contains("2 violated"), "{none}");
    let unknown = sweep(f64::NAN);
    assert_eq!(unknown.trials().next().unwrap().0.violation(), f64::INFINITY);
    assert!(matches!(unknown.best(), Err(Error::NoneFeasible { number: 9, .. })));
    Ok(())
}

#[test]
fn budgets_take_one_goal_and_constraints() -> Result<(), Error> {
    let mut runs = 0;
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        goal = [Minimize, Minimize],
        x = 0.0..=1.0,
        for (resources, _state) in 1.0..=9.0 {
            runs += 1;
            ([x, resources], ())
        }
    );
    assert_eq!(runs, 0);
    let message = ho.best().unwrap_err().to_string();
    assert!(
        message.starts_with("Hyperband: promotes configurations by one objective, and there are 2 goals"),
        "{message}"
    );
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        x = 0.0..=1.0,
        for (_resources, _state) in 1.0..=9.0 {
            (Metrics::new(x).constraint("x", 0.3 - x), ())
        }
    );
    assert!(ho.best()?.params.x >= 0.3);
    Ok(())
}

#[test]
fn a_sweep_goes_on_with_as_many_goals() {
    let sweep = |earlier, goals: Vec<Goal>| {
        let ho: &Hyperoptimizer<_> = &earlier;
        hyperopt!(
            ho = ho,
            goal = goals,
            x = 0.0..=1.0,
            for _ in 0..5 {
                vec![x; 2]
            }
        )
    };
    let first = hyperopt!(
        goal = [Minimize, Maximize],
        x = 0.0..=1.0,
        for _ in 0..5 {
            [x, x]
        }
    );
    assert_eq!(sweep(first.clone(), vec![Maximize, Maximize]).goals(), [Maximize, Maximize]);
    let error = sweep(first, vec![Minimize]).error().map(ToString::to_string);
    assert_eq!(
        error.as_deref(),
        Some("cannot go on from the earlier sweep: it has 2 goals, and this one 1 goal; give as many")
    );
}
