//! The address of a database: `sqlite:sweep.db`, `postgres://user@host/database`.

#[cfg(feature = "postgres")]
mod server;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hyperopt_core::{Advice, Remedy};

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
        let (scheme, rest) = match url.split_once(':') {
            Some((scheme, rest)) if !scheme.contains('=') => (scheme, rest),
            _ if url.contains('=') => return Err(fault("it is a list of settings")),
            _ => return Err(fault("it has no scheme")),
        };
        match scheme {
            "sqlite" => file(rest),
            // Python's addresses may name the driver; their third slash is the end of an empty host.
            "sqlite+pysqlite" | "sqlite+aiosqlite" => file(rest.strip_prefix("///").unwrap_or(rest)),
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

fn fault(reason: &str) -> StudyError {
    StudyError::Address { reason: reason.into() }
}

/// Parses what follows `sqlite:`.
fn file(rest: &str) -> Result<Address, StudyError> {
    // `///path` is an absolute path after an empty host.
    let path = rest.strip_prefix("//").unwrap_or(rest);
    // Python writes it before settings, of which there are none.
    let path = path.strip_suffix('?').filter(|_| !Path::new(path).exists()).unwrap_or(path);
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
        _ if query(path).is_some_and(|(file, _)| file.is_empty()) => Err(fault("the path of the file is missing")),
        _ if cfg!(not(feature = "sqlite")) => Err(StudyError::Feature { feature: "sqlite" }),
        _ if Path::new(path).exists() => Ok(Address::Sqlite(path.into())),
        _ => match (query(path), unescaped(path)) {
            (Some((file, query)), _) => Err(refused(file, query)),
            (None, Some(meant)) => Err(StudyError::Escaped {
                url: Address::Sqlite(path.into()).to_string(),
                meant: Address::Sqlite(meant.into()).to_string(),
            }),
            (None, None) => Ok(Address::Sqlite(path.into())),
        },
    }
}

/// Returns the path with the escapes in the name of the file decoded, as in `a%20b.db`; `None` without any.
fn unescaped(path: &str) -> Option<String> {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    let (mut bytes, mut rest) = (Vec::new(), &path.as_bytes()[name..]);
    while let Some((first, others)) = rest.split_first() {
        let digits = others.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &others[2..] } else { others };
    }
    let meant = String::from_utf8(bytes).ok()?;
    (meant != path[name..] && !meant.contains(char::is_control)).then(|| format!("{}{meant}", &path[..name]))
}

/// Splits a path into that of a file and the settings that `SQLAlchemy` and SQLite's own addresses take after `?`; `None` for a
/// path without any.
fn query(path: &str) -> Option<(&str, &str)> {
    let (file, query) = path.rsplit_once('?')?;
    (query.contains('=') && !query.contains('/')).then_some((file, query))
}

/// Returns the error of a file with settings after its name.
fn refused(file: &str, query: &str) -> StudyError {
    let timeout = query.split('&').find_map(|setting| setting.strip_prefix("timeout="));
    let timeout = timeout.and_then(|seconds| Duration::try_from_secs_f64(seconds.parse().ok()?).ok());
    let advice = timeout.map(|timeout| {
        let seconds = timeout.as_secs_f64();
        let call = if seconds.fract() == 0.0 { "from_secs" } else { "from_secs_f64" };
        Box::new(Advice::new(Remedy::Patience, format!(" and `.patience(Duration::{call}({seconds}))`")))
    });
    StudyError::Query { url: Address::Sqlite(file.into()).to_string(), query: query.to_owned(), advice }
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
    fn addresses_of_python_may_name_a_driver() {
        let shown = |url: &str| Address::parse(url).unwrap().to_string();
        for driver in ["pysqlite", "aiosqlite"] {
            assert_eq!(shown(&format!("sqlite+{driver}:///q.db")), "sqlite:q.db");
            assert_eq!(shown(&format!("sqlite+{driver}:///runs/q.db?")), "sqlite:runs/q.db");
            assert_eq!(shown(&format!("sqlite+{driver}:////tmp/q.db")), "sqlite:/tmp/q.db");
            let message = |rest| Address::parse(&format!("sqlite+{driver}:{rest}")).unwrap_err().to_string();
            assert!(message("//").contains("path of the file is missing"));
            assert!(message("///:memory:").contains("lost with the process"));
            assert!(message("///q.db?timeout=10").contains("write `sqlite:q.db` and `.patience("));
        }
        let error = Address::parse("sqlite+pysqlcipher://:key@/q.db").unwrap_err().to_string();
        assert!(error.contains("the scheme `sqlite+pysqlcipher` is unknown"), "{error}");
    }

    #[test]
    fn a_question_mark_without_settings_says_nothing() {
        let shown = |url: &str| Address::parse(url).unwrap().to_string();
        assert_eq!(shown("sqlite:q.db?"), "sqlite:q.db");
        assert_eq!(shown("sqlite:///tmp/q.db?"), "sqlite:/tmp/q.db");
        assert!(Address::parse("sqlite:?").unwrap_err().to_string().contains("path of the file is missing"));
    }

    #[test]
    fn escapes_are_no_part_of_a_file_name() {
        let message = |url| Address::parse(url).unwrap_err().to_string();
        assert_eq!(
            message("sqlite:///tmp/a%20b.db"),
            "`sqlite:/tmp/a%20b.db`: the address of a file has no escapes, and the percent sign would be part of its name; \
             write `sqlite:/tmp/a b.db`"
        );
        assert!(message("sqlite:%C3%BC.db").ends_with("write `sqlite:ü.db`"));
        // No escapes, and those of directories, which would have to exist.
        for url in ["sqlite:100%.db", "sqlite:%zz.db", "sqlite:%FF.db", "sqlite:%00.db", "sqlite:a%20b/q.db"] {
            assert_eq!(Address::parse(url).unwrap().to_string(), url);
        }
        // A file that has this name is meant, as in Python.
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}/a%20b.db", directory.path().display());
        assert!(Address::parse(&url).is_err());
        std::fs::write(directory.path().join("a%20b.db"), "").unwrap();
        assert_eq!(Address::parse(&url).unwrap().to_string(), url);
    }

    #[test]
    fn what_is_shown_of_a_file_is_its_address() {
        for url in ["sqlite:sweep.db", "sqlite:/tmp/sweep.db", "sqlite:////tmp/sweep.db", "sqlite:a b/c?d.db"] {
            assert_eq!(Address::parse(url).unwrap().to_string(), url);
        }
    }

    #[test]
    fn settings_are_no_part_of_a_file_name() {
        let message = |url| Address::parse(url).unwrap_err().to_string();
        assert_eq!(
            message("sqlite:q.db?timeout=10"),
            "`sqlite:q.db?timeout=10`: the address of a file has no settings, and `?timeout=10` would be part of its name; \
             write `sqlite:q.db` and `.patience(Duration::from_secs(10))`"
        );
        assert!(
            message("sqlite:/tmp/q.db?cache=shared&timeout=0.5").ends_with("`.patience(Duration::from_secs_f64(0.5))`")
        );
        assert!(message("sqlite:///tmp/q.db?mode=ro").ends_with("; write `sqlite:/tmp/q.db`"));
        assert!(message("sqlite:?mode=ro").contains("path of the file is missing"));
        // A file that has this name is meant.
        let directory = std::env::temp_dir().join(format!("hyperopt-query-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let url = format!("sqlite:{}/q.db?timeout=10", directory.display());
        assert!(Address::parse(&url).is_err());
        std::fs::write(directory.join("q.db?timeout=10"), "").unwrap();
        assert_eq!(Address::parse(&url).unwrap().to_string(), url);
        std::fs::remove_dir_all(&directory).unwrap();
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
