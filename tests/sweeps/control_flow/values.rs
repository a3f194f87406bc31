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
