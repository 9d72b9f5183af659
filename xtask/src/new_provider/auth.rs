//! How requests prove where they come from: the security scheme of a specification as code.

use crate::spec::{Place, Spec};

/// The one way that is scaffolded; others are added by hand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Auth {
    None,
    Bearer,
    Basic,
    Header(String),
    Query(String),
}

impl Auth {
    /// The scheme that the document asks for first.
    pub(super) fn of(spec: &Spec) -> Self {
        let Some(schemes) = spec.at("/components/securitySchemes") else { return Self::None };
        let asked = spec.at("/security").and_then(|security| {
            security.elements().find_map(|requirement| Some(requirement.members().next()?.0.clone()))
        });
        let scheme = asked.and_then(|name| spec.resolve(&schemes.get(&name)?));
        scheme.as_ref().and_then(Self::of_scheme).unwrap_or(Self::None)
    }

    /// A scheme as one of the ways; `None` when it is none of them.
    pub(super) fn of_scheme(scheme: &Place<'_>) -> Option<Self> {
        match (scheme.text("type")?, scheme.text("scheme"), scheme.text("in"), scheme.text("name")) {
            ("http", Some(kind), ..) if kind.eq_ignore_ascii_case("basic") => Some(Self::Basic),
            ("http", Some(kind), ..) if kind.eq_ignore_ascii_case("bearer") => Some(Self::Bearer),
            ("oauth2" | "openIdConnect", ..) => Some(Self::Bearer),
            ("apiKey", _, Some("header"), Some(name)) if name.eq_ignore_ascii_case("authorization") => {
                Some(Self::Header("authorization".to_owned()))
            }
            ("apiKey", _, Some("header"), Some(name)) => Some(Self::Header(name.to_ascii_lowercase())),
            ("apiKey", _, Some("query"), Some(name)) => Some(Self::Query(name.to_owned())),
            _ => None,
        }
    }

    /// What the builder takes, each with what it is.
    pub(super) fn fields(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::None => &[],
            Self::Bearer => &[("token", "access token")],
            Self::Basic => &[("user", "user"), ("password", "password")],
            Self::Header(_) | Self::Query(_) => &[("api_key", "API key")],
        }
    }

    /// A text for each of them, between commas.
    pub(super) fn each(&self, text: impl Fn(&str) -> String) -> String {
        self.fields().iter().map(|(name, _)| text(name)).collect::<Vec<_>>().join(", ")
    }

    /// What authorizes a request, in the builder of the client.
    pub(super) fn authorizer(&self) -> String {
        match self {
            Self::None => "rt::auth::NoAuth".to_owned(),
            Self::Bearer => "rt::auth::Bearer::new(self.token)".to_owned(),
            Self::Basic => "rt::auth::Basic::new(self.user, self.password)".to_owned(),
            Self::Header(name) => format!("rt::auth::Headers::new().with({name:?}, self.api_key)"),
            Self::Query(name) => format!("rt::auth::ApiKeyQuery::new({name:?}, self.api_key)"),
        }
    }

    /// The sentence of the client's documentation.
    pub(super) fn doc(&self) -> String {
        match self {
            Self::None => "None: the specification asks for no credentials.".to_owned(),
            Self::Bearer => "Every request carries the access token in the header `Authorization`.".to_owned(),
            Self::Basic => "Every request carries user and password in the header `Authorization`.".to_owned(),
            Self::Header(name) => format!("Every request carries the API key in the header `{name}`."),
            Self::Query(name) => format!("Every request carries the API key in the query, as `{name}`."),
        }
    }

    /// What the sandbox lets in, for each field.
    pub(super) fn sandbox_value(field: &str) -> String {
        format!("sandbox-{}", field.replace('_', "-"))
    }

    /// The header that the sandbox compares, as an expression, or the parameter of the query.
    pub(super) fn sandbox_check(&self) -> Check {
        match self {
            Self::None => Check::Nothing,
            Self::Bearer => Check::Header("authorization".to_owned(), "Bearer sandbox-token".to_owned()),
            // `sandbox-user:sandbox-password`
            Self::Basic => {
                Check::Header("authorization".to_owned(), "Basic c2FuZGJveC11c2VyOnNhbmRib3gtcGFzc3dvcmQ=".to_owned())
            }
            Self::Header(name) => Check::Header(name.clone(), "sandbox-api-key".to_owned()),
            Self::Query(name) => Check::Query(name.clone(), "sandbox-api-key".to_owned()),
        }
    }
}

/// What the sandbox looks at.
pub(super) enum Check {
    Nothing,
    Header(String, String),
    Query(String, String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::testing::spec;

    #[test]
    fn the_scheme_asked_for_first_counts() {
        for (scheme, wanted) in [
            ("{type: http, scheme: Bearer}", Auth::Bearer),
            ("{type: http, scheme: basic}", Auth::Basic),
            ("{type: apiKey, in: header, name: X-Key}", Auth::Header("x-key".to_owned())),
            ("{type: apiKey, in: query, name: key}", Auth::Query("key".to_owned())),
            ("{type: oauth2, flows: {}}", Auth::Bearer),
            ("{type: apiKey, in: cookie, name: key}", Auth::None),
        ] {
            let yaml = format!(
                "security: [{{}}, {{A: []}}, {{B: []}}]\ncomponents: {{securitySchemes: {{B: {{type: http, scheme: basic}}, A: {scheme}}}}}"
            );
            assert_eq!(Auth::of(&spec(&yaml)), wanted, "{scheme}");
        }
        assert_eq!(Auth::of(&spec("paths: {}")), Auth::None);
    }
}
