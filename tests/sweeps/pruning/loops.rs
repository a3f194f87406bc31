use super::*;

#[test]
fn trials_that_the_pruner_gives_up_keep_what_they_reported() {
    let mut epochs = 0;
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        seed = 7,
        rate = log(1e-5..=1e-1),
        'sweep: for trial in 0..100 {
            for epoch in 0..50 {
                epochs += 1;
                trial.report(epoch, loss(rate, epoch));
                if trial.should_prune() {
                    continue 'sweep;
                }
            }
            assert!(trial.number() < 100);
            loss(rate, 49)
        }
    );
    assert_eq!((ho.len(), ho.end()), (100, StopReason::Planned));
    assert!(ho.history().count(State::Pruned) > 50, "{ho}");
    let reports: usize = ho.trials().map(|(trial, _)| trial.reports().len()).sum();
    assert_eq!(reports, epochs);
    for (trial, p) in ho.trials() {
        let (step, value) = trial.last_report().unwrap();
        assert_eq!(value, loss(p.rate, step as i32));
        assert_eq!(trial.state() == State::Complete, step == 49);
        assert_eq!(trial.reports().len() as u64, step + 1);
    }
    assert_eq!(ho.best().unwrap().value, ho.results().flatten().fold(f64::INFINITY, f64::min));
    assert!(ho.to_string().starts_with("100 trials of RandomSampler with MedianPruner, seed 7, in "), "{ho}");
}

#[test]
fn every_head_that_counts_has_trials() {
    macro_rules! numbers {
        ($($head:tt)*) => {{
            let mut numbers = Vec::new();
            let _ = hyperopt!(
                sampler = GridSampler::new().pruner(MedianPruner::new()),
                a = [1, 2, 3],
                for trial in $($head)* {
                    numbers.push(trial.number());
                    a
                }
            );
            numbers
        }};
    }
    assert_eq!(numbers!(0..2), [0, 1]);
    assert_eq!(numbers!(1..=2_u8), [0, 1]);
    assert_eq!(numbers!(0..), [0, 1, 2]);
    assert_eq!(numbers!(..), [0, 1, 2]);
}

#[test]
fn a_trial_that_was_given_up_is_never_the_best() {
    let ho = hyperopt!(
        sampler = GridSampler::new().pruner(ThresholdPruner::new().lower(0.0)),
        a = [-1.0, 2.0, -3.0, 4.0],
        for trial in .. {
            trial.report(0, a);
            if trial.should_prune() {
                continue;
            }
            a
        }
    );
    assert_eq!(ho.best().unwrap().value, 2.0);
    assert_eq!(ho.history().count(State::Pruned), 2);
    assert_eq!(ho.history().trials()[2].last_report(), Some((0, -3.0)));
    assert_eq!(ho.history().trials()[2].objective(), None);
}

#[test]
fn reports_are_of_any_number_type_and_kept_by_step() {
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        a = [1.0],
        for trial in 0..1 {
            assert!(!trial.should_prune());
            trial.report(7_usize, 0.5_f32);
            trial.report(3_u8, 2);
            trial.report(7_i64, f64::NAN);
            let also = trial.clone();
            also.report(u64::MAX, a);
            a
        }
    );
    let trial = &ho.history().trials()[0];
    assert_eq!(trial.reports().len(), 3);
    assert_eq!((trial.reported(3), trial.reported(4), trial.last_report()), (Some(2.0), None, Some((u64::MAX, 1.0))));
    assert!(trial.reported(7).unwrap().is_nan());
}

#[test]
fn a_step_below_zero_ends_the_sweep_with_an_error() {
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        a = [1.0],
        for trial in 0..10 {
            trial.report(-1, a);
            a
        }
    );
    assert_eq!((ho.len(), ho.end()), (1, StopReason::Error));
    assert_eq!(ho.error().unwrap().to_string(), "trial 0 reported step -1; steps count from 0");
}

#[test]
fn unsound_options_are_named_before_the_first_trial() {
    let mut runs = 0;
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(PercentilePruner::new(120.0)),
        a = [1.0],
        for _ in 0..10 {
            runs += 1;
            a
        }
    );
    assert_eq!((runs, ho.len()), (0, 0));
    let message = ho.best().unwrap_err().to_string();
    assert_eq!(message, "RandomSampler with PercentilePruner: percentile = 120.0 is not from 0 to 100");
}

#[test]
fn a_trial_may_outlive_its_turn() {
    let mut kept = Vec::new();
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        a = [1.0],
        for trial in 0..3 {
            for earlier in &kept {
                let earlier: &hyperopt::RunningTrial = earlier;
                earlier.report(9, 9.0);
                assert!(!earlier.should_prune());
            }
            trial.report(0, a);
            kept.push(trial);
            a
        }
    );
    kept[0].report(10, 10.0);
    assert!(!kept[0].should_prune());
    assert!(ho.trials().all(|(trial, _)| trial.reports() == [(0, 1.0)]));
}

#[test]
fn a_sweep_that_goes_on_compares_with_the_earlier_one() {
    let sampler = || RandomSampler::new().pruner(MedianPruner::new());
    let earlier = hyperopt!(
        sampler = sampler(),
        a = 0.0..=1.0,
        for trial in 0..5 {
            trial.report(0, a);
            a
        }
    );
    let ho = hyperopt!(
        ho = &earlier,
        sampler = sampler(),
        a = 0.0..=1.0,
        for trial in 0..1 {
            trial.report(0, a + 1.0);
            assert!(trial.should_prune());
            continue;
        }
    );
    assert_eq!((ho.len(), ho.history().count(State::Pruned)), (6, 1));
    assert_eq!(ho.history().trials()[0].reports().len(), 1);
}

#[test]
fn a_pruner_of_ones_own() {
    /// Gives up every other trial at its third report.
    #[derive(Debug)]
    struct Alternating;

    impl Pruner for Alternating {
        fn prune(&mut self, _: &[Trial], trial: &Trial, _: Goal) -> bool {
            trial.number() % 2 == 1 && trial.reports().len() == 3
        }
    }

    let boxed: Box<dyn Pruner> = Box::new(Alternating);
    let ho = hyperopt!(
        sampler = BohbSampler::new().pruner(boxed),
        goal = Maximize,
        kernel = ["linear", "rbf"],
        gamma = if kernel == "rbf" {
            log(1e-3..=1e0)
        },
        'sweep: for trial in 0..20 {
            assert_eq!(gamma.is_some(), kernel == "rbf");
            for step in 0..5 {
                trial.report(step, gamma.unwrap_or(0.1));
                if trial.should_prune() {
                    continue 'sweep;
                }
            }
            Ok::<_, std::fmt::Error>(gamma.unwrap_or(0.1))
        }
    );
    assert!(ho.trials().all(|(trial, _)| trial.reports().len() == if trial.number() % 2 == 1 { 3 } else { 5 }));
    assert!(ho.to_string().contains("pruned after 3 reports on average, complete after 5"), "{ho}");
}

/// A sweep on `$executor`, the trials of uneven length.

#[test]
fn files_have_what_was_reported() -> Result<(), Box<dyn std::error::Error>> {
    let ho = hyperopt!(
        sampler = GridSampler::new().pruner(ThresholdPruner::new().upper(1.5)),
        a = [1.0, 2.0],
        for trial in .. {
            trial.report(2, 0.25);
            trial.report(4, a);
            if trial.should_prune() {
                continue;
            }
            a
        }
    );
    let (mut csv, mut json) = (Vec::new(), Vec::new());
    ho.write_csv(&mut csv)?;
    ho.write_json_lines(&mut json)?;
    let (csv, json) = (String::from_utf8(csv)?, String::from_utf8(json)?);
    let lines: Vec<_> = csv.lines().collect();
    assert!(lines[0].starts_with("trial,state,objective,last_step,last_report,a,"), "{csv}");
    assert!(lines[1].starts_with("0,complete,1.0,4,1.0,1.0,"), "{csv}");
    assert!(lines[2].starts_with("1,pruned,,4,2.0,2.0,"), "{csv}");
    let line: serde_json::Value = serde_json::from_str(json.lines().nth(1).unwrap())?;
    assert_eq!(line["reports"], serde_json::json!([[2, 0.25], [4, 2.0]]));
    Ok(())
}
