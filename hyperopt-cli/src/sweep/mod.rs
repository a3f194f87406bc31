//! `hyperopt run` and `hyperopt resume`: sweeps whose trials are programs.

mod begin;
mod drive;
mod finish;
mod prepare;
mod resume;
mod trial;

pub(crate) use begin::run;
pub(crate) use resume::resume;
