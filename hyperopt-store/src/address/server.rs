//! The address of a server: the forms that libpq and `SQLAlchemy` accept, read by the parser of the driver.

use std::borrow::Cow;
use std::fmt;

use postgres::Config;
use postgres::config::Host;

/// The port that is not shown.
const PORT: u16 = 5432;

/// Settings of libpq that the driver does not have.
const MISSING: [&str; 25] = [
    "channelbinding",
    "client_encoding",
    "fallback_application_name",
    "gssdelegation",
    "gssencmode",
    "gsslib",
    "krbsrvname",
    "passfile",
    "replication",
    "require_auth",
    "requiressl",
    "requirepeer",
    "service",
    "servicefile",
    "ssl",
    "sslcert",
    "sslcertmode",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslpassword",
    "sslrootcert",
    "sslsni",
    "ssl_min_protocol_version",
];

/// Everything needed to connect to a server. It is shown without the password.
#[derive(Clone)]
pub(crate) struct Server(Box<Config>);

impl Server {
    /// Parses what follows `postgres://`.
    ///
    /// # Errors
    ///
    /// Returns the reason, which shows nothing of the address but the names of known settings.
    pub(super) fn parse(rest: &str) -> Result<Self, String> {
        let parts = Parts::split(rest);
        parts.check()?;
        // The driver's parser looks for `@` everywhere; here it finds the one behind the user.
        let config = parts.quoted().parse::<Config>().map_err(|error| parts.reason(&error))?;
        Ok(Self(Box::new(config)))
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0
    }

    pub(super) fn has_password(&self) -> bool {
        self.0.get_password().is_some()
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let config = &self.0;
        f.write_str("postgres://")?;
        match (config.get_user().map(plain), self.has_password()) {
            (user, true) => write!(f, "{}:…@", user.unwrap_or_default())?,
            (Some(user), false) => write!(f, "{user}@")?,
            (None, false) => {}
        }
        let (mut hosts, mut directories) = (Vec::new(), Vec::new());
        for (index, host) in config.get_hosts().iter().enumerate() {
            let ports = config.get_ports();
            let port = ports.get(index).or(ports.first()).filter(|port| **port != PORT);
            let port = port.map(|port| format!(":{port}")).unwrap_or_default();
            match host {
                Host::Tcp(name) if name.contains(':') => hosts.push(format!("[{}]{port}", plain(name))),
                Host::Tcp(name) => hosts.push(format!("{}{port}", plain(name))),
                #[cfg(unix)]
                Host::Unix(path) => directories.push(plain(&path.to_string_lossy()).into_owned()),
            }
        }
        if hosts.is_empty() {
            hosts.extend(config.get_hostaddrs().iter().map(ToString::to_string));
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

/// The parts of an address after `postgres://`, as they were written.
struct Parts<'a> {
    user: Option<&'a str>,
    password: Option<&'a str>,
    hosts: &'a str,
    /// With its `/`.
    path: &'a str,
    /// The settings, without the `?`.
    query: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn split(rest: &'a str) -> Self {
        let (credentials, rest) = match rest.split_once('@') {
            // As libpq does; Python's programs let a password contain `/` too.
            Some((before, after)) if before.split_once('/').is_none_or(|(hosts, _)| !are_hosts(hosts)) => {
                (Some(before), after)
            }
            _ => (None, rest),
        };
        let (user, password) = match credentials.map(|credentials| credentials.split_once(':').ok_or(credentials)) {
            None => (None, None),
            Some(Ok((user, password))) => (Some(user), Some(password)),
            Some(Err(user)) => (Some(user), None),
        };
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (rest, None),
        };
        let (hosts, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Self { user, password, hosts, path, query }
    }

    /// Refuses `@`, `/` and `?` where they are probably characters of a password that ended too early.
    fn check(&self) -> Result<(), String> {
        let is_torn = self.user.is_some_and(|user| user.contains(['/', '?']))
            || self.hosts.contains('@')
            || self.path.contains('@');
        if is_torn {
            return Err(
                "a password, or another part of it, contains `@`, `/` or `?`, which are written `%40`, `%2F` and \
                        `%3F`"
                    .into(),
            );
        }
        Ok(())
    }

    /// The whole address, in which `@` follows the user and stands nowhere else.
    fn quoted(&self) -> String {
        let mut url = "postgres://".to_owned();
        if let Some(user) = self.user {
            url += user;
            if let Some(password) = self.password {
                url.push(':');
                url += password;
            }
            url.push('@');
        }
        url += self.hosts;
        url += self.path;
        if let Some(query) = self.query {
            url.push('?');
            url += &query.replace('@', "%40");
        }
        url
    }

    /// The reason why the driver refuses the address. Its own message may quote what it takes for the name of a setting.
    fn reason(&self, error: &postgres::Error) -> String {
        let mut names =
            self.query.into_iter().flat_map(|query| query.split('&')).filter_map(|setting| setting.split_once('='));
        let source = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        if source.starts_with("invalid value for option") {
            return format!("the driver says: {source}");
        }
        match names.find_map(|(name, _)| MISSING.iter().find(|missing| **missing == name)) {
            Some(name) => format!("the setting `{name}` is not supported"),
            None if self.query.is_some() => "what follows `?` is not `setting=value`, or the setting is unknown".into(),
            None => "the driver cannot read it".into(),
        }
    }
}

/// Whether `text` is a list of hosts, each with a port or none.
fn are_hosts(text: &str) -> bool {
    text.split(',').all(|host| {
        let name_ends = host.find(']').map_or(0, |bracket| bracket + 1);
        host[name_ends..].split_once(':').is_none_or(|(_, port)| port.chars().all(|c| c.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests;
