//! The names of settings and variables of libpq.

use percent_encoding::percent_decode_str;

/// Settings that are read by the driver or here.
pub(super) const KNOWN: [&str; 25] = [
    "application_name",
    "channel_binding",
    "connect_timeout",
    "dbname",
    "gssencmode",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "load_balance_hosts",
    "options",
    "password",
    "port",
    "ssl",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslrootcert",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
    // What Prisma's addresses say; a pooler is recognised without it.
    "pgbouncer",
];

/// Settings of libpq that are not supported.
pub(super) const MISSING: [&str; 22] = [
    "channelbinding",
    "client_encoding",
    "fallback_application_name",
    "gssdelegation",
    "gsslib",
    "keepalives_count",
    "krbsrvname",
    "passfile",
    "replication",
    "require_auth",
    "requiressl",
    "requirepeer",
    "service",
    "servicefile",
    "sslcertmode",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslpassword",
    "sslsni",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
];

/// The variables of libpq that are read, except `PGPASSWORD`, which is read when a connection is made.
pub(super) const VARIABLES: [(&str, &str); 16] = [
    ("application_name", "PGAPPNAME"),
    ("channel_binding", "PGCHANNELBINDING"),
    ("connect_timeout", "PGCONNECT_TIMEOUT"),
    ("dbname", "PGDATABASE"),
    ("host", "PGHOST"),
    ("hostaddr", "PGHOSTADDR"),
    ("load_balance_hosts", "PGLOADBALANCEHOSTS"),
    ("options", "PGOPTIONS"),
    ("port", "PGPORT"),
    ("sslcert", "PGSSLCERT"),
    ("sslkey", "PGSSLKEY"),
    ("sslmode", "PGSSLMODE"),
    ("sslnegotiation", "PGSSLNEGOTIATION"),
    ("sslrootcert", "PGSSLROOTCERT"),
    ("target_session_attrs", "PGTARGETSESSIONATTRS"),
    ("user", "PGUSER"),
];

/// Returns whether `name`, as it is written in an address, is that of a setting of libpq.
pub(super) fn is_setting(name: &str) -> bool {
    let name = percent_decode_str(name).decode_utf8_lossy();
    KNOWN.contains(&&*name) || MISSING.contains(&&*name)
}

/// Returns the reason why the value of a setting is refused. The value may be a piece of a password.
pub(super) fn invalid(name: &str) -> String {
    format!("invalid value for option `{name}`")
}
