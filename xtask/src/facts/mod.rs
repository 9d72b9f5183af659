//! What schemas say about a value, however they spell it.
//!
//! References, `allOf` and the two ways of writing null (OpenAPI 3.0 and 3.1) are gone here. What is left is a list of plain forms, one
//! for each alternative that a value may take.

mod join;
mod merged;
mod operations;
mod read;
mod routes;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

pub(crate) use merged::Merged;
pub(crate) use operations::{Callback, Operation, Parameter, callbacks, content, is_json, operations};
pub(crate) use read::Reader;
pub(crate) use routes::{base, normal};

use crate::spec::Place;

/// The kinds of JSON values, null apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
}

impl Kind {
    /// The word of the specification.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Object => "object",
            Kind::Array => "array",
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
        }
    }

    /// The kind that the specification calls so.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        const ALL: [Kind; 6] = [Kind::Object, Kind::Array, Kind::String, Kind::Integer, Kind::Number, Kind::Boolean];
        ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The kind of a value; `None` is null.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(_) => Kind::Boolean,
            Value::Number(number) if number.is_f64() => Kind::Number,
            Value::Number(_) => Kind::Integer,
            Value::String(_) => Kind::String,
            Value::Array(_) => Kind::Array,
            Value::Object(_) => Kind::Object,
        })
    }
}

/// Schemas that speak of one value: one of them, all at once, or any of them.
#[derive(Clone)]
pub(crate) enum Node<'a> {
    At(Place<'a>),
    All(Vec<Node<'a>>),
    Any(Vec<Node<'a>>),
}

impl<'a> Node<'a> {
    /// Tells it from all other nodes of its document.
    pub(crate) fn key(&self) -> String {
        let join = |nodes: &[Node<'_>], sign: &str| nodes.iter().map(Node::key).collect::<Vec<_>>().join(sign);
        match self {
            Node::At(place) => place.pointer.clone(),
            Node::All(nodes) => format!("({})", join(nodes, " & ")),
            Node::Any(nodes) => format!("({})", join(nodes, " | ")),
        }
    }

    /// The first place in it.
    pub(crate) fn place(&self) -> Option<&Place<'a>> {
        match self {
            Node::At(place) => Some(place),
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().find_map(Node::place),
        }
    }
}

/// What may stand beside the members that have a name.
#[derive(Clone)]
pub(crate) enum Rest<'a> {
    Unsaid,
    Closed,
    /// Anything.
    Anything,
    Open(Node<'a>),
}

/// One form that a value may take, with nothing left to look up but what is below it.
#[derive(Clone)]
pub(crate) struct Plain<'a> {
    /// The component that it is.
    pub(crate) component: Option<String>,
    /// Where it stands.
    pub(crate) place: Place<'a>,
    /// `None`: any kind.
    pub(crate) kinds: Option<BTreeSet<Kind>>,
    /// Null is allowed in so many words.
    pub(crate) null: bool,
    pub(crate) format: Option<&'a str>,
    /// The only values that it may have, null apart.
    pub(crate) values: Option<Vec<&'a Value>>,
    pub(crate) members: IndexMap<&'a str, Node<'a>>,
    pub(crate) required: BTreeSet<&'a str>,
    pub(crate) rest: Rest<'a>,
    pub(crate) items: Option<Node<'a>>,
    /// `x-sensitive` stands on the way to it.
    pub(crate) sensitive: bool,
}

impl Plain<'_> {
    /// Says nothing of what the value is.
    pub(crate) fn anything(&self) -> bool {
        self.kinds.is_none() && self.values.is_none()
    }

    /// Allows a kind of value.
    pub(crate) fn allows(&self, kind: Kind) -> bool {
        match &self.kinds {
            None => true,
            Some(kinds) => kinds.contains(&kind) || (kind == Kind::Integer && kinds.contains(&Kind::Number)),
        }
    }

    /// Only words about a value that is described elsewhere.
    fn says_little(&self) -> bool {
        self.members.is_empty()
            && self.required.is_empty()
            && self.items.is_none()
            && self.values.is_none()
            && matches!(self.rest, Rest::Unsaid)
    }
}
