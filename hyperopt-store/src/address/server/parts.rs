//! The settings of an address by their names, whether they stand before the `?`, behind it, or in a variable.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use postgres::Config;

use super::hosts::{HostPort, hosts, split_host};
use super::names::{KNOWN, MISSING, VARIABLES, invalid};
use super::pieces::Pieces;

/// The settings, without their escapes; a later one replaces an earlier one.
#[derive(Default)]
pub(super) struct Parts {
    settings: BTreeMap<String, String>,
    /// It need not be UTF-8.
    password: Option<Vec<u8>>,
    /// The settings that come from variables.
    completed: Vec<(&'static str, &'static str)>,
}

impl Parts {
    pub(super) fn read(pieces: &Pieces<'_>) -> Result<Self, String> {
        let mut parts = Self::default();
        if let Some(user) = pieces.user.filter(|user| !user.is_empty()) {
            parts.put("user", decoded(user)?);
        }
        parts.password = pieces.password.map(|password| percent_decode_str(password).collect());
        let dbname = pieces.path.strip_prefix('/').unwrap_or_default();
        if !dbname.is_empty() {
            parts.put("dbname", decoded(dbname)?);
        }
        if !pieces.hosts.is_empty() {
            let hosts = pieces.hosts.split(',').map(split_host).collect::<Result<Vec<_>, _>>()?;
            let (names, numbers): (Vec<_>, Vec<_>) = hosts.into_iter().unzip();
            parts.put("host", decoded(&names.join(","))?);
            if numbers.iter().any(|port| !port.is_empty()) {
                parts.put("port", numbers.join(","));
            }
        }
        let settings =
            pieces.query.into_iter().flat_map(|query| query.split('&')).filter(|setting| !setting.is_empty());
        for setting in settings {
            let unknown = || "what follows `?` is not `setting=value`, or the setting is unknown".to_owned();
            let (name, value) = setting.split_once('=').ok_or_else(unknown)?;
            match decoded(name)?.as_str() {
                "password" => parts.password = Some(percent_decode_str(value).collect()),
                name if KNOWN.contains(&name) => parts.put(name, decoded(value)?),
                name => {
                    let missing = MISSING.iter().find(|missing| **missing == name);
                    return Err(missing.map_or_else(unknown, |name| format!("the setting `{name}` is not supported")));
                }
            }
        }
        Ok(parts)
    }

    fn put(&mut self, name: &str, value: String) {
        self.settings.insert(name.to_owned(), value);
    }

    /// Takes a setting out.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.settings.remove(name)
    }

    /// Adds what the variables say of settings that the address leaves open.
    pub(super) fn complete(&mut self, variables: &impl Fn(&str) -> Option<String>) {
        // An address of the environment belongs to its host, and a port too.
        let (has_host, has_mode) = (self.has("host") || self.has("hostaddr"), self.has("ssl"));
        for (name, variable) in VARIABLES {
            let is_open = match name {
                "host" | "hostaddr" => !has_host,
                "sslmode" => !has_mode && !self.has(name),
                _ => !self.has(name),
            };
            if let Some(value) = variables(variable).filter(|value| is_open && !value.is_empty()) {
                self.put(name, value);
                self.completed.push((name, variable));
            }
        }
    }

    /// Returns what came from variables: the names of the settings, and those of the variables.
    pub(super) fn completed(&self) -> Vec<(&'static str, &'static str)> {
        self.completed.clone()
    }

    fn has(&self, name: &str) -> bool {
        self.settings.contains_key(name)
    }

    /// Takes out the hosts with their ports and addresses.
    pub(super) fn take_hosts(&mut self) -> Result<Vec<HostPort>, String> {
        let mut list = |name| self.take(name).map_or_else(Vec::new, |list| list.split(',').map(Into::into).collect());
        hosts(&list("host"), &list("hostaddr"), &list("port"))
    }

    /// Returns what is left, as the driver reads it.
    pub(super) fn config(mut self) -> Result<Config, String> {
        self.take("pgbouncer");
        if self.take("gssencmode").is_some_and(|mode| mode == "require") {
            return Err("`gssencmode=require` is not supported: leave it out, and write `sslmode=require`".into());
        }
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('\'', "\\'");
        let settings = self.settings.iter().map(|(name, value)| format!("{name}='{}' ", quoted(value)));
        let parsed = settings.collect::<String>().parse::<Config>();
        let mut config = parsed.map_err(|error| {
            // The driver's own message may quote values.
            let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            match source.strip_prefix("invalid value for option `").and_then(|rest| rest.strip_suffix('`')) {
                Some(name) => invalid(name),
                None => "the driver cannot read it".into(),
            }
        })?;
        if let Some(password) = &self.password {
            config.password(password);
        }
        Ok(config)
    }
}

fn decoded(text: &str) -> Result<String, String> {
    let decoded = percent_decode_str(text).decode_utf8().map(Into::into);
    decoded.map_err(|_| "the escapes in it, such as `%40`, are not those of UTF-8".to_owned())
}
