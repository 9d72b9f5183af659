//! What happened, what may help, and who has to act.

use std::fmt;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request is wrong: something is missing, of a wrong form, or does not fit together.
    InvalidRequest,
    /// The provider, or this adapter, has nothing of the kind.
    Unsupported,
    /// The settings are wrong: a key that is none, an address that is none.
    Configuration,
    /// The provider refuses the application: wrong, missing or expired keys or signatures.
    Unauthorized,
    /// The application may not do this: not licensed, not approved, restricted.
    Forbidden,
    /// What was asked for is not there.
    NotFound,
    /// It is there already, or changed meanwhile.
    Conflict,
    /// Too many requests, or too many at once.
    RateLimited,
    /// The same was asked a moment ago, or is being done: a refresh before its time, a read while another one runs.
    TooSoon,
    /// The consent's time is over.
    ConsentExpired,
    /// The consent was withdrawn, does not cover this, or was not given.
    ConsentMissing,
    /// The institution refuses the user's credentials: a wrong password, as a rule.
    LoginFailed,
    /// The institution locked the user out.
    UserLocked,
    /// The institution asks for a second factor; see [`Error::challenge`](crate::Error::challenge).
    SecondFactor,
    /// The session that waited for the user is over.
    SessionExpired,
    /// The user has to do something at the institution itself: sign a contract, renew a document.
    UserAction,
    /// The connection was switched off, or is not ready.
    ConnectionInactive,
    /// The institution is in maintenance or does not answer.
    InstitutionUnavailable,
    /// The institution is not offered any more.
    InstitutionDisabled,
    /// The user has no product of this kind at the institution.
    NotContracted,
    /// There was more than fits the time or size of one answer.
    TooMuchData,
    /// The data are known to be incomplete.
    Incomplete,
    /// No answer came in time. Whether the provider did the work is not known.
    Timeout,
    /// The provider was not reached, or the connection broke.
    Network,
    /// The provider failed: its own error.
    ProviderFailed,
    /// The provider answered something that it should not: no JSON, another form, pages that run in a circle.
    UnexpectedAnswer,
    /// One record could not be normalized; see [`Error::place`](crate::Error::place).
    BadRecord,
    /// A callback is not proven to be the provider's.
    NotVerified,
    /// A resume token is of another list, provider or version, or its list changed.
    ResumeRefused,
    /// The provider refuses for a reason that this version does not know.
    Other,
}

/// What may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RetryAdvice {
    /// Nothing, as long as the request stays the same.
    Never,
    /// The same request now, a few times at most.
    Now,
    /// The same request after this time at the earliest.
    After(
        /// How long to wait.
        Duration,
    ),
    /// The same request later, each time after a longer pause; the provider does not say when.
    Later,
    /// The same request once the user has acted.
    AfterUser,
    /// The same request once the operator has changed settings, keys or contract.
    AfterOperator,
    /// The same request once the provider has sent word.
    AfterNotice,
    /// Not yet: whether the first one was carried out is not known, and repeating it may cost, or lock the user out.
    LookFirst,
}

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Actor {
    /// The program that called: it repeats, asks for less, or is to be mended.
    Caller,
    /// The user whose data it is.
    EndUser,
    /// Those who run the application: keys, contract, settings.
    Operator,
    /// The provider.
    Provider,
    /// The institution.
    Institution,
}

/// Why something failed, in short: what an error and a callback about a failure have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Cause {
    /// What happened.
    pub kind: ErrorKind,
    /// What may help.
    pub advice: RetryAdvice,
    /// Who has to act.
    pub actor: Actor,
    /// The provider's code for it.
    pub code: Option<String>,
}

impl Cause {
    /// A cause of a kind, with what usually helps against it.
    pub fn new(kind: ErrorKind) -> Self {
        let (advice, actor) = kind.usual();
        Self { kind, advice, actor, code: None }
    }

    /// The same with other advice.
    #[must_use]
    pub fn advice(self, advice: RetryAdvice) -> Self {
        Self { advice, ..self }
    }

    /// The same for somebody else to act on.
    #[must_use]
    pub fn actor(self, actor: Actor) -> Self {
        Self { actor, ..self }
    }

    /// The same with the provider's code.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }
}

impl ErrorKind {
    /// What usually helps, and who has to act.
    pub fn usual(self) -> (RetryAdvice, Actor) {
        use ErrorKind as Kind;
        use RetryAdvice as Advice;
        match self {
            Kind::InvalidRequest | Kind::NotFound | Kind::Conflict | Kind::ResumeRefused => {
                (Advice::Never, Actor::Caller)
            }
            Kind::Unsupported | Kind::NotContracted | Kind::Other => (Advice::Never, Actor::Caller),
            Kind::Configuration | Kind::Unauthorized | Kind::Forbidden => (Advice::AfterOperator, Actor::Operator),
            Kind::RateLimited | Kind::TooSoon => (Advice::Later, Actor::Caller),
            Kind::ConsentExpired
            | Kind::ConsentMissing
            | Kind::LoginFailed
            | Kind::UserLocked
            | Kind::SecondFactor
            | Kind::SessionExpired
            | Kind::UserAction
            | Kind::ConnectionInactive => (Advice::AfterUser, Actor::EndUser),
            Kind::InstitutionUnavailable => (Advice::Later, Actor::Institution),
            Kind::InstitutionDisabled => (Advice::Never, Actor::Provider),
            Kind::TooMuchData => (Advice::Never, Actor::Caller),
            Kind::Incomplete | Kind::ProviderFailed => (Advice::Later, Actor::Provider),
            Kind::Timeout => (Advice::LookFirst, Actor::Caller),
            Kind::Network => (Advice::Later, Actor::Caller),
            Kind::UnexpectedAnswer | Kind::BadRecord => (Advice::Never, Actor::Provider),
            Kind::NotVerified => (Advice::Never, Actor::Operator),
        }
    }

    /// It in words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::InvalidRequest => "the request is wrong",
            Self::Unsupported => "the provider has nothing of the kind",
            Self::Configuration => "the settings are wrong",
            Self::Unauthorized => "the provider refuses the application's credentials",
            Self::Forbidden => "the application may not do this",
            Self::NotFound => "what was asked for is not there",
            Self::Conflict => "it is there already, or changed meanwhile",
            Self::RateLimited => "too many requests",
            Self::TooSoon => "it is being done, or was done a moment ago",
            Self::ConsentExpired => "the consent has expired",
            Self::ConsentMissing => "there is no consent for this",
            Self::LoginFailed => "the institution refuses the user's credentials",
            Self::UserLocked => "the institution has locked the user out",
            Self::SecondFactor => "the institution asks for a second factor",
            Self::SessionExpired => "the session that waited for the user is over",
            Self::UserAction => "the user has to act at the institution",
            Self::ConnectionInactive => "the connection brings no data at present",
            Self::InstitutionUnavailable => "the institution is not available",
            Self::InstitutionDisabled => "the institution is not offered any more",
            Self::NotContracted => "the user has no such product at the institution",
            Self::TooMuchData => "there is more than one answer can hold",
            Self::Incomplete => "the data are incomplete",
            Self::Timeout => "no answer came in time",
            Self::Network => "the provider was not reached, or the connection broke",
            Self::ProviderFailed => "the provider failed",
            Self::UnexpectedAnswer => "the provider's answer is not what it should be",
            Self::BadRecord => "a record cannot be normalized",
            Self::NotVerified => "the callback is not proven to be the provider's",
            Self::ResumeRefused => "the resume token does not fit",
            Self::Other => "the provider refuses",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}
