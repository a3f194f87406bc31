//! The address of a database: `sqlite:sweep.db`, `postgres://user@host/database`.

#[cfg(feature = "postgres")]
mod server;

use std::fmt;
use std::path::PathBuf;

#[cfg(feature = "postgres")]
pub(crate) use self::server::{HostPort, Roots, Server, SslMode, TlsSettings};
use crate::error::StudyError;

/// A parsed address. It is shown as it was parsed, without a password.
#[derive(Clone)]
pub(crate) enum Address {
    /// The path of a file.
    Sqlite(PathBuf),
    /// A server.
    #[cfg(feature = "postgres")]
    Postgres(Server),
}

impl Address {
    /// Parses an address.
    ///
    /// # Errors
    ///
    /// Fails if it is not the address of a study, or the crate was built without the feature that it needs. The error never
    /// shows the address: what is not understood may have a password anywhere.
    pub(crate) fn parse(url: &str) -> Result<Self, StudyError> {
        let fault = |reason: &str| StudyError::Address { reason: reason.into() };
        let (scheme, rest) = match url.split_once(':') {
            Some((scheme, rest)) if !scheme.contains('=') => (scheme, rest),
            _ if url.contains('=') => return Err(fault("it is a list of settings")),
            _ => return Err(fault("it has no scheme")),
        };
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
                    _ => Err(StudyError::Feature { feature: "sqlite" }),
                }
            }
            // Python's addresses may name the driver.
            scheme if scheme.starts_with("postgresql+") => Self::parse(&format!("postgresql:{rest}")),
            "postgres" | "postgresql" => match rest.strip_prefix("//") {
                None => Err(fault("`//` is missing after the scheme")),
                #[cfg(feature = "postgres")]
                Some(rest) => {
                    let server = Server::parse(rest, |name| std::env::var(name).ok());
                    Ok(Self::Postgres(server.map_err(|reason| fault(&reason))?))
                }
                #[cfg(not(feature = "postgres"))]
                Some(_) => Err(StudyError::Feature { feature: "postgres" }),
            },
            scheme if rest.starts_with("//") && scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '+') => {
                Err(fault(&format!("the scheme `{scheme}` is unknown")))
            }
            _ => Err(fault("its scheme is unknown")),
        }
    }

    /// Returns whether the address has a password.
    pub(crate) fn has_password(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            #[cfg(feature = "postgres")]
            Self::Postgres(server) => server.has_password(),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Two slashes would be read as the mark of a host.
            Self::Sqlite(path) if path.to_string_lossy().starts_with("//") => write!(f, "sqlite://{}", path.display()),
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            #[cfg(feature = "postgres")]
            Self::Postgres(server) => server.fmt(f),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
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

    #[test]
    fn what_is_shown_of_a_file_is_its_address() {
        for url in ["sqlite:sweep.db", "sqlite:/tmp/sweep.db", "sqlite:////tmp/sweep.db", "sqlite:a b/c?d.db"] {
            assert_eq!(Address::parse(url).unwrap().to_string(), url);
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
}
