//! Colours, opaque and transparent.

use std::fmt;

/// An opaque colour: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rgb(pub(crate) u8, pub(crate) u8, pub(crate) u8);

/// A colour that may let through what lies under it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Paint {
    pub(crate) rgb: Rgb,
    /// From 0, invisible, to 1, opaque.
    pub(crate) alpha: f64,
}

impl Rgb {
    /// Returns the colour as a paint of this opacity.
    pub(crate) fn mix(self, alpha: f64) -> Paint {
        Paint { rgb: self, alpha: alpha.clamp(0.0, 1.0) }
    }

    /// Returns what is `share` of the way from this colour to `other`.
    pub(crate) fn towards(self, other: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

impl From<Rgb> for Paint {
    fn from(rgb: Rgb) -> Self {
        rgb.mix(1.0)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}
