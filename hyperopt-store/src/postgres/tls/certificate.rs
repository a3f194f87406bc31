//! What a certificate says, where rustls does not: its names of old, its dates, and who has signed it.

use rustls::pki_types::{CertificateDer, UnixTime};
use x509_cert::Certificate;
use x509_cert::der::asn1::{Ia5StringRef, PrintableStringRef, Utf8StringRef};
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

/// The object identifier of common names.
const COMMON_NAME: &str = "2.5.4.3";

/// A certificate.
pub(super) struct Parsed(Certificate);

impl Parsed {
    pub(super) fn of(certificate: &CertificateDer<'_>) -> Option<Self> {
        Certificate::from_der(certificate).ok().map(Self)
    }

    /// Returns whether it has signed itself, as far as its names say.
    pub(super) fn is_self_signed(&self) -> bool {
        self.0.tbs_certificate.issuer == self.0.tbs_certificate.subject
    }

    /// Returns the common name, which counts as a host only if there are no alternative names of hosts.
    pub(super) fn common_name(&self) -> Option<String> {
        let mut pairs = self.0.tbs_certificate.subject.0.iter().flat_map(|name| name.0.iter());
        let value = &pairs.find(|pair| pair.oid.to_string() == COMMON_NAME)?.value;
        let text = value.decode_as::<Utf8StringRef<'_>>().map(|text| text.to_string());
        let text = text.or_else(|_| value.decode_as::<PrintableStringRef<'_>>().map(|text| text.to_string()));
        text.or_else(|_| value.decode_as::<Ia5StringRef<'_>>().map(|text| text.to_string())).ok()
    }

    /// Returns whether alternative names of hosts or addresses are there, which make the common name void.
    pub(super) fn has_alternative_names(&self) -> bool {
        let found = self.0.tbs_certificate.get::<SubjectAltName>();
        let is_host = |name: &GeneralName| matches!(name, GeneralName::DnsName(_) | GeneralName::IpAddress(_));
        match found {
            Ok(found) => found.is_some_and(|(_, names)| names.0.iter().any(is_host)),
            // What cannot be read might name another host.
            Err(_) => true,
        }
    }

    /// Returns whether the common name is that of `host`, by libpq's rule: `*` stands for one label, the first.
    pub(super) fn is_named(&self, host: &str) -> bool {
        let Some(name) = self.common_name() else { return false };
        let matches = |name: &str, host: &str| !name.is_empty() && name.eq_ignore_ascii_case(host);
        match name.strip_prefix("*.") {
            Some(domain) => {
                host.split_once('.').is_some_and(|(label, rest)| !label.is_empty() && matches(domain, rest))
            }
            None => matches(&name, host),
        }
    }

    /// Returns the start and the end of its validity, in seconds since 1970.
    pub(super) fn validity(&self) -> (u64, u64) {
        let validity = &self.0.tbs_certificate.validity;
        (validity.not_before.to_unix_duration().as_secs(), validity.not_after.to_unix_duration().as_secs())
    }

    /// Returns the public key with its algorithm.
    pub(super) fn public_key(&self) -> Option<Vec<u8>> {
        self.0.tbs_certificate.subject_public_key_info.to_der().ok()
    }
}

/// Returns a moment as a date in UTC.
pub(super) fn date(moment: UnixTime) -> String {
    let moment = std::time::Duration::from_secs(moment.as_secs());
    match x509_cert::der::DateTime::from_unix_duration(moment) {
        Ok(date) => format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
        Err(_) => "an unknown day".into(),
    }
}
