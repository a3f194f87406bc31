//! Floats and text as JSON.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A float, where those that JSON cannot represent are text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Float(pub(super) f64);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum FloatJson<'a> {
    Finite(f64),
    Text(Cow<'a, str>),
}

impl Serialize for Float {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() { serializer.serialize_f64(self.0) } else { serializer.collect_str(&self.0) }
    }
}

impl<'de> Deserialize<'de> for Float {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match FloatJson::deserialize(deserializer)? {
            FloatJson::Finite(float) => Ok(Self(float)),
            FloatJson::Text(text) => text.parse().map(Self).map_err(serde::de::Error::custom),
        }
    }
}

/// Returns a float as Python writes it, NaN and infinities included.
pub(crate) fn python_float(value: f64) -> String {
    match value {
        _ if value.is_nan() => "NaN".into(),
        f64::INFINITY => "Infinity".into(),
        f64::NEG_INFINITY => "-Infinity".into(),
        _ => serde_json::to_string(&value).unwrap_or_default(),
    }
}

/// Returns `text` as JSON.
pub(crate) fn text_json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
