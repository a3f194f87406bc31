//! The importances of hyperparameters, ready to draw.

/// The shares of all hyperparameters, from the most important one on.
#[derive(Clone, Debug)]
pub(crate) struct Shares {
    /// What there is a bar of for each hyperparameter: the sweep, or each of several, or each of several objectives.
    pub(crate) series: Vec<Series>,
    pub(crate) bars: Vec<Bar>,
    /// What is said of what is missing.
    pub(crate) remarks: Vec<String>,
}

/// One sweep, the sweeps of one name, or one objective of them.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    /// Empty where there is but one.
    pub(crate) name: String,
    /// How many sweeps there are.
    pub(crate) sweeps: usize,
}

/// The bars of one hyperparameter.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    pub(crate) name: String,
    /// For each series the least, the mean and the largest share of its sweeps; `None` where they have no such hyperparameter.
    pub(crate) shares: Vec<Option<[f64; 3]>>,
}

/// Why there are none.
#[derive(Clone, Debug)]
pub(crate) struct Lack {
    pub(crate) reason: String,
    pub(crate) advice: &'static str,
}
