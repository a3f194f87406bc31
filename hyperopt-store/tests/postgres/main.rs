//! Studies on a `PostgreSQL` server, whose address is in `HYPEROPT_TEST_POSTGRES`: `tests/postgres/server with cargo test …`
//! starts one. Without it, these tests say that they are left out.

#![cfg(feature = "postgres")]

mod budgets;
mod database;
mod delete;
mod encryption;
mod guards;
mod load;
mod network;
mod pooler;
mod restart;
mod sessions;
mod speed;
mod study;
#[path = "../support/mod.rs"]
mod support;
mod worker;
mod workers;
