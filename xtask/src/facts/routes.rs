//! Paths, so that two documents may spell the same one differently.

use serde_json::Value;

use crate::spec::Spec;

/// A path without the names of its parameters and without a slash at its end.
pub(crate) fn normal(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for sign in path.trim_end_matches('/').chars() {
        match sign {
            '{' => {
                inside = true;
                out.push_str("{}");
            }
            '}' => inside = false,
            sign if !inside => out.push(sign),
            _ => {}
        }
    }
    out
}

/// The path that the first server puts before every other.
pub(crate) fn base(spec: &Spec) -> String {
    let Some(server) = spec.at("/servers/0") else { return String::new() };
    let mut url = server.text("url").unwrap_or_default().to_owned();
    for (name, variable) in server.get("variables").iter().flat_map(|variables| variables.members()) {
        let default = variable.value.get("default").and_then(Value::as_str).unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), default);
    }
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => &url,
    };
    path.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::testing::spec;

    #[test]
    fn spellings_of_a_path_meet() {
        assert_eq!(normal("/accounts/{id}/"), normal("/accounts/{account_id}"));
        assert_eq!(normal("/accounts/{id}.pdf"), "/accounts/{}.pdf");
        assert_ne!(normal("/accounts/{id}"), normal("/accounts/id"));
    }

    #[test]
    fn the_server_goes_first() {
        let of = |server: &str| base(&spec(&format!("servers: [{server}]")));
        assert_eq!(of("{url: 'https://bank.example/api/v6/'}"), "/api/v6");
        assert_eq!(
            of("{url: 'https://{host}/{version}', variables: {host: {default: a.example}, version: {default: v2}}}"),
            "/v2"
        );
        assert_eq!(of("{url: /api}"), "/api");
        assert_eq!(of("{url: 'https://bank.example'}"), "");
        assert_eq!(base(&spec("paths: {}")), "");
    }
}
