//! The two names of the trainer's section: hyperparameters are found under either.

/// The name of the section in old files, and in new ones.
pub(crate) const OLD: &str = "training";
pub(crate) const NEW: &str = "trainer";

/// Finds the element of `all` that is called `name`, or else the one with the other name of the trainer's section, which is
/// `training` in old files and `trainer` in new ones.
///
/// ```
/// use hyperopt_yaml::parameter_named;
///
/// let names = ["training.learning_rate", "combiner.dropout"];
/// assert_eq!(parameter_named("trainer.learning_rate", &names, |name| name), Some(&names[0]));
/// assert_eq!(parameter_named("trainer.dropout", &names, |name| name), None);
/// ```
pub fn named<'a, T>(name: &str, all: &'a [T], name_of: impl Fn(&T) -> &str) -> Option<&'a T> {
    let find = |name: &str| all.iter().find(|item| name_of(item) == name);
    find(name).or_else(|| find(&renamed(name)?))
}

/// Returns the same name in the other one of the two sections: `training.epochs` for `trainer.epochs`.
pub(crate) fn renamed(name: &str) -> Option<String> {
    [(OLD, NEW), (NEW, OLD)].into_iter().find_map(|(from, to)| {
        let rest = name.strip_prefix(from)?;
        rest.starts_with('.').then(|| format!("{to}{rest}"))
    })
}

/// Returns what is wrong with a path into the section `hyperopt`, or to all of it; `None` for other paths.
pub(crate) fn own_section(path: &str) -> Option<String> {
    let is_own = path.split('.').next() == Some("hyperopt");
    is_own.then(|| {
        let named = if path == "hyperopt" { "is" } else { "leads into" };
        format!("`{path}` {named} the section `hyperopt`, which does not reach the program; name a setting outside it")
    })
}
