//! The files of certificates and keys.

use std::fs;
use std::path::{Path, PathBuf};

use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::fault::TlsFault;
use crate::address::{Roots, SslMode, TlsSettings};

/// The authorities that are trusted.
#[derive(Debug)]
pub(super) struct Trusted {
    pub(super) store: RootCertStore,
    /// The same, as they are. A server may present one of them itself.
    pub(super) certificates: Vec<CertificateDer<'static>>,
    /// Where they are from; `None` for the system.
    pub(super) file: Option<PathBuf>,
}

/// What the files of the settings contain.
#[derive(Debug)]
pub(super) struct Files {
    /// `None` if servers are not checked.
    pub(super) roots: Option<Trusted>,
    /// The certificate of this client with its chain, and its key.
    pub(super) identity: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
}

impl Files {
    /// Reads the files. As libpq does, it checks the server wherever authorities are known, whatever the mode.
    pub(super) fn read(settings: &TlsSettings) -> Result<Self, TlsFault> {
        let usual = |name: &str| Some(settings.directory.as_ref()?.join(name)).filter(|path| path.exists());
        let roots = match &settings.roots {
            Some(Roots::File(file)) => Some(roots_in(file)?),
            Some(Roots::System) => Some(roots_of_system()?),
            None => match (usual("root.crt"), settings.mode) {
                (Some(file), _) => Some(roots_in(&file)?),
                (None, SslMode::VerifyFull) => Some(roots_of_system()?),
                (None, SslMode::VerifyCa) => return Err(TlsFault::AnyAuthority),
                (None, _) => None,
            },
        };
        let identity = match settings.certificate.clone().or_else(|| usual("postgresql.crt")) {
            None => None,
            Some(file) => {
                let key = settings.key.clone().or_else(|| usual("postgresql.key"));
                let key = key.ok_or_else(|| TlsFault::NoKey { certificate: file.clone() })?;
                Some((certificates("sslcert", &file)?, private_key(&key)?))
            }
        };
        Ok(Self { roots, identity })
    }
}

fn certificates(setting: &'static str, file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsFault> {
    let text = read(setting, file)?;
    let found = CertificateDer::pem_slice_iter(&text).collect::<Result<Vec<_>, _>>();
    let found = found.map_err(|error| TlsFault::content(setting, file, format!("it is damaged: {error}")))?;
    if found.is_empty() {
        return Err(TlsFault::content(
            setting,
            file,
            "it contains no certificate in PEM, which begins with `-----BEGIN CERTIFICATE-----`",
        ));
    }
    Ok(found)
}

fn read(setting: &'static str, file: &Path) -> Result<Vec<u8>, TlsFault> {
    fs::read(file).map_err(|error| TlsFault::content(setting, file, format!("it cannot be read: {error}")))
}

fn roots_in(file: &Path) -> Result<Trusted, TlsFault> {
    let certificates = certificates("sslrootcert", file)?;
    let mut store = RootCertStore::empty();
    let (added, _) = store.add_parsable_certificates(certificates.iter().cloned());
    if added == 0 {
        return Err(TlsFault::content("sslrootcert", file, "it contains no certificate that can be read"));
    }
    Ok(Trusted { store, certificates, file: Some(file.to_owned()) })
}

fn roots_of_system() -> Result<Trusted, TlsFault> {
    let found = rustls_native_certs::load_native_certs();
    let mut store = RootCertStore::empty();
    let (added, _) = store.add_parsable_certificates(found.certs);
    if added == 0 {
        let reason = found.errors.first().map(|error| format!(": {error}")).unwrap_or_default();
        return Err(TlsFault::NoSystemRoots { reason });
    }
    Ok(Trusted { store, certificates: Vec::new(), file: None })
}

fn private_key(file: &Path) -> Result<PrivateKeyDer<'static>, TlsFault> {
    let fault = |reason: &str| TlsFault::content("sslkey", file, reason);
    let text = read("sslkey", file)?;
    guarded(file)?;
    PrivateKeyDer::from_pem_slice(&text).map_err(|_| {
        if text.windows(9).any(|word| word == b"ENCRYPTED") {
            return fault("it is encrypted: `openssl pkey -in KEY -out PLAIN` writes it without a password, for this machine alone");
        }
        fault("it contains no private key in PEM, which begins with `-----BEGIN PRIVATE KEY-----`")
    })
}

/// Checks libpq's rule: only the owner may read a key, and its group too if the owner is the administrator.
#[cfg(unix)]
fn guarded(file: &Path) -> Result<(), TlsFault> {
    use std::os::unix::fs::MetadataExt;

    let found =
        fs::metadata(file).map_err(|error| TlsFault::content("sslkey", file, format!("it cannot be read: {error}")))?;
    if found.mode() & (if found.uid() == 0 { 0o037 } else { 0o077 }) == 0 {
        return Ok(());
    }
    let reason = format!("others can read it (mode {:04o}): `chmod 600` leaves it to its owner", found.mode() & 0o7777);
    Err(TlsFault::content("sslkey", file, reason))
}

#[cfg(not(unix))]
fn guarded(_: &Path) -> Result<(), TlsFault> {
    Ok(())
}
