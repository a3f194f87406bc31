//! Where on an axis the good values are expected.

/// How sure a person is of a [`Prior`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Confidence {
    /// The good values may as well be elsewhere: a deviation of half the axis; twice the weight of any other level.
    Low,
    /// A deviation of a quarter of the axis; four times the weight of any other level.
    #[default]
    Medium,
    /// A deviation of an eighth of the axis; six times the weight of any other level.
    High,
}

/// Where on an axis a person expects the good values, and with what confidence.
///
/// Along an axis with an order it is a normal distribution around that place, cut off at the ends of the axis. Over levels
/// without an order, that level has more weight than any other. The constants for each [`Confidence`] are those of the reference
/// implementation of `PriorBand`, `NePS`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "Unchecked"))]
pub struct Prior {
    unit: f64,
    confidence: Confidence,
}

impl Prior {
    /// Expects the good values around `unit`, a coordinate in [0, 1].
    #[must_use]
    pub fn new(unit: f64, confidence: Confidence) -> Self {
        Self { unit, confidence }
    }

    /// The coordinate around which the good values are expected.
    #[must_use]
    pub fn unit(&self) -> f64 {
        self.unit
    }

    /// The confidence.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// The standard deviation of the normal distribution, before it is cut off, in units of a whole axis.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        match self.confidence {
            Confidence::Low => 0.5,
            Confidence::Medium => 0.25,
            Confidence::High => 0.125,
        }
    }

    /// The weight of the expected level of a categorical axis, in multiples of that of any other level.
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
