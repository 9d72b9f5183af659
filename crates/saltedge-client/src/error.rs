//! What the provider says when it refuses.

use std::fmt;

use bankfeed_runtime as rt;

use crate::advice::Advice;
use crate::generated::Error;
use crate::generated::types::{ErrorClass, ErrorResponse};

/// The body of a refusal, whichever of the four forms in the field it came in: version 6 nests class and message under
/// `error`, versions 4 and 5 had them at the top, and now and then there is only a text, alone or under `error`.
#[derive(Clone, PartialEq)]
pub struct ApiFailure {
    class: Option<ErrorClass>,
    message: Option<String>,
    documentation_url: Option<String>,
}

impl ApiFailure {
    /// The kind of the refusal; `None` when there was only a text.
    ///
    /// Branch on it and not on the message: different classes share a message.
    pub fn class(&self) -> Option<&ErrorClass> {
        self.class.as_ref()
    }

    /// An explanation for developers. May name records.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The page about the class.
    pub fn documentation_url(&self) -> Option<&str> {
        self.documentation_url.as_deref()
    }

    /// The form of version 6.
    fn nested(body: &[u8]) -> Option<Self> {
        let error = rt::de::from_slice::<ErrorResponse>(body).ok()?.error?;
        Some(Self { class: error.class, message: error.message, documentation_url: error.documentation_url })
    }

    /// The form of versions 4 and 5.
    fn flat(body: &[u8]) -> Option<Self> {
        let Flat { error_class, error_message } = rt::de::from_slice(body).ok()?;
        Some(Self { class: Some(error_class), message: error_message, documentation_url: None })
    }

    fn text_under_error(body: &[u8]) -> Option<Self> {
        rt::de::from_slice::<TextUnderError>(body).ok().map(|body| Self::of_text(body.error))
    }

    fn bare_text(body: &[u8]) -> Option<Self> {
        // A number or a boolean would also pass for text.
        let is_text = body.trim_ascii_start().starts_with(b"\"");
        is_text.then(|| rt::de::from_slice(body).ok().map(Self::of_text)).flatten()
    }

    fn of_text(text: String) -> Self {
        Self { class: None, message: Some(text), documentation_url: None }
    }
}

struct Flat {
    error_class: ErrorClass,
    error_message: Option<String>,
}
rt::object!(Flat { error_class: "error_class", error_message: "error_message" });

struct TextUnderError {
    error: String,
}
rt::object!(TextUnderError { error: "error" });

impl fmt::Debug for ApiFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiFailure")
            .field("class", &self.class)
            .field("message", &rt::redact(&self.message))
            .field("documentation_url", &self.documentation_url)
            .finish()
    }
}

impl rt::ApiError for ApiFailure {
    fn decode(_: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        Self::nested(body)
            .or_else(|| Self::flat(body))
            .or_else(|| Self::text_under_error(body))
            .or_else(|| Self::bare_text(body))
    }

    fn code(&self) -> Option<&str> {
        self.class.as_ref().map(AsRef::as_ref)
    }

    fn is_rate_limited(&self, status: u16) -> bool {
        // The provider reports its own limit under 406.
        status == 429 || matches!(self.class, Some(ErrorClass::RateLimitExceeded | ErrorClass::TooManyRequests))
    }
}

/// What this provider's errors say beyond those of other providers.
pub trait ErrorExt {
    /// The kind of the refusal, if the provider gave one.
    fn class(&self) -> Option<&ErrorClass>;

    /// What may help.
    fn advice(&self) -> Advice;
}

impl ErrorExt for Error {
    fn class(&self) -> Option<&ErrorClass> {
        self.api()?.class()
    }

    fn advice(&self) -> Advice {
        if let Some(advice) = self.class().and_then(Advice::for_class) {
            return advice;
        }
        let unanswered = self.is_connect() || self.is_timeout() || self.is_truncated();
        let unwell = self.status().is_some_and(|status| status.is_server_error());
        if unanswered || unwell || self.is_rate_limited() { Advice::Wait } else { Advice::GiveUp }
    }
}
