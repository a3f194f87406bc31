//! What can go wrong between a sweep and its picture.

use std::{io, path::PathBuf};

use crate::theme;

/// Why a figure could not be drawn or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The path has no extension, or one of a format that is not written here.
    #[error("cannot tell the format of `{}`: write a path that ends in .png or .svg", path.display())]
    Extension {
        /// The path as it was given.
        path: PathBuf,
    },
    /// The size asked for is too small to hold a picture or too large for memory.
    #[error(
        "a figure of {width} × {height} cannot be drawn: write a width and a height from {min} to {max}",
        min = theme::SIZE.start(),
        max = theme::SIZE.end()
    )]
    Size {
        /// The width asked for.
        width: u32,
        /// The height asked for.
        height: u32,
    },
    /// The file could not be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The path as it was given.
        path: PathBuf,
        /// What the operating system answered.
        source: io::Error,
    },
    /// The drawing library, the encoder or the font failed; none of them does in normal use.
    #[error("cannot draw the figure")]
    Render(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Wraps what a library below said.
    pub(crate) fn render(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Render(source.into())
    }
}
