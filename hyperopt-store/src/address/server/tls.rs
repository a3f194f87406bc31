//! The settings of encrypted connections, with libpq's names, meanings and defaults.

use std::path::{Path, PathBuf};

use super::parts::Parts;

/// How much a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SslMode {
    /// Never encrypted.
    Disable,
    /// Encrypted if the server refuses it otherwise.
    Allow,
    /// Encrypted if the server supports it.
    Prefer,
    /// Encrypted; the server is checked only if there are certificates of authorities.
    Require,
    /// Encrypted, with a server that a trusted authority has certified.
    VerifyCa,
    /// Encrypted, with the server of that name that a trusted authority has certified.
    VerifyFull,
}

impl SslMode {
    const ALL: [(&str, Self); 6] = [
        ("disable", Self::Disable),
        ("allow", Self::Allow),
        ("prefer", Self::Prefer),
        ("require", Self::Require),
        ("verify-ca", Self::VerifyCa),
        ("verify-full", Self::VerifyFull),
    ];

    fn parse(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|(name, _)| *name == text);
        found.map(|(_, mode)| mode).ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| format!("`{name}`"));
            format!("invalid value for option `sslmode`, which is one of {}", names.join(", "))
        })
    }

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, mode)| *mode == self).map_or("", |(name, _)| name)
    }
}

/// The authorities that are trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Roots {
    /// Those of the system.
    System,
    /// Those in a file.
    File(PathBuf),
}

/// How connections are encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TlsSettings {
    pub(crate) mode: SslMode,
    /// The setting `sslrootcert`.
    pub(crate) roots: Option<Roots>,
    /// The setting `sslcert`.
    pub(crate) certificate: Option<PathBuf>,
    /// The setting `sslkey`.
    pub(crate) key: Option<PathBuf>,
    /// The directory with the default files of these settings: `root.crt`, `postgresql.crt` and `postgresql.key`.
    pub(crate) directory: Option<PathBuf>,
}

impl TlsSettings {
    pub(super) fn take(parts: &mut Parts, variables: &impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let roots = parts.take("sslrootcert").filter(|file| !file.is_empty()).map(|file| match file.as_str() {
            "system" => Roots::System,
            _ => Roots::File(file.into()),
        });
        let ssl = match parts.take("ssl").as_deref() {
            // As Java's and JavaScript's drivers have it, and libpq too.
            Some("true") => Some("require".to_owned()),
            Some("false") => Some("disable".to_owned()),
            ssl => ssl.map(ToOwned::to_owned),
        };
        let mode = parts.take("sslmode").or(ssl).map(|mode| SslMode::parse(&mode)).transpose()?;
        let mode = match (mode, &roots) {
            (Some(mode), Some(Roots::System)) if mode < SslMode::VerifyFull => {
                return Err(format!(
                    "`sslrootcert=system` needs `sslmode=verify-full`: with `{}`, any server that has a certificate of a \
                     public authority would do",
                    mode.name()
                ));
            }
            (Some(mode), _) => mode,
            (None, Some(Roots::System)) => SslMode::VerifyFull,
            (None, _) => SslMode::Prefer,
        };
        let mut file = |name| parts.take(name).filter(|file| !file.is_empty()).map(PathBuf::from);
        let (certificate, key) = (file("sslcert"), file("sslkey"));
        Ok(Self { mode, roots, certificate, key, directory: certificates(variables) })
    }
}

/// Returns the directory in which libpq looks for certificates.
fn certificates(variables: &impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let home = variables(if cfg!(windows) { "APPDATA" } else { "HOME" })?;
    Some(Path::new(&home).join(if cfg!(windows) { "postgresql" } else { ".postgresql" }))
}
