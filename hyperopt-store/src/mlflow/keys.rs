//! Names of parameters and metrics as `MLflow` allows them.

use std::collections::{HashMap, HashSet};

/// The longest name.
const LENGTH: usize = 250;
/// What comes before or behind a name, `best.` and a number, at most.
const AROUND: usize = 16;

/// What names are on the server, each a different one.
#[derive(Debug, Default)]
pub(super) struct Keys {
    keys: HashMap<String, String>,
}

impl Keys {
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let names: Vec<_> = names.collect();
        // A name that needs no change keeps it, whatever others are changed to.
        let (plain, changed): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| key(name) == *name);
        let mut taken: HashSet<String> = plain.iter().map(|&name| name.to_owned()).collect();
        let mut keys: HashMap<_, _> = plain.iter().map(|&name| (name.to_owned(), name.to_owned())).collect();
        for name in changed {
            if keys.contains_key(name) {
                continue;
            }
            let candidates = (2..).map(|number| format!("{}_{number}", key(name)));
            let free = std::iter::once(key(name)).chain(candidates).find(|key| !taken.contains(key));
            let free = free.unwrap_or_default();
            taken.insert(free.clone());
            keys.insert(name.to_owned(), free);
        }
        Self { keys }
    }

    pub(super) fn of(&self, name: &str) -> String {
        self.keys.get(name).cloned().unwrap_or_else(|| key(name))
    }

    /// Returns the names that are changed, and what they are on the server, in the order of the names.
    pub(super) fn changed(&self) -> Vec<(&str, &str)> {
        let pairs = self.keys.iter().map(|(name, key)| (name.as_str(), key.as_str()));
        let mut changed: Vec<_> = pairs.filter(|(name, key)| name != key).collect();
        changed.sort_unstable();
        changed
    }
}

/// Letters, digits, `_`, `-`, `.`, `:`, spaces and slashes between parts are allowed; a name is a path without `.` and `..`.
fn key(name: &str) -> String {
    let allowed = |c: char| if c.is_alphanumeric() || "_-.: /".contains(c) { c } else { '_' };
    let name: String = name.chars().map(allowed).take(LENGTH - AROUND).collect();
    let parts = name.split('/').map(|part| if matches!(part, "" | "." | "..") { "_" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_what_is_allowed() {
        let cases = [
            ("rate", "rate"),
            ("größe", "größe"),
            ("constraints/memory", "constraints/memory"),
            ("a%b", "a_b"),
            ("1/0", "1/0"),
            ("/a//b/..", "_/a/_/b/_"),
            ("", "_"),
            ("a\nb", "a_b"),
        ];
        for (name, expected) in cases {
            assert_eq!(key(name), expected, "{name}");
        }
        assert_eq!(key(&"a".repeat(300)).len(), 234);
    }

    #[test]
    fn names_stay_different() {
        let names = ["a%b", "a_b", "a$b", "a%b", "rate"];
        let keys = Keys::new(names.into_iter());
        assert_eq!(names.map(|name| keys.of(name)), ["a_b_2", "a_b", "a_b_3", "a_b_2", "rate"]);
        assert_eq!(keys.changed(), [("a$b", "a_b_3"), ("a%b", "a_b_2")]);
    }
}
