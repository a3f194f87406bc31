//! The first steps of a connection: which host, encrypted or not, and whether a session is this process's own.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use postgres::config::{LoadBalanceHosts, SslMode as Driver};
use postgres::error::SqlState;
use postgres::{Client, Config, Error, SimpleQueryMessage};

use super::tls::Tls;
use super::transient::is_busy;
use crate::address::{HostPort, Server, SslMode};

/// Connects to the first host that takes the connection.
pub(super) fn connect(server: &Server, config: &Config) -> Result<Client, Error> {
    let mut hosts: Vec<&HostPort> = server.hosts().iter().collect();
    if config.get_load_balance_hosts() == LoadBalanceHosts::Random {
        let random = RandomState::new();
        hosts.sort_by_cached_key(|host| random.hash_one((&host.name, host.address, host.port)));
    }
    let mut failed = None;
    for host in hosts {
        match connect_host(server, host, &host.config(config)) {
            Ok(client) => return Ok(client),
            Err(error) => failed = Some(error),
        }
    }
    match failed {
        Some(error) => Err(error),
        // The driver says that there is none.
        None => config.connect(Tls::new(server.tls().clone())),
    }
}

/// Connects to a host, encrypted or not, as libpq would.
fn connect_host(server: &Server, host: &HostPort, config: &Config) -> Result<Client, Error> {
    let connect = |mode| {
        let mut config = config.clone();
        config.ssl_mode(mode);
        config.connect(Tls::new(server.tls().clone()))
    };
    match server.tls().mode {
        // A socket of this machine is not encrypted, whatever is asked for.
        _ if host.is_local() => connect(Driver::Disable),
        SslMode::Disable => connect(Driver::Disable),
        SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => connect(Driver::Require),
        // The error of the encrypted attempt is that of the connection which the server would take.
        SslMode::Allow => match connect(Driver::Disable) {
            Err(error) if is_refused(&error) => connect(Driver::Require),
            done => done,
        },
        SslMode::Prefer => match connect(Driver::Prefer) {
            Err(error) if is_refused(&error) || is_handshake(&error) => {
                connect(Driver::Disable).map_err(|plain| if is_refused(&plain) { error } else { plain })
            }
            done => done,
        },
    }
}

/// Returns whether the server might take the same user over a connection of the other kind. A wrong password is wrong on both,
/// and is not sent twice.
fn is_refused(error: &Error) -> bool {
    error.code().is_some_and(|code| *code != SqlState::INVALID_PASSWORD && !is_busy(error))
}

fn is_handshake(error: &Error) -> bool {
    super::tls::fault(error).is_some_and(|fault| fault.is_handshake)
}

/// Returns whether a pooler or the server may have refused the settings of the session, rather than the user or the database.
pub(super) fn may_refuse_options(error: &Error) -> bool {
    error.code().is_some_and(|code| {
        !code.code().starts_with("28") && *code != SqlState::INVALID_CATALOG_NAME && !is_busy(error)
    })
}

/// Returns a text that no other connection has.
pub(super) fn token() -> String {
    format!("{:016x}", RandomState::new().hash_one(std::process::id()))
}

/// Returns the process of the session on the server, if the session is that which `token` was sent for. Behind a pooler that
/// lends sessions for single transactions, it is another one.
pub(super) fn own_backend(client: &mut Client, token: &str) -> Result<Option<i32>, Error> {
    let found = client.simple_query("SELECT current_setting('hyperopt.session', true), pg_backend_pid()")?;
    let row = found.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    let own = row.filter(|row| row.get(0) == Some(token));
    Ok(own.and_then(|row| row.get(1)).and_then(|backend| backend.parse().ok()))
}
