//! Small crates, given as text, with and without circles.

use std::path::Path;

use itertools::Itertools;

use crate::graph::Graph;
use crate::source::Source;

/// Returns the circles of a crate of the files: the members of each.
fn circles(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let source = source(files);
    Graph::of_files(&source).circles().into_iter().map(|circle| circle.members).collect()
}

fn source(files: &[(&str, &str)]) -> Source {
    let text =
        |wanted: &Path| files.iter().find(|(file, _)| Path::new(file) == wanted).map(|(_, text)| (*text).to_owned());
    Source::from_files(Path::new("lib.rs"), &text).unwrap()
}

#[test]
fn layers_have_no_circle() {
    let files = [
        ("lib.rs", "mod low; mod middle; mod top; pub use middle::Middle; pub use top::Top;"),
        ("low.rs", "pub struct Low;"),
        ("middle.rs", "use crate::low::Low; pub struct Middle(Low);"),
        ("top.rs", "use crate::Middle; use crate::low; pub struct Top(Middle, low::Low);"),
    ];
    assert!(circles(&files).is_empty());
}

#[test]
fn an_import_is_followed_through_a_reexport() {
    let files = [
        ("lib.rs", "mod a; mod b; pub use a::A; pub(crate) use b::B as Renamed;"),
        ("a.rs", "use crate::Renamed; pub struct A(Renamed);"),
        ("b.rs", "use crate::A; pub struct B(A);"),
    ];
    assert_eq!(circles(&files), [["a.rs", "b.rs"]]);
}

#[test]
fn a_reexport_of_a_glob_is_followed() {
    let files = [
        ("lib.rs", "mod a; mod b; mod shared { pub use super::a::*; pub use super::b::*; } pub use shared::*;"),
        ("a.rs", "use crate::B; pub struct A(B);"),
        ("b.rs", "use crate::shared::A; pub struct B(A);"),
    ];
    assert_eq!(circles(&files), [["a.rs", "b.rs"]]);
}

#[test]
fn a_glob_brings_private_names_only_to_what_is_below() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod user; mod all { pub use super::a::*; pub use super::b::*; }"),
        ("a.rs", "mod below; use crate::c::Named;"),
        ("a/below.rs", "use super::*; pub struct Below(Named);"),
        ("b.rs", "use crate::user::User; pub struct Named;"),
        ("c.rs", "use crate::a::below::Below; pub struct Named;"),
        ("user.rs", "use crate::all::Named; pub struct User(Named);"),
    ];
    assert_eq!(circles(&files), [["a/below.rs", "c.rs"], ["b.rs", "user.rs"]]);
}

#[test]
fn globs_of_each_other_end() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "pub use crate::b::*; pub struct A;"),
        ("b.rs", "pub use crate::a::*; fn b(_: A, _: Missing) {}"),
    ];
    assert!(circles(&files).is_empty());
}

#[test]
fn a_child_takes_from_its_parent() {
    let files = [
        ("lib.rs", "mod parent;"),
        ("parent/mod.rs", "mod child; pub use child::Child; pub trait Parent { fn child(&self) -> Child; }"),
        ("parent/child.rs", "use super::Parent; pub struct Child(Box<dyn Parent>);"),
    ];
    assert_eq!(circles(&files), [["parent/child.rs", "parent/mod.rs"]]);
}

#[test]
fn a_parent_that_only_hands_on_is_in_no_circle() {
    let files = [
        ("lib.rs", "mod parent;"),
        ("parent/mod.rs", "mod child; mod other; pub use child::Child; pub use other::Other; pub trait Parent {}"),
        ("parent/child.rs", "use super::{Other, Parent}; pub struct Child(Other, Box<dyn Parent>);"),
        ("parent/other.rs", "use super::super::parent::Parent; pub struct Other(Box<dyn Parent>);"),
    ];
    assert!(circles(&files).is_empty());
}

#[test]
fn an_ancestor_in_a_path_only_leads_to_something_else() {
    let files = [
        ("lib.rs", "mod parent;"),
        ("parent.rs", "mod child; mod other; use child::Child; pub struct Parent(Child);"),
        (
            "parent/child.rs",
            "use crate::parent; use super::other::Other; pub struct Child(Other, parent::other::Other);",
        ),
        ("parent/other.rs", "pub struct Other;"),
    ];
    assert!(circles(&files).is_empty());
}

#[test]
fn paths_in_code_and_macros_count_as_imports() {
    for code in [
        "fn a() { crate::b::b() }",
        "fn a() { use crate::b; b::b() }",
        "fn a() -> Vec<()> { vec![super::b::b()] }",
        "macro_rules! a { () => { $crate::b::b() } }",
        "struct A(crate::b::B);",
        "impl super::b::Trait for u8 {}",
        "fn a(x: u8) -> bool { matches!(x, 0..super::b::MAX) }",
        "use crate::*; fn a() { b::b() }",
        "#[command(name = crate::b::NAME)] struct A;",
    ] {
        let b = "use crate::a; fn b() { a::anything() }";
        assert_eq!(circles(&[("lib.rs", "mod a; mod b;"), ("a.rs", code), ("b.rs", b)]), [["a.rs", "b.rs"]], "{code}");
    }
}

#[test]
fn what_is_no_path_of_the_crate_is_no_import() {
    for code in [
        "fn a() { ::b::b() }",
        "fn a() { quote!(crate::b::b()) }",
        "fn a() { format!(\"{}\", self.b::<u8>(x.b::<u8>())) }",
        "#[serde(with = \"crate::b\")] struct A;",
        "pub(in crate::b) struct A;",
        "use crate::b; fn a(b: u8) -> u8 { b }",
        "pub use crate::b::B;",
    ] {
        let b = "use crate::a; fn b() { a::anything() }";
        assert!(circles(&[("lib.rs", "mod a; mod b;"), ("a.rs", code), ("b.rs", b)]).is_empty(), "{code}");
    }
}

#[test]
fn tests_are_left_out() {
    let files = [
        ("lib.rs", "mod a; mod b; #[cfg(test)] mod missing;"),
        (
            "a.rs",
            "#[cfg(test)] use crate::b::B;
             #[cfg(all(test, unix))] mod tests { use crate::b::B; }
             pub struct A { #[cfg(test)] b: crate::b::B }
             impl A { #[cfg(test)] fn b() -> crate::b::B { todo!() } }
             fn a() { #[cfg(test)] if crate::b::b() {} }",
        ),
        ("b.rs", "use crate::a::A; pub struct B(A);"),
    ];
    assert!(circles(&files).is_empty());
    let either = files.map(|(file, text)| (file, text.replace("cfg(test)", "cfg(any(test, unix))")));
    let either = either.iter().map(|(file, text)| (*file, text.as_str())).chain([("missing.rs", "")]).collect_vec();
    assert_eq!(circles(&either), [["a.rs", "b.rs"]]);
}

#[test]
fn modules_lie_where_the_compiler_looks_for_them() {
    let files = [
        ("lib.rs", "mod a; #[path = \"else/where.rs\"] mod b; mod inline { mod c; mod d; }"),
        ("a.rs", "mod below; use crate::b::B; pub struct A(B);"),
        ("a/below.rs", "use super::A;"),
        ("else/where.rs", "mod beside; pub use beside::B;"),
        ("else/beside.rs", "use crate::a::A; pub struct B(A);"),
        ("inline/c.rs", "use super::d::D; pub struct C;"),
        ("inline/d/mod.rs", "use super::c::C; pub struct D;"),
    ];
    assert_eq!(circles(&files), [["a.rs", "else/beside.rs"], ["inline/c.rs", "inline/d/mod.rs"]]);
}

#[test]
fn a_module_and_a_function_may_share_a_name() {
    let files = [
        ("lib.rs", "pub mod fmin; pub use self::fmin::fmin; mod user;"),
        ("fmin.rs", "use crate::user::User; pub struct Options(User); pub fn fmin() {}"),
        ("user.rs", "use crate::fmin; pub struct User; fn user() { fmin() }"),
    ];
    assert_eq!(circles(&files), [["fmin.rs", "user.rs"]]);
}

#[test]
fn a_macro_is_seen_in_the_children_of_its_module() {
    let files = [
        ("lib.rs", "mod parent;"),
        ("parent.rs", "macro_rules! made { () => {} } mod child; fn parent() { child::child() }"),
        ("parent/child.rs", "made!(); pub fn child() {}"),
    ];
    assert_eq!(circles(&files), [["parent.rs", "parent/child.rs"]]);
}

#[test]
fn a_circle_is_shown_with_its_ties() {
    let files = [
        ("lib.rs", "mod a; mod b; mod low; mod top;"),
        ("a.rs", "use crate::{b::{B, C as D}, low::Low}; pub struct A(B, D, Low);"),
        ("b.rs", "use crate::{a::A, low::Low}; pub struct B(A); pub struct C(Low);"),
        ("low.rs", "pub struct Low;"),
        ("top.rs", "use crate::a::A;"),
    ];
    let shown = Graph::of_files(&source(&files)).circles().iter().join("");
    let expected = "2 take from each other: a.rs, b.rs\n    a.rs takes from b.rs: B, C\n    b.rs takes from a.rs: A\n";
    assert_eq!(shown, expected);
}

#[test]
fn rooms_hold_what_is_below_them() {
    let files = [
        ("lib.rs", "mod a; mod b; pub use a::A;"),
        ("a.rs", "mod one; mod two; pub struct A(two::Two);"),
        ("a/one.rs", "pub struct One;"),
        ("a/two.rs", "use super::one::One; use crate::b::B; pub struct Two(One, B);"),
        ("b.rs", "use crate::a::one::One; pub struct B(One);"),
    ];
    assert!(circles(&files).is_empty());
    let rooms = Graph::of_rooms(&source(&files));
    assert_eq!(rooms.arrows(), 2);
    assert_eq!(rooms.circles().into_iter().map(|circle| circle.members).collect_vec(), [["a", "b"]]);
}
