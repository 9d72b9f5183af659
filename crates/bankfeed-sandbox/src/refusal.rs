//! Why a request is refused.

use http::Method;

/// A request that does not keep the specification, or that the provider would turn down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) kind: Kind,
    /// Where, such as `query parameter per_page` or `body /data/consent/scopes`.
    pub(crate) place: String,
    /// What is wrong there, and the way out. Names no value that could be secret.
    pub(crate) problem: String,
}

/// What kind of trouble; each provider has its own words and statuses for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No operation has this path.
    Route,
    /// The path knows other methods.
    Method(Vec<Method>),
    /// The body has another media type.
    MediaType,
    /// The answer's media type is not accepted.
    NotAcceptable,
    /// The body is larger than the sandbox takes.
    TooLarge,
    /// The body is not JSON, or no form.
    Syntax,
    /// Something required is missing.
    Missing,
    /// Something is there that the specification does not know, or with a value that it does not allow.
    Invalid,
    /// Credentials are missing or wrong, with the provider's own code where it has several.
    Unauthenticated(&'static str),
    /// The provider's own reason, by its own code.
    Code(&'static str),
    /// The fault asked for cannot be played here.
    Fault,
}

impl Refusal {
    pub(crate) fn new(kind: Kind, place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { kind, place: place.into(), problem: problem.into() }
    }

    /// One of the provider's own reasons.
    pub(crate) fn code(code: &'static str, place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::new(Kind::Code(code), place, problem)
    }

    pub(crate) fn invalid(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, place, problem)
    }

    pub(crate) fn missing(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::new(Kind::Missing, place, problem)
    }

    /// As it stands in the header, in ASCII.
    pub(crate) fn header(&self) -> String {
        let text = format!("{}: {}", self.place, self.problem);
        text.chars().map(|char| if (' '..='~').contains(&char) { char } else { '?' }).collect()
    }
}
