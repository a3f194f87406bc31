//! What is read of addresses, and what is shown of them.

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
