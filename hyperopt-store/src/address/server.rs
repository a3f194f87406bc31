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
mod tests {
    use crate::address::Address;

    /// What is shown of an address, and the password that is found in it.
    fn read(url: &str) -> Option<(String, Option<String>)> {
        let Ok(Address::Postgres(server)) = Address::parse(url) else { return None };
        let password = server.0.get_password().map(|password| String::from_utf8_lossy(password).into_owned());
        Some((server.to_string(), password))
    }

    #[test]
    fn addresses_are_read_as_libpq_reads_them() {
        let forms = [
            ("postgres://me:secret@host:5432/db", "postgres://me:…@host/db", Some("secret")),
            ("postgres://me:secret@host:6543/db", "postgres://me:…@host:6543/db", Some("secret")),
            ("postgresql://host", "postgres://host/", None),
            ("postgresql://", "postgres:///", None),
            ("postgres://q:who?knows@host/db", "postgres://q:…@host/db", Some("who?knows")),
            ("postgres://q:who/knows@host/db", "postgres://q:…@host/db", Some("who/knows")),
            ("postgres://q:who%40knows@host/db", "postgres://q:…@host/db", Some("who@knows")),
            ("postgres://q:who:knows@host/db", "postgres://q:…@host/db", Some("who:knows")),
            ("postgres://q:100%@host/db", "postgres://q:…@host/db", Some("100%")),
            ("postgres://:secret@host/db", "postgres://:…@host/db", Some("secret")),
            ("postgres://q@host/db?password=secret&port=1", "postgres://q:…@host/db", Some("secret")),
            ("postgres://host/db?user=q&passwor%64=secret", "postgres://q:…@host/db", Some("secret")),
            ("postgres://host:5432/db?password=who@knows", "postgres://:…@host/db", Some("who@knows")),
            ("postgres://host/db?password=a:b@c&user=q", "postgres://q:…@host/db", Some("a:b@c")),
            ("postgres://[::1]:6543/db?password=who@knows", "postgres://:…@[::1]:6543/db", Some("who@knows")),
            ("postgres://q:s@one:1,two:2/db", "postgres://q:…@one:1,two:2/db", Some("s")),
            ("postgres:///db?host=/tmp&user=q&password=s", "postgres://q:…@/db?host=/tmp", Some("s")),
            ("postgresql://q:s@%2Ftmp/db", "postgres://q:…@/db?host=/tmp", Some("s")),
            ("postgres:///db?hostaddr=127.0.0.1", "postgres://127.0.0.1/db", None),
            ("postgres://me%40tenant:s@host/db", "postgres://…:…@host/db", Some("s")),
            ("postgresql+psycopg2://me:s@host/db", "postgres://me:…@host/db", Some("s")),
            ("postgresql+psycopg://me@host/db", "postgres://me@host/db", None),
            ("postgres://me@host/db?sslmode=prefer&connect_timeout=3", "postgres://me@host/db", None),
        ];
        for (url, shown, password) in forms {
            assert_eq!(read(url), Some((shown.to_owned(), password.map(ToOwned::to_owned))), "{url}");
        }
    }

    #[test]
    fn an_address_that_cannot_be_parsed_is_not_shown() {
        let forms = [
            ("host=localhost user=q password=secret", "it is a list of settings"),
            ("host=localhost password=secret:x", "it is a list of settings"),
            ("password='secret'", "it is a list of settings"),
            ("me:secret@host/db", "its scheme is unknown"),
            ("secret@host", "it has no scheme"),
            ("mysql://me:secret@host/db", "the scheme `mysql` is unknown"),
            ("POSTGRES://me:secret@host/db", "the scheme `POSTGRES` is unknown"),
            (" postgres://me:secret@host/db", "its scheme is unknown"),
            ("postgres:/me:secret@host/db", "`//` is missing"),
            ("postgres:me:secret@host/db", "`//` is missing"),
            ("postgresql+psycopg2:/me:secret@host/db", "`//` is missing"),
            ("sqlite://me:secret@host/db", "comes a host"),
            ("postgres://me:a@secret@host/db", "`%40`"),
            ("postgres://me:1/secret@host/db", "`%2F`"),
            ("postgres://host?password=secret@a", "`%3F`"),
            ("postgres://me:a@b?secret@host/db", "what follows `?`"),
            ("postgres://me@host/db?secret", "what follows `?`"),
            ("postgres://me@host/db?passwort=secret", "what follows `?`"),
            ("postgres://me@host/db?secret=1", "what follows `?`"),
            ("postgres://me@host/db?sslpassword=secret", "the setting `sslpassword` is not supported"),
            ("postgres://me@host/db?sslmode=secret", "invalid value for option `sslmode`"),
            ("postgres://me@host:secret/db", "invalid value for option `port`"),
            ("postgres://me@[secret/db", "invalid value for option `host`"),
            ("postgres://me@%FFsecret/db", "the driver cannot read it"),
        ];
        for (url, reason) in forms {
            let error = Address::parse(url).unwrap_err();
            let (shown, debug) = (error.to_string(), format!("{error:?}"));
            assert!(shown.contains(reason), "{url}: {shown}");
            assert!(!shown.contains("secret") && !debug.contains("secret"), "{url}: {shown} {debug}");
        }
    }

    /// Any password, in all places, is either understood or not shown.
    #[test]
    fn passwords_of_all_characters_are_not_shown() {
        let marks =
            ["", "@", "/", "?", ":", "#", "&", "=", "%", " ", ",", "[", "]", "%40", "+", "\\", "'", ";", "//", "@@"];
        let forms = [
            "U://q:P@host/db",
            "U://q:P@host:1/db?user=r",
            "U://host/db?password=P",
            "U://q@host/?password=P&user=r",
            "U:/q:P@host/db",
            "U:q:P@host",
            "U://q:P",
            "U://P",
            "host=h password=P",
            "U://:P@/",
            "q:P@host",
            "U://q:P@/db?host=/tmp",
        ];
        for scheme in ["postgres", "postgresql", "postgresql+asyncpg", "mysql", "Postgres"] {
            for form in forms {
                for (one, other) in marks.iter().flat_map(|one| marks.iter().map(move |other| (one, other))) {
                    let password = format!("{one}xyzzy{other}plugh");
                    let url = form.replace('P', &password).replace('U', scheme);
                    let shown = match Address::parse(&url) {
                        // Alone, the text stands for a host.
                        Ok(_) if form == "U://P" || form == "U://q:P" => continue,
                        Ok(address) => format!("{address} {address:?}"),
                        Err(error) => format!("{error} {error:?}"),
                    };
                    assert!(!shown.contains("xyzzy") && !shown.contains("plugh"), "{url}: {shown}");
                }
            }
        }
    }
}
