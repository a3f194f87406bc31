//! The 24 functions of BBOB in 5 and 10 dimensions, from the package `ioh`; the seed is the instance.

use hyperopt::Error;
use hyperopt::prelude::*;

use crate::problem::{Problem, Sweep, swept};
use crate::problems::pipe;
use crate::space::Axis;

const NAMES: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "j", "k"];

fn axes<const N: usize>(_: u64) -> Vec<Axis> {
    NAMES[..N].iter().map(|name| Axis::float(name, -5.0, 5.0)).collect()
}

fn five(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        { a = -5.0..=5.0, b = -5.0..=5.0, c = -5.0..=5.0, d = -5.0..=5.0, e = -5.0..=5.0, },
        [a, b, c, d, e],
        [a, b, c, d, e]
    )
}

fn ten(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        {
            a = -5.0..=5.0,
            b = -5.0..=5.0,
            c = -5.0..=5.0,
            d = -5.0..=5.0,
            e = -5.0..=5.0,
            f = -5.0..=5.0,
            g = -5.0..=5.0,
            h = -5.0..=5.0,
            j = -5.0..=5.0,
            k = -5.0..=5.0,
        },
        [a, b, c, d, e, f, g, h, j, k],
        [a, b, c, d, e, f, g, h, j, k]
    )
}

/// The numbers of the functions, in both dimensions.
macro_rules! bbob {
    ($($number:literal)*) => {
        /// In 5 dimensions.
        pub const FIVE: [Problem; 24] = [$(Problem {
            name: concat!("bbob-f", $number, "-5"),
            axes: axes::<5>,
            instance: |seed| pipe::instance(concat!("bbob-f", $number, "-5"), seed, false),
            sweep: five,
            is_continuous: true,
        }),*];

        /// In 10 dimensions.
        pub const TEN: [Problem; 24] = [$(Problem {
            name: concat!("bbob-f", $number, "-10"),
            axes: axes::<10>,
            instance: |seed| pipe::instance(concat!("bbob-f", $number, "-10"), seed, false),
            sweep: ten,
            is_continuous: true,
        }),*];
    };
}

bbob!("01" "02" "03" "04" "05" "06" "07" "08" "09" "10" "11" "12" "13" "14" "15" "16" "17" "18" "19" "20" "21" "22" "23" "24");
