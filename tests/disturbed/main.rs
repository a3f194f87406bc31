//! Sweeps that are disturbed: processes killed, servers stopped, networks cut, disks full, files that may not be written,
//! locks held, clocks that jump, and other programs on the same study. Whatever happens, no finished trial is lost, none is
//! told twice, the numbers stay dense, and the sweep becomes the one that nobody had disturbed.
//!
//! Each test runs the sweep without the fault first. `HYPEROPT_TEST_POSTGRES` names a server for those on PostgreSQL:
//! `hyperopt-store/tests/postgres/server with cargo test --test disturbed`. What a machine cannot do is said to be left out.
//! `HYPEROPT_KILLS=200` is the soak of [`kills`], `HYPEROPT_LOCKED=60` that of [`locked`], in seconds.
#![cfg(unix)]

mod clocks;
mod crowded;
mod full_disk;
mod kills;
mod locked;
mod network;
mod read_only;
mod rewound;
mod rival;
mod run;
mod server;
