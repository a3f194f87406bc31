//! Many workers on one study: trials a second, the latency of ask and tell, and what the server does meanwhile. `run` starts it.
//!
//! `load URL SERVER [--workers 1,16,100,1000] [--seconds 10] [--trial MILLISECONDS] [--history TRIALS] [--tpe]`
//!
//! Each worker is a thread with a study of its own, which is all that a process has of a study too: a connection, what it has
//! read, a lease, a heartbeat. A thousand processes would measure the memory and the scheduler of this machine instead.

mod plan;
mod server;
mod worker;

use std::error::Error;
use std::process;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use crate::plan::Plan;
use crate::server::{Load, Watch};
use crate::worker::{Until, Worked, work};

fn main() -> Result<(), Box<dyn Error>> {
    let Some(plan) = Plan::read()? else { return Ok(()) };
    println!(
        "{:>7} {:>8} {:>6} | {:>17} | {:>17} | {:>17} | {:>19} {:>8} {:>7}",
        "workers",
        "trials/s",
        "ratio",
        "open p50/last ms",
        "ask p50/p99 ms",
        "tell p50/p99 ms",
        "server, pool, self",
        "sessions",
        "waiting"
    );
    let mut first = None;
    for &workers in &plan.workers {
        let measured = measure(&plan, workers)?;
        let first = *first.get_or_insert(measured.rate);
        measured.print(workers, first);
    }
    Ok(())
}

/// What came of a number of workers.
struct Measured {
    rate: f64,
    opens: Vec<Duration>,
    asks: Vec<Duration>,
    tells: Vec<Duration>,
    load: Load,
}

/// Runs `workers` on a new study, and checks what is in it afterwards.
fn measure(plan: &Plan, workers: usize) -> Result<Measured, Box<dyn Error>> {
    let name = format!("load-{workers}");
    if plan.history > 0 {
        let before = work(&plan.server, &name, false, Duration::ZERO, || Until::Trials(plan.history))?;
        assert_eq!(before.told.len(), plan.history, "the history is there");
    }
    let gate = Barrier::new(workers + 1);
    let mut watch = Watch::new(&plan.server, &plan.url)?;
    let (worked, load) = thread::scope(|scope| {
        let run = |number: usize| {
            let pause = plan.pause(number);
            gate.wait();
            // All open at once, and begin once all have opened.
            let mut has_begun = false;
            let worked = work(&plan.url, &name, plan.is_learning, pause, || {
                has_begun = true;
                gate.wait();
                Until::Moment(Instant::now() + plan.duration)
            });
            if !has_begun {
                gate.wait();
            }
            worked
        };
        let start = |number| {
            let small = thread::Builder::new().stack_size(1 << 20);
            small.spawn_scoped(scope, move || run(number)).unwrap_or_else(|error| {
                // Those that have started would wait for it.
                eprintln!("worker {number} cannot be started: {error}");
                process::exit(1)
            })
        };
        let threads: Vec<_> = (0..workers).map(start).collect();
        gate.wait();
        gate.wait();
        let load = watch.look(plan.duration);
        let worked = threads.into_iter().map(|thread| thread.join().map_err(|_| "a worker panicked")?);
        Ok::<_, Box<dyn Error>>((worked.collect::<Result<Vec<_>, _>>()?, load))
    })?;
    server::check(&plan.server, &name, plan.history, &worked)?;
    let sorted = |of: fn(&Worked) -> &[Duration]| {
        let mut all: Vec<_> = worked.iter().flat_map(of).copied().collect();
        all.sort_unstable();
        all
    };
    let in_time: usize = worked.iter().map(|worked| worked.in_time).sum();
    Ok(Measured {
        rate: in_time as f64 / plan.duration.as_secs_f64(),
        opens: sorted(|worked| std::slice::from_ref(&worked.open)),
        asks: sorted(|worked| &worked.asks),
        tells: sorted(|worked| &worked.tells),
        load,
    })
}

impl Measured {
    fn print(&self, workers: usize, first: f64) {
        let at = |sorted: &[Duration], share: f64| {
            let place = (sorted.len().saturating_sub(1) as f64 * share).round() as usize;
            sorted.get(place).map_or(f64::NAN, |found| found.as_secs_f64() * 1e3)
        };
        let pair = |sorted: &[Duration], share| format!("{:.1} / {:.1}", at(sorted, 0.5), at(sorted, share));
        let Load { server, pooler, own, sessions, waiting } = self.load;
        println!(
            "{workers:>7} {:>8.0} {:>6.2} | {:>17} | {:>17} | {:>17} | {:>19} {sessions:>8} {waiting:>7}",
            self.rate,
            self.rate / first,
            pair(&self.opens, 1.0),
            pair(&self.asks, 0.99),
            pair(&self.tells, 0.99),
            format!("{server:.2}, {pooler:.2}, {own:.2}"),
        );
    }
}
