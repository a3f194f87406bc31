//! The axes of a scene: how the values of a hyperparameter lie.

/// One hyperparameter.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    pub(crate) name: String,
    /// The hyperparameter of which it is an alternative: its name, where there are no alternatives.
    pub(crate) parameter: String,
    pub(crate) kind: AxisKind,
    /// Whether its labels, if it has any, have a meaningful order.
    pub(crate) is_ordered: bool,
    /// The numbers that it may have, from the smallest; empty if they are many or without end.
    pub(crate) levels: Vec<f64>,
}

impl Axis {
    /// Returns how far apart the levels beside `value` are: a number, for which `place` gives the place on an axis; 0 for
    /// one that is no level, and where there is but one.
    pub(crate) fn gap(&self, value: f64, place: impl Fn(f64) -> f64) -> f64 {
        let Some(at) = self.levels.iter().position(|level| *level == value) else { return 0.0 };
        let to = |other: Option<&f64>| other.map(|other| (place(*other) - place(value)).abs());
        let (below, above) = (at.checked_sub(1).and_then(|at| self.levels.get(at)), self.levels.get(at + 1));
        to(below).into_iter().chain(to(above)).reduce(f64::min).unwrap_or_default()
    }
}

/// Returns the offset of a trial from its level, from -0.5 to 0.5: multiples of the golden ratio spread any run of trials
/// evenly, and are the same in every picture.
pub(crate) fn jitter(number: usize) -> f64 {
    (number as f64 * 0.618_033_988_75).fract() - 0.5
}

/// How a hyperparameter's values lie along the x axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AxisKind {
    /// Numbers between two bounds; without bounds the trials' values give them.
    Linear(Option<(f64, f64)>),
    /// Positive numbers, by their logarithms.
    Log(Option<(f64, f64)>),
    /// Numbers between 0 and 1, by the logarithms of their odds.
    Logit(Option<(f64, f64)>),
    /// Numbers by the logarithms of one more than their size, on both sides of 0.
    Bilog(Option<(f64, f64)>),
    /// Labels; a trial's value is the index of its label.
    Categories(Vec<String>),
}
