//! Colours, sizes and spaces of every figure, in one place.
//!
//! Lengths are in points: pixels of an SVG, and pixels of a PNG of density 1.

use std::ops::RangeInclusive;

use crate::color::Rgb;

/// The paper.
pub(crate) const BACKGROUND: Rgb = Rgb(0xff, 0xff, 0xff);
/// Titles and names.
pub(crate) const INK: Rgb = Rgb(0x1f, 0x29, 0x33);
/// Tick labels, captions and notes.
pub(crate) const MUTED: Rgb = Rgb(0x66, 0x72, 0x80);
/// The line under each panel.
pub(crate) const AXIS: Rgb = Rgb(0xaa, 0xb4, 0xbf);
/// Grid lines at labelled ticks.
pub(crate) const GRID: Rgb = Rgb(0xe3, 0xe7, 0xec);
/// Grid lines between them, on logarithmic axes.
pub(crate) const GRID_MINOR: Rgb = Rgb(0xf2, 0xf4, 0xf7);
/// The best trial, and nothing else.
pub(crate) const ACCENT: Rgb = Rgb(0xe8, 0x4a, 0x0c);

/// What the shades of a figure mean, of which each meaning has its own hue: the order survives a print in black and white.
///
/// The lightest stands out from the paper by a contrast of 3, which is what marks need (WCAG 2.2, 1.4.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ramp {
    /// The quality of a trial, from the worst to the best: blue.
    Merit,
    /// The order of the trials, from the first to the last: violet.
    Order,
    /// The budgets, from the smallest to the largest: green.
    Budget,
}

impl Ramp {
    /// Returns the colour at `share` of the way from the lightest to the darkest.
    pub(crate) fn color(self, share: f64) -> Rgb {
        let stops = match self {
            Self::Merit => [Rgb(0x46, 0x9f, 0x99), Rgb(0x2f, 0x86, 0xae), Rgb(0x2c, 0x5f, 0xa6), Rgb(0x27, 0x2e, 0x78)],
            Self::Order => [Rgb(0xab, 0x80, 0xd0), Rgb(0x9a, 0x5f, 0xbf), Rgb(0x74, 0x38, 0x9a), Rgb(0x45, 0x15, 0x6b)],
            Self::Budget => {
                [Rgb(0x78, 0xa0, 0x49), Rgb(0x4f, 0x8a, 0x3c), Rgb(0x2b, 0x6a, 0x35), Rgb(0x12, 0x3f, 0x26)]
            }
        };
        let place = share.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
        let stop = (place as usize).min(stops.len() - 2);
        stops[stop].towards(stops[stop + 1], place - stop as f64)
    }
}

/// The lines of several sweeps, in the order written; none is the accent.
pub(crate) const HUES: [Rgb; 6] = [
    Rgb(0x2c, 0x5f, 0xa6),
    Rgb(0x2b, 0x7a, 0x4b),
    Rgb(0x8e, 0x44, 0xad),
    Rgb(0x8a, 0x6d, 0x00),
    Rgb(0xb0, 0x30, 0x6a),
    Rgb(0x4f, 0x5b, 0x66),
];

/// Trials that violate a constraint.
pub(crate) const INFEASIBLE: Rgb = Rgb(0x8a, 0x93, 0x9d);

/// The width and the height a figure may have.
pub(crate) const SIZE: RangeInclusive<u32> = 160..=3000;

/// More panels, one for each hyperparameter, are too small or too many to be read; the caption counts the others.
pub(crate) const MOST_PANELS: usize = 24;

/// The same of the rows of the pair plot.
pub(crate) const MOST_PAIRED: usize = 12;

/// The same of the hyperparameters, or objectives, of the other figures of pairs.
pub(crate) const MOST_IN_PAIRS: usize = 7;

/// The same of the axes of the parallel coordinates.
pub(crate) const MOST_COORDINATES: usize = 20;

/// What an SVG asks for; the first is what a PNG and all measurements use.
pub(crate) const FONT_FAMILY: &str = "Noto Sans, Segoe UI, Helvetica Neue, Arial, sans-serif";
/// Size of the title.
pub(crate) const TITLE_SIZE: f64 = 17.0;
/// Size of the line under the title.
pub(crate) const SUBTITLE_SIZE: f64 = 13.0;
/// Size of a panel's name.
pub(crate) const NAME_SIZE: f64 = 13.0;
/// Size of tick labels, captions and notes.
pub(crate) const SMALL_SIZE: f64 = 11.0;

/// The space round the figure.
pub(crate) const MARGIN: f64 = 24.0;
/// The space between panels.
pub(crate) const GAP: f64 = 30.0;

/// Returns the radius and the opacity of the marks when a panel has `count` of them.
pub(crate) fn mark(count: usize) -> (f64, f64) {
    match count {
        0..=80 => (4.25, 0.85),
        81..=400 => (3.5, 0.7),
        401..=2000 => (2.75, 0.6),
        _ => (2.0, 0.5),
    }
}

/// Returns the width and the opacity of the lines when `count` of them cross a figure.
pub(crate) fn stroke(count: usize) -> (f64, f64) {
    let width = match count {
        0..=80 => 1.6,
        81..=400 => 1.3,
        _ => 1.0,
    };
    (width, (200.0 / count.max(1) as f64).clamp(0.03, 0.7))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the relative luminance of WCAG.
    fn luminance(Rgb(r, g, b): Rgb) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    #[test]
    fn the_lightest_shade_is_legible_and_each_is_darker_than_the_one_before() {
        for ramp in [Ramp::Merit, Ramp::Order, Ramp::Budget] {
            let contrasts: Vec<f64> =
                (0..=20).map(|step| 1.05 / (luminance(ramp.color(f64::from(step) / 20.0)) + 0.05)).collect();
            assert!(contrasts[0] >= 3.0 && contrasts.windows(2).all(|pair| pair[0] < pair[1]), "{contrasts:?}");
        }
        assert!(1.05 / (luminance(INFEASIBLE) + 0.05) >= 3.0);
    }
}
