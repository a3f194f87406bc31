//! The nearest known name to one that is unknown: "did you mean".

use itertools::Itertools;

/// Returns the name in `known` that is nearest to `found`; `None` if none is near.
pub(crate) fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // One edit in three letters, so that a long word is not near to a short one.
    let most = (found.chars().count() / 3).max(1);
    let distance = |name: &&str| strsim::osa_distance(&found.to_lowercase(), &name.to_lowercase());
    // A prefix, or an extension: `integer` for `int`.
    let begins =
        |name: &&str| name.len().min(found.len()) >= 3 && (name.starts_with(found) || found.starts_with(*name));
    let known = known.into_iter().filter(|name| distance(name) <= most || begins(name));
    known.min_by_key(|name| (distance(name) > most, distance(name)))
}

/// Returns `did you mean …?`, or the list of the known names.
pub(crate) fn instead(found: &str, known: &[&str]) -> String {
    match nearest(found, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("write {}", one_of(known)),
    }
}

/// Lists names: `a`, `b` or `c`.
pub(crate) fn one_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => format!("`{name}`"),
        [names @ .., last] => {
            let names = names.iter().map(|name| format!("`{name}`")).join(", ");
            format!("{names} or `{last}`")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_name() {
        assert_eq!(nearest("loguniforn", ["uniform", "loguniform", "randint"]), Some("loguniform"));
        assert_eq!(nearest("Lwo", ["low", "high"]), Some("low"));
        assert_eq!(nearest("title", ["uniform", "choice"]), None);
    }
}
