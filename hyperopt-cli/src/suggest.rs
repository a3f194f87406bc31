//! "Did you mean".

/// The one of `known` that `name` is probably a slip of: a few letters off, or the last part of a dotted name.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known.into_iter().map(|candidate| {
        let is_part = candidate.rsplit('.').next() == Some(name) && !name.is_empty();
        let likeness = strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase());
        (candidate, if is_part { 1.0 } else { likeness })
    });
    let best = scored.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 > 0.8).then_some(best.0)
}
