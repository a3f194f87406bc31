//! The nearest known name to one that is unknown: "did you mean".

/// Returns the element of `known` that is nearest to `name`, as a whole or in the last part of a dotted name; `None` if none
/// is near (Jaro–Winkler similarity above 0.8).
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.into_iter().map(|candidate| {
        let last = candidate.rsplit('.').next().unwrap_or(candidate);
        let likeness = |of: &str| strsim::jaro_winkler(&name.to_lowercase(), &of.to_lowercase());
        (candidate, likeness(candidate).max(likeness(last)))
    });
    let best = scored.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 > 0.8).then_some(best.0)
}
