use super::*;

#[test]
fn break_ends_the_sweep_and_cancels_the_trial() {
    let ho = hyperopt!(
        a = [1.0],
        for i in 0..50 {
            if i == 2 {
                break;
            }
            a
        }
    );
    assert_eq!(ho.end(), StopReason::Break);
    assert_eq!(states(&ho), [State::Complete, State::Complete, State::Cancelled]);
}

#[test]
fn continue_prunes_the_trial() {
    let ho = hyperopt!(
        a = [1.0],
        for i in 0..3 {
            if i == 1 {
                continue;
            }
            a
        }
    );
    assert_eq!(ho.end(), StopReason::Planned);
    assert_eq!(states(&ho), [State::Complete, State::Pruned, State::Complete]);
}

#[test]
fn continue_in_the_last_turn_prunes_too() {
    let ho = hyperopt!(
        a = [1.0],
        for i in 0..2 {
            if i == 1 {
                continue;
            }
            a
        }
    );
    assert_eq!(states(&ho), [State::Complete, State::Pruned]);
    assert_eq!(ho.end(), StopReason::Planned);
}

#[test]
fn return_leaves_the_function() {
    fn first_above(limit: f64) -> Option<f64> {
        let _ho = hyperopt!(
            sampler = GridSampler::new(),
            a = [1.0, 2.0, 3.0],
            for _ in .. {
                if a > limit {
                    return Some(a);
                }
                a
            }
        );
        None
    }
    assert_eq!(first_above(1.5), Some(2.0));
    assert_eq!(first_above(9.0), None);
}

#[test]
fn the_question_mark_leaves_the_function() {
    fn sum(texts: &[&str]) -> Result<f64, std::num::ParseFloatError> {
        let mut sum = 0.0;
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            text = texts,
            for _ in .. {
                sum += text.parse::<f64>()?;
                sum
            }
        );
        assert_eq!(ho.len(), texts.len());
        Ok(sum)
    }
    assert_eq!(sum(&["1", "2"]), Ok(3.0));
    assert!(sum(&["1", "x", "2"]).is_err());
}

#[test]
fn a_question_mark_in_the_candidates_leaves_the_function() {
    fn sweep(bounds: &str) -> Result<usize, std::num::ParseIntError> {
        let ho = hyperopt!(
            a = 1..=bounds.parse::<i64>()?,
            for _ in 0..2 {
                a
            }
        );
        Ok(ho.len())
    }
    assert_eq!(sweep("3"), Ok(2));
    assert!(sweep("x").is_err());
}

#[test]
fn break_of_an_outer_loop() {
    let mut rounds = 0;
    'outer: for round in 0..5 {
        rounds += 1;
        let _ho = hyperopt!(
            a = [1.0],
            for i in 0..4 {
                if round == 1 && i == 2 {
                    break 'outer;
                }
                a
            }
        );
    }
    assert_eq!(rounds, 2);
}

#[test]
fn continue_of_an_outer_loop() {
    let mut finished = 0;
    'outer: for round in 0..4 {
        let ho = hyperopt!(
            a = [1.0],
            for _ in 0..2 {
                if round % 2 == 0 {
                    continue 'outer;
                }
                a
            }
        );
        finished += ho.len();
    }
    assert_eq!(finished, 4);
}

#[test]
fn break_and_continue_of_the_label_of_the_sweep() {
    let ho = hyperopt!(
        a = [1.0],
        'sweep: for i in 0..50 {
            for step in 0..10 {
                if i == 1 && step == 3 {
                    continue 'sweep;
                }
                if i == 3 && step == 5 {
                    break 'sweep;
                }
            }
            a
        }
    );
    assert_eq!(states(&ho), [State::Complete, State::Pruned, State::Complete, State::Cancelled]);
    assert_eq!(ho.end(), StopReason::Break);
}

#[test]
fn a_loop_within_the_body_keeps_its_break() {
    let ho = hyperopt!(
        a = [1.0],
        for _ in 0..3 {
            let mut b = a;
            loop {
                b += 1.0;
                if b > 3.0 {
                    break b;
                }
            }
        }
    );
    assert_eq!(states(&ho), [State::Complete; 3]);
}

#[test]
fn a_panic_unwinds() {
    let turns = Cell::new(0);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        hyperopt!(
            a = [1.0],
            for i in 0..5 {
                turns.set(turns.get() + 1);
                if i == 2 {
                    std::panic::resume_unwind(Box::new("stop"));
                }
                a
            }
        )
    }));
    assert_eq!(result.unwrap_err().downcast_ref(), Some(&"stop"));
    assert_eq!(turns.get(), 3);
}
