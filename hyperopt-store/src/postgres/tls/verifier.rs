//! Who may answer for a server.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{
    WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature, verify_tls13_signature_with_raw_key,
};
use rustls::pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};

use super::certificate::Parsed;
use super::fault::Refusal;
use super::files::Trusted;

/// Checks servers as `sslmode` says. That the server has the key of its certificate is checked in each mode, since channel
/// binding relies on it.
#[derive(Debug)]
pub(super) struct Verifier {
    /// `None` if any server is accepted.
    trusted: Option<Trusted>,
    checks_names: bool,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Verifier {
    pub(super) fn new(trusted: Option<Trusted>, checks_names: bool, algorithms: WebPkiSupportedAlgorithms) -> Self {
        Self { trusted, checks_names, algorithms }
    }

    fn check_chain(
        &self,
        trusted: &Trusted,
        end: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), Error> {
        // A server's own certificate in the file is enough, also one that calls itself an authority, as `openssl req -x509`
        // makes them.
        if trusted.certificates.iter().any(|trusted| trusted == end) {
            let Some((from, to)) = Parsed::of(end).map(|parsed| parsed.validity()) else {
                return Err(CertificateError::BadEncoding.into());
            };
            let moment = |seconds| UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
            return match now.as_secs() {
                seconds if seconds < from => {
                    Err(CertificateError::NotValidYetContext { time: now, not_before: moment(from) }.into())
                }
                seconds if seconds > to => {
                    Err(CertificateError::ExpiredContext { time: now, not_after: moment(to) }.into())
                }
                _ => Ok(()),
            };
        }
        let is_self_signed = || Parsed::of(end).is_some_and(|parsed| parsed.is_self_signed());
        let refused = |refusal| Error::from(CertificateError::Other(OtherError(Arc::new(refusal))));
        let parsed = ParsedCertificate::try_from(end)
            .map_err(|_| if is_self_signed() { refused(Refusal::SelfSigned) } else { refused(Refusal::Old) })?;
        let algorithms = self.algorithms.all;
        let chained =
            verify_server_cert_signed_by_trust_anchor(&parsed, &trusted.store, intermediates, now, algorithms);
        chained.map_err(|error| match error {
            Error::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::Other(_))
                if is_self_signed() =>
            {
                refused(Refusal::SelfSigned)
            }
            Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
                refused(Refusal::UnknownAuthority { file: trusted.file.clone() })
            }
            error => error,
        })
    }

    fn check_name(end: &CertificateDer<'_>, name: &ServerName<'_>) -> Result<(), Error> {
        let checked = ParsedCertificate::try_from(end).and_then(|parsed| verify_server_name(&parsed, name));
        let Err(error) = checked else { return Ok(()) };
        // Certificates of old have their host as a common name, which libpq accepts.
        let Some(parsed) = Parsed::of(end).filter(|parsed| !parsed.has_alternative_names()) else { return Err(error) };
        let host = name.to_str();
        if parsed.is_named(&host) {
            return Ok(());
        }
        Err(CertificateError::NotValidForNameContext {
            expected: name.to_owned(),
            presented: parsed.common_name().into_iter().collect(),
        }
        .into())
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if let Some(trusted) = &self.trusted {
            self.check_chain(trusted, end, intermediates, now)?;
            if self.checks_names {
                Self::check_name(end, name)?;
            }
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        if ParsedCertificate::try_from(certificate).is_err()
            && let Some(key) = Parsed::of(certificate).and_then(|parsed| parsed.public_key())
        {
            // Of version 1 of X.509, as `openssl x509 -req` makes them without extensions.
            return verify_tls13_signature_with_raw_key(
                message,
                &SubjectPublicKeyInfoDer::from(key),
                signed,
                &self.algorithms,
            );
        }
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
