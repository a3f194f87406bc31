//! The address of a server: the forms that libpq and `SQLAlchemy` accept, and the variables of libpq.

mod hosts;
mod names;
mod parts;
mod pieces;
mod tls;

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use postgres::Config;

pub(crate) use self::hosts::HostPort;
use self::hosts::PORT;
use self::parts::Parts;
use self::pieces::Pieces;
pub(crate) use self::tls::{Roots, SslMode, TlsSettings};

/// Everything needed to connect to a server. It is shown without the password.
#[derive(Clone)]
pub(crate) struct Server {
    /// Without hosts, so that each can be tried in its own way.
    config: Box<Config>,
    hosts: Vec<HostPort>,
    tls: TlsSettings,
}

impl Server {
    /// Parses what follows `postgres://`. What the address leaves open is taken from libpq's `variables`.
    ///
    /// # Errors
    ///
    /// Returns the reason, which shows nothing of the address but the names of known settings.
    pub(super) fn parse(rest: &str, variables: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let pieces = Pieces::split(rest);
        pieces.check()?;
        let mut parts = Parts::read(&pieces)?;
        parts.complete(&variables);
        let completed = parts.completed();
        Self::of(parts, &variables).map_err(|reason| {
            // What is wrong may not stand in the address at all.
            let culprit = completed.iter().find(|(name, _)| reason.contains(&format!("`{name}`")));
            culprit.map_or(reason.clone(), |(_, variable)| format!("{reason}; the variable `{variable}` sets it"))
        })
    }

    fn of(mut parts: Parts, variables: &impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let tls = TlsSettings::take(&mut parts, variables)?;
        let hosts = parts.take_hosts()?;
        Ok(Self { config: Box::new(parts.config()?), hosts, tls })
    }

    /// Returns all settings but the hosts and the encryption.
    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn config_mut(&mut self) -> &mut Config {
        &mut self.config
    }

    /// Returns the hosts, in the order in which they are tried.
    pub(crate) fn hosts(&self) -> &[HostPort] {
        &self.hosts
    }

    pub(crate) fn tls(&self) -> &TlsSettings {
        &self.tls
    }

    pub(super) fn has_password(&self) -> bool {
        self.config.get_password().is_some()
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let config = &self.config;
        f.write_str("postgres://")?;
        match (config.get_user().map(plain), self.has_password()) {
            (user, true) => write!(f, "{}:…@", user.unwrap_or_default())?,
            (Some(user), false) => write!(f, "{user}@")?,
            (None, false) => {}
        }
        let (mut hosts, mut directories) = (Vec::new(), Vec::new());
        for host in &self.hosts {
            let port = if host.port == PORT { String::new() } else { format!(":{}", host.port) };
            match (&host.name, host.address) {
                (Some(name), _) if host.is_local() => directories.push(plain(name).into_owned()),
                (Some(name), _) if name.contains(':') => hosts.push(format!("[{}]{port}", plain(name))),
                (Some(name), _) => hosts.push(format!("{}{port}", plain(name))),
                (None, Some(IpAddr::V6(address))) => hosts.push(format!("[{address}]{port}")),
                (None, address) => hosts.extend(address.map(|address| format!("{address}{port}"))),
            }
        }
        f.write_str(&hosts.join(","))?;
        write!(f, "/{}", config.get_dbname().map(plain).unwrap_or_default())?;
        if directories.is_empty() { Ok(()) } else { write!(f, "?host={}", directories.join(",")) }
    }
}

/// Returns a part of an address as it is shown: in full if it is made of the characters of names.
fn plain(part: &str) -> Cow<'_, str> {
    let is_plain = part.chars().all(|c| c.is_alphanumeric() || "-._~/: ".contains(c));
    if is_plain { part.into() } else { "…".into() }
}

#[cfg(test)]
mod tests;
