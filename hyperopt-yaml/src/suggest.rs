//! What a person who wrote an unknown name may have meant.

/// The name in `known` that is closest to `found`, if any is close.
pub(crate) fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // An edit in three letters, and a long word is no neighbour of a short one.
    let most = (found.chars().count() / 3).max(1);
    let distance = |name: &&str| strsim::osa_distance(&found.to_lowercase(), &name.to_lowercase());
    // Short for it, or cut short: `integer` for `int`.
    let begins =
        |name: &&str| name.len().min(found.len()) >= 3 && (name.starts_with(found) || found.starts_with(*name));
    let known = known.into_iter().filter(|name| distance(name) <= most || begins(name));
    known.min_by_key(|name| (distance(name) > most, distance(name)))
}

/// `; did you mean …?`, or what there is to choose from.
pub(crate) fn instead(found: &str, known: &[&str]) -> String {
    match nearest(found, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("write {}", one_of(known)),
    }
}

/// `a`, `b` or `c`
pub(crate) fn one_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => format!("`{name}`"),
        [names @ .., last] => {
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("{} or `{last}`", names.join(", "))
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
