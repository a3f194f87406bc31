//! Encrypted connections to a server with an authority of its own, whose certificate is good, or is not.

use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use hyperopt_store::Study;

use crate::database::{all_complete, client, database, opened};
use crate::worker::Worker;

/// A server of this test alone, which encrypts.
struct Server {
    folder: PathBuf,
    port: String,
}

impl Server {
    /// `None` without a server.
    fn start() -> Option<Self> {
        if std::env::var_os("HYPEROPT_TEST_POSTGRES").is_none() {
            eprintln!("left out: HYPEROPT_TEST_POSTGRES names no server");
            return None;
        }
        let folder = std::env::temp_dir().join(format!("hyperopt-encryption-{}", std::process::id()));
        let mut server = Self { folder, port: String::new() };
        let url = server.run("start");
        let (_, place) = url.rsplit_once('@').unwrap();
        server.port = place.split([':', '/']).nth(1).unwrap().into();
        server.run("certify");
        Some(server)
    }

    fn run(&self, what: &str) -> String {
        let server = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres/server");
        let output = Command::new(server).arg(what).arg(&self.folder).output().unwrap();
        let shown = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{what}: {shown} {}", String::from_utf8_lossy(&output.stderr));
        shown.trim().to_owned()
    }

    fn file(&self, name: &str) -> String {
        self.folder.join("certificates").join(name).display().to_string()
    }

    /// The server presents another certificate from now on.
    fn present(&self, name: &str) {
        let (certificate, key) = (self.file(&format!("{name}.crt")), self.file(&format!("{name}.key")));
        let url = self.url("hyperopt@localhost", "sslmode=disable");
        for (setting, file) in [("ssl_cert_file", &certificate), ("ssl_key_file", &key)] {
            client(&url).batch_execute(&format!("ALTER SYSTEM SET {setting} = '{file}'")).unwrap();
        }
        client(&url).batch_execute("SELECT pg_reload_conf()").unwrap();
        for _ in 0..500 {
            let found: String = client(&url).query_one("SHOW ssl_key_file", &[]).unwrap().get(0);
            if found == key {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not read {key}");
    }

    /// In `settings`, `FILES` stands for the directory of the certificates.
    fn url(&self, user: &str, settings: &str) -> String {
        let (user, host) = user.split_once('@').unwrap();
        let settings = settings.replace("FILES", &self.file(""));
        format!("postgresql://{user}:secret-of-tests@{host}:{}/hyperopt?{settings}", self.port)
    }

    fn works(&self, user: &str, settings: &str) {
        if let Err(error) = connect(&self.url(user, settings)) {
            panic!("{user} with {settings}: {error}");
        }
    }

    /// Each of `parts` is in the message.
    fn fails(&self, user: &str, settings: &str, parts: &[&str]) {
        let Err(error) = connect(&self.url(user, settings)) else { panic!("{user} with {settings} connects") };
        assert!(parts.iter().all(|part| error.contains(part)), "{user} with {settings}: {error}");
        assert!(!error.contains("secret-of-tests"), "{error}");
        let of_credentials = "check the user and the password";
        assert!(parts.contains(&of_credentials) || !error.contains(of_credentials), "{user} with {settings}: {error}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run("stop");
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn connect(url: &str) -> Result<(), String> {
    Study::open(url).and_then(|study| study.list()).map(drop).map_err(|error| error.to_string())
}

/// Not a test of its own: connects with the variables that [`child_with`] has set.
#[test]
fn child() {
    let Ok(url) = std::env::var("HYPEROPT_CHILD_OF_ENCRYPTION") else { return };
    connect(&url).unwrap();
}

/// Whether another process connects, with these variables.
fn child_with(url: &str, variables: &[(&str, &str)]) -> bool {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "encryption::child", "--test-threads=1"]).env("HYPEROPT_CHILD_OF_ENCRYPTION", url);
    command.envs(variables.iter().copied()).output().unwrap().status.success()
}

#[test]
fn connections_are_encrypted_as_the_address_says() {
    let Some(server) = Server::start() else { return };
    modes(&server);
    authorities(&server);
    clients(&server);
    certificates(&server);
    server.present("good");
    let url =
        server.url("encrypted@localhost", "sslmode=verify-full&sslrootcert=FILES/root.crt&channel_binding=require");
    assert_eq!(Worker::new(opened(&url, |study| study)).run(20).len(), 20);
    all_complete(&server.url("hyperopt@localhost", "sslmode=disable"), 20);
}

/// The user `encrypted` has to be, the user `plain` must not be.
fn modes(server: &Server) {
    for (mode, encrypted, plain) in [
        ("", true, true),
        ("sslmode=disable", false, true),
        ("sslmode=allow", true, true),
        ("sslmode=prefer", true, true),
        ("sslmode=require", true, false),
        ("sslmode=verify-full&sslrootcert=FILES/root.crt", true, false),
    ] {
        if encrypted {
            server.works("encrypted@localhost", mode);
        } else {
            server.fails("encrypted@localhost", mode, &["no encryption", "`sslmode=require`"]);
        }
        if plain {
            server.works("plain@localhost", mode);
        } else {
            server.fails("plain@localhost", mode, &["pg_hba.conf"]);
        }
    }
    server.works("encrypted@localhost", "channel_binding=require");
    server.works("encrypted@localhost", "channel_binding=disable");
    let unbound = ["channel binding needs an encrypted connection"];
    server.fails("plain@localhost", "sslmode=disable&channel_binding=require", &unbound);
    let wrong = server.url("encrypted@localhost", "").replace("secret-of-tests", "guessed");
    let error = connect(&wrong).unwrap_err();
    assert!(
        error.contains("password authentication failed") && error.contains("check the user and the password"),
        "{error}"
    );
    server.fails("nobody@localhost", "", &["check the user and the password"]);
    let missing = server.url("encrypted@localhost", "").replace(":secret-of-tests", "");
    let error = connect(&missing).unwrap_err();
    assert!(error.contains("write it in the address, or in `PGPASSWORD`"), "{error}");
    let variables =
        [("PGPASSWORD", "secret-of-tests"), ("PGSSLMODE", "verify-full"), ("PGSSLROOTCERT", &server.file("root.crt"))];
    assert!(child_with(&missing, &variables));
    assert!(!child_with(&missing, &[variables[0], ("PGSSLMODE", "disable")]));
}

fn authorities(server: &Server) {
    let ours = "&sslrootcert=FILES/root.crt";
    for mode in ["sslmode=require", "sslmode=verify-ca", "sslmode=verify-full"] {
        server.works("encrypted@localhost", &format!("{mode}{ours}"));
        server.works("encrypted@127.0.0.1", &format!("{mode}{ours}"));
        let other = format!("{mode}&sslrootcert=FILES/other.crt");
        let parts = ["signed by an authority that is not among those in", "other.crt", "write `sslrootcert=FILE`"];
        server.fails("encrypted@localhost", &other, &parts);
    }
    // What is preferred fails, and the server takes the rest, or refuses it.
    server.works("plain@localhost", "sslrootcert=FILES/other.crt");
    server.fails("encrypted@localhost", "sslrootcert=FILES/other.crt", &["other.crt"]);
    server.fails("encrypted@localhost", "sslmode=verify-ca", &["there is none", "`sslmode=verify-full`"]);
    let untrusted = ["not among those that the system trusts", "write `sslrootcert=FILE`"];
    server.fails("encrypted@localhost", "sslrootcert=system", &untrusted);
    server.fails("encrypted@localhost", "sslmode=verify-full", &untrusted);
    let system = server.url("encrypted@localhost", "sslrootcert=system");
    assert!(child_with(&system, &[("SSL_CERT_FILE", &server.file("root.crt"))]));
    assert!(!child_with(&system, &[("SSL_CERT_FILE", &server.file("other.crt"))]));
    server.fails(
        "plain@localhost",
        "sslrootcert=/no/such.crt",
        &["`sslrootcert`, the file /no/such.crt", "cannot be read"],
    );
    server.fails("encrypted@localhost", "sslrootcert=FILES/root.key", &["no certificate in PEM"]);
    // The file of the user's home.
    let home = server.folder.join("home");
    std::fs::create_dir_all(home.join(".postgresql")).unwrap();
    std::fs::copy(server.file("other.crt"), home.join(".postgresql/root.crt")).unwrap();
    let required = server.url("encrypted@localhost", "sslmode=require");
    assert!(!child_with(&required, &[("HOME", home.to_str().unwrap())]));
    std::fs::copy(server.file("root.crt"), home.join(".postgresql/root.crt")).unwrap();
    assert!(child_with(&required, &[("HOME", home.to_str().unwrap())]));
}

fn clients(server: &Server) {
    let user = "certified@localhost";
    let wanted = ["write `sslcert=FILE&sslkey=FILE`"];
    server.fails(user, "sslmode=require", &wanted);
    server.works(user, "sslmode=require&sslcert=FILES/client.crt&sslkey=FILES/client.key");
    let stranger = "sslmode=require&sslcert=FILES/stranger.crt&sslkey=FILES/stranger.key";
    server.fails(user, stranger, &["the server refuses the certificate of this client", wanted[0]]);
    let key = |name: &str| format!("sslmode=require&sslcert=FILES/client.crt&sslkey=FILES/{name}");
    server.fails(
        user,
        "sslmode=require&sslcert=FILES/client.crt",
        &["the key to it is missing", "write `sslkey=FILE` too"],
    );
    server.fails(user, &key("stranger.key"), &["`sslcert` and `sslkey`"]);
    server.fails(user, &key("keyless.pem"), &["no private key in PEM"]);
    server.fails(user, &key("locked.key"), &["it is encrypted", "openssl pkey"]);
    server.fails(user, &key("no.key"), &["no.key", "cannot be read"]);
    #[cfg(unix)]
    server.fails(user, &key("open.key"), &["others can read it (mode 0644)", "chmod 600"]);
}

fn certificates(server: &Server) {
    let full = "sslmode=verify-full&sslrootcert=FILES/root.crt";
    let chain = "sslmode=verify-ca&sslrootcert=FILES/root.crt";
    server.present("expired");
    for mode in [full, chain] {
        server.fails("encrypted@localhost", mode, &["has expired on 20", "renew it on the server"]);
    }
    server.works("encrypted@localhost", "sslmode=require");
    server.present("wrong");
    let wrong = ["is for `db.example.org`, and not for `localhost`", "`hostaddr=`", "`sslmode=verify-ca`"];
    server.fails("encrypted@localhost", full, &wrong);
    // The advice.
    server.works("encrypted@localhost", chain);
    server.works("encrypted@db.example.org", &format!("{full}&hostaddr=127.0.0.1"));
    server.present("named");
    server.works("encrypted@localhost", full);
    server.fails("encrypted@127.0.0.1", full, &["is for `localhost`, and not for `127.0.0.1`"]);
    server.present("old");
    server.works("encrypted@localhost", "sslmode=require");
    server.fails("encrypted@localhost", full, &["version 1 of X.509", "`subjectAltName`"]);
    server.present("self");
    server.works("encrypted@localhost", "sslmode=require");
    server.fails("encrypted@localhost", full, &["signed by itself", "a copy of that certificate"]);
    server.works("encrypted@localhost", "sslmode=verify-full&sslrootcert=FILES/self.crt");
    server.fails("encrypted@127.0.0.1", "sslmode=verify-full&sslrootcert=FILES/self.crt", &["not for `127.0.0.1`"]);
}

#[test]
fn a_server_that_does_not_encrypt_is_named() {
    let Some(url) = database("unencrypted") else { return };
    let error = connect(&format!("{url}?sslmode=verify-full&sslrootcert=system")).unwrap_err();
    assert!(error.contains("does not support TLS") && error.contains("`ssl = on`"), "{error}");
    assert!(error.contains("`sslmode=prefer` instead of `verify-full`"), "{error}");
    connect(&format!("{url}?sslmode=prefer")).unwrap();
}
