//! A YAML document as a tree.

mod float;
mod node;
mod parse;
mod scalar;
mod write;

pub(crate) use node::{Entry, Key, Kind, Node};
pub(crate) use parse::parse;
