//! `hyperopt init`: writes a configuration to start from.

use std::fs::OpenOptions;
use std::io::{self, Write};

use crate::args::InitArgs;
use crate::failure::Failure;
use crate::message::say;
use crate::print::print_data;

/// The configuration that is written.
const TEMPLATE: &str = include_str!("init.yaml");

pub(crate) fn run(init: &InitArgs) -> Result<(), Failure> {
    if init.file.as_os_str() == "-" {
        return print_data(|out| out.write_all(TEMPLATE.as_bytes()));
    }
    let shown = init.file.display();
    let opened = OpenOptions::new().write(true).create_new(true).open(&init.file);
    let mut file = opened.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::usage(format!("`{shown}` exists already and stays as it is; choose another name"))
        }
        _ => Failure::usage(format!("cannot write `{shown}`: {error}")),
    })?;
    file.write_all(TEMPLATE.as_bytes()).map_err(|error| Failure::broken(format!("cannot write `{shown}`: {error}")))?;
    say(format_args!("wrote {shown}; then: hyperopt run --config {shown} -- python3 train.py --config {{config}}"));
    Ok(())
}
