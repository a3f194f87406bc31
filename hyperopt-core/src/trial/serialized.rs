//! Writes a trial as an object, with the keys that JSON lines have; what it has nothing of is left out.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::trial::{Metric, Trial};

impl Serialize for Trial {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("trial", &self.number())?;
        map.serialize_entry("state", self.state().name())?;
        if self.values().len() > 1 {
            map.serialize_entry("objectives", &self.values().iter().map(|&value| Number(value)).collect::<Vec<_>>())?;
        } else {
            map.serialize_entry("objective", &self.value().map(Number))?;
        }
        if let Some(resources) = self.resources() {
            map.serialize_entry("configuration", &self.configuration())?;
            map.serialize_entry("resources", &Number(resources))?;
        }
        if !self.metrics().is_empty() {
            map.serialize_entry("metrics", &Measured(self.metrics()))?;
        }
        if !self.constraints().is_empty() {
            map.serialize_entry("constraints", &Measured(self.constraints()))?;
        }
        if !self.reports().is_empty() {
            let reports: Vec<_> = self.reports().iter().map(|&(step, value)| (step, Number(value))).collect();
            map.serialize_entry("reports", &reports)?;
        }
        map.serialize_entry("seconds", &self.duration().as_secs_f64())?;
        if let Some(reason) = self.reason() {
            map.serialize_entry("reason", reason)?;
        }
        map.end()
    }
}

/// A number, which is text where JSON cannot represent it.
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            value if value.is_finite() => serializer.serialize_f64(value),
            value if value.is_nan() => serializer.serialize_str("NaN"),
            value => serializer.serialize_str(if value > 0.0 { "Infinity" } else { "-Infinity" }),
        }
    }
}

/// Named values, as an object.
struct Measured<'a>(&'a [Metric]);

impl Serialize for Measured<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, Number(*value))))
    }
}
