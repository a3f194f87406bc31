//! Encrypted connections: the driver's contract, fulfilled by rustls.

mod certificate;
mod fault;
mod files;
mod verifier;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use postgres::Socket;
use postgres::tls::{MakeTlsConnect, TlsConnect};
use rustls::ClientConfig;
use rustls::crypto::ring;
use tokio_postgres_rustls::MakeRustlsConnect;

use self::fault::TlsFault;
pub(super) use self::fault::fault;
use self::files::Files;
use self::verifier::Verifier;
use crate::address::{SslMode, TlsSettings};

type Inner = <MakeRustlsConnect as MakeTlsConnect<Socket>>::TlsConnect;
type Stream = <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream;

/// Makes encrypted connections. The files of certificates are read anew for each, so that renewed ones are used.
#[derive(Clone, Debug)]
pub(super) struct Tls {
    settings: TlsSettings,
}

impl Tls {
    pub(super) fn new(settings: TlsSettings) -> Self {
        Self { settings }
    }

    fn config(&self) -> Result<ClientConfig, TlsFault> {
        let files = Files::read(&self.settings)?;
        let provider = Arc::new(ring::default_provider());
        let checks_names = self.settings.mode == SslMode::VerifyFull;
        let verifier = Verifier::new(files.roots, checks_names, provider.signature_verification_algorithms);
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config =
            config.map_err(TlsFault::Handshake)?.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match files.identity {
            None => config.with_no_client_auth(),
            Some((chain, key)) => config.with_client_auth_cert(chain, key).map_err(TlsFault::Identity)?,
        };
        // Needed by `sslnegotiation=direct`.
        config.alpn_protocols = vec![b"postgresql".to_vec()];
        Ok(config)
    }
}

impl MakeTlsConnect<Socket> for Tls {
    type Stream = Stream;
    type TlsConnect = Handshake;
    type Error = TlsFault;

    // The driver calls it for connections that are not encrypted too, so that nothing is read yet.
    fn make_tls_connect(&mut self, domain: &str) -> Result<Handshake, TlsFault> {
        Ok(Handshake { tls: self.clone(), domain: domain.to_owned() })
    }
}

/// A handshake that has not begun.
pub(super) struct Handshake {
    tls: Tls,
    domain: String,
}

impl TlsConnect<Socket> for Handshake {
    type Stream = Stream;
    type Error = TlsFault;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, TlsFault>> + Send>>;

    fn connect(self, socket: Socket) -> Self::Future {
        Box::pin(async move {
            let mut connect = MakeRustlsConnect::new(self.tls.config()?);
            let Ok(handshake): Result<Inner, _> =
                MakeTlsConnect::<Socket>::make_tls_connect(&mut connect, &self.domain);
            handshake.connect(socket).await.map_err(TlsFault::of)
        })
    }
}
