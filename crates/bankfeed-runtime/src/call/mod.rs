//! Building one request, and what comes back.

mod body;
pub(crate) mod draft;
mod encode;
pub(crate) mod flatten;
mod multipart;
mod operation;
mod param;
mod response;
mod send;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;

pub use body::{Body, ByStatus};
use draft::{Draft, Payload};
pub(crate) use encode::encode_pairs;
pub use multipart::Multipart;
pub use operation::{Method, Operation, Paging, Retry};
pub use param::ToParam;
pub use response::Response;
pub(crate) use send::finish;

use crate::paging::Continuation;
use crate::transport::Transport;

/// How a list stands in a query or form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// `a=1&a=2`
    Repeat,
    /// `a=1,2`
    Comma,
    /// `a=1 2`
    Space,
    /// `a=1|2`
    Pipe,
}

impl ListStyle {
    /// What stands between the values of a list that is one value; `None` when they are several.
    fn separator(self) -> Option<&'static str> {
        match self {
            ListStyle::Repeat => None,
            ListStyle::Comma => Some(","),
            ListStyle::Space => Some(" "),
            ListStyle::Pipe => Some("|"),
        }
    }
}

/// One value of several; `None` when one of them contains the separator and would arrive as two.
fn joined(values: &[String], separator: &str) -> Option<String> {
    values.iter().all(|value| !value.contains(separator)).then(|| values.join(separator))
}

/// How an object stands in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectStyle {
    /// `r=1&g=2`
    Flat,
    /// `color[r]=1&color[g]=2`
    DeepObject,
    /// `color=r,1,g,2`
    Comma,
}

/// One call of an operation, ready to be filled and sent.
///
/// Setters return nothing to check: the first thing wrong surfaces when the call is sent, as an error whose
/// `is_invalid_request()` holds and which names operation and parameter. Nothing is sent then.
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    pub(crate) transport: Transport,
    // Boxed: builders hold a call by value and hand it on from setter to setter.
    pub(crate) draft: Box<Draft>,
}

impl Call {
    pub(crate) fn new(transport: Transport, operation: &'static Operation) -> Self {
        Self { transport, draft: Box::new(Draft::new(operation)) }
    }

    /// Fills a parameter of the path. Refuses an empty text, `.` and `..`, which would name another path.
    pub fn path(&mut self, name: &str, value: &(impl ToParam + ?Sized)) -> &mut Self {
        let value = value.to_param();
        if matches!(&*value, "" | "." | "..") {
            self.draft.complain(|| format!("path parameter `{name}` is empty or a dot segment"));
        }
        draft::set(&mut self.draft.path, name, value.into_owned());
        self
    }

    /// Sets a query parameter, in place of an earlier value of the same name.
    pub fn query(&mut self, name: &str, value: &(impl ToParam + ?Sized)) -> &mut Self {
        self.draft.set_query(name, value.to_param().into_owned());
        self
    }

    /// Sets a query parameter of several values. No values, no parameter.
    pub fn query_list<T: ToParam>(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = T>,
        style: ListStyle,
    ) -> &mut Self {
        let values: Vec<String> = values.into_iter().map(|value| value.to_param().into_owned()).collect();
        self.draft.query.retain(|(known, _)| known != name);
        let Some(separator) = style.separator() else {
            self.draft.query.extend(values.into_iter().map(|value| (name.to_owned(), value)));
            return self;
        };
        match joined(&values, separator) {
            Some(_) if values.is_empty() => {}
            Some(text) => self.draft.set_query(name, text),
            None => {
                self.draft.complain(|| format!("query parameter `{name}` has a value that contains its separator"));
            }
        }
        self
    }

    /// Sets a query parameter that is an object.
    pub fn query_object<T: Serialize + ?Sized>(&mut self, name: &str, value: &T, style: ObjectStyle) -> &mut Self {
        let Some(pairs) = flatten::pairs(value) else {
            self.draft.complain(|| format!("query parameter `{name}` is not an object"));
            return self;
        };
        match style {
            ObjectStyle::Flat => self.draft.query.extend(pairs),
            ObjectStyle::DeepObject => {
                self.draft.query.extend(pairs.into_iter().map(|(key, value)| (format!("{name}[{key}]"), value)));
            }
            ObjectStyle::Comma => {
                let text: Vec<String> = pairs.into_iter().flat_map(|(key, value)| [key, value]).collect();
                match joined(&text, ",") {
                    Some(text) => self.draft.set_query(name, text),
                    None => self
                        .draft
                        .complain(|| format!("query parameter `{name}` has a value that contains its separator")),
                }
            }
        }
        self
    }

    /// Sets a query parameter that is JSON text.
    pub fn query_json<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> &mut Self {
        match serde_json::to_string(value) {
            Ok(text) => self.draft.set_query(name, text),
            Err(_) => self.draft.complain(|| format!("query parameter `{name}` cannot be written as JSON")),
        }
        self
    }

    /// Sets a header.
    pub fn header(&mut self, name: &str, value: &(impl ToParam + ?Sized)) -> &mut Self {
        self.draft.set_header(name, &value.to_param());
        self
    }

    /// Sets a header of several values, joined by commas. No values, no header.
    pub fn header_list<T: ToParam>(&mut self, name: &str, values: impl IntoIterator<Item = T>) -> &mut Self {
        let values: Vec<String> = values.into_iter().map(|value| value.to_param().into_owned()).collect();
        if !values.is_empty() {
            self.draft.set_header(name, &values.join(","));
        }
        self
    }

    /// Sets a cookie.
    pub fn cookie(&mut self, name: &str, value: &(impl ToParam + ?Sized)) -> &mut Self {
        draft::set(&mut self.draft.cookies, name, encode::encode(&value.to_param()));
        self
    }

    /// Sends a value as JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        match serde_json::to_vec(value) {
            Ok(bytes) => self.draft.payload = Payload::Json(bytes.into()),
            Err(_) => self.draft.complain(|| "the body cannot be written as JSON".to_owned()),
        }
        self
    }

    /// Sends a value as the only member of a JSON object: `{"data": …}`.
    pub fn json_in<T: Serialize + ?Sized>(&mut self, member: &str, value: &T) -> &mut Self {
        struct Wrapped<'a, T: ?Sized>(&'a str, &'a T);
        impl<T: Serialize + ?Sized> Serialize for Wrapped<'_, T> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map([(self.0, self.1)])
            }
        }
        self.json(&Wrapped(member, value))
    }

    /// Sends the members of an object as a form (`application/x-www-form-urlencoded`): `null` is left out, a list
    /// repeats its name, a nested object is JSON text.
    pub fn form<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        self.form_with(value, &[])
    }

    /// Sends a form as [`form`](Self::form) does, but for the styles of some of its lists, given by their names. No
    /// values, no field.
    pub fn form_with<T: Serialize + ?Sized>(&mut self, value: &T, lists: &[(&str, ListStyle)]) -> &mut Self {
        let Some(mut pairs) = flatten::pairs(value) else {
            self.draft.complain(|| "the form is not an object".to_owned());
            return self;
        };
        for (name, style) in lists {
            let values: Vec<String> =
                pairs.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect();
            let Some(separator) = style.separator().filter(|_| !values.is_empty()) else { continue };
            match joined(&values, separator) {
                Some(text) => draft::set(&mut pairs, name, text),
                None => {
                    self.draft.complain(|| format!("form field `{name}` has a value that contains its separator"));
                }
            }
        }
        self.draft.payload = Payload::Form(pairs);
        self
    }

    /// Sends bytes of a media type.
    pub fn bytes(&mut self, content_type: &str, bytes: impl Into<Bytes>) -> &mut Self {
        self.draft.payload = Payload::Bytes { content_type: content_type.to_owned(), bytes: bytes.into() };
        self
    }

    /// Sends a multipart form.
    pub fn multipart(&mut self, form: &Multipart) -> &mut Self {
        let (content_type, bytes) = form.build();
        self.draft.payload = Payload::Bytes { content_type, bytes };
        self
    }

    /// Goes on where a stream of the same list stopped; see [`Continuation`]. Takes effect in streams only.
    pub fn resume(&mut self, continuation: &Continuation) -> &mut Self {
        self.draft.resume = Some(continuation.clone());
        self
    }
}

impl fmt::Debug for Call {
    /// Shows the operation and the names of its parameters, no values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("Call")
            .field("operation", &self.draft.operation.id)
            .field("path", &names(&self.draft.path))
            .field("query", &names(&self.draft.query))
            .field("headers", &self.draft.headers.keys().collect::<Vec<_>>())
            .field("body", &self.draft.payload.content_type().is_some())
            .finish()
    }
}

/// What every operation lets its caller adjust.
pub trait Configure: Sized {
    /// The call inside.
    fn call_mut(&mut self) -> &mut Call;

    /// Sets the timeout of one attempt, from connecting to the last byte of the answer.
    #[must_use]
    fn timeout(mut self, timeout: Duration) -> Self {
        self.call_mut().draft.timeout = Some(timeout);
        self
    }

    /// Sends one more header; for what a provider takes but does not document.
    #[must_use]
    fn extra_header(mut self, name: &str, value: &str) -> Self {
        self.call_mut().draft.set_header(name, value);
        self
    }

    /// Sends one more query parameter; for what a provider takes but does not document.
    #[must_use]
    fn extra_query(mut self, name: &str, value: &str) -> Self {
        self.call_mut().draft.set_query(name, value.to_owned());
        self
    }

    /// Sends the request once, whatever happens.
    #[must_use]
    fn no_retry(mut self) -> Self {
        self.call_mut().draft.may_retry = false;
        self
    }
}

impl Configure for Call {
    fn call_mut(&mut self) -> &mut Call {
        self
    }
}
