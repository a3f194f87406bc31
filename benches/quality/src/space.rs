//! The space of a problem: a plain list of axes, from which the space of every peer is made.

/// One hyperparameter.
#[derive(Clone, Debug)]
pub struct Axis {
    pub name: &'static str,
    pub kind: Kind,
    /// The axis exists only where an earlier one has one of these values.
    pub only_if: Option<(usize, Vec<i64>)>,
}

/// A point holds a number for each axis: the number itself, the index of a choice, NaN where the axis does not exist.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Float { lo: f64, hi: f64, log: bool },
    Int { lo: i64, hi: i64, log: bool },
    Choice(usize),
}

impl Axis {
    pub fn float(name: &'static str, lo: f64, hi: f64) -> Self {
        Self { name, kind: Kind::Float { lo, hi, log: false }, only_if: None }
    }

    pub fn log(name: &'static str, lo: f64, hi: f64) -> Self {
        Self { name, kind: Kind::Float { lo, hi, log: true }, only_if: None }
    }

    pub fn int(name: &'static str, lo: i64, hi: i64) -> Self {
        Self { name, kind: Kind::Int { lo, hi, log: false }, only_if: None }
    }

    pub fn log_int(name: &'static str, lo: i64, hi: i64) -> Self {
        Self { name, kind: Kind::Int { lo, hi, log: true }, only_if: None }
    }

    pub fn choice(name: &'static str, of: usize) -> Self {
        Self { name, kind: Kind::Choice(of), only_if: None }
    }

    pub fn only_if(mut self, parent: usize, values: &[i64]) -> Self {
        self.only_if = Some((parent, values.to_vec()));
        self
    }

    /// Returns the two ends, of indices for a choice.
    pub fn ends(&self) -> (f64, f64) {
        match self.kind {
            Kind::Float { lo, hi, .. } => (lo, hi),
            Kind::Int { lo, hi, .. } => (lo as f64, hi as f64),
            Kind::Choice(of) => (0.0, of as f64 - 1.0),
        }
    }

    pub fn is_log(&self) -> bool {
        matches!(self.kind, Kind::Float { log: true, .. } | Kind::Int { log: true, .. })
    }

    /// Where `value` lies between the ends, from 0 to 1.
    pub fn unit(&self, value: f64) -> f64 {
        let (lo, hi) = self.ends();
        if self.is_log() { (value / lo).ln() / (hi / lo).ln() } else { (value - lo) / (hi - lo) }
    }

    /// Returns the inverse of [`unit`](Self::unit), on integers the nearest one.
    pub fn value(&self, unit: f64) -> f64 {
        let (lo, hi) = self.ends();
        let value = if self.is_log() { lo * (hi / lo).powf(unit) } else { lo + unit * (hi - lo) };
        if matches!(self.kind, Kind::Float { .. }) { value } else { value.round() }
    }

    /// Whether the axis exists at a point of which the earlier coordinates are `earlier`.
    pub fn exists(&self, earlier: &[f64]) -> bool {
        self.only_if
            .as_ref()
            .is_none_or(|(parent, values)| values.iter().any(|&value| value as f64 == earlier[*parent]))
    }

    /// Returns the axis as an object of JSON.
    pub fn json(&self) -> String {
        let (lo, hi) = self.ends();
        let kind = match self.kind {
            Kind::Float { .. } => "float",
            Kind::Int { .. } => "int",
            Kind::Choice(_) => "choice",
        };
        let (parent, values) =
            self.only_if.as_ref().map_or((-1, &[][..]), |(parent, values)| (*parent as i64, &values[..]));
        format!(
            r#"{{"name":"{}","kind":"{kind}","lo":{lo},"hi":{hi},"log":{},"parent":{parent},"values":{values:?}}}"#,
            self.name,
            self.is_log(),
        )
    }
}

/// Builds a point axis by axis; `value` is asked only for axes that exist.
pub fn point(axes: &[Axis], mut value: impl FnMut(usize, &Axis) -> f64) -> Vec<f64> {
    let mut point = Vec::with_capacity(axes.len());
    for (index, axis) in axes.iter().enumerate() {
        let coordinate = if axis.exists(&point) { value(index, axis) } else { f64::NAN };
        point.push(coordinate);
    }
    point
}
