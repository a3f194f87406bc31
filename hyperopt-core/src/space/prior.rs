//! Where on an axis the good values are expected.

/// How sure a person is of a [`Prior`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Confidence {
    /// It may as well be elsewhere: a deviation of half the axis; twice the weight of any other level.
    Low,
    /// A deviation of a quarter of the axis; four times the weight of any other level.
    #[default]
    Medium,
    /// A deviation of an eighth of the axis; six times the weight of any other level.
    High,
}

/// Where on an axis a person believes the good values to be, and how firmly.
///
/// Along an axis with an order it is a normal distribution around that place, cut off at the ends of the axis; over levels
/// without one, that level has more weight than any other. The constants for each [`Confidence`] are those of the reference
/// implementation of `PriorBand`, `NePS`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Prior {
    unit: f64,
    confidence: Confidence,
}

impl Prior {
    /// A belief in `unit`, a coordinate in [0, 1].
    #[must_use]
    pub fn new(unit: f64, confidence: Confidence) -> Self {
        Self { unit, confidence }
    }

    /// The coordinate that is believed in.
    #[must_use]
    pub fn unit(&self) -> f64 {
        self.unit
    }

    /// How firmly.
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

    /// How many times the weight of any other level the believed one of a categorical axis has.
    #[must_use]
    pub fn odds(&self) -> f64 {
        match self.confidence {
            Confidence::Low => 2.0,
            Confidence::Medium => 4.0,
            Confidence::High => 6.0,
        }
    }
}
