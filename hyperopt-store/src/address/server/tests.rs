//! What is read of addresses, and what is shown of them.

use super::{HostPort, Roots, Server, SslMode, TlsSettings};
use crate::address::Address;

/// What is shown of an address, and the password that is found in it.
fn read(url: &str) -> Option<(String, Option<String>)> {
    let Ok(Address::Postgres(server)) = Address::parse(url) else { return None };
    let password = server.config().get_password().map(|password| String::from_utf8_lossy(password).into_owned());
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
        ("postgres://q@host/db?password=secret&port=1", "postgres://q:…@host:1/db", Some("secret")),
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
        ("postgres://me:a@b?secret@host/db", "`%40`"),
        ("postgres://me@host/db?secret", "what follows `?`"),
        ("postgres://me@host/db?passwort=secret", "what follows `?`"),
        ("postgres://me@host/db?secret=1", "what follows `?`"),
        ("postgres://me@host/db?sslpassword=secret", "the setting `sslpassword` is not supported"),
        ("postgres://me@host/db?sslmode=secret", "invalid value for option `sslmode`"),
        ("postgres://me@host:secret/db", "invalid value for option `port`"),
        ("postgres://me@[secret/db", "invalid value for option `host`"),
        ("postgres://me@%FFsecret/db", "are not those of UTF-8"),
    ];
    for (url, reason) in forms {
        let error = Address::parse(url).unwrap_err();
        let (shown, debug) = (error.to_string(), format!("{error:?}"));
        assert!(shown.contains(reason), "{url}: {shown}");
        assert!(!shown.contains("secret") && !debug.contains("secret"), "{url}: {shown} {debug}");
    }
}

fn parsed(rest: &str, variables: &[(&str, &str)]) -> Result<Server, String> {
    let find =
        |name: &str| variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned());
    Server::parse(rest, find)
}

fn tls(rest: &str, variables: &[(&str, &str)]) -> TlsSettings {
    parsed(rest, variables).unwrap().tls().clone()
}

#[test]
fn encryption_has_the_names_and_defaults_of_libpq() {
    let modes = [
        ("h/d", SslMode::Prefer),
        ("h/d?sslmode=disable", SslMode::Disable),
        ("h/d?sslmode=allow", SslMode::Allow),
        ("h/d?sslmode=prefer", SslMode::Prefer),
        ("h/d?sslmode=require", SslMode::Require),
        ("h/d?sslmode=verify-ca", SslMode::VerifyCa),
        ("h/d?sslmode=verify-full", SslMode::VerifyFull),
        ("h/d?ssl=true", SslMode::Require),
        ("h/d?ssl=verify-full", SslMode::VerifyFull),
        ("h/d?sslrootcert=system", SslMode::VerifyFull),
        ("h/d?sslrootcert=ca.crt", SslMode::Prefer),
        ("h/d?sslmode=require&sslmode=verify-full&channel_binding=require", SslMode::VerifyFull),
    ];
    for (rest, mode) in modes {
        assert_eq!(tls(rest, &[]).mode, mode, "{rest}");
    }
    let all = tls("h/d?sslrootcert=%2Fetc%2Fca.crt&sslcert=me%20.crt&sslkey=me.key", &[("HOME", "/home/me")]);
    assert_eq!(all.roots, Some(Roots::File("/etc/ca.crt".into())));
    assert_eq!((all.certificate, all.key), (Some("me .crt".into()), Some("me.key".into())));
    assert_eq!(all.directory, Some("/home/me/.postgresql".into()));
    for weak in ["disable", "allow", "prefer", "require", "verify-ca"] {
        let error = parsed(&format!("h/d?sslrootcert=system&sslmode={weak}"), &[]).err().unwrap();
        assert!(error.starts_with("`sslrootcert=system` needs `sslmode=verify-full`"), "{error}");
    }
}

#[test]
fn variables_stand_for_what_the_address_leaves_open() {
    let variables = [
        ("PGHOST", "db.example.org"),
        ("PGPORT", "6543"),
        ("PGUSER", "me"),
        ("PGDATABASE", "sweeps"),
        ("PGSSLMODE", "verify-full"),
        ("PGSSLROOTCERT", "/etc/ca.crt"),
        ("PGAPPNAME", ""),
    ];
    let server = parsed("", &variables).unwrap();
    assert_eq!(server.to_string(), "postgres://me@db.example.org:6543/sweeps");
    assert_eq!(
        (server.tls().mode, &server.tls().roots),
        (SslMode::VerifyFull, &Some(Roots::File("/etc/ca.crt".into())))
    );
    let server = parsed("q@host:1/d?sslmode=require", &variables).unwrap();
    assert_eq!(server.to_string(), "postgres://q@host:1/d");
    assert_eq!(server.tls().mode, SslMode::Require);
    assert_eq!(parsed("host/d?ssl=false", &variables).unwrap().tls().mode, SslMode::Disable);
    let error = parsed("host/d", &[("PGSSLMODE", "yes")]).err().unwrap();
    assert!(
        error.contains("one of `disable`, `allow`") && error.ends_with("the variable `PGSSLMODE` sets it"),
        "{error}"
    );
    let error = parsed("", &[("PGHOST", "a"), ("PGPORT", "no")]).err().unwrap();
    assert!(error.contains("`port`") && error.ends_with("the variable `PGPORT` sets it"), "{error}");
}

#[test]
fn hosts_have_their_own_ports_and_addresses() {
    let hosts = |rest: &str| parsed(rest, &[]).map(|server| server.hosts().to_vec());
    let host = |name: &str, address: Option<&str>, port| HostPort {
        name: Some(name.to_owned()),
        address: address.map(|address| address.parse().unwrap()),
        port,
    };
    assert_eq!(hosts("a:1,b/d").unwrap(), [host("a", None, 1), host("b", None, 5432)]);
    assert_eq!(hosts("a,b/d?port=7").unwrap(), [host("a", None, 7), host("b", None, 7)]);
    assert_eq!(hosts("a/d?hostaddr=127.0.0.1").unwrap(), [host("a", Some("127.0.0.1"), 5432)]);
    assert!(hosts("/d?host=/tmp").unwrap()[0].is_local());
    assert_eq!(hosts("/d").unwrap(), []);
    assert!(hosts("a,b/d?port=1,2,3").err().unwrap().contains("`port` lists 3 for 2 hosts"));
    assert!(hosts("a,b/d?hostaddr=127.0.0.1").err().unwrap().contains("`hostaddr` lists 1"));
}

/// Each is a piece of a password that has not been escaped.
#[test]
fn what_ends_a_password_too_early_is_answered_with_its_escape() {
    for password in ["a@b", "a@b:c", "a@b/c", "a@b?c", "a@b#c", "@", "1/b", "a@b?c=d@e", "a@b/c?d"] {
        let error = parsed(&format!("me:{password}@host/db"), &[]).err();
        let error = error.unwrap_or_else(|| panic!("{password} is read"));
        assert!(error.contains("`@` as `%40`, `/` as `%2F`"), "{password}: {error}");
    }
    for password in ["a:b", "a/b", "a?b", "a#b", "100%"] {
        let server = parsed(&format!("me:{password}@host/db"), &[]).unwrap();
        assert_eq!(server.config().get_password(), Some(password.as_bytes()));
        assert_eq!(server.to_string(), "postgres://me:…@host/db");
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
