//! The pieces of an address after `postgres://`, as they were written.

use super::names::is_setting;

/// The pieces, with their escapes.
pub(super) struct Pieces<'a> {
    pub(super) user: Option<&'a str>,
    pub(super) password: Option<&'a str>,
    pub(super) hosts: &'a str,
    /// With its `/`.
    pub(super) path: &'a str,
    /// The settings, without the `?`.
    pub(super) query: Option<&'a str>,
}

impl<'a> Pieces<'a> {
    pub(super) fn split(rest: &'a str) -> Self {
        let (credentials, rest) = match rest.split_once('@') {
            // As libpq does; Python's programs let a password contain `/` too.
            Some((before, after)) if before.split_once('/').is_none_or(|(hosts, _)| !are_hosts(hosts)) => {
                (Some(before), after)
            }
            _ => (None, rest),
        };
        let (user, password) = match credentials.map(|credentials| credentials.split_once(':').ok_or(credentials)) {
            None => (None, None),
            Some(Ok((user, password))) => (Some(user), Some(password)),
            Some(Err(user)) => (Some(user), None),
        };
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (rest, None),
        };
        let (hosts, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Self { user, password, hosts, path, query }
    }

    /// Refuses characters where they are probably those of a password that ended too early.
    pub(super) fn check(&self) -> Result<(), String> {
        // A setting has a name that is known and `=` before any `@` that its value contains.
        let has_name = |query: &str| query.split_once('=').is_some_and(|(name, _)| is_setting(name));
        let is_torn = self.user.is_some_and(|user| user.contains(['/', '?']))
            || self.hosts.contains(['@', '#'])
            || self.path.contains('@')
            || self.query.is_some_and(|query| query.contains('@') && !has_name(query));
        if is_torn {
            return Err("a password, or another part of it, contains a character that has a meaning in addresses: \
                        write `@` as `%40`, `/` as `%2F`, `:` as `%3A`, `?` as `%3F`, `#` as `%23` and `%` as `%25`"
                .into());
        }
        Ok(())
    }
}

/// Returns whether `text` is a list of hosts, each with a port or none.
fn are_hosts(text: &str) -> bool {
    text.split(',').all(|host| {
        let name_ends = host.find(']').map_or(0, |bracket| bracket + 1);
        host[name_ends..].split_once(':').is_none_or(|(_, port)| port.chars().all(|c| c.is_ascii_digit()))
    })
}
