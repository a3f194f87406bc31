//! The attribute `hyperopt:point`: the coordinates of a trial.

use hyperopt_core::Point;
use hyperopt_core::study::Record;
use serde::{Deserialize, Serialize};

/// The coordinates of a trial, NaN written as `null`.
#[derive(Serialize, Deserialize)]
pub(super) struct PointJson {
    units: Vec<Option<f64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proposed: Option<Vec<Option<f64>>>,
}

impl PointJson {
    pub(super) fn of(record: &Record) -> Self {
        let units = |point: &Point| point.iter().collect();
        Self { units: units(record.trial.point()), proposed: record.proposed.as_ref().map(units) }
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
        place(&self.units)
    }

    pub(super) fn proposed(&self) -> Option<Point> {
        self.proposed.as_deref().map(place)
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn place(units: &[Option<f64>]) -> Point {
    units.iter().map(|unit| unit.unwrap_or(f64::NAN)).collect()
}
