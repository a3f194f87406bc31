//! `into = Settings`: the parameters of each trial in a struct of the program.

use hyperopt::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Settings {
    rate: f64,
    layers: u8,
    momentum: Option<f64>,
    epochs: u32,
}

/// A sweep whose type a function can name. The types of the fields are those of the values, in the body too.
fn swept(seed: u64) -> Hyperoptimizer<Net> {
    hyperopt!(
        seed = seed,
        into = Net,
        layers = 1..=4,
        width = ordinal([8, 16, 32]),
        for _ in 0..12 {
            f64::from(layers.pow(2)) + f64::from(width.count_ones())
        }
    )
}

#[derive(Clone, Debug, PartialEq)]
struct Net {
    layers: i16,
    width: u64,
}

#[test]
fn the_parameters_are_the_structs() {
    let ho = swept(7);
    let best: &Net = ho.best().unwrap().params;
    assert_eq!(best.layers, 1);
    assert_eq!(
        swept(7).trials().map(|(_, p)| p.clone()).collect::<Vec<_>>(),
        ho.trials().map(|(_, p)| p.clone()).collect::<Vec<_>>()
    );
    let without = hyperopt!(
        seed = 7,
        layers = 1..=4_i16,
        width = ordinal([8, 16, 32_u64]),
        for _ in 0..12 {
            f64::from(layers.pow(2)) + f64::from(width.count_ones())
        }
    );
    assert!(without.trials().zip(ho.trials()).all(|((_, a), (_, b))| (a.layers, a.width) == (b.layers, b.width)));
}

#[test]
fn a_sweep_continues_under_its_name() {
    let mut ho = swept(7);
    for _ in 0..2 {
        ho = hyperopt!(
            ho = ho,
            into = Net,
            layers = 1..=4,
            width = ordinal([8, 16, 32]),
            for _ in 0..6 {
                f64::from(layers) * width as f64
            }
        );
    }
    assert_eq!(ho.len(), 24);
}

/// The fields that are not swept are the same in all trials, and a guard's field is an `Option`.
#[test]
fn further_fields_are_constant_in_every_macro() {
    let epochs = 10;
    let run = |rate: f64, layers: u8, momentum: Option<f64>| rate * f64::from(layers) + momentum.unwrap_or(0.5);
    let base = Settings { epochs: 3, ..Settings::default() };
    let sequential: Hyperoptimizer<Settings> = hyperopt!(
        seed = 7,
        into = Settings { epochs },
        rate = log(1e-3..=1.0),
        layers = 1..=4,
        momentum = if layers > 2 {
            0.0..=1.0
        },
        for _ in 0..16 {
            run(rate, layers, momentum)
        }
    );
    let threaded: Hyperoptimizer<Settings> = thyperopt!(
        seed = 7,
        rate = log(1e-3..=1.0),
        layers = 1..=4,
        momentum = if layers > 2 {
            0.0..=1.0
        },
        into = Settings { ..base },
        for _ in 0..16 {
            run(rate, layers, momentum)
        }
    );
    let parallel: Hyperoptimizer<Settings> = phyperopt!(
        workers(2),
        seed = 7,
        rate = log(1e-3..=1.0),
        layers = 1..=4,
        momentum = if layers > 2 {
            0.0..=1.0
        },
        into = Settings { epochs: 2 * epochs },
        for _ in 0..16 {
            run(rate, layers, momentum)
        }
    );
    let space = space!(
        into = Settings { epochs },
        rate = log(1e-3..=1.0),
        layers = 1..=4,
        momentum = if layers > 2 {
            0.0..=1.0
        }
    );
    let searched =
        Search::new(space).seed(7).run(0..16, |_, Settings { rate, layers, momentum, .. }| run(rate, layers, momentum));
    let mut open = hyperopt!(
        seed = 7,
        into = Settings { epochs },
        rate = log(1e-3..=1.0),
        layers = 1..=4,
        momentum = if layers > 2 {
            0.0..=1.0
        }
    );
    for (turn, p) in open.turns(16) {
        let Settings { rate, layers, momentum, epochs: 10 } = p else { panic!("{p:?}") };
        turn.tell(run(rate, layers, momentum));
    }
    let listed = |ho: &Hyperoptimizer<Settings>| {
        ho.trials().map(|(trial, p)| (trial.objective(), Settings { epochs: 0, ..*p })).collect::<Vec<_>>()
    };
    let expected = listed(&sequential);
    assert!(expected.iter().any(|(_, p)| p.momentum.is_some()) && expected.iter().any(|(_, p)| p.momentum.is_none()));
    for (ho, constant) in [(&threaded, 3), (&parallel, 20), (&searched, 10), (&open.finish(), 10)] {
        assert_eq!(listed(ho), expected);
        assert!(ho.trials().all(|(_, p)| p.epochs == constant));
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Model {
    Tree { depth: usize },
}

impl Model {
    fn best() -> Self {
        let ho = hyperopt!(
            into = Self::Tree,
            depth = 1..=8,
            for _ in 0..8 {
                depth
            }
        );
        ho.best().unwrap().params.clone()
    }
}

struct Pair<T> {
    a: T,
    r#into: T,
}

#[test]
fn a_variant_and_a_generic_struct_are_structs_too() {
    assert_eq!(Model::best(), Model::Tree { depth: 1 });
    let ho = hyperopt!(
        seed = 7,
        into = Pair::<f64>,
        a = 0.0..=1.0,
        r#into = [1.0, 2.0],
        for _ in 0..4 {
            a + r#into
        }
    );
    let best = ho.best().unwrap();
    assert_eq!(best.value, best.params.a + best.params.r#into);
}

#[test]
fn states_and_reports_go_with_it() {
    let ho: Hyperoptimizer<Settings> = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        into = Settings { momentum: None, epochs: 9 },
        rate = log(1e-3..=1.0),
        layers = 1..=4,
        for (epochs, state) in 1..=9 {
            let done = state.unwrap_or(0);
            (rate * f64::from(layers) / f64::from(epochs - done), epochs)
        }
    );
    assert_eq!(ho.best().unwrap().params.epochs, 9);
    let ho: Hyperoptimizer<Net> = thyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        seed = 7,
        into = Net,
        layers = 1..=4,
        width = [1, 2],
        for trial in 0..20 {
            trial.report(0, f64::from(layers));
            if trial.should_prune() {
                continue;
            }
            u64::from(layers.unsigned_abs()) + width
        }
    );
    assert_eq!(ho.len(), 20);
}
