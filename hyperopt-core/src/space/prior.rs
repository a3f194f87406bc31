//! Where on an axis the good values are expected.

/// The confidence in a [`Prior`]: the width of its peak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Confidence {
    /// A standard deviation of half the axis; twice the weight of any other level.
    Low,
    /// A standard deviation of a quarter of the axis; four times the weight of any other level (default).
    #[default]
    Medium,
    /// A standard deviation of an eighth of the axis; six times the weight of any other level.
    High,
}

/// A prior: where on an axis good values are expected, and with what confidence.
///
/// Along an axis with an order, it is a normal distribution around that place, truncated to the axis. Over levels without an
/// order, that level has more weight than any other. The constants for each [`Confidence`] are those of the reference
/// implementation of `PriorBand`, `NePS`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "Unchecked"))]
pub struct Prior {
    unit: f64,
    confidence: Confidence,
}

impl Prior {
    /// Makes a prior around `unit`, a coordinate in [0, 1].
    #[must_use]
    pub fn new(unit: f64, confidence: Confidence) -> Self {
        Self { unit, confidence }
    }

    /// Returns the coordinate in [0, 1] around which good values are expected.
    #[must_use]
    pub fn unit(&self) -> f64 {
        self.unit
    }

    /// Returns the confidence in the prior.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Returns the standard deviation of the normal distribution before its truncation, as a share of the axis.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        match self.confidence {
            Confidence::Low => 0.5,
            Confidence::Medium => 0.25,
            Confidence::High => 0.125,
        }
    }

    /// Returns the weight of the expected level of a categorical axis, as a multiple of the weight of any other level.
    #[must_use]
    pub fn odds(&self) -> f64 {
        match self.confidence {
            Confidence::Low => 2.0,
            Confidence::Medium => 4.0,
            Confidence::High => 6.0,
        }
    }
}

/// A prior as it is read.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Unchecked {
    unit: f64,
    confidence: Confidence,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Prior {
    type Error = String;

    fn try_from(Unchecked { unit, confidence }: Unchecked) -> Result<Self, String> {
        if (0.0..=1.0).contains(&unit) {
            Ok(Self { unit, confidence })
        } else {
            Err(format!("the prior is at {unit}, which is not between 0 and 1"))
        }
    }
}
