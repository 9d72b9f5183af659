//! The provider's record behind a normalized one.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use bankfeed_runtime as rt;
use rt::Bytes;

use crate::Json;
use crate::provider::ProviderId;

/// The provider's record behind a normalized one, as it came, unknown members and all.
///
/// It shares the text of the whole answer and finds its part when asked, so it costs next to nothing until then. As
/// long as one record of a page lives, the page's text does. May hold personal data; `Debug` shows none.
#[derive(Clone)]
pub struct Source {
    provider: ProviderId,
    schema: &'static str,
    text: Text,
}

#[derive(Clone)]
enum Text {
    Whole(Bytes),
    /// The value at a pointer inside another record.
    Part {
        of: Box<Source>,
        pointer: String,
    },
    Item {
        list: Arc<List>,
        index: usize,
    },
}

/// A list in a text, of which the items are found when the first one is asked for.
pub(crate) struct List {
    text: Bytes,
    pointer: String,
    places: OnceLock<Option<Vec<Range<usize>>>>,
}

impl List {
    /// The list at a pointer of a text.
    pub(crate) fn new(text: Bytes, pointer: &str) -> Self {
        Self { text, pointer: pointer.to_owned(), places: OnceLock::new() }
    }
}

impl Source {
    /// A record that is a whole text of its own.
    pub(crate) fn whole(provider: ProviderId, schema: &'static str, text: Bytes) -> Self {
        Self { provider, schema, text: Text::Whole(text) }
    }

    /// A record inside this one, of a schema of its own.
    pub(crate) fn part(&self, schema: &'static str, pointer: impl Into<String>) -> Self {
        let text = Text::Part { of: Box::new(self.clone()), pointer: pointer.into() };
        Self { provider: self.provider.clone(), schema, text }
    }

    /// An item of a list.
    pub(crate) fn item(provider: ProviderId, schema: &'static str, list: &Arc<List>, index: usize) -> Self {
        Self { provider, schema, text: Text::Item { list: list.clone(), index } }
    }

    /// Who sent it.
    pub fn provider(&self) -> &ProviderId {
        &self.provider
    }

    /// What it is in the provider's curated specification: the name of the schema.
    pub fn schema(&self) -> &'static str {
        self.schema
    }

    /// The record as JSON, digit for digit as it came.
    pub fn json(&self) -> Json {
        rt::de::from_slice(&self.bytes()).unwrap_or_default()
    }

    /// The record as a type of the provider's client: the way from the model to everything else that the provider
    /// sends.
    ///
    /// ```
    /// # #[cfg(feature = "saltedge")]
    /// fn tags(transaction: &bankfeed::Transaction) -> Option<Vec<String>> {
    ///     use bankfeed::native::saltedge::types;
    ///
    ///     let record: types::Transaction = transaction.source.as_ref()?.decode().ok()?;
    ///     record.extra?.tags
    /// }
    /// ```
    ///
    /// # Errors
    /// When it is not of that type.
    pub fn decode<T: for<'de> rt::Lenient<'de>>(&self) -> Result<T, rt::DecodeError> {
        rt::de::from_slice(&self.bytes())
    }

    /// Where a field of the model comes from in this record, such as `transaction.amount`: every place that can feed it,
    /// with what stands there. Empty when this provider cannot tell the field at all.
    ///
    /// Which of several places won, and how they were put together, the documentation of the field says.
    pub fn origins(&self, field: &str) -> Vec<Origin> {
        let feeding = crate::unmapped::schema(self).into_iter().flat_map(|schema| schema.feeding(field));
        let record = self.json().to_value();
        feeding
            .map(|place| Origin { place: place.path.to_owned(), presence: Presence::of(&record, place.path) })
            .collect()
    }

    /// The record's text; empty when it cannot be found, which is for lists that were no lists.
    pub(crate) fn bytes(&self) -> Bytes {
        self.text.bytes().unwrap_or_default()
    }
}

/// A place of a provider's record that can feed a field of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// A JSON pointer in the record, `*` for any item of a list.
    pub place: String,
    /// What stands there.
    pub presence: Presence,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// Nothing: it was not sent.
    Absent,
    /// `null`.
    Null,
    /// A value.
    Value,
}

impl Presence {
    /// What stands at a place; of several the one that says most.
    fn of(value: &serde_json::Value, place: &str) -> Self {
        let Some(place) = place.strip_prefix('/') else {
            return if value.is_null() { Self::Null } else { Self::Value };
        };
        let (name, rest) = place.find('/').map_or((place, ""), |end| place.split_at(end));
        match (name, value) {
            ("**", _) => Self::of(value, ""),
            ("*", serde_json::Value::Array(items)) => {
                items.iter().map(|item| Self::of(item, rest)).max().unwrap_or(Self::Absent)
            }
            (_, serde_json::Value::Object(members)) => {
                let name = name.replace("~1", "/").replace("~0", "~");
                members.get(&name).map_or(Self::Absent, |member| Self::of(member, rest))
            }
            _ => Self::Absent,
        }
    }
}

impl Text {
    fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::Whole(text) => Some(text.clone()),
            Self::Part { of, pointer } => {
                let whole = of.bytes();
                let place = rt::de::place_of(&whole, pointer)?;
                Some(whole.slice(place))
            }
            Self::Item { list, index } => {
                let places = list.places.get_or_init(|| rt::de::places_of_items(&list.text, &list.pointer));
                Some(list.text.slice(places.as_ref()?.get(*index)?.clone()))
            }
        }
    }
}

impl PartialEq for Source {
    /// Same schema, same text.
    fn eq(&self, other: &Self) -> bool {
        self.schema == other.schema && self.provider == other.provider && self.bytes() == other.bytes()
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}.{})", self.provider, self.schema)
    }
}
