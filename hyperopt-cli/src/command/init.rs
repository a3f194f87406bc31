//! `hyperopt init`: writes a configuration to start from.

use std::fs::OpenOptions;
use std::io::{self, Write};

use crate::args::InitArgs;
use crate::failure::Failure;
use crate::message::say;
use crate::print::{is_standard_output, print_data};

/// The configuration that is written.
const TEMPLATE: &str = include_str!("init.yaml");

pub(crate) fn run(init: &InitArgs) -> Result<(), Failure> {
    if is_standard_output(&init.file) {
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

#[cfg(test)]
mod tests {
    use hyperopt_yaml::{Config, keys};

    use super::TEMPLATE;

    /// Returns the template with the settings on that begin with `setting`, the first of those with one name.
    fn with(settings: &[&str]) -> String {
        let is_on = |line: &str| {
            let setting = line.trim_start().strip_prefix('#').filter(|setting| !setting.starts_with([' ', '#']));
            setting.is_some_and(|setting| settings.iter().any(|wanted| setting.starts_with(wanted)))
        };
        TEMPLATE
            .lines()
            .map(|line| if is_on(line) { line.replacen('#', "", 1) } else { line.to_owned() } + "\n")
            .collect()
    }

    #[test]
    fn the_template_has_all_settings() {
        for key in keys() {
            let is_set = |line: &str| line.trim_start_matches([' ', '#']).starts_with(&format!("{key}:"));
            let is_inner = |line: &str| {
                let inner = line.split_once('{').filter(|_| line.trim_start().starts_with('#'));
                inner.is_some_and(|(_, inner)| inner.split(", ").any(|pair| pair.starts_with(&format!("{key}:"))))
            };
            assert!(TEMPLATE.lines().any(|line| is_set(line) || is_inner(line)), "{key}");
        }
    }

    #[test]
    fn the_settings_of_the_template_are_valid() {
        let read = |text: &str| Config::parse("sweep.yaml", text).map(|config| config.notes());
        assert_eq!(read(TEMPLATE).unwrap(), Vec::<String>::new());
        let asha = "scheduler: {type: asha, max_t: 10, grace_period";
        let cases: [&[&str]; 14] = [
            &["startup"],
            &["time_budget_s"],
            &[asha],
            &["scheduler: {type: asha, max_t: 10, time_attr"],
            &["scheduler: {type: median"],
            &[asha, "spend"],
            &["seed"],
            &["try_first"],
            &["repeats"],
            &["study"],
            &["output_feature"],
            &["split"],
            &["eval_split"],
            &["seed", "repeats", "study", asha],
        ];
        for settings in cases {
            let text = with(settings);
            assert_ne!(text, TEMPLATE, "{settings:?}");
            read(&text).unwrap_or_else(|errors| panic!("{settings:?}: {errors}"));
        }
        let grid = with(&["resolution"]).replace("type: tpe", "type: grid");
        read(&grid).unwrap_or_else(|errors| panic!("{errors}"));
    }
}
