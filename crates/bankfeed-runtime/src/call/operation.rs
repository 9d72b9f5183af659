//! The fixed facts of an operation.

use std::fmt;
use std::time::Duration;

/// An HTTP method.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Method(&'static str);

impl Method {
    /// Reads.
    pub const GET: Self = Self("GET");
    /// Reads the headers only.
    pub const HEAD: Self = Self("HEAD");
    /// Creates, or acts.
    pub const POST: Self = Self("POST");
    /// Replaces.
    pub const PUT: Self = Self("PUT");
    /// Changes in part.
    pub const PATCH: Self = Self("PATCH");
    /// Removes.
    pub const DELETE: Self = Self("DELETE");
    /// Asks what may be done.
    pub const OPTIONS: Self = Self("OPTIONS");
    /// Asks for the request as it arrived.
    pub const TRACE: Self = Self("TRACE");

    /// The upper-case name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Whether the transport may repeat an operation by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Retry {
    /// Never: repeating may do the thing twice.
    #[default]
    Never,
    /// Repeating changes nothing.
    Safe,
    /// The provider's own rule of this name, known to the client's [`RetryRule`](crate::RetryRule).
    Rule(&'static str),
}

/// How a list goes on after its first page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paging {
    /// It does not.
    #[default]
    None,
    /// The page names a cursor, sent back in this parameter.
    Cursor {
        /// The parameter, of the query unless said otherwise.
        param: &'static str,
    },
    /// The page carries the address of the next one.
    Link,
    /// Pages are counted.
    Page {
        /// The parameter, of the query unless said otherwise.
        param: &'static str,
        /// The number of the first page.
        first: u64,
    },
    /// Items are counted: the next page starts after all items seen.
    Offset {
        /// The parameter, of the query unless said otherwise.
        param: &'static str,
    },
}

impl Paging {
    /// The parameter that holds the position.
    pub(crate) fn param(self) -> Option<&'static str> {
        match self {
            Paging::Cursor { param } | Paging::Page { param, .. } | Paging::Offset { param } => Some(param),
            Paging::None | Paging::Link => None,
        }
    }
}

/// One operation of a provider's API.
#[derive(Clone, Debug)]
pub struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) retry: Retry,
    pub(crate) timeout: Option<Duration>,
    pub(crate) paging: Paging,
    pub(crate) pages_in_form: bool,
    pub(crate) public: bool,
}

impl Operation {
    /// An operation by id, method and path template (`/accounts/{id}`); authorized, never repeated, with the default
    /// timeout.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            retry: Retry::Never,
            timeout: None,
            paging: Paging::None,
            pages_in_form: false,
            public: false,
        }
    }

    /// Sets whether it may be repeated.
    #[must_use]
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sets the timeout of one attempt, in seconds, from connecting to the last byte of the answer.
    #[must_use]
    pub const fn timeout_secs(mut self, seconds: u64) -> Self {
        self.timeout = Some(Duration::from_secs(seconds));
        self
    }

    /// Sets how its list goes on.
    #[must_use]
    pub const fn paging(mut self, paging: Paging) -> Self {
        self.paging = paging;
        self
    }

    /// Sets how its list goes on, with the position in a field of the form it sends instead of a query parameter.
    #[must_use]
    pub const fn paging_in_form(mut self, paging: Paging) -> Self {
        self.pages_in_form = true;
        self.paging(paging)
    }

    /// Makes it one that everybody may call: no credentials are sent along.
    #[must_use]
    pub const fn public(mut self) -> Self {
        self.public = true;
        self
    }

    /// The operation's id.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path template.
    pub const fn path(&self) -> &'static str {
        self.path
    }
}
