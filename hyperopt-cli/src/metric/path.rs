//! The path of a metric in a document: `validation.recommended.accuracy`.

use itertools::Itertools;
use serde_json::Value;

use super::json::{is_beyond, number};
use crate::suggest::nearest;

/// The paths at which a metric may be, the first of which that exists counts.
#[derive(Clone, Debug)]
pub(crate) struct Paths {
    places: Vec<String>,
}

impl Paths {
    /// Returns the path that the user has given.
    pub(crate) fn given(path: &str) -> Self {
        Self { places: vec![path.to_owned()] }
    }

    /// Returns the paths for a configuration that names its parts, from `validation.recommended.accuracy` to `accuracy` alone.
    pub(crate) fn named(split: &str, feature: &str, metric: &str) -> Self {
        let all = [format!("{split}.{feature}.{metric}"), format!("{feature}.{metric}"), format!("{split}.{metric}")];
        Self { places: all.into_iter().chain([metric.to_owned()]).collect() }
    }

    /// Checks a path that the user has given; the error says what to write instead.
    pub(crate) fn check(path: &str) -> Result<(), String> {
        if path.trim().is_empty() {
            return Err(
                "`--metric` is empty; write the path of the metric, such as `--metric loss`, or leave the option out"
                    .into(),
            );
        }
        if path.split('.').any(|part| part.trim().is_empty()) {
            let parts = path.split('.').map(str::trim).filter(|part| !part.is_empty()).join(".");
            let instead = if parts.is_empty() { "validation.accuracy" } else { &parts };
            return Err(format!(
                "`--metric {path}` has an empty part; write keys with single points between them: `--metric {instead}`"
            ));
        }
        Ok(())
    }

    /// Returns the name of the metric in messages.
    pub(crate) fn name(&self) -> &str {
        self.places.last().map_or("", String::as_str)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(String::as_str)
    }

    /// Returns the metric in `document`; `None` if no path exists in it; an error if the value there is not a number.
    pub(crate) fn find(&self, document: &Value) -> Option<Result<f64, String>> {
        let (place, value) = self.iter().find_map(|place| Some((place, lookup(document, place)?)))?;
        Some(number(value).ok_or_else(|| match value {
            Value::Array(list) if !list.is_empty() => {
                format!("`{place}` is a list of {}; for its last number write `--metric {place}.-1`", list.len())
            }
            Value::Object(parts) => {
                let names = parts.keys().map(|name| format!("`{place}.{name}`")).take(8).join(", ");
                format!("`{place}` is not a number, but has parts: {names}")
            }
            Value::String(text) if is_beyond(text) => {
                format!("`{place}` is {text}, which is beyond the range of 64-bit floats")
            }
            value => format!("`{place}` is `{}`, which is not a number", shortened(&value.to_string())),
        }))
    }

    /// Returns the reason why `document` does not contain the metric.
    pub(crate) fn missing(&self, document: &Value) -> String {
        let mut known = Vec::new();
        leaves(document, String::new(), &mut known);
        let name = self.name();
        match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("has no `{name}`; did you mean `--metric {near}`?"),
            None if known.is_empty() => format!("has no `{name}`, nor any number"),
            None => {
                let names = known.iter().map(|name| format!("`{name}`")).join(", ");
                format!("has no `{name}`; it has {names}")
            }
        }
    }
}

/// Follows `path`. Its parts are keys, which may contain points themselves, or indices of a list, from its end if negative.
fn lookup<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let keys = path.match_indices('.').map(|(at, _)| at).chain([path.len()]).collect::<Vec<_>>();
    keys.into_iter().rev().find_map(|end| {
        let key = &path[..end];
        let inner = match value {
            Value::Object(parts) => parts.get(key)?,
            Value::Array(list) => match key.parse::<i64>().ok()? {
                place @ 0.. => list.get(usize::try_from(place).ok()?)?,
                place => list.get(list.len().checked_sub(usize::try_from(place.unsigned_abs()).ok()?)?)?,
            },
            _ => return None,
        };
        match path.get(end + 1..) {
            Some(rest) => lookup(inner, rest),
            None => Some(inner),
        }
    })
}

/// The maximum number of names that a message lists.
const NAMES: usize = 12;

fn leaves(value: &Value, path: String, found: &mut Vec<String>) {
    if found.len() >= NAMES || path.len() > 200 {
        return;
    }
    match value {
        Value::Object(parts) => {
            for (name, part) in parts {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                leaves(part, path, found);
            }
        }
        Value::Array(list) if list.last().is_some_and(|last| number(last).is_some()) => {
            found.push(format!("{path}.-1"));
        }
        value if number(value).is_some() => found.push(path),
        _ => {}
    }
}

pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= 60 {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(60).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_lead_through_objects_lists_and_keys_with_points() {
        let document = json!({"validation": {"rec": {"accuracy": [0.5, 0.75]}}, "val.loss": 3, "a.b": {"c.d": 1}});
        let found = |path| Paths::given(path).find(&document).map(Result::ok);
        assert_eq!(found("validation.rec.accuracy.-1"), Some(Some(0.75)));
        assert_eq!(found("validation.rec.accuracy.0"), Some(Some(0.5)));
        assert_eq!(found("validation.rec.accuracy.2"), None);
        assert_eq!(found("validation.rec.accuracy.-3"), None);
        assert_eq!(found("val.loss"), Some(Some(3.0)));
        assert_eq!(found("a.b.c.d"), Some(Some(1.0)));
        assert_eq!(found("a.b.c"), None);
        assert_eq!(found(""), None);
        assert_eq!(found("validation.rec.accuracy"), Some(None));
    }

    #[test]
    fn empty_parts_are_refused_with_what_to_write() {
        for path in ["", " ", "\t"] {
            assert!(Paths::check(path).unwrap_err().contains("`--metric` is empty"), "{path:?}");
        }
        for (path, instead) in
            [("a..b", "a.b"), (".a", "a"), ("a.b.", "a.b"), ("a. .b", "a.b"), (".", "validation.accuracy")]
        {
            let fault = Paths::check(path).unwrap_err();
            assert!(fault.ends_with(&format!("`--metric {instead}`")), "{fault}");
            assert_eq!(Paths::check(instead), Ok(()));
        }
        for path in ["loss", "history.val_loss.-1", "val loss", "a/b.c"] {
            assert_eq!(Paths::check(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn the_fullest_name_counts() {
        let paths = Paths::named("validation", "rec", "loss");
        let value = |document| paths.find(&document).unwrap().unwrap();
        assert_eq!(value(json!({"loss": 1, "rec": {"loss": 2}, "validation": {"rec": {"loss": 3}, "loss": 4}})), 3.0);
        assert_eq!(value(json!({"loss": 1, "rec": {"loss": 2}})), 2.0);
        assert_eq!(value(json!({"loss": 1, "validation": {"loss": 4}})), 4.0);
        assert_eq!(value(json!({"loss": 1})), 1.0);
    }

    #[test]
    fn what_is_wrong_is_said_with_what_to_write() {
        let document = json!({"validation": {"accuracy": 0.5}, "loss": [1, 2], "name": "x"});
        let fault = |path| Paths::given(path).find(&document).unwrap().unwrap_err();
        assert!(fault("validation").contains("`validation.accuracy`"));
        assert!(fault("loss").contains("`--metric loss.-1`"));
        assert!(fault("name").contains("is `\"x\"`"));
        assert!(Paths::given("f1").missing(&document).contains("it has `loss.-1`, `validation.accuracy`"));
        assert!(Paths::given("acuracy").missing(&document).contains("did you mean `--metric validation.accuracy`?"));
        assert!(Paths::given("x").missing(&json!({})).contains("nor any number"));
    }
}
