//! The modules of each crate form layers: no file takes a name from one that takes from it in turn, by however many steps.
//!
//! A name counts as taken from the file that defines it, whichever re-exports it is imported through. So a parent may
//! hand on what its children define, and children may take from each other through it; but a child that takes what its
//! parent defines, while the parent's code names the child's, closes a circle.
//!
//! `cargo test --test layers -- --nocapture` also prints the number of rooms in the core, and of pairs of which one
//! takes from the other.

mod cases;
mod cfg;
mod graph;
mod imports;
mod mentions;
mod resolver;
mod scope;
mod source;
mod tokens;

use std::fs;
use std::path::{Path, PathBuf};

use itertools::Itertools;

use graph::Graph;
use source::Source;

/// Whether the rooms of the core have to form layers as well: the modules that its root declares, each with all that is
/// below it.
const ROOMS_FORM_LAYERS: bool = false;

/// Returns the workspace's folder.
fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the folders of all crates: the facade, those beside it, and the benchmark of the samplers, a workspace of its own.
fn crates() -> Vec<PathBuf> {
    let entries = fs::read_dir(workspace()).expect("the workspace is a folder");
    let beside = entries.filter_map(|entry| Some(entry.ok()?.path()));
    beside.chain([workspace().to_owned(), workspace().join("benches/quality")]).sorted().collect()
}

/// Returns the files that the crates begin with.
fn roots() -> Vec<PathBuf> {
    let roots = crates().into_iter().cartesian_product(["src/lib.rs", "src/main.rs"]);
    roots.map(|(folder, root)| folder.join(root)).filter(|root| root.is_file()).collect()
}

fn read(root: &Path) -> Source {
    Source::read(root).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn files_of_each_crate_form_layers() {
    let found = roots().into_iter().flat_map(|root| {
        let name = root.strip_prefix(workspace()).unwrap_or(&root).display().to_string();
        Graph::of_files(&read(&root)).circles().into_iter().map(move |circle| format!("{name}: {circle}"))
    });
    let found = found.collect_vec();
    assert!(found.is_empty(), "{} circles of files\n\n{}", found.len(), found.iter().join("\n"));
}

#[test]
fn rooms_of_the_core() {
    let source = read(&workspace().join("hyperopt-core/src/lib.rs"));
    let rooms = (0..source.modules.len()).filter_map(|module| source.room(module)).unique().count();
    let graph = Graph::of_rooms(&source);
    let circles = graph.circles();
    println!("hyperopt-core: {rooms} rooms, {} arrows between them, {} circles", graph.arrows(), circles.len());
    if ROOMS_FORM_LAYERS {
        assert!(circles.is_empty(), "{} circles of rooms\n\n{}", circles.len(), circles.iter().join("\n"));
    }
}
