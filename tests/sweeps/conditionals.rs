//! The number of layers, then the hyperparameters of each: every sampler, in sequence and on threads.

use std::collections::BTreeSet;

use hyperopt::prelude::*;

/// A network of one to three layers; a layer that is there has a width, and a wide one a dropout.
macro_rules! network {
    ($macro:ident, $sampler:expr, $pattern:pat in $head:expr) => {
        $macro!(
            sampler = $sampler,
            seed = 11,
            layers = 1..=3,
            first = ordinal([16, 64]),
            second = if layers > 1 {
                ordinal([8, 32])
            },
            third = if layers > 2 {
                1..=3
            },
            dropout = if layers > 1 && second == Some(32) {
                [0.1, 0.5]
            },
            activation = match layers {
                1 => ["linear"],
                2 if first > 16 => ["tanh"],
                _ => ["relu"],
            },
            for $pattern in $head {
                assert_eq!(second.is_some(), layers > 1);
                assert_eq!(third.is_some(), layers > 2);
                assert_eq!(dropout.is_some(), second == Some(32));
                assert_eq!(
                    activation,
                    if layers == 1 {
                        "linear"
                    } else if layers == 2 && first > 16 {
                        "tanh"
                    } else {
                        "relu"
                    }
                );
                f64::from(layers + first + second.unwrap_or(0) + third.unwrap_or(0)) + dropout.unwrap_or(0.0)
            }
        )
    };
}

macro_rules! check {
    ($ho:expr) => {{
        let ho = $ho;
        // No trial failed: in a parallel sweep that is what an assertion above would come to.
        assert_eq!(ho.history().complete().count(), ho.len());
        for (_, p) in ho.trials() {
            assert_eq!(p.second.is_some(), p.layers > 1);
            assert_eq!(p.third.is_some(), p.layers > 2);
            assert_eq!(p.dropout.is_some(), p.second == Some(32));
        }
        ho
    }};
}

macro_rules! check_both {
    ($sampler:expr, $pattern:pat in $head:expr) => {{
        let _ = check!(network!(hyperopt, $sampler, $pattern in $head));
        let _ = check!(network!(thyperopt, $sampler, $pattern in $head));
    }};
}

#[test]
fn guards_hold_in_every_trial_of_every_sampler() {
    check_both!(RandomSampler::new(), _ in 0..60);
    check_both!(GridSampler::new(), _ in 0..);
    check_both!(LhsSampler::new().swaps(500), _ in 0..60);
    check_both!(ClhSampler::new().swaps(500), _ in 0..60);
    check_both!(BohbSampler::new(), _ in 0..60);
    check_both!(Hyperband::new(3.0), (_, _) in 1.0..=27.0);
    check_both!(Bohb::new(), (_, _) in 1.0..=27.0);
}

#[test]
fn a_grid_has_every_network_once() {
    let ho = check!(network!(hyperopt, GridSampler::new(), _ in ..));
    let networks: BTreeSet<_> = ho.trials().map(|(_, p)| format!("{p:?}")).collect();
    // One layer: 2. Two: 2 · (1 + 2). Three: 2 · (1 + 2) · 3.
    assert_eq!((ho.len(), networks.len()), (2 + 6 + 18, 2 + 6 + 18));
    assert_eq!(network!(thyperopt, GridSampler::new(), _ in ..).len(), 26);
}

#[test]
fn plain_samplers_reach_all_networks() {
    macro_rules! networks {
        ($sampler:expr) => {{
            let ho = network!(hyperopt, $sampler, _ in 0..500);
            ho.trials().map(|(_, p)| format!("{p:?}")).collect::<BTreeSet<_>>().len()
        }};
    }
    assert_eq!(networks!(RandomSampler::new()), 26);
    assert_eq!(networks!(LhsSampler::new().swaps(100)), 26);
    assert_eq!(networks!(ClhSampler::new().swaps(100)), 26);
}
