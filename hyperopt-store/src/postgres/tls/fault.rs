//! Why a connection cannot be encrypted: what was found, and what to write instead.

use std::error::Error as StdError;
use std::io;
use std::path::{Path, PathBuf};

use rustls::{AlertDescription, CertificateError, Error, PeerIncompatible};
use thiserror::Error;

use super::certificate::date;

/// The reason why a connection cannot be encrypted.
#[derive(Debug, Error)]
pub(in crate::postgres) enum TlsFault {
    /// A file that a setting names, or a default one, is missing or invalid.
    #[error("`{setting}`, the file {}: {reason}", file.display())]
    File {
        /// The setting that names the file, or would.
        setting: &'static str,
        /// The file.
        file: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// `verify-ca` has no file of authorities. With those of the system, any server with a valid certificate would be accepted,
    /// since names are not compared.
    #[error("`sslmode=verify-ca` trusts the authorities in a file, and there is none")]
    AnyAuthority,
    /// There is a certificate without a key.
    #[error("`sslcert`, the file {}: the key to it is missing", certificate.display())]
    NoKey {
        /// The certificate.
        certificate: PathBuf,
    },
    /// The certificate and the key do not belong together, or are of an unknown kind.
    #[error("`sslcert` and `sslkey`: {0}")]
    Identity(Error),
    /// The system has no trusted authorities.
    #[error("the system has no certificates of authorities{reason}")]
    NoSystemRoots {
        /// Why, after a colon, or nothing.
        reason: String,
    },
    /// The handshake failed.
    #[error("{}", told(.0))]
    Handshake(Error),
    /// The connection was lost in the handshake.
    #[error("the connection ended within the handshake: {0}")]
    Lost(#[source] io::Error),
}

/// The reasons for refusing a certificate that rustls has no error for.
#[derive(Clone, Debug, Error)]
pub(super) enum Refusal {
    #[error("the server's certificate is signed by itself, and is none of those that are trusted here")]
    SelfSigned,
    #[error("the server's certificate is signed by an authority that is not {}", origin(file.as_deref()))]
    UnknownAuthority { file: Option<PathBuf> },
    #[error("the server's certificate is of version 1 of X.509, or damaged")]
    Old,
}

fn origin(file: Option<&Path>) -> String {
    match file {
        Some(file) => format!("among those in {}", file.display()),
        None => "among those that the system trusts".into(),
    }
}

impl TlsFault {
    pub(super) fn content(setting: &'static str, file: &Path, reason: impl Into<String>) -> Self {
        Self::File { setting, file: file.to_owned(), reason: reason.into() }
    }

    /// Returns the error of a handshake, which comes as one of input or output.
    pub(super) fn of(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
            Some(error) => Self::Handshake(error.clone()),
            None => Self::Lost(error),
        }
    }

    /// Returns what to write instead; may be empty.
    fn advice(&self) -> String {
        const OWN: &str = "write `sslrootcert=FILE` with the certificate of the server's authority";
        match self {
            Self::File { setting: "sslrootcert", .. } => {
                format!("{OWN}, or `sslrootcert=system` for public authorities")
            }
            Self::File { .. } | Self::Identity(_) => {
                "write `sslcert=FILE&sslkey=FILE` with the certificate of this client and the key to it".into()
            }
            Self::AnyAuthority => format!("{OWN}, or `sslmode=verify-full` for public authorities"),
            Self::NoKey { .. } => "write `sslkey=FILE` too".into(),
            Self::NoSystemRoots { .. } => {
                format!("install them (Debian's package `ca-certificates`, for one), or {OWN}")
            }
            Self::Handshake(Error::InvalidCertificate(error)) => certificate_advice(error, OWN),
            Self::Handshake(Error::AlertReceived(alert)) => alert_advice(*alert).into(),
            Self::Handshake(Error::PeerIncompatible(_)) => "let the server offer TLS 1.2 or 1.3".into(),
            Self::Handshake(Error::InvalidMessage(_)) => "is that the port of PostgreSQL?".into(),
            Self::Handshake(_) | Self::Lost(_) => "does the log of the server say why?".into(),
        }
    }
}

fn certificate_advice(error: &CertificateError, own: &str) -> String {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "renew it on the server, unless it is the clock of this machine that is wrong".into()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "correct the clock of this machine, or that of the authority".into()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "write a name of the certificate as the host, and where it leads elsewhere `hostaddr=` with the address behind \
             it, or `sslmode=verify-ca`, which compares no names"
                .into()
        }
        CertificateError::UnknownIssuer => own.into(),
        CertificateError::Other(other) => match other.0.downcast_ref::<Refusal>() {
            Some(Refusal::SelfSigned) => "write `sslrootcert=FILE` with a copy of that certificate".into(),
            Some(Refusal::UnknownAuthority { .. }) => format!("{own}; managed servers have it for download"),
            _ => "make it anew with its host as `subjectAltName`, which makes it one of version 3".into(),
        },
        _ => "have a certificate made that current programs accept".into(),
    }
}

fn alert_advice(alert: AlertDescription) -> &'static str {
    match alert {
        AlertDescription::ProtocolVersion => "let the server offer TLS 1.2 or 1.3",
        AlertDescription::HandshakeFailure | AlertDescription::InsufficientSecurity => {
            "let the server offer current ciphers (`ssl_ciphers`)"
        }
        AlertDescription::NoApplicationProtocol => "leave out `sslnegotiation=direct`, which needs PostgreSQL 17",
        _ => {
            "write `sslcert=FILE&sslkey=FILE` with a certificate that an authority in the server's `ssl_ca_file` has signed, \
             and that has not expired"
        }
    }
}

fn told(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. }) => {
            format!("the server's certificate, or one in its chain, has expired on {}", date(*not_after))
        }
        Error::InvalidCertificate(CertificateError::Expired) => {
            "the server's certificate, or one in its chain, has expired".into()
        }
        Error::InvalidCertificate(CertificateError::NotValidYetContext { not_before, .. }) => {
            format!("the server's certificate, or one in its chain, is valid from {}", date(*not_before))
        }
        Error::InvalidCertificate(CertificateError::NotValidForNameContext { expected, presented }) => {
            let host = expected.to_str();
            let names: Vec<_> = presented.iter().map(|name| format!("`{}`", bare(name))).collect();
            match names.as_slice() {
                [] => format!("the server's certificate names no host, and `{host}` was asked for"),
                names => format!("the server's certificate is for {}, and not for `{host}`", names.join(", ")),
            }
        }
        Error::InvalidCertificate(CertificateError::Other(other)) => match other.0.downcast_ref::<Refusal>() {
            Some(refusal) => refusal.to_string(),
            None => format!("the server's certificate is not valid: {}", other.0),
        },
        Error::InvalidCertificate(error) => format!("the server's certificate is not valid: {error}"),
        Error::AlertReceived(alert) => refused(*alert),
        Error::PeerIncompatible(PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig) => {
            "the server offers only versions of TLS before 1.2".into()
        }
        error => error.to_string(),
    }
}

/// Returns a name as rustls shows it, without the kind: `DnsName("host")`.
fn bare(name: &str) -> &str {
    let inner = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(name);
    inner.trim_matches('"')
}

fn refused(alert: AlertDescription) -> String {
    match alert {
        AlertDescription::CertificateRequired => "the server wants a certificate of this client".into(),
        AlertDescription::UnknownCA
        | AlertDescription::BadCertificate
        | AlertDescription::CertificateUnknown
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::AccessDenied
        | AlertDescription::DecryptError => format!("the server refuses the certificate of this client ({alert:?})"),
        AlertDescription::CertificateExpired => {
            "the server refuses the certificate of this client, which has expired".into()
        }
        alert => format!("the server ended the handshake ({alert:?})"),
    }
}

/// What went wrong with the encryption.
#[derive(Debug)]
pub(in crate::postgres) struct Explained {
    pub(in crate::postgres) cause: String,
    /// What to write instead; may be empty.
    pub(in crate::postgres) advice: String,
    /// Whether it went wrong between the two programs, rather than with the files of the settings.
    pub(in crate::postgres) is_handshake: bool,
}

impl Explained {
    fn of(fault: &TlsFault) -> Self {
        let is_handshake = matches!(fault, TlsFault::Handshake(_) | TlsFault::Lost(_));
        Self { cause: fault.to_string(), advice: fault.advice(), is_handshake }
    }
}

/// Returns what went wrong with the encryption, if that is what `error` is about. About a client's certificate, the server
/// sends an alert after its own part of the handshake.
pub(in crate::postgres) fn fault(error: &(dyn StdError + 'static)) -> Option<Explained> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(fault) = error.downcast_ref::<TlsFault>() {
            return Some(Explained::of(fault));
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(error @ Error::AlertReceived(_)) = inner.and_then(|inner| inner.downcast_ref::<Error>()) {
            return Some(Explained::of(&TlsFault::Handshake(error.clone())));
        }
        cause = error.source();
    }
    None
}
