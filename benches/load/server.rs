//! What the server does meanwhile, and what is in the study afterwards.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::process;
use std::thread;
use std::time::{Duration, Instant};

use hyperopt::State;
use hyperopt_store::Study;
use postgres::{Client, NoTls};

use crate::worker::Worked;

/// The processors that were busy, and the sessions on the server.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Load {
    pub(crate) server: f64,
    pub(crate) pooler: f64,
    /// Of the workers.
    pub(crate) own: f64,
    /// The largest number.
    pub(crate) sessions: usize,
    /// The mean number of those that waited for a lock.
    pub(crate) waiting: f64,
}

/// Looks at the server ten times a second.
pub(crate) struct Watch {
    server: String,
    client: Client,
    pooler: Option<i32>,
}

impl Watch {
    /// `url` is the address of the workers, whose pooler the tests' `server pool` has started.
    pub(crate) fn new(server: &str, url: &str) -> Result<Self, postgres::Error> {
        let port = url.rsplit_once(':').and_then(|(_, rest)| rest.split('/').next()).unwrap_or_default();
        let place = format!("/pool-{port}/");
        Ok(Self { server: server.to_owned(), client: Client::connect(server, NoTls)?, pooler: find(&place) })
    }

    pub(crate) fn look(&mut self, duration: Duration) -> Load {
        let sql = "SELECT pid, wait_event_type IS NOT DISTINCT FROM 'Lock' FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let (start, own) = (Instant::now(), ticks(process::id() as i32));
        let pooled = self.pooler.map_or(0, ticks);
        let mut before = BTreeMap::new();
        let (mut sessions, mut waits, mut looks) = (0, 0, 0);
        loop {
            let rows = self.client.query(sql, &[]).unwrap_or_default();
            if rows.is_empty() && self.client.is_closed() {
                // It has crashed.
                if let Ok(client) = Client::connect(&self.server, NoTls) {
                    self.client = client;
                }
            }
            for row in &rows {
                let pid = row.get(0);
                before.entry(pid).or_insert_with(|| (ticks(pid), 0)).1 = ticks(pid);
                waits += u32::from(row.get::<_, bool>(1));
            }
            looks += 1;
            sessions = sessions.max(rows.len());
            if start.elapsed() >= duration {
                break;
            }
            thread::sleep(Duration::from_millis(100).min(duration.saturating_sub(start.elapsed())));
        }
        // A tick is 10 ms on all common systems.
        let busy = |ticks: u64| ticks as f64 / 100.0 / start.elapsed().as_secs_f64();
        Load {
            server: busy(before.values().map(|(from, to)| to.saturating_sub(*from)).sum()),
            pooler: busy(self.pooler.map_or(0, ticks).saturating_sub(pooled)),
            own: busy(ticks(process::id() as i32).saturating_sub(own)),
            sessions,
            waiting: f64::from(waits) / f64::from(looks),
        }
    }
}

/// Returns the pooler, by its file of settings.
fn find(place: &str) -> Option<i32> {
    let pids = fs::read_dir("/proc").ok()?.flatten();
    let mut pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.find(|pid: &i32| {
        let command = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        command.starts_with("pgbouncer") && command.contains(place)
    })
}

/// Returns the processor time of a process, in ticks: the 14th and 15th fields, after a name that may contain any character.
fn ticks(pid: i32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_ascii_whitespace();
    fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}

/// None twice, none lost, no gaps.
pub(crate) fn check(server: &str, name: &str, history: usize, worked: &[Worked]) -> Result<(), Box<dyn Error>> {
    let mut told: Vec<_> = worked.iter().flat_map(|worked| worked.told.iter().copied()).collect();
    told.sort_unstable();
    if let Some([twice, _]) = told.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(format!("trial {twice} was run twice").into());
    }
    let sweep = Study::open(server)?.name(name).read()?;
    let trials = sweep.history().trials();
    if trials.len() != history + told.len() {
        return Err(format!("{} trials in the study, {} by workers", trials.len() - history, told.len()).into());
    }
    for (number, trial) in trials.iter().enumerate() {
        if trial.number() != number || trial.state() != State::Complete {
            return Err(format!("the trial at {number} is {trial:?}").into());
        }
    }
    Ok(())
}
