//! What a specification means for Rust: the model that lowering builds and everything after it reads.

use std::collections::BTreeSet;

use indexmap::IndexMap;

/// A whole API, ready to be generated.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    /// First entry of `servers`, when it is an absolute URL without variables.
    pub(crate) base_url: Option<String>,
    pub(crate) operations: Vec<Operation>,
    /// Every generated type by its Rust name, in document order.
    pub(crate) types: IndexMap<String, TypeDef>,
    /// What documented error bodies are, each form once. Nothing is generated to read them, which is the provider's own
    /// logic; what that needs is the types.
    pub(crate) errors: Vec<Shape>,
    /// Cargo features that carry a part of the API, with what they carry.
    pub(crate) features: IndexMap<String, String>,
    /// Callbacks that the provider sends: name, payload type.
    pub(crate) webhooks: Vec<Webhook>,
}

impl Api {
    /// The type of documented error bodies, when all operations agree on one.
    pub(crate) fn error(&self) -> Option<&str> {
        match self.errors.as_slice() {
            [Shape::Named(only)] => Some(only),
            _ => None,
        }
    }
}

/// A callback that the provider sends.
#[derive(Debug)]
pub(crate) struct Webhook {
    pub(crate) name: String,
    pub(crate) feature: Option<String>,
    pub(crate) payload: Shape,
}

/// One generated type.
#[derive(Debug)]
pub(crate) struct TypeDef {
    pub(crate) name: String,
    /// Where it stands in the specification.
    pub(crate) pointer: String,
    /// The component it belongs to: itself, or the one it was inline in. One file per home.
    pub(crate) home: String,
    pub(crate) doc: String,
    pub(crate) deprecated: bool,
    pub(crate) kind: Kind,
    /// Reachable from something that is sent.
    pub(crate) in_request: bool,
    /// Reachable from something that is received.
    pub(crate) in_response: bool,
    /// Features of the operations that need it; empty when an operation without one does.
    pub(crate) features: BTreeSet<String>,
}

/// The three kinds of generated types.
#[derive(Debug)]
pub(crate) enum Kind {
    Object(Object),
    Enum(Vec<Variant>),
    Union(Vec<Arm>),
}

/// A JSON object with known members.
#[derive(Debug, Default)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    /// The catch-all for members that are not listed: its Rust name and what its values are.
    pub(crate) rest: Option<(String, Shape)>,
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) wire: String,
    pub(crate) rust: String,
    pub(crate) shape: Shape,
    pub(crate) presence: Presence,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: bool,
    pub(crate) doc: String,
    /// Fields of the normalized model that read this one.
    pub(crate) normalized: Vec<String>,
}

/// Whether a member must be there, and whether null is a value of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `T`
    Required,
    /// `Option<T>`, always written
    RequiredNullable,
    /// `Option<T>`, left out when `None`
    Optional,
    /// `Maybe<T>`: absent, null and a value are three things
    OptionalNullable,
}

/// A value of a string enumeration.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) wire: String,
    pub(crate) rust: String,
}

/// An alternative of a union.
#[derive(Debug)]
pub(crate) struct Arm {
    pub(crate) rust: String,
    pub(crate) shape: Shape,
    /// What tells it from the others, when the specification says so.
    pub(crate) tag: Option<Tag>,
}

/// The member that says which alternative of a union an object is (`discriminator`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tag {
    /// The member's name on the wire.
    pub(crate) property: String,
    /// Its texts for this alternative.
    pub(crate) texts: Vec<String>,
}

/// What a value is, apart from whether it may be missing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Text,
    Id,
    Secret,
    Bool,
    /// A boolean that travels as text.
    BoolText,
    Integer {
        unsigned: bool,
    },
    /// An exact number; `text` when the wire carries it in quotes.
    Decimal {
        text: bool,
    },
    Date,
    DateTime,
    Time,
    /// Any JSON.
    Json,
    List(Box<Shape>),
    Map(Box<Shape>),
    /// An element of a list or map that may be null.
    Nullable(Box<Shape>),
    /// A type of [`Api::types`].
    Named(String),
}

impl Shape {
    /// The generated type in it, if there is one.
    pub(crate) fn named(&self) -> Option<&str> {
        match self {
            Shape::Named(name) => Some(name),
            Shape::List(inner) | Shape::Map(inner) | Shape::Nullable(inner) => inner.named(),
            _ => None,
        }
    }
}

/// One method of the client.
#[derive(Debug)]
pub(crate) struct Operation {
    /// `operationId` as written.
    pub(crate) id: String,
    /// Method name.
    pub(crate) rust: String,
    /// Name of the request type that the method returns.
    pub(crate) builder: String,
    /// Upper-case HTTP method.
    pub(crate) method: String,
    pub(crate) path: String,
    /// First tag: the file it is generated into.
    pub(crate) group: String,
    pub(crate) feature: Option<String>,
    pub(crate) summary: String,
    pub(crate) doc: String,
    pub(crate) deprecated: bool,
    pub(crate) params: Vec<Param>,
    pub(crate) body: Option<Body>,
    pub(crate) answer: Answer,
    /// Other representations of the same answer: method suffix and media type.
    pub(crate) alternates: Vec<(String, String)>,
    /// Everybody may call it: no credentials are sent along.
    pub(crate) public: bool,
    pub(crate) retry: Retry,
    pub(crate) timeout_secs: Option<u64>,
    pub(crate) paging: Option<Paging>,
    /// Documented error codes by status, for the docs.
    pub(crate) errors: Vec<(String, Vec<String>)>,
}

/// Whether the transport may repeat a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Retry {
    Safe,
    Never,
    Rule(String),
}

/// A parameter outside the body.
#[derive(Debug)]
pub(crate) struct Param {
    pub(crate) wire: String,
    pub(crate) rust: String,
    pub(crate) location: Location,
    pub(crate) required: bool,
    pub(crate) shape: Shape,
    pub(crate) style: Style,
    pub(crate) deprecated: bool,
    pub(crate) doc: String,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// The word of the specification.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        }
    }
}

/// How a list or an object is written into a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Repeat,
    Comma,
    Space,
    Pipe,
    DeepObject,
    Json,
}

/// A request body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) doc: String,
    pub(crate) form: BodyForm,
}

/// How a body travels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum BodyForm {
    /// JSON; with an envelope the content is wrapped as `{"envelope": …}`.
    Json {
        shape: Shape,
        envelope: Option<String>,
    },
    /// `application/x-www-form-urlencoded`; lists repeat their name unless they are among those that are one value.
    Form {
        shape: Shape,
        joined: Vec<(String, Style)>,
    },
    Multipart,
    /// Any other media type, as bytes.
    Bytes {
        content_type: String,
    },
}

/// What a successful call gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    Json(Shape),
    /// JSON, or nothing at all.
    OptionalJson(Shape),
    Empty,
    Text(String),
    Bytes(String),
    /// Several JSON types, told apart by their status.
    ByStatus {
        name: String,
        cases: Vec<Case>,
    },
}

/// One success status of an operation with several.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) status: u16,
    pub(crate) rust: String,
    pub(crate) shape: Option<Shape>,
}

/// How a list continues.
#[derive(Debug)]
pub(crate) struct Paging {
    pub(crate) kind: PagingKind,
    /// JSON pointer of the items in the answer.
    pub(crate) items: String,
    /// The page's type.
    pub(crate) page: String,
    /// From the page to its items: field names, and whether each may be missing.
    pub(crate) items_path: Vec<Step>,
    /// From the page to the text that continues it.
    pub(crate) next_path: Vec<Step>,
    /// Whether the position travels in a field of the form instead of the query.
    pub(crate) in_form: bool,
    /// Set where the page may also be the bare list.
    pub(crate) forms: Option<PageForms>,
}

/// A page that is either an object around the list or the list itself: the variants of its union.
#[derive(Debug)]
pub(crate) struct PageForms {
    /// The variant of the object, and its type.
    pub(crate) object: (String, String),
    /// The variant of the list.
    pub(crate) list: String,
}

/// One field on the way into a page.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) rust: String,
    pub(crate) presence: Presence,
}

/// The forms of `x-pagination`.
#[derive(Debug)]
pub(crate) enum PagingKind {
    Cursor { param: String },
    Link,
    Page { param: String },
    Offset { param: String },
}
