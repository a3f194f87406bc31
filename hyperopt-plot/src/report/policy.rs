//! The policy of a page: what a browser may load and run, which is its own style and script and nothing else.

/// The style of the page.
pub(super) const STYLE: &str = include_str!("style.css");
/// The script of the page.
pub(super) const SCRIPT: &str = include_str!("script.js");

/// The SHA-256 of the style and of the script. Whatever else a name or a label might smuggle in would not run.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'sha256-c+Zqbou+VyyUdSS79NzkUlGozfhgkzKeW1Ha+u7MsdQ='; \
     script-src 'sha256-83WJqsDp+R0lK880CZ56om/CH7YhEH8NHZfyTooCM6I='; base-uri 'none'; form-action 'none'";

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    use sha2::{Digest as _, Sha256};

    #[test]
    fn the_policy_allows_this_style_and_this_script() {
        for (name, text) in [("style-src", STYLE), ("script-src", SCRIPT)] {
            let hash = BASE64_STANDARD.encode(Sha256::digest(text));
            assert!(POLICY.contains(&format!("{name} 'sha256-{hash}'")), "write {name} 'sha256-{hash}'");
        }
    }

    #[test]
    fn neither_can_end_its_element() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</"));
    }
}
