use hyperopt_core::Sweep;
use hyperopt_store::Study;
use hyperopt_yaml::Config;
use crate::args::Display;
use crate::failure::Failure;
use crate::sweep::trial::Runner;
pub(super) fn drive(_config: &Config, _runner: &Runner, _study: Study, _display: Display) -> Result<Sweep, Failure> {
    Err(Failure::broken("draft"))
}
