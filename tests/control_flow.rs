//! The loop stays a Rust loop: whatever it may contain without the macro, it may contain within it.

use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use hyperopt::prelude::*;
use hyperopt::{Claim, End, Error, Hyperband, State};

/// The states of all trials, in the order of asking.
fn states<P>(ho: &Hyperoptimizer<P>) -> Vec<State> {
    ho.history().trials().iter().map(hyperopt::Trial::state).collect()
}

/// Runs a future that is never really pending.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// Is pending once.
async fn pause() {
    let mut paused = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut paused, true) {
            Poll::Ready(())
        } else {
            context.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await;
}

mod leaving {
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
        assert_eq!(ho.end(), End::Break);
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
        assert_eq!(ho.end(), End::Planned);
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
        assert_eq!(ho.end(), End::Planned);
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
        assert_eq!(ho.end(), End::Break);
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
}

mod asynchronous {
    use super::*;

    async fn sweep(data: &[f64]) -> f64 {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            factor = [1.0, 2.0],
            kernel = vec![String::from("rbf"), String::from("linear")],
            for _ in .. {
                pause().await;
                factor * data.iter().sum::<f64>() + kernel.len() as f64
            }
        );
        ho.minimum().unwrap()
    }

    #[test]
    fn a_body_may_await() {
        assert_eq!(run(sweep(&[1.0, 2.0])), 6.0);
    }

    #[test]
    fn the_future_is_send() {
        fn is_send<T: Send>(value: T) -> T {
            value
        }
        assert_eq!(run(is_send(sweep(&[1.0]))), 4.0);
    }

    #[test]
    fn candidates_may_await() {
        async fn bound() -> i64 {
            pause().await;
            1
        }
        let ho = run(async {
            hyperopt!(
                a = 1..=bound().await,
                for _ in 0..1 {
                    a
                }
            )
        });
        assert_eq!(ho.minimum().unwrap(), 1.0);
    }
}

mod captures {
    use super::*;

    #[test]
    fn variables_outside_may_change() {
        let (mut best, mut seen) = (f64::INFINITY, Vec::new());
        let ho = hyperopt!(
            a = 1..=9,
            for i in 0..20 {
                seen.push((i, a));
                let loss = f64::from(a);
                best = best.min(loss);
                loss
            }
        );
        assert_eq!(seen.len(), 20);
        assert_eq!(ho.minimum().unwrap(), best);
    }

    #[test]
    fn a_value_may_move_in_where_the_loop_is_left() {
        let ticket = String::from("once");
        let moved = 'moved: {
            let _ho = hyperopt!(
                a = [1.0],
                for _ in 0..5 {
                    if a > 0.0 {
                        break 'moved ticket;
                    }
                    a
                }
            );
            String::new()
        };
        assert_eq!(moved, "once");
    }

    #[test]
    fn candidates_may_borrow_what_the_body_reads() {
        let names = vec![String::from("a"), String::from("bc")];
        let ho = hyperopt!(
            name = &names,
            for _ in 0..10 {
                name.len() + names.len()
            }
        );
        assert!(ho.minimum().unwrap() >= 3.0);
    }

    #[test]
    fn temporaries_live_as_long_as_the_sweep() {
        fn load() -> Vec<String> {
            vec!["x".into(), "yz".into()]
        }
        let trials = hyperopt!(
            word = load().iter().map(String::as_str).collect::<Vec<&str>>(),
            for _ in 0..5 {
                word.len()
            }
        )
        .len();
        assert_eq!(trials, 5);
        let ho = hyperopt!(
            word = &load(),
            for _ in 0..5 {
                word.len()
            }
        );
        assert!(ho.best().unwrap().params.word.len() <= 2);
    }

    #[test]
    fn sweeps_nest() {
        let outer = hyperopt!(
            sampler = GridSampler::new(),
            a = [1.0, 2.0],
            for _ in .. {
                let inner = hyperopt!(
                    sampler = GridSampler::new(),
                    b = [10.0, 20.0],
                    for i in .. {
                        if i == 1 && a > 1.5 {
                            continue;
                        }
                        a * b
                    }
                );
                inner.maximum()
            }
        );
        assert_eq!(outer.results().collect::<Vec<_>>(), [Some(20.0), Some(20.0)]);
    }

    struct Model {
        weight: f64,
        evaluated: usize,
    }

    impl Model {
        fn sweep(&mut self) -> f64 {
            let ho = hyperopt!(
                sampler = GridSampler::new(),
                factor = [self.weight, 2.0],
                for _ in .. {
                    self.evaluated += 1;
                    self.loss(factor)
                }
            );
            ho.maximum().unwrap()
        }

        fn loss(&self, factor: f64) -> f64 {
            self.weight * factor
        }
    }

    #[test]
    fn a_method_may_use_itself() {
        let mut model = Model { weight: 3.0, evaluated: 0 };
        assert_eq!(model.sweep(), 9.0);
        assert_eq!(model.evaluated, 2);
    }

    #[test]
    fn a_closure_may_sweep() {
        let offset = 1.0;
        let sweep = |scale: f64| {
            hyperopt!(
                a = [2.0],
                for _ in 0..2 {
                    a * scale + offset
                }
            )
        };
        assert_eq!(sweep(3.0).minimum().unwrap(), 7.0);
    }

    fn generic<T: Clone>(candidates: &[T], loss: impl Fn(&T) -> f64) -> (f64, T) {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            candidate = candidates,
            for _ in .. {
                loss(&candidate)
            }
        );
        let best = ho.best().unwrap();
        (best.value, best.params.candidate.clone())
    }

    #[test]
    fn a_generic_function_may_sweep() {
        assert_eq!(generic(&["aa", "b"], |text| text.len() as f64), (1.0, "b"));
        assert_eq!(generic(&[vec![1], vec![]], |list| list.len() as f64), (0.0, vec![]));
    }

    fn sized<const N: usize>() -> usize {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            a = [1.0; N].map(|a| a * N as f64),
            for _ in 0..N {
                a
            }
        );
        ho.len()
    }

    #[test]
    fn a_function_of_constants_may_sweep() {
        assert_eq!(sized::<1>(), 1);
    }
}

mod values {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Kernel {
        Linear,
        Rbf { width: i32 },
    }

    #[derive(Clone)]
    struct Unprintable(f64);

    fn labels<P, D: AsRef<hyperopt::Sweep>>(ho: &Hyperoptimizer<P, D>, axis: usize) -> Vec<String> {
        let axis = &ho.space().axes()[axis];
        let levels = axis.levels().unwrap();
        (0..levels).map(|level| axis.value(axis.unit_of(level).unwrap()).to_string()).collect()
    }

    #[test]
    fn enums_are_labelled_by_their_source() {
        let ho = hyperopt!(
            kernel = [Kernel::Linear, Kernel::Rbf { width: 2 }],
            for _ in 0..5 {
                f64::from(u8::from(kernel == Kernel::Linear))
            }
        );
        let labels = labels(&ho, 0);
        assert_eq!(labels[0], "Kernel::Linear");
        assert_eq!(labels[1].replace(' ', ""), "Kernel::Rbf{width:2}");
    }

    #[test]
    fn functions_are_labelled_by_their_source() {
        fn relu(x: f64) -> f64 {
            x.max(0.0)
        }
        let functions: [fn(f64) -> f64; 2] = [relu, f64::tanh];
        let ho = hyperopt!(
            written = [relu as fn(f64) -> f64, f64::tanh],
            held = functions,
            for _ in 0..5 {
                written(1.0) + held(0.5)
            }
        );
        assert_eq!(labels(&ho, 0)[1], "f64::tanh");
        assert_eq!(labels(&ho, 1), ["#0", "#1"]);
    }

    #[test]
    fn closures_and_structs_need_no_traits_but_clone() {
        let base = 1.0;
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            shift = [move |x: f64| x + base],
            scale = vec![Unprintable(2.0), Unprintable(3.0)],
            for _ in .. {
                shift(scale.0)
            }
        );
        assert_eq!(ho.results().collect::<Vec<_>>(), [Some(3.0), Some(4.0)]);
        assert_eq!(ho.best().unwrap().params.scale.0, 2.0);
    }

    #[test]
    fn values_that_are_not_copied_are_owned_by_the_body() {
        let ho = hyperopt!(
            name = [String::from("a"), String::from("bc")],
            for _ in 0..5 {
                let owned: Vec<u8> = name.into_bytes();
                owned.len()
            }
        );
        assert_eq!(ho.len(), 5);
    }

    #[test]
    fn slices_and_vectors_by_reference() {
        let vector = vec![1, 2, 3];
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            a = &vector,
            b = &vector[1..],
            c = &[5],
            d = vector.as_slice(),
            for _ in .. {
                a + b + c + d
            }
        );
        assert_eq!(ho.len(), 18);
    }

    fn objectives<P>(ho: &Hyperoptimizer<P>) -> Vec<Option<f64>> {
        ho.results().collect()
    }

    #[test]
    fn the_body_may_have_any_number() {
        assert_eq!(
            objectives(&hyperopt!(
                _a = [1],
                for _ in 0..1 {
                    1.5
                }
            )),
            [Some(1.5)]
        );
        assert_eq!(
            objectives(&hyperopt!(
                _a = [1],
                for _ in 0..1 {
                    1.5f32
                }
            )),
            [Some(1.5)]
        );
        assert_eq!(
            objectives(&hyperopt!(
                _a = [1],
                for _ in 0..1 {
                    7
                }
            )),
            [Some(7.0)]
        );
        assert_eq!(
            objectives(&hyperopt!(
                _a = [1],
                for _ in 0..1 {
                    7u8
                }
            )),
            [Some(7.0)]
        );
        assert_eq!(
            objectives(&hyperopt!(
                _a = [1],
                for _ in 0..1 {
                    -7i64
                }
            )),
            [Some(-7.0)]
        );
        assert_eq!(
            objectives(&hyperopt!(
                _a = [1],
                for _ in 0..1 {
                    [1, 2].len()
                }
            )),
            [Some(2.0)]
        );
    }

    #[test]
    fn the_body_may_fail() {
        let ho = hyperopt!(
            _a = [1],
            for i in 0..2 {
                if i == 0 { Err("boom") } else { Ok(2.5) }
            }
        );
        assert_eq!(objectives(&ho), [None, Some(2.5)]);
        assert_eq!(ho.history().trials()[0].reason(), Some("boom"));
        let ho = hyperopt!(
            _a = [1],
            for i in 0..2 {
                (i == 1).then_some(2)
            }
        );
        assert_eq!(objectives(&ho), [None, Some(2.0)]);
        let ho = hyperopt!(
            _a = [1],
            for _ in 0..1 {
                Ok::<_, String>(Some(3.0))
            }
        );
        assert_eq!(objectives(&ho), [Some(3.0)]);
    }

    #[test]
    fn the_body_may_have_metrics() {
        let ho = hyperopt!(
            _a = [1],
            for i in 0..2 {
                Metrics::new(0.5).with("turn", f64::from(i))
            }
        );
        assert_eq!(ho.history().trials()[1].metrics(), [("turn".into(), 1.0)]);
    }
}

mod heads {
    use super::*;

    fn items<T: Debug + PartialEq>(items: &[T], expected: &[T], ho: &impl AsRef<hyperopt::Sweep>) {
        assert_eq!(items, expected);
        assert_eq!(ho.as_ref().end(), End::Planned);
    }

    #[test]
    fn ranges_of_any_integer() {
        let mut seen: Vec<u8> = Vec::new();
        let ho = hyperopt!(
            _a = [1],
            for i in 250..=255u8 {
                seen.push(i);
                1
            }
        );
        items(&seen, &[250, 251, 252, 253, 254, 255], ho.sweep());

        let mut seen: Vec<i64> = Vec::new();
        let ho = hyperopt!(
            _a = [1],
            for i in -2..1i64 {
                seen.push(i);
                1
            }
        );
        items(&seen, &[-2, -1, 0], ho.sweep());

        let mut seen: Vec<usize> = Vec::new();
        let n = 3;
        let ho = hyperopt!(
            _a = [1],
            for i in 0..n {
                seen.push(i);
                1
            }
        );
        items(&seen, &[0, 1, 2], ho.sweep());

        let mut seen: Vec<usize> = Vec::new();
        let ho = hyperopt!(
            _a = [1],
            for i in 1..=n {
                seen.push(i);
                1
            }
        );
        items(&seen, &[1, 2, 3], ho.sweep());
    }

    #[test]
    fn a_variable() {
        let head = 0..4;
        let ho = hyperopt!(
            _a = [1],
            for _ in head.clone() {
                1
            }
        );
        assert_eq!(ho.len(), head.len());
    }

    #[test]
    fn a_struct_in_parentheses() {
        struct Budget {
            trials: usize,
        }
        let ho = hyperopt!(
            _a = [1],
            for _ in 0..(Budget { trials: 3 }).trials {
                1
            }
        );
        assert_eq!(ho.len(), 3);
    }

    #[test]
    fn no_trials() {
        let ho = hyperopt!(
            a = [1],
            for _ in 0..0 {
                a
            }
        );
        assert!(ho.is_empty());
        assert_eq!(ho.best().unwrap_err(), Error::NoTrials);
    }

    #[test]
    fn without_an_end_until_break() {
        let ho = hyperopt!(
            _a = [1],
            for i in 0.. {
                if i == 4 {
                    break;
                }
                i
            }
        );
        assert_eq!(ho.len(), 5);
        assert_eq!(ho.end(), End::Break);
    }

    #[test]
    fn all_that_the_sampler_plans() {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            a = 1..=3,
            b = [true, false],
            for i in .. {
                assert_eq!(i, usize::try_from((a - 1) * 2).unwrap() + usize::from(!b));
                a
            }
        );
        assert_eq!(ho.len(), 6);
    }

    #[test]
    fn a_pattern() {
        let ho = hyperopt!(
            _a = [1],
            for mut i in 0..3 {
                i += 1;
                i
            }
        );
        assert_eq!(ho.results().collect::<Vec<_>>(), [Some(1.0), Some(2.0), Some(3.0)]);
    }
}

mod conditions {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Kernel {
        Linear,
        Rbf,
        Poly,
    }
    use Kernel::{Linear, Poly, Rbf};

    /// Which axes are active in each trial.
    fn masks<P>(ho: &Hyperoptimizer<P>) -> Vec<Vec<bool>> {
        let axes = ho.space().len();
        ho.history()
            .trials()
            .iter()
            .map(|trial| (0..axes).map(|axis| trial.point().is_active(axis)).collect())
            .collect()
    }

    fn names<P>(ho: &Hyperoptimizer<P>) -> Vec<&str> {
        ho.space().axes().iter().map(hyperopt::Axis::name).collect()
    }

    #[test]
    fn an_if_is_an_option() {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            kernel = [Linear, Rbf],
            gamma = if kernel == Rbf {
                [1.0, 2.0]
            },
            for _ in .. {
                assert_eq!(gamma.is_some(), kernel == Rbf);
                gamma.unwrap_or(0.5)
            }
        );
        assert_eq!(masks(&ho), [vec![true, false], vec![true, true], vec![true, true]]);
        assert_eq!(ho.space().axes()[1].parents(), [0]);
        for (trial, params) in ho.trials() {
            assert_eq!(params.gamma.is_some(), trial.point().is_active(1));
        }
        assert_eq!(ho.best().unwrap().params.gamma, None);
    }

    #[test]
    fn if_and_else_are_two_axes_under_one_name() {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            deep = [true, false],
            units = if deep { 1..=2 } else { 8..=10 },
            for _ in .. {
                assert_eq!(units >= 8, !deep);
                units
            }
        );
        assert_eq!(names(&ho), ["deep", "units", "units.else"]);
        assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [1.0, 2.0, 8.0, 9.0, 10.0]);
        assert!(masks(&ho).iter().all(|mask| mask[1] != mask[2]));
    }

    #[test]
    fn else_if_chains() {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            kernel = [Linear, Rbf, Poly],
            gamma = if kernel == Rbf {
                [1.0, 2.0]
            } else if kernel == Poly {
                [3.0, 4.0]
            } else {
                [5.0, 6.0]
            },
            maybe = if kernel == Rbf {
                [1]
            } else if kernel == Poly {
                [2]
            },
            for _ in .. {
                assert_eq!(maybe.is_none(), kernel == Linear);
                gamma
            }
        );
        assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [5.0, 6.0, 1.0, 2.0, 3.0, 4.0]);
        let active = |mask: &Vec<bool>| mask.iter().filter(|active| **active).count();
        assert_eq!(masks(&ho).iter().map(active).collect::<Vec<_>>(), [2, 2, 3, 3, 3, 3]);
    }

    #[test]
    fn matches_with_guards_and_bindings() {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            layers = [Some(1), Some(5), None],
            units = match layers {
                Some(n) if n > 2 => [10, 20],
                Some(_) => [30, 40],
                None => [50, 60],
            },
            for _ in .. {
                units
            }
        );
        assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [30.0, 40.0, 10.0, 20.0, 50.0, 60.0]);
        assert_eq!(ho.trials().map(|(_, params)| params.units).collect::<Vec<_>>(), [30, 40, 10, 20, 50, 60]);
    }

    #[test]
    fn nested_alternatives() {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            kernel = [Linear, Rbf],
            width = [8, 16],
            gamma = if kernel == Rbf {
                if width == 8 { [1] } else { [2] }
            } else {
                match width {
                    8 => [3],
                    _ => [4],
                }
            },
            for _ in .. {
                gamma
            }
        );
        assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [3.0, 4.0, 1.0, 2.0]);
        assert!(masks(&ho).iter().all(|mask| mask[2..].iter().filter(|active| **active).count() == 1));
    }

    #[test]
    fn conditions_on_conditions() {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            kernel = [Linear, Rbf],
            gamma = if kernel == Rbf {
                [1.0, 2.0]
            },
            decay = if let Some(gamma) = gamma
                && gamma > 1.5
            {
                [0.1, 0.2]
            },
            name = if matches!(kernel, Rbf) {
                ["rbf"]
            },
            for _ in .. {
                assert_eq!(decay.is_some(), gamma == Some(2.0));
                assert_eq!(name.is_some(), gamma.is_some());
                decay.unwrap_or(0.0)
            }
        );
        assert_eq!(ho.len(), 4);
        assert_eq!(ho.space().axes()[2].parents(), [1]);
    }

    #[test]
    fn guards_may_read_variables_that_change() {
        let mut turns = 0;
        let ho = hyperopt!(
            a = [1, 2],
            late = if turns > 1 && a > 0 {
                [10]
            },
            for _ in 0..4 {
                turns += 1;
                late.unwrap_or(0) + a
            }
        );
        let masks = masks(&ho);
        assert_eq!(masks.iter().map(|mask| mask[1]).collect::<Vec<_>>(), [false, false, true, true]);
        let decoded: Vec<_> = ho.trials().map(|(_, params)| params.late).collect();
        assert_eq!(decoded, [None, None, Some(10), Some(10)]);
    }

    #[test]
    fn guards_are_not_evaluated_again_for_the_next_rung() {
        let mut turns = 0;
        let ho = hyperopt!(
            sampler = Hyperband::new(3.0),
            seed = 1,
            a = 1..=100,
            early = if turns < 4 && a > 0 {
                [10]
            },
            late = if turns < 4 && a > 0 { [1] } else { [2] },
            for (_resources, before) in 1..=9 {
                turns += 1;
                let before: Option<(Option<i32>, i32)> = before;
                assert!(before.is_none_or(|before| before == (early, late)));
                assert_eq!(early.is_some(), late == 1);
                (a, (early, late))
            }
        );
        assert!(ho.trials().any(|(_, params)| params.early.is_some()));
        assert!(ho.trials().any(|(_, params)| params.early.is_none()));
        for (_, params) in ho.trials() {
            assert_eq!(params.early.is_some(), params.late == 1);
        }
    }

    #[test]
    fn a_condition_that_names_no_hyperparameter_is_evaluated_once() {
        let evaluated = Cell::new(0);
        let quick = || {
            evaluated.set(evaluated.get() + 1);
            true
        };
        let ho = hyperopt!(
            a = if quick() { 1..=2 } else { 1..=1000 },
            for _ in 0..9 {
                a
            }
        );
        assert_eq!(evaluated.get(), 1);
        assert_eq!(names(&ho), ["a"]);
        assert!(ho.maximum().unwrap() <= 2.0);
    }
}

mod going_on {
    use super::*;

    #[test]
    fn by_value_under_the_same_name() {
        let ho = hyperopt!(
            seed = 3,
            a = 1..=100,
            for _ in 0..5 {
                a
            }
        );
        let first: Vec<_> = ho.results().collect();
        let ho = hyperopt!(
            ho = ho,
            a = 1..=100,
            for _ in 0..5 {
                a
            }
        );
        assert_eq!(ho.len(), 10);
        assert_eq!(ho.seed(), 3);
        assert_eq!(ho.results().take(5).collect::<Vec<_>>(), first);
    }

    #[test]
    fn by_reference_in_a_loop() {
        let mut lens = Vec::new();
        let start = hyperopt!(
            a = 1..=100,
            for _ in 0..2 {
                a
            }
        );
        for _ in 0..2 {
            let ho = hyperopt!(
                ho = &start,
                a = 1..=100,
                for _ in 0..3 {
                    a
                }
            );
            lens.push(ho.len());
        }
        assert_eq!((start.len(), lens), (2, vec![5, 5]));
    }
}

mod without_a_loop {
    use super::*;

    #[test]
    fn ask_and_tell_in_any_order() -> Result<(), Error> {
        let mut ho = hyperopt!(
            sampler = GridSampler::new(),
            a = [1.0, 2.0],
            b = if a > 1.5 {
                [10, 20]
            }
        );
        let mut open: Vec<(Claim, f64)> = Vec::new();
        while let Ok((claim, params)) = ho.ask() {
            assert_eq!(params.b.is_some(), params.a > 1.5);
            open.push((claim, params.a));
        }
        assert_eq!(ho.end(), End::Exhausted);
        for (claim, a) in open.into_iter().rev() {
            ho.tell(claim, a)?;
        }
        assert_eq!(ho.best()?.params.a, 1.0);
        let ho = ho.finish();
        assert_eq!(states(&ho), [State::Complete; 3]);
        Ok(())
    }

    #[test]
    fn turns_that_are_dropped_are_pruned() {
        let mut ho = hyperopt!(a = 1..=3);
        for (index, (turn, params)) in ho.turns(4).enumerate() {
            if index != 2 {
                turn.tell(params.a);
            }
        }
        let ho = ho.finish();
        assert_eq!(states(&ho), [State::Complete, State::Complete, State::Pruned, State::Complete]);
    }
}
