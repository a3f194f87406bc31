//! Files that were written for earlier versions of Ludwig: rewrites keys that have another place or name since.

use crate::errors::Findings;
use crate::mark::Mark;
use crate::read::trainer::is_upgraded;
use crate::tree::{Entry, Key, Kind, Node};

/// Rewrites the section `hyperopt` of `root` to the present names and places, with a note for each change.
pub(crate) fn upgrade(section: &mut Node, root: &Node, findings: &mut Findings) {
    optuna(section, findings);
    for place in ["executor", "sampler"] {
        move_up(section, place, "search_alg", findings);
    }
    for key in ["num_samples", "scheduler"] {
        move_to_executor(section, key, findings);
    }
    // It says that there is a `search_alg`, which has a place of its own now. Its other keys are read where it stands.
    if section.get("sampler").is_some_and(is_bare) {
        section.remove("sampler");
    }
    // A name keeps the section that the file uses.
    let names = section.get("parameters").and_then(Node::entries).unwrap_or_default();
    if is_upgraded(root, names.iter().map(|entry| entry.key.text.as_str())) {
        rename(section, findings);
    }
}

/// Renames `training` to `trainer` in a configuration whose hyperparameters use the new name.
pub(crate) fn upgrade_root(root: &mut Node, findings: &mut Findings) {
    let parameters = root.get("hyperopt").and_then(|section| section.get("parameters")?.entries()).unwrap_or_default();
    let is_new = parameters.iter().any(|entry| entry.key.text.starts_with("trainer."));
    if !is_new || root.get("trainer").is_some() {
        return;
    }
    let Kind::Map(entries) = &mut root.kind else { return };
    if let Some(entry) = entries.iter_mut().find(|entry| entry.key.text == "training") {
        findings.note(entry.key.mark, "the section `training` is read as `trainer`, as the hyperparameters call it");
        entry.key.text = "trainer".into();
    }
}

/// Moves the sampler and the database of an executor `optuna` to the top of the section.
fn optuna(section: &mut Node, findings: &mut Findings) {
    let Some(executor) = section.get_mut("executor") else { return };
    if !executor.get("type").and_then(Node::text).is_some_and(|name| name.eq_ignore_ascii_case("optuna")) {
        return;
    }
    let [sampler, pruner, storage, name] = ["sampler", "pruner", "storage", "study_name"]
        .map(|key| executor.remove(key).filter(|entry| !entry.value.is_null()));
    if let Some(Entry { key, .. }) = pruner {
        let message = "`executor.pruner` has no effect; write `scheduler: median_stopping_rule` for trials that report";
        findings.note(key.mark, message);
    }
    let is_free = |section: &Node, key: &str| section.get(key).is_none_or(Node::is_null);
    if let Some(Entry { key, value }) =
        sampler.filter(|_| is_free(section, "search_alg") && is_free(section, "sampler"))
    {
        findings.note(key.mark, "`executor.sampler` is read as `search_alg` at the top of the section");
        section.remove("search_alg");
        push(section, "search_alg", key.mark, value);
    }
    if let Some(Entry { key, value }) = storage.filter(|_| is_free(section, "study")) {
        findings.note(key.mark, "`executor.storage` is read as `study` at the top of the section");
        section.remove("study");
        let mut study = Node::map(key.mark);
        // Python's addresses have a slash more.
        let url = value.text().and_then(|url| url.strip_prefix("sqlite:///")).map(|path| format!("sqlite:{path}"));
        push(&mut study, "url", key.mark, url.map_or(value, |url| Node::new(key.mark, Kind::Text(url))));
        push(
            &mut study,
            "name",
            key.mark,
            name.map_or_else(|| Node::new(key.mark, Kind::Text("ludwig_hyperopt".into())), |name| name.value),
        );
        push(section, "study", key.mark, study);
    }
}

/// Returns whether a sampler says nothing but `ray`, or nothing at all.
fn is_bare(sampler: &Node) -> bool {
    let is_ray = |node: &Node| node.text().is_some_and(|name| name.eq_ignore_ascii_case("ray"));
    match sampler.entries() {
        Some(entries) => {
            entries.iter().all(|Entry { key, value }| key.text == "type" && (value.is_null() || is_ray(value)))
        }
        None => sampler.is_null() || is_ray(sampler),
    }
}

/// Moves `place.key` to `key`.
fn move_up(section: &mut Node, place: &str, key: &str, findings: &mut Findings) {
    let Some(Entry { key: old, value }) = section.get_mut(place).and_then(|node| node.remove(key)) else { return };
    if section.get(key).is_some_and(|node| !matches!(node.kind, Kind::Null)) {
        findings.note(old.mark, format!("`{place}.{key}` is left out: `{key}` is set at the top"));
        return;
    }
    findings.note(old.mark, format!("`{place}.{key}` is read as `{key}` at the top of the section"));
    section.remove(key);
    push(section, key, old.mark, value);
}

/// Moves `sampler.key` to `executor.key` if the sampler is `ray`, or the key is a scheduler.
fn move_to_executor(section: &mut Node, key: &str, findings: &mut Findings) {
    let is_set = section.get("executor").and_then(|executor| executor.get(key)).is_some();
    let Some(sampler) = section.get_mut("sampler") else { return };
    let is_ray = sampler.get("type").and_then(Node::text).is_none_or(|name| name.eq_ignore_ascii_case("ray"));
    if !is_ray && key == "num_samples" && !is_set {
        return;
    }
    let Some(Entry { key: old, value }) = sampler.remove(key) else { return };
    if is_set {
        findings.note(old.mark, format!("`sampler.{key}` is left out: `executor.{key}` is set"));
        return;
    }
    if section.get("executor").is_none_or(|executor| matches!(executor.kind, Kind::Null)) {
        section.remove("executor");
        push(section, "executor", old.mark, Node::map(old.mark));
    }
    let Some(executor) = section.get_mut("executor") else { return };
    if let Some(name) = executor.text().map(str::to_owned) {
        let mark = executor.mark;
        executor.kind = Kind::Map(Vec::new());
        push(executor, "type", mark, Node::new(mark, Kind::Text(name)));
    }
    if executor.entries().is_some() {
        findings.note(old.mark, format!("`sampler.{key}` is read as `executor.{key}`"));
        push(executor, key, old.mark, value);
    }
}

fn push(node: &mut Node, key: &str, mark: Mark, value: Node) {
    if let Kind::Map(entries) = &mut node.kind {
        entries.push(Entry { key: Key::new(key, mark), value });
    }
}

/// Renames hyperparameters such as `training.epochs` to `trainer.epochs`.
fn rename(section: &mut Node, findings: &mut Findings) {
    let Some(Kind::Map(entries)) = section.get_mut("parameters").map(|node| &mut node.kind) else { return };
    let names: Vec<String> = entries.iter().map(|entry| entry.key.text.clone()).collect();
    for entry in entries {
        let Some(rest) = entry.key.text.strip_prefix("training.") else { continue };
        let name = format!("trainer.{rest}");
        if names.contains(&name) {
            let message =
                format!("`{}` is the old name of `{name}`, which is there too; leave one out", entry.key.text);
            findings.fault(entry.key.mark, message);
            continue;
        }
        findings.note(entry.key.mark, format!("`{}` is read as `{name}`", entry.key.text));
        entry.key.text = name;
    }
}
