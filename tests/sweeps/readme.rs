//! What the README shows is what the repository does.

use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The first screen cannot be a test of its own, for it trains on the data of an example; so it is that example's text.
#[test]
fn the_first_screen_is_the_wine_example() {
    let readme = read("README.md");
    let shown = readme.split("```rust,ignore\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
    assert!(without_spaces(&read("examples/wine/src/main.rs")).contains(&without_spaces(shown)));
}

#[test]
fn files_that_the_readme_links_to_are_there() {
    let readme = read("README.md");
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let local: Vec<_> = links.filter(|link| !link.contains("://")).collect();
    assert!(local.len() >= 5, "{local:?}");
    let headings: Vec<_> = readme.lines().filter_map(|line| Some(anchor(line.strip_prefix("##")?))).collect();
    for link in local {
        match link.strip_prefix('#') {
            Some(heading) => assert!(headings.iter().any(|anchor| anchor == heading), "{link} is not in {headings:?}"),
            None => assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(link).exists(), "{link}"),
        }
    }
}

/// The name of a heading in links.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || *c == ' ' || *c == '-' || *c == '_';
    heading.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}
