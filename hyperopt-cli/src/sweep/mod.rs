//! `hyperopt run` and `hyperopt resume`: sweeps whose trials are programs.

mod begin;
mod drive;
mod dry_run;
mod finish;
mod prepare;
mod program;
mod proposal;
mod resume;
mod skipped;
mod trial;

pub(crate) use begin::run;
pub(crate) use resume::resume;
