//! Densities computed with statsmodels 0.14.2, `bw='normal_reference'`.

use super::super::coordinate::Coordinate;
use super::super::kde::Kde;
use super::super::options::Options;

#[rustfmt::skip]
const GOOD: [f64; 12] = [
    0.10, 0.80, 0.0,
    0.20, 0.70, 1.0,
    0.15, 0.90, 0.0,
    0.30, 0.75, 2.0,
];
#[rustfmt::skip]
const BAD: [f64; 15] = [
    0.90, 0.10, 2.0,
    0.70, 0.30, 1.0,
    0.80, 0.20, 2.0,
    0.60, 0.40, 0.0,
    0.95, 0.05, 1.0,
];
const MIXED: [Option<u64>; 3] = [None, None, Some(3)];

struct Fitted {
    kde: Kde,
}

impl Fitted {
    fn new(rows: &[f64], levels: &[Option<u64>], faithful: bool) -> Self {
        let dimensions = levels.iter().enumerate().map(|(axis, &levels)| Coordinate { axis, levels });
        let mut kde = Kde::default();
        kde.fit(rows, &dimensions.collect::<Vec<_>>(), &Options { faithful, ..Options::default() });
        Self { kde }
    }

    fn has_bandwidths(&self, expected: &[f64]) {
        assert_eq!(self.kde.bandwidths().len(), expected.len());
        for (found, expected) in self.kde.bandwidths().iter().zip(expected) {
            assert!((found / expected - 1.0).abs() < 1e-9, "bandwidth {found}, not {expected}");
        }
    }

    fn has_density(&self, x: &[f64], expected: f64) {
        let found = self.kde.density(x, &mut Vec::new());
        assert!((found / expected - 1.0).abs() < 1e-9, "density {found:e} at {x:?}, not {expected:e}");
    }
}

#[test]
fn good_set() {
    let good = Fitted::new(&GOOD, &MIXED, true);
    good.has_bandwidths(&[0.064_304_494_748_9, 0.064_304_494_748_9, 0.720_997_313_207]);
    good.has_density(&[0.2, 0.8, 0.0], 3.193_839_720_86);
    good.has_density(&[0.2, 0.8, 1.0], 3.366_818_894_74);
    good.has_density(&[0.5, 0.5, 2.0], 1.164_046_446_21e-5);
    good.has_density(&[0.9, 0.1, 2.0], 2.173_536_186e-41);
}

#[test]
fn bad_set() {
    let bad = Fitted::new(&BAD, &MIXED, true);
    bad.has_bandwidths(&[0.107_863_605_102, 0.107_863_605_102, 0.630_299_584_749]);
    bad.has_density(&[0.2, 0.8, 0.0], 1.078_042_110_29e-6);
    bad.has_density(&[0.2, 0.8, 1.0], 9.191_018_548_06e-7);
    bad.has_density(&[0.5, 0.5, 2.0], 0.393_181_825_197);
    bad.has_density(&[0.9, 0.1, 2.0], 2.163_265_222_12);
    // Three levels are declared and seen, and the bandwidth is within 2 / 3: nothing to correct.
    Fitted::new(&BAD, &MIXED, false).has_density(&[0.5, 0.5, 2.0], 0.393_181_825_197);
}

#[test]
fn clipped_bandwidth_makes_levels_equal() {
    let good = Fitted::new(&GOOD, &MIXED, false);
    good.has_bandwidths(&[0.064_304_494_748_9, 0.064_304_494_748_9, 2.0 / 3.0]);
    good.has_density(&[0.2, 0.8, 0.0], 3.329_510_57);
    good.has_density(&[0.2, 0.8, 1.0], 3.329_510_57);
}

#[test]
fn continuous_only() {
    let rows = [0.1, 0.2, 0.4, 0.3, 0.35, 0.9, 0.8, 0.55];
    let kde = Fitted::new(&rows, &[None, None], true);
    kde.has_bandwidths(&[0.211_117_905_916, 0.227_264_178_12]);
    kde.has_density(&[0.1, 0.2], 1.108_179_697_76);
    kde.has_density(&[0.5, 0.5], 0.992_761_330_112);
    kde.has_density(&[0.9, 0.9], 0.255_844_477_963);
}

/// With one level seen, the reference divides by zero; declared levels have a density each.
#[test]
fn one_level_of_three() {
    let rows = [0.1, 1.0, 0.2, 1.0, 0.4, 1.0];
    let faithful = Fitted::new(&rows, &[None, Some(3)], true);
    assert_eq!(faithful.kde.density(&[0.2, 0.0], &mut Vec::new()), f64::INFINITY);
    let corrected = Fitted::new(&rows, &[None, Some(3)], false);
    let at = |level| corrected.kde.density(&[0.2, level], &mut Vec::new());
    assert!(at(1.0) > 1.0);
    assert!((at(0.0) / at(1.0) - 0.001 / 2.0 / 0.999).abs() < 1e-12);
}

/// The blocks of eight change nothing, nor do kernels that come and go.
#[test]
fn kernels_add_up() {
    let row = |k: usize| [(k as f64 * 0.37).fract(), (k as f64 * 0.61).fract(), (k % 3) as f64];
    for n in 4..40 {
        let rows: Vec<f64> = (0..n).flat_map(row).collect();
        let mut fitted = Fitted::new(&rows, &MIXED, false);
        let x = [0.3, 0.6, 1.0];
        let by_hand: f64 = (0..n)
            .map(|k| {
                let kernels = row(k).into_iter().zip(x).zip(fitted.kde.bandwidths()).enumerate();
                let kernel = |(dimension, ((observed, x), &h)): (usize, ((f64, f64), &f64))| match dimension {
                    2 if observed == x => 1.0 - h,
                    2 => h / 2.0,
                    _ => (-0.5 * ((observed - x) / h).powi(2)).exp() / (h * std::f64::consts::TAU.sqrt()),
                };
                kernels.map(kernel).product::<f64>()
            })
            .sum();
        fitted.has_density(&x, by_hand / n as f64);
        let before = fitted.kde.density(&x, &mut Vec::new());
        for k in n..n + 11 {
            fitted.kde.push(&row(k));
        }
        fitted.kde.truncate(n);
        assert_eq!(fitted.kde.density(&x, &mut Vec::new()), before);
    }
}
