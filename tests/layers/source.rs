//! The modules of a crate, read from its root by following the `mod` declarations.

use std::fs;
use std::path::{Path, PathBuf};

use itertools::{Either, Itertools};
use syn::{Attribute, Expr, ExprLit, Item, ItemMod, Lit, Meta, Visibility};

use crate::cfg;

/// A crate: its modules, of which the first is the root and each stands behind its parent. What is compiled for tests
/// only is left out.
pub(crate) struct Source {
    /// The folder of the root.
    folder: PathBuf,
    pub(crate) modules: Vec<Module>,
}

/// A module, whether it is a file or stands in one.
pub(crate) struct Module {
    pub(crate) name: String,
    pub(crate) parent: Option<usize>,
    /// Whether only its parent and what is below that sees it.
    pub(crate) is_private: bool,
    file: PathBuf,
    /// All but its children.
    pub(crate) items: Vec<Item>,
}

/// The file of a module, and where those of its children lie.
struct Place {
    file: PathBuf,
    /// Holds `child.rs` or `child/mod.rs`.
    children: PathBuf,
    /// The folder that a `#[path]` starts from.
    paths: PathBuf,
}

/// Gives the text of a file, if there is such a file.
type Files<'a> = &'a dyn Fn(&Path) -> Option<String>;

impl Source {
    /// Reads the crate whose root is the file `root`, from the disk.
    pub(crate) fn read(root: &Path) -> Result<Self, String> {
        Self::from_files(root, &|file| fs::read_to_string(file).ok())
    }

    /// Reads the crate whose root is the file `root`.
    pub(crate) fn from_files(root: &Path, files: Files) -> Result<Self, String> {
        let place = Place::folder_of(root.to_owned());
        let mut source = Self { folder: place.children.clone(), modules: vec![] };
        if let Some(items) = place.items(files)? {
            source.add("crate", None, false, items, &place, files)?;
        }
        Ok(source)
    }

    /// Returns the file of a module, as seen from the root.
    pub(crate) fn file(&self, module: usize) -> &Path {
        let file = &self.modules[module].file;
        file.strip_prefix(&self.folder).unwrap_or(file)
    }

    /// Returns the child of the root that `module` is or stands in; none for the root.
    pub(crate) fn room(&self, module: usize) -> Option<&str> {
        let parent = self.modules[module].parent?;
        if parent == 0 { Some(&self.modules[module].name) } else { self.room(parent) }
    }

    fn add(
        &mut self,
        name: &str,
        parent: Option<usize>,
        is_private: bool,
        items: Vec<Item>,
        place: &Place,
        files: Files,
    ) -> Result<(), String> {
        let items = items.into_iter().filter(|item| !cfg::is_for_tests(cfg::of_item(item)));
        let (children, items): (Vec<_>, Vec<_>) = items.partition_map(|item| match item {
            Item::Mod(child) => Either::Left(child),
            item => Either::Right(item),
        });
        let this = self.modules.len();
        self.modules.push(Module { name: name.to_owned(), parent, is_private, file: place.file.clone(), items });
        for child in children {
            let place = place.of_child(&child, files);
            let items = match child.content {
                Some((_, items)) => Some(items),
                None => place.items(files)?,
            };
            if let Some(items) = items {
                let is_private = matches!(child.vis, Visibility::Inherited);
                self.add(&child.ident.to_string(), Some(this), is_private, items, &place, files)?;
            }
        }
        Ok(())
    }
}

impl Place {
    /// A file that owns its folder: a root, a `mod.rs`, what a `#[path]` names.
    fn folder_of(file: PathBuf) -> Self {
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        Self { file, children: folder.clone(), paths: folder }
    }

    fn of_child(&self, child: &ItemMod, files: Files) -> Self {
        let inside = self.children.join(child.ident.to_string());
        let beside = inside.with_extension("rs");
        if child.content.is_some() {
            Self { file: self.file.clone(), children: inside.clone(), paths: inside }
        } else if let Some(path) = path_of(&child.attrs) {
            Self::folder_of(self.paths.join(path))
        } else if files(&beside).is_some() {
            Self { file: beside, children: inside, paths: self.children.clone() }
        } else {
            Self::folder_of(inside.join("mod.rs"))
        }
    }

    /// What the file holds; nothing if it is compiled for tests only.
    fn items(&self, files: Files) -> Result<Option<Vec<Item>>, String> {
        let text = files(&self.file).ok_or_else(|| format!("{} cannot be read", self.file.display()))?;
        let parsed = syn::parse_file(&text).map_err(|error| format!("{}: {error}", self.file.display()))?;
        Ok((!cfg::is_for_tests(&parsed.attrs)).then_some(parsed.items))
    }
}

/// Returns the file that a `#[path = "…"]` names.
fn path_of(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("path") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        },
        _ => None,
    })
}
