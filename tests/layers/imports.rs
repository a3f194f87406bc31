//! What a module's items bring into it: the imports of a `use` declaration, one for each leaf of its tree, and definitions.

use syn::{Item, ItemUse, UseTree, Visibility};

/// One leaf of a tree of imports.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Import {
    pub(crate) path: Vec<String>,
    pub(crate) name: Name,
}

/// What an import is called where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Name {
    Given(String),
    /// `as _`
    Nameless,
    /// `*`
    All,
}

/// Returns the imports of a declaration; none where it leads out of the crate by a leading `::`.
pub(crate) fn imports(declaration: &ItemUse) -> Vec<Import> {
    let mut found = vec![];
    if declaration.leading_colon.is_none() {
        add(&declaration.tree, &[], &mut found);
    }
    found
}

fn add(tree: &UseTree, prefix: &[String], found: &mut Vec<Import>) {
    let below = |segment: &syn::Ident| [prefix, &[segment.to_string()]].concat();
    match tree {
        UseTree::Path(path) => add(&path.tree, &below(&path.ident), found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| add(tree, prefix, found)),
        UseTree::Glob(_) => found.push(Import { path: prefix.to_vec(), name: Name::All }),
        UseTree::Name(leaf) => {
            // `a::{self}` imports `a`.
            let path = if leaf.ident == "self" { prefix.to_vec() } else { below(&leaf.ident) };
            found.extend(path.last().cloned().map(|name| Import { path, name: Name::Given(name) }));
        }
        UseTree::Rename(leaf) => {
            let path = if leaf.ident == "self" { prefix.to_vec() } else { below(&leaf.ident) };
            let name = if leaf.rename == "_" { Name::Nameless } else { Name::Given(leaf.rename.to_string()) };
            found.push(Import { path, name });
        }
    }
}

/// An item that has a name.
pub(crate) struct Named {
    pub(crate) name: String,
    /// Whether a path can lead through it.
    pub(crate) is_type: bool,
    /// Whether only its module and what is below sees it.
    pub(crate) is_private: bool,
}

/// What an item defines; nothing if it has no name.
pub(crate) fn named(item: &Item) -> Option<Named> {
    let inherited = &Visibility::Inherited;
    let (name, vis, is_type) = match item {
        Item::Const(item) => (&item.ident, &item.vis, false),
        Item::Static(item) => (&item.ident, &item.vis, false),
        Item::Fn(item) => (&item.sig.ident, &item.vis, false),
        Item::Macro(item) => (item.ident.as_ref()?, inherited, false),
        Item::Enum(item) => (&item.ident, &item.vis, true),
        Item::Struct(item) => (&item.ident, &item.vis, true),
        Item::Trait(item) => (&item.ident, &item.vis, true),
        Item::TraitAlias(item) => (&item.ident, &item.vis, true),
        Item::Type(item) => (&item.ident, &item.vis, true),
        Item::Union(item) => (&item.ident, &item.vis, true),
        _ => return None,
    };
    Some(Named { name: name.to_string(), is_type, is_private: matches!(vis, Visibility::Inherited) })
}
