//! The address of a database: `sqlite:sweep.db`, `postgres://user@host/database`.

use std::fmt;
use std::path::PathBuf;

use crate::error::StudyError;

/// A parsed address.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// The path of a file.
    Sqlite(PathBuf),
    /// The whole address of a server, with its password.
    Postgres(String),
}

impl Address {
    /// Parses an address.
    ///
    /// # Errors
    ///
    /// If it is not the address of a study, or the crate was built without the feature that it needs.
    pub(crate) fn parse(url: &str) -> Result<Self, StudyError> {
        let fault = |reason: &str| StudyError::Address { url: without_password(url), reason: reason.into() };
        let (scheme, rest) = url.split_once(':').ok_or_else(|| fault("it has no scheme"))?;
        match scheme {
            "sqlite" => {
                // `///path` is an absolute path after an empty host.
                let path = rest.strip_prefix("//").unwrap_or(rest);
                match path {
                    "" => Err(fault("the path of the file is missing")),
                    ":memory:" => Err(fault("a study in memory would be lost with the process")),
                    _ if rest.starts_with("//") && !path.starts_with('/') => {
                        Err(fault("after `//` comes a host, which a file does not have"))
                    }
                    // Python reads `///sweep.db` as a relative path; here it would be a file in the root directory.
                    _ if rest.starts_with("///") && !path[1..].contains('/') => Err(fault(&format!(
                        "after `//` the path is absolute, other than in Python, and the file would be `{path}`"
                    ))),
                    _ if cfg!(feature = "sqlite") => Ok(Self::Sqlite(path.into())),
                    _ => Err(StudyError::Feature { url: without_password(url), feature: "sqlite" }),
                }
            }
            // Python's addresses may name the driver.
            scheme if scheme.starts_with("postgresql+") => Self::parse(&format!("postgresql:{rest}")),
            "postgres" | "postgresql" if !rest.starts_with("//") => Err(fault("`//` is missing after the scheme")),
            "postgres" | "postgresql" if cfg!(feature = "postgres") => Ok(Self::Postgres(url.into())),
            "postgres" | "postgresql" => Err(StudyError::Feature { url: without_password(url), feature: "postgres" }),
            scheme => Err(fault(&format!("the scheme `{scheme}` is unknown"))),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// The address with `…` in place of its password, in the user or in the query.
fn without_password(url: &str) -> String {
    let (mut shown, query) = match url.split_once('?') {
        Some((head, query)) => (head.to_owned(), Some(query)),
        None => (url.to_owned(), None),
    };
    if let Some((scheme, rest)) = shown.split_once("://")
        && let Some((user, host)) = rest.rsplit_once('@')
        && let Some((user, _)) = user.split_once(':')
    {
        shown = format!("{scheme}://{user}:…@{host}");
    }
    if let Some(query) = query {
        let settings = query.split('&').map(|setting| match setting.split_once('=') {
            Some(("password", _)) => "password=…",
            _ => setting,
        });
        shown = format!("{shown}?{}", settings.collect::<Vec<_>>().join("&"));
    }
    shown
}

#[cfg(all(test, feature = "sqlite"))]
mod tests {
    use super::*;

    #[test]
    fn files_are_relative_or_absolute() {
        let path = |url| match Address::parse(url) {
            Ok(Address::Sqlite(path)) => path.display().to_string(),
            other => panic!("{url}: {other:?}"),
        };
        assert_eq!(path("sqlite:sweep.db"), "sweep.db");
        assert_eq!(path("sqlite:runs/a:b.db"), "runs/a:b.db");
        assert_eq!(path("sqlite:/tmp/sweep.db"), "/tmp/sweep.db");
        assert_eq!(path("sqlite:///tmp/sweep.db"), "/tmp/sweep.db");
        assert_eq!(path("sqlite:////tmp/sweep.db"), "//tmp/sweep.db");
        assert_eq!(path("sqlite:/sweep.db"), "/sweep.db");
    }

    #[cfg(feature = "postgres")]
    #[test]
    fn drivers_of_python_are_left_out() {
        for url in ["postgresql+psycopg2://me@host/db", "postgresql+psycopg://me@host/db", "postgresql://me@host/db"] {
            let Ok(Address::Postgres(found)) = Address::parse(url) else { panic!("{url}") };
            assert_eq!(found, "postgresql://me@host/db");
        }
    }

    #[test]
    fn what_is_no_address_is_told_why() {
        let message = |url| Address::parse(url).unwrap_err().to_string();
        assert!(message("sweep.db").contains("it has no scheme; write `sqlite:sweep.db`"));
        assert!(message("mysql://host/db").contains("the scheme `mysql` is unknown"));
        assert!(message("sqlite:").contains("path of the file is missing"));
        assert!(message("sqlite://sweep.db").contains("comes a host"));
        assert!(message("sqlite:///sweep.db").contains("the file would be `/sweep.db`; write `sqlite:sweep.db`"));
        assert!(message("sqlite::memory:").contains("lost with the process"));
        assert!(message("postgres:host").contains("`//` is missing"));
    }

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(without_password("postgres://me:secret@host:5432/db"), "postgres://me:…@host:5432/db");
        assert_eq!(without_password("postgres://me:a@b@host/db"), "postgres://me:…@host/db");
        assert_eq!(
            without_password("postgres://me@host/db?password=x&port=1"),
            "postgres://me@host/db?password=…&port=1"
        );
        assert!(!Address::parse("mysql://me:secret@host").unwrap_err().to_string().contains("secret"));
    }
}
