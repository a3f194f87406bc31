//! What the README and the book show is compiled, and their links lead somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository, and where it is.
fn read(path: impl AsRef<Path>) -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (path, text)
}

/// Whether the name of a file ends so.
fn is(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

/// Returns the names of the book's pages, without its contents.
fn book() -> BTreeSet<String> {
    let (folder, _) = read("book/book.toml");
    let entries = fs::read_dir(folder.with_file_name("src")).unwrap();
    let files = entries.map(|entry| entry.unwrap().path()).filter(|path| is(path, "md"));
    let names = files.map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
    names.filter(|name| name != "SUMMARY.md").collect()
}

/// Returns the pages that people read, from the top of the repository.
fn pages() -> Vec<PathBuf> {
    let book = book().into_iter().map(|name| Path::new("book/src").join(name));
    let others = [
        "README.md",
        "book/src/SUMMARY.md",
        "deploy/README.md",
        "examples/README.md",
        "CONTRIBUTING.md",
        "docs/testing.md",
    ]
    .map(PathBuf::from);
    book.chain(others).collect()
}

/// Returns the lines of a page outside of its blocks of code, without code between back-ticks.
fn prose(text: &str) -> Vec<String> {
    let mut is_code = false;
    let lines = text.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.map(|line| line.split('`').step_by(2).collect::<Vec<_>>().join("code")).collect()
}

/// Returns the definitions of links, `[label]: target`, in the order of a page.
fn definitions(text: &str) -> Vec<(&str, &str)> {
    text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).collect()
}

/// Returns the name of a heading in links.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

/// Returns the names of a page's headings in links.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut is_code = false;
    let headings = text.lines().filter(|line| {
        is_code ^= line.starts_with("```");
        !is_code && line.starts_with('#')
    });
    headings.map(anchor).collect()
}

#[test]
fn relative_links_lead_to_files_and_headings() {
    let mut checked = 0;
    for page in pages() {
        let (path, text) = read(&page);
        let prose = prose(&text).join("\n");
        let inline = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let defined = definitions(&text).into_iter().map(|(_, target)| target);
        for link in inline.chain(defined).filter(|link| !link.contains("://")) {
            let (file, heading) = link.split_once('#').map_or((link, None), |(file, heading)| (file, Some(heading)));
            let target = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            assert!(target.exists(), "{}: `{link}` leads to no file", page.display());
            if let Some(heading) = heading {
                let anchors = anchors(&fs::read_to_string(&target).unwrap());
                assert!(anchors.contains(heading), "{}: `{link}` is not among {anchors:?}", page.display());
            }
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked} links");
}

#[test]
fn labels_of_the_readme_are_defined_and_used() {
    let (_, text) = read("README.md");
    let prose = prose(&text).join("\n");
    for (label, _) in definitions(&text) {
        assert!(prose.matches(&format!("[{label}]")).count() >= 2, "`[{label}]` is not used");
    }
    let defined: BTreeSet<_> = definitions(&text).into_iter().map(|(label, _)| label).collect();
    let used = prose.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    let used = used.filter(|(_, after)| !after.is_empty() && !after.starts_with('(')).map(|(label, _)| label);
    for label in used {
        assert!(defined.contains(label), "`[{label}]` is not defined");
    }
}

/// The front page of the library's documentation is the README, which has relative links for the repository.
#[test]
fn the_front_page_has_an_absolute_address_for_each_label() {
    let (_, readme) = read("README.md");
    let (_, library) = read("src/lib.rs");
    let addresses = library
        .lines()
        .filter_map(|line| line.trim().strip_prefix("\"[")?.split_once("]: \", env!(\"CARGO_PKG_REPOSITORY\"), \"/"));
    let addresses: BTreeMap<_, _> = addresses.collect();
    for (label, target) in definitions(&readme) {
        let address = addresses.get(label).unwrap_or_else(|| panic!("`[{label}]` has no address in src/lib.rs"));
        let kind = if is(Path::new(target), "png") {
            "raw"
        } else if target == "examples" {
            "tree"
        } else {
            "blob"
        };
        assert_eq!(*address, format!("{kind}/main/{target}\\n\","), "{label}");
    }
    assert_eq!(addresses.len(), definitions(&readme).len());
}

#[test]
fn the_book_lists_and_compiles_all_of_its_pages() {
    let (_, summary) = read("book/src/SUMMARY.md");
    let (_, tests) = read("src/book.rs");
    for page in book() {
        assert!(summary.contains(&format!("]({page})")), "{page} is not in SUMMARY.md");
        assert!(tests.contains(&format!("\"{page}\"")), "{page} is not in src/book.rs");
    }
}

/// Code that is not compiled may not be what it says.
#[test]
fn all_code_in_rust_is_compiled() {
    let mut blocks = 0;
    for page in pages().into_iter().filter(|page| !page.starts_with("deploy")) {
        let (_, text) = read(&page);
        for fence in text.lines().filter(|line| line.starts_with("```rust")) {
            assert!(["```rust", "```rust,no_run"].contains(&fence), "{}: `{fence}`", page.display());
            blocks += 1;
        }
    }
    assert!(blocks > 30, "{blocks} blocks");
    let (_, readme) = read("README.md");
    assert_eq!(readme.lines().find(|line| line.starts_with("```")), Some("```rust"));
}

/// Somebody looks for the name of the library that they use.
#[test]
fn every_example_is_in_the_list_of_examples() {
    let (path, list) = read("examples/README.md");
    for entry in fs::read_dir(path.with_file_name("")).unwrap() {
        let entry = entry.unwrap().file_name().into_string().unwrap();
        if entry != "README.md" {
            let (file, folder) = (format!("]({entry})"), format!("]({entry}/"));
            assert!(list.contains(&file) || list.contains(&folder), "{entry} is not in examples/README.md");
        }
    }
}

/// A notebook is not compiled, but the page is. Where the page calls `evcxr_display`, the kernel does so by itself.
#[test]
fn the_notebook_has_the_code_of_the_page() {
    let (_, page) = read("book/src/figures.md");
    let (_, page) = page.split_once("## In a notebook").unwrap();
    let (_, block) = page.split_once("```rust\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let expected: Vec<_> = block
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.strip_suffix(".evcxr_display();").unwrap_or(line))
        .collect();
    let (_, notebook) = read("examples/notebook.ipynb");
    let notebook: serde_json::Value = serde_json::from_str(&notebook).unwrap();
    let cells = notebook["cells"].as_array().unwrap().iter().filter(|cell| cell["cell_type"] == "code");
    let lines = cells.flat_map(|cell| cell["source"].as_array().unwrap()).map(|line| line.as_str().unwrap().trim_end());
    let found: Vec<_> = lines.filter(|line| !line.is_empty() && !line.starts_with(":dep")).collect();
    assert_eq!(found, expected);
}
