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
