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

/// Colours of the trials from the first to the last, and of the budgets from the smallest to the largest: every pair of
/// neighbours differs in lightness, so that the order survives a black-and-white print.
const RAMP: [Rgb; 4] = [Rgb(0x8f, 0xd6, 0xc8), Rgb(0x3f, 0xa9, 0xc4), Rgb(0x2c, 0x6f, 0xb3), Rgb(0x27, 0x30, 0x80)];

/// The width and the height a figure may have.
pub(crate) const SIZE: RangeInclusive<u32> = 160..=3000;

/// More hyperparameters than this are counted in the caption instead of drawn.
pub(crate) const MOST_PANELS: usize = 64;

/// More hyperparameters than this are counted in the caption of the pair plot.
pub(crate) const MOST_PAIRED: usize = 12;

/// More hyperparameters than this are counted in the caption of the parallel coordinates.
pub(crate) const MOST_COORDINATES: usize = 30;

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

/// Returns the colour of what is `share` of the way from the first trial to the last, or from the smallest budget to the
/// largest.
pub(crate) fn ramp(share: f64) -> Rgb {
    let place = share.clamp(0.0, 1.0) * (RAMP.len() - 1) as f64;
    let stop = (place as usize).min(RAMP.len() - 2);
    let (from, to, t) = (RAMP[stop], RAMP[stop + 1], place - stop as f64);
    from.towards(to, t)
}

/// Returns the radius and the opacity of the marks when a panel has `count` of them.
pub(crate) fn mark(count: usize) -> (f64, f64) {
    match count {
        0..=80 => (4.25, 0.85),
        81..=400 => (3.5, 0.7),
        401..=2000 => (2.75, 0.5),
        _ => (2.0, 0.35),
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
