//! Axes: scales, ticks and labels, and the colour bar, which is an axis of colours.

pub(crate) mod color_bar;
mod covering;
pub(crate) mod plane;
pub(crate) mod scale;
mod stretched;
pub(crate) mod ticks;
pub(crate) mod x_axis;
pub(crate) mod y_axis;
