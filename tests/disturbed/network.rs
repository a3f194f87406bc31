//! A network that loses connections, refuses new ones, or says nothing any more.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread;
use std::time::Duration;

use crate::run::{Result, Run, Scratch, Shape, all_work, server};

/// All is passed on.
const WHOLE: u8 = 0;
/// Connections are closed, and no new one is made.
const CUT: u8 = 1;
/// Nothing is passed on, and nothing is closed.
const SILENT: u8 = 2;
const GONE: u8 = 3;
/// All is passed on, late.
const SLOW: u8 = 4;
/// The clients are told that no more answers come, and can still ask.
const DEAF: u8 = 5;
/// The server is told that no more is asked, and can still answer.
const MUTE: u8 = 6;
/// Half of each message is passed on, and then its connection is closed.
const TORN: u8 = 7;
/// Connections are closed between a commit and its answer.
const COMMITTED: u8 = 8;

const LOOK: Duration = Duration::from_millis(5);

/// The network between the processes and the server.
struct Network {
    url: String,
    state: Arc<AtomicU8>,
}

impl Network {
    fn new(url: &str) -> Result<Self> {
        let (user, rest) = url.rsplit_once('@').ok_or("no user")?;
        let (server, database) = rest.split_once('/').ok_or("no database")?;
        let mut listener = Some(TcpListener::bind("127.0.0.1:0")?);
        let address = listener.as_ref().ok_or("no listener")?.local_addr()?;
        let (state, server) = (Arc::new(AtomicU8::new(WHOLE)), server.to_owned());
        let seen = Arc::clone(&state);
        thread::spawn(move || {
            loop {
                match seen.load(Ordering::SeqCst) {
                    GONE => return,
                    CUT => listener = None,
                    _ => {
                        let open = listener.get_or_insert_with(|| TcpListener::bind(address).unwrap());
                        open.set_nonblocking(true).unwrap();
                        if let Ok((client, _)) = open.accept() {
                            join(&client, &server, &seen);
                        }
                    }
                }
                thread::sleep(LOOK);
            }
        });
        Ok(Self { url: at(user, address, database), state })
    }

    fn becomes(&self, state: u8, duration: Duration) {
        self.state.store(state, Ordering::SeqCst);
        thread::sleep(duration);
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.state.store(GONE, Ordering::SeqCst);
    }
}

fn at(user: &str, address: SocketAddr, database: &str) -> String {
    format!("{user}@{address}/{database}")
}

/// One direction of a connection.
struct Way {
    from: TcpStream,
    to: TcpStream,
    is_to_server: bool,
    state: Arc<AtomicU8>,
    /// Whether a commit has been passed on, of which no answer may be.
    has_committed: Arc<AtomicBool>,
}

fn join(client: &TcpStream, server: &str, state: &Arc<AtomicU8>) {
    client.set_nonblocking(false).unwrap();
    let server = TcpStream::connect(server).unwrap();
    let has_committed = Arc::<AtomicBool>::default();
    for (from, to, is_to_server) in [(client, &server, true), (&server, client, false)] {
        let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
        let (state, has_committed) = (Arc::clone(state), Arc::clone(&has_committed));
        let way = Way { from, to, is_to_server, state, has_committed };
        thread::spawn(move || {
            let _ = way.pass_on();
            // The other direction may have done it.
            let _ = way.from.shutdown(Shutdown::Both);
            let _ = way.to.shutdown(Shutdown::Both);
        });
    }
}

impl Way {
    /// Until one end is closed, or the network is cut.
    fn pass_on(&self) -> std::io::Result<()> {
        self.from.set_read_timeout(Some(4 * LOOK))?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = match (&self.from).read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(read) => read,
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => 0,
                Err(error) => return Err(error),
            };
            let state = || self.state.load(Ordering::SeqCst);
            while state() == SILENT {
                thread::sleep(LOOK);
            }
            let (message, mut to) = (&buffer[..read], &self.to);
            match state() {
                CUT | GONE => return Ok(()),
                SLOW if read > 0 => thread::sleep(4 * LOOK),
                DEAF if !self.is_to_server => return self.close_half(),
                MUTE if self.is_to_server => return self.close_half(),
                TORN if read > 0 => return to.write_all(&message[..read / 2]),
                COMMITTED if self.is_to_server && message.windows(6).any(|word| word == b"COMMIT") => {
                    self.has_committed.store(true, Ordering::SeqCst);
                }
                _ => {}
            }
            // What has been answered in the meantime is that of the commit.
            if !self.is_to_server && read > 0 && self.has_committed.load(Ordering::SeqCst) {
                return Ok(());
            }
            to.write_all(message)?;
        }
    }

    /// Closes this direction, and takes what still comes.
    fn close_half(&self) -> std::io::Result<()> {
        self.to.shutdown(Shutdown::Write)?;
        self.from.set_read_timeout(Some(40 * LOOK))?;
        std::io::copy(&mut &self.from, &mut std::io::sink()).map(|_| ())
    }
}

#[test]
fn a_network_that_comes_back_is_waited_for() -> Result<()> {
    let Some(url) = server() else { return Ok(()) };
    let short = Duration::from_millis(400);
    let faults = [
        ("whole", &[][..]),
        ("cut", &[CUT]),
        ("silent", &[SILENT]),
        // As where a router forgets its connections: what was silent is lost.
        ("forgetful", &[SILENT, CUT]),
        ("slow", &[SLOW]),
        ("half-closed", &[DEAF, WHOLE, MUTE]),
        ("torn", &[TORN]),
        ("committed", &[COMMITTED]),
    ];
    for (name, states) in faults {
        for shape in [Shape::Counted, Shape::Hyperband] {
            let network = Network::new(&url)?;
            let name = format!("network-{name}-{shape:?}");
            let mut run = Run::new(&network.url, &format!("{name}-{}", std::process::id()));
            // They live all the time, so nothing may be taken away from them.
            (run.shape, run.trials, run.pause, run.retries) = (shape, 80, 8_000, 0);
            let direct = Run { url: url.clone(), ..run.clone() };
            run.survives(&Scratch::new(&name)?, |workers| {
                all_work(workers)?;
                for again in 0..2 {
                    direct.reaches(12 + 12 * again)?;
                    for &state in states {
                        network.becomes(state, short);
                    }
                    network.becomes(WHOLE, Duration::ZERO);
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}

#[test]
fn a_network_that_stays_away_is_named() -> Result<()> {
    let Some(url) = server() else { return Ok(()) };
    let scratch = Scratch::new("away")?;
    let network = Network::new(&url)?;
    let mut run = Run::new(&network.url, &format!("away-{}", std::process::id()));
    run.patience = Duration::from_millis(300);
    let direct = Run { url: url.clone(), ..run.clone() };
    let worker = run.start(&scratch, &[])?;
    direct.reaches(10)?;
    network.becomes(CUT, Duration::ZERO);
    let said = worker.fails()?;
    assert!(said.contains("is the server running, and can it be reached from here"), "{said}");
    assert!(said.contains("`.patience(…)`") && !said.contains("secret-of-tests"), "{said}");
    network.becomes(WHOLE, Duration::ZERO);
    direct.survives(&scratch, |_| Ok(()))
}
