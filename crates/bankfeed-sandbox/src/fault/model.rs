//! A fault, as a program writes it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::grammar::{FaultError, quoted};
use super::name::{Key, Name};

/// Something that goes wrong, such as `rate-limit retry-after=30 times=2`.
///
/// | fault | what happens | keys |
/// |---|---|---|
/// | `status` | the provider fails with a status | `code=400..599` |
/// | `rate-limit` | too many requests | `retry-after=SECONDS` |
/// | `consent-expired` | the user's consent is over | |
/// | `second-factor` | the bank asks for a second factor | |
/// | `latency` | the answer comes later | `ms=` |
/// | `slow` | the body comes in drops | `bytes=` at a time, `ms=` between |
/// | `cut` | the connection ends without an answer | |
/// | `truncated` | the connection ends in the middle of the body | |
/// | `html` | a page in place of JSON | `code=200..599`, default that of the answer |
/// | `content-type` | another media type over the same body | `value=`, default `text/plain`, empty for none |
/// | `invalid-json` | the last bracket is missing | |
/// | `oversize` | white space before the JSON | `bytes=`, default 64 MiB |
/// | `unknown-enum` | a value that no enumeration has | `at=/pointer` |
/// | `unknown-field` | a member that no schema has | `at=/pointer` of the object |
/// | `nulls` | null where something may be absent or null | `at=/pointer` |
/// | `number-as-text` | a number in quotes | `at=/pointer` |
/// | `text-as-number` | digits without their quotes | `at=/pointer` |
/// | `empty-page` | a page without records; the list goes on after it | `page=` |
/// | `repeated-page` | a page comes twice; then the list goes on | `page=` |
/// | `looping-cursor` | a page continues with itself | |
/// | `foreign-next` | the link to the next page leads to another host | |
/// | `duplicate` | a record stands twice on a page | |
///
/// The first four happen before the provider does anything; the others change what it answers, so that its state is changed too.
/// Without `at`, the first place that fits is hit, records of a list first. Requests that break the specification, or lack credentials,
/// are refused before anything hits them; what the provider itself refuses is delayed or broken off at most.
///
/// Every fault also takes `page=N` (hits that page of a list alone), `after=N` (lets that many requests pass first) and `times=N` (hits
/// that many, then ends). The last two count requests, and so belong into a [`Rule`](crate::Rule).
///
/// A request asks for faults of its own in the header `X-Sandbox-Fault`, with `;` between several; values with white space or `;` stand in
/// double quotes.
///
/// ```
/// use bankfeed_sandbox::Fault;
///
/// let fault = Fault::rate_limit().retry_after(30).times(2);
/// assert_eq!(fault.to_string(), "rate-limit retry-after=30 times=2");
/// assert_eq!("rate-limit times=2 retry-after=30".parse(), Ok(fault));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(super) name: Name,
    settings: BTreeMap<Key, Setting>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Number(u64),
    Text(String),
}

impl Fault {
    /// The provider fails with a status from 400 to 599.
    #[must_use]
    pub fn status(code: u16) -> Self {
        Self::of(Name::Status).number(Key::Code, code.into())
    }

    /// Too many requests.
    #[must_use]
    pub fn rate_limit() -> Self {
        Self::of(Name::RateLimit)
    }

    /// The user's consent is over.
    #[must_use]
    pub fn consent_expired() -> Self {
        Self::of(Name::ConsentExpired)
    }

    /// The bank asks for a second factor.
    #[must_use]
    pub fn second_factor() -> Self {
        Self::of(Name::SecondFactor)
    }

    /// The answer comes later, by ten minutes at most.
    #[must_use]
    pub fn latency(by: Duration) -> Self {
        Self::of(Name::Latency).number(Key::Ms, millis(by))
    }

    /// The body comes in drops of some bytes, with a pause after each.
    #[must_use]
    pub fn slow(bytes: u32, pause: Duration) -> Self {
        Self::of(Name::Slow).number(Key::Bytes, bytes.into()).number(Key::Ms, millis(pause))
    }

    /// The connection ends without an answer.
    #[must_use]
    pub fn cut() -> Self {
        Self::of(Name::Cut)
    }

    /// The connection ends in the middle of the body.
    #[must_use]
    pub fn truncated() -> Self {
        Self::of(Name::Truncated)
    }

    /// A page in place of JSON, with the status of the answer or with [another](Self::with_code).
    #[must_use]
    pub fn html() -> Self {
        Self::of(Name::Html)
    }

    /// The body as it is, under another media type; an empty one leaves the header out.
    #[must_use]
    pub fn content_type(value: &str) -> Self {
        Self::of(Name::ContentType).with_text(Key::Value, value)
    }

    /// JSON whose last bracket is missing.
    #[must_use]
    pub fn invalid_json() -> Self {
        Self::of(Name::InvalidJson)
    }

    /// JSON behind so many bytes of white space. They are made while they are sent.
    #[must_use]
    pub fn oversize(bytes: u64) -> Self {
        Self::of(Name::Oversize).number(Key::Bytes, bytes)
    }

    /// A value that no enumeration has.
    #[must_use]
    pub fn unknown_enum() -> Self {
        Self::of(Name::UnknownEnum)
    }

    /// A member that no schema has.
    #[must_use]
    pub fn unknown_field() -> Self {
        Self::of(Name::UnknownField)
    }

    /// Null for everything in a record that may be absent or null; for one value with [`at`](Self::at).
    #[must_use]
    pub fn nulls() -> Self {
        Self::of(Name::Nulls)
    }

    /// A number in quotes.
    #[must_use]
    pub fn number_as_text() -> Self {
        Self::of(Name::NumberAsText)
    }

    /// Digits without their quotes.
    #[must_use]
    pub fn text_as_number() -> Self {
        Self::of(Name::TextAsNumber)
    }

    /// Page `page` of a list comes without records; they stand on the page after it, and so on.
    #[must_use]
    pub fn empty_page(page: u32) -> Self {
        Self::of(Name::EmptyPage).page(page)
    }

    /// Page `page` of a list comes twice; then the list goes on.
    #[must_use]
    pub fn repeated_page(page: u32) -> Self {
        Self::of(Name::RepeatedPage).page(page)
    }

    /// What follows a page is that page again, without end.
    #[must_use]
    pub fn looping_cursor() -> Self {
        Self::of(Name::LoopingCursor)
    }

    /// The link to the next page leads to another host.
    #[must_use]
    pub fn foreign_next() -> Self {
        Self::of(Name::ForeignNext)
    }

    /// A record stands twice on a page.
    #[must_use]
    pub fn duplicate() -> Self {
        Self::of(Name::Duplicate)
    }

    /// In how many seconds to come again; for [`rate_limit`](Self::rate_limit).
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        self.number(Key::RetryAfter, seconds.into())
    }

    /// With this status; for [`html`](Self::html).
    #[must_use]
    pub fn with_code(self, code: u16) -> Self {
        self.number(Key::Code, code.into())
    }

    /// At this place of the answer, a JSON pointer; for faults that change one.
    #[must_use]
    pub fn at(self, pointer: &str) -> Self {
        self.with_text(Key::At, pointer)
    }

    /// Hits this page of a list alone; the first is 1.
    #[must_use]
    pub fn page(self, page: u32) -> Self {
        self.number(Key::Page, page.into())
    }

    /// Lets so many requests pass first.
    #[must_use]
    pub fn after(self, requests: u64) -> Self {
        self.number(Key::After, requests)
    }

    /// Hits so many requests, then ends.
    #[must_use]
    pub fn times(self, requests: u64) -> Self {
        self.number(Key::Times, requests)
    }

    pub(super) fn of(name: Name) -> Self {
        Self { name, settings: BTreeMap::new() }
    }

    fn number(mut self, key: Key, number: u64) -> Self {
        self.settings.insert(key, Setting::Number(number));
        self
    }

    fn with_text(mut self, key: Key, text: &str) -> Self {
        self.settings.insert(key, Setting::Text(text.to_owned()));
        self
    }

    /// Takes in one more; `false` when it was told already.
    pub(super) fn set(&mut self, key: Key, setting: Setting) -> bool {
        self.settings.insert(key, setting).is_none()
    }

    /// A number that was told.
    pub(super) fn told(&self, key: Key) -> Option<u64> {
        match self.settings.get(&key)? {
            Setting::Number(number) => Some(*number),
            Setting::Text(_) => None,
        }
    }

    /// A text that was told.
    pub(super) fn text(&self, key: Key) -> Option<&str> {
        match self.settings.get(&key)? {
            Setting::Text(text) => Some(text),
            Setting::Number(_) => None,
        }
    }

    /// Whether it can happen at all: every key is its own, in range, and none is missing.
    pub(super) fn check(&self) -> Result<(), FaultError> {
        let name = self.name.text();
        for (key, setting) in &self.settings {
            if !self.name.keys().any(|known| known == *key) {
                return Err(FaultError::key(self.name, key.text()));
            }
            let key_text = key.text();
            match (setting, self.name.range(*key)) {
                (Setting::Number(number), Some(range)) if !range.contains(number) => {
                    let limits = match (*range.start(), *range.end()) {
                        (low, u64::MAX) => format!("at least {low}"),
                        (low, high) => format!("from {low} to {high}"),
                    };
                    return Err(FaultError::new(format!("`{key_text}` of `{name}` is {limits}, not {number}")));
                }
                (Setting::Text(text), None) if *key == Key::At && !text.is_empty() && !text.starts_with('/') => {
                    let problem = format!("`at` of `{name}` is a JSON pointer, such as /data/0/amount, not `{text}`");
                    return Err(FaultError::new(problem));
                }
                (Setting::Text(text), None) if *key == Key::Value && http::HeaderValue::from_str(text).is_err() => {
                    return Err(FaultError::new(format!("`{key_text}` of `{name}` cannot stand in a header")));
                }
                _ => {}
            }
        }
        match self.name.required().iter().find(|key| !self.settings.contains_key(key)) {
            Some(missing) => Err(FaultError::new(format!("`{name}` needs `{}=`", missing.text()))),
            None => Ok(()),
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name.text())?;
        for (key, setting) in &self.settings {
            match setting {
                Setting::Number(number) => write!(f, " {}={number}", key.text())?,
                Setting::Text(text) => write!(f, " {}={}", key.text(), quoted(text))?,
            }
        }
        Ok(())
    }
}
