//! The hosts of an address.

use std::net::IpAddr;

use postgres::Config;

use super::names::invalid;

/// The port of a host that has none.
pub(super) const PORT: u16 = 5432;

/// A host to connect to: at least one of its name and its address is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HostPort {
    /// A name or, if it begins with `/`, the directory of a socket.
    pub(crate) name: Option<String>,
    pub(crate) address: Option<IpAddr>,
    pub(crate) port: u16,
}

impl HostPort {
    /// Returns whether the server is reached through a socket of this machine, where nothing is encrypted.
    pub(crate) fn is_local(&self) -> bool {
        self.name.as_deref().is_some_and(|name| name.starts_with('/'))
    }

    /// Returns `config` for this host alone.
    pub(crate) fn config(&self, config: &Config) -> Config {
        let mut config = config.clone();
        match (&self.name, self.address) {
            (Some(name), _) => config.host(name),
            // The certificate is compared with it.
            (None, Some(address)) => config.host(&address.to_string()),
            (None, None) => &mut config,
        };
        if let Some(address) = self.address {
            config.hostaddr(address);
        }
        config.port(self.port);
        config
    }
}

/// Returns the hosts with these names, addresses and ports, of which each may be empty.
pub(super) fn hosts(names: &[String], addresses: &[String], ports: &[String]) -> Result<Vec<HostPort>, String> {
    let addresses = addresses
        .iter()
        .map(|address| match address.as_str() {
            "" => Ok(None),
            address => address.parse::<IpAddr>().map(Some).map_err(|_| invalid("hostaddr")),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let ports = ports
        .iter()
        .map(|port| if port.is_empty() { Ok(PORT) } else { port.parse().map_err(|_| invalid("port")) })
        .collect::<Result<Vec<u16>, _>>()?;
    let count = names.len().max(addresses.len());
    if !names.is_empty() && !addresses.is_empty() && names.len() != addresses.len() {
        return Err(format!("`host` lists {} and `hostaddr` lists {}", names.len(), addresses.len()));
    }
    if ports.len() > 1 && ports.len() != count {
        return Err(format!("`port` lists {} for {count} hosts: write one, or one for each", ports.len()));
    }
    let host = |index: usize| HostPort {
        name: names.get(index).filter(|name| !name.is_empty()).cloned(),
        address: addresses.get(index).copied().flatten(),
        port: ports.get(index).or(ports.first()).copied().unwrap_or(PORT),
    };
    let hosts: Vec<_> = (0..count).map(host).collect();
    if hosts.iter().any(|host| host.name.is_none() && host.address.is_none()) {
        return Err("a host in the list is empty".into());
    }
    Ok(hosts)
}

/// Returns the name and the port of a host; an address of IPv6 stands in brackets.
pub(super) fn split_host(host: &str) -> Result<(&str, &str), String> {
    let (name, port) = match host.strip_prefix('[') {
        Some(host) => host.split_once(']').ok_or_else(|| invalid("host"))?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    match port.strip_prefix(':') {
        Some(port) => Ok((name, port)),
        None if port.is_empty() => Ok((name, "")),
        None => Err(invalid("host")),
    }
}
