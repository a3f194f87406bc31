//! The attribute `hyperopt:point`: the coordinates of a trial.

use hyperopt_core::study::Record;
use hyperopt_core::{Coordinate, Point};
use serde::{Deserialize, Serialize};

/// The coordinates of a trial, NaN written as `null`.
#[derive(Serialize, Deserialize)]
pub(super) struct PointJson {
    units: Vec<Option<f64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proposed: Option<Vec<Option<f64>>>,
    /// The numbers that were given along axes whose coordinates do not lead back to them.
    #[serde(default, skip_serializing_if = "Given::is_empty")]
    given: Given,
    #[serde(default, skip_serializing_if = "Given::is_empty")]
    proposed_given: Given,
}

/// Numbers by the index of their axis.
type Given = Vec<(usize, f64)>;

impl PointJson {
    pub(super) fn of(record: &Record) -> Self {
        let units = |point: &Point| point.iter().collect();
        let (own, proposed) = (record.trial.point(), record.proposed.as_ref());
        Self {
            units: units(own),
            proposed: proposed.map(units),
            given: given(own),
            proposed_given: proposed.map(given).unwrap_or_default(),
        }
    }

    /// Reads the point of a trial of `axes` axes.
    pub(super) fn read(json: &str, axes: usize) -> Result<Self, String> {
        let point: Self = serde_json::from_str(json).map_err(|error| error.to_string())?;
        match point.units.len() {
            found if found == axes => Ok(point),
            found => {
                let coordinates = if found == 1 { "coordinate" } else { "coordinates" };
                let of_axes = if axes == 1 { "axis" } else { "axes" };
                Err(format!("{found} {coordinates} for {axes} {of_axes}"))
            }
        }
    }

    pub(super) fn point(&self) -> Point {
        place(&self.units, &self.given)
    }

    pub(super) fn proposed(&self) -> Option<Point> {
        self.proposed.as_deref().map(|units| place(units, &self.proposed_given))
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn given(point: &Point) -> Given {
    (0..point.len()).filter_map(|axis| Some((axis, point.given(axis)?))).collect()
}

fn place(units: &[Option<f64>], given: &[(usize, f64)]) -> Point {
    let mut point: Point = units.iter().map(|unit| unit.unwrap_or(f64::NAN)).collect();
    for &(axis, number) in given {
        if let Some(unit) = point.get(axis) {
            point.place(axis, Coordinate::new(unit, Some(number)));
        }
    }
    point
}
