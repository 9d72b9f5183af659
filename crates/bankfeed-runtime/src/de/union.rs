//! Values of several possible shapes.

use serde::de::{Deserializer, IgnoredAny};

use super::error::DecodeError;
use super::lenient::Lenient;
use super::object::Object;
use crate::Json;

/// The kinds of JSON value an arm of a union takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind at all; where a list of kinds starts.
    pub const NONE: Self = Self(0);
    /// A JSON string.
    pub const TEXT: Self = Self(1);
    /// A JSON number.
    pub const NUMBER: Self = Self(2);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self(4);
    /// A JSON array.
    pub const LIST: Self = Self(8);
    /// A JSON object.
    pub const OBJECT: Self = Self(16);
    /// `null`.
    pub const NULL: Self = Self(32);
    /// Every kind.
    pub const ANY: Self = Self(63);

    /// These kinds and the others.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of(json: &Json) -> Self {
        match json.get().as_bytes().first() {
            Some(b'"') => Self::TEXT,
            Some(b'{') => Self::OBJECT,
            Some(b'[') => Self::LIST,
            Some(b't' | b'f') => Self::BOOLEAN,
            Some(b'n') => Self::NULL,
            _ => Self::NUMBER,
        }
    }

    fn takes(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }
}

/// One possible shape of a union.
pub struct Arm<U> {
    kinds: Kinds,
    fields: &'static [&'static str],
    tags: &'static [&'static str],
    decode: fn(&Json) -> Result<U, DecodeError>,
}

impl<U> Arm<U> {
    /// An arm that takes these kinds of value.
    pub const fn new(kinds: Kinds, decode: fn(&Json) -> Result<U, DecodeError>) -> Self {
        Self { kinds, fields: &[], tags: &[], decode }
    }

    /// An arm that takes objects with the fields of `T`.
    pub const fn object<T: for<'de> Object<'de>>(decode: fn(&Json) -> Result<U, DecodeError>) -> Self {
        Self { kinds: Kinds::OBJECT, fields: <T as Object<'static>>::FIELDS, tags: &[], decode }
    }

    /// The same arm, asked first when the member that tells the arms apart (see [`union_by`]) has one of these texts.
    #[must_use]
    pub const fn tagged(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }
}

/// Reads a value as the first arm that takes it.
///
/// An arm is asked only for its own kinds of value, so that a number is not taken as text. Among arms for objects the
/// one that knows most of the sent fields is asked first, so that a shape whose fields are all optional does not
/// swallow the others; the order given decides between equals.
///
/// # Errors
/// Only when the text is not JSON: a value that no arm takes is `unknown`.
pub fn union<'de, U, D: Deserializer<'de>>(
    deserializer: D,
    arms: &[Arm<U>],
    unknown: fn(Json) -> U,
) -> Result<U, D::Error> {
    let json = Json::lenient(deserializer)?;
    Ok(choose(&json, None, arms).unwrap_or_else(|| unknown(json)))
}

/// Like [`union()`], with a member of the object that says which arm it is.
///
/// What it says comes before what fits: the arm tagged with its text is asked first. A text that no arm has, or an object
/// that is not what it says, is read as without that member.
///
/// # Errors
/// As [`union()`].
pub fn union_by<'de, U, D: Deserializer<'de>>(
    deserializer: D,
    property: &str,
    arms: &[Arm<U>],
    unknown: fn(Json) -> U,
) -> Result<U, D::Error> {
    let json = Json::lenient(deserializer)?;
    Ok(choose(&json, Some(property), arms).unwrap_or_else(|| unknown(json)))
}

fn choose<U>(json: &Json, property: Option<&str>, arms: &[Arm<U>]) -> Option<U> {
    let kind = Kinds::of(json);
    let mut candidates: Vec<&Arm<U>> = arms.iter().filter(|arm| arm.kinds.takes(kind)).collect();
    if kind == Kinds::OBJECT && candidates.len() > 1 {
        let sent: std::collections::BTreeMap<String, IgnoredAny> = serde_json::from_str(json.get()).ok()?;
        let known = |arm: &Arm<U>| arm.fields.iter().filter(|field| sent.contains_key(**field)).count();
        let tag = property.filter(|property| sent.contains_key(*property)).and_then(|property| text_of(json, property));
        let meant = |arm: &Arm<U>| tag.as_deref().is_some_and(|tag| arm.tags.contains(&tag));
        // The sort is stable: equals stay in the order given.
        candidates.sort_by_key(|arm| std::cmp::Reverse((meant(arm), known(arm))));
    }
    candidates.into_iter().find_map(|arm| (arm.decode)(json).ok())
}

/// The text of one member of an object.
fn text_of(json: &Json, property: &str) -> Option<String> {
    let mut members: std::collections::BTreeMap<String, Json> = json.decode().ok()?;
    members.remove(property)?.decode().ok()
}

/// Reading and writing for an enum of several possible shapes.
///
/// Each variant holds one value; behind it stand the kinds of JSON it takes (`text`, `number`, `boolean`, `list`,
/// `object`, `null`, `any`, joined by `|`) or `object(Type)`. The last variant keeps what none of them takes, as
/// [`Json`](crate::Json). Where a member of the objects names the variant, it stands behind the type, and its texts behind the
/// variants: `rt::union!(Source["kind"] { Card: object(Card) = ["card", "prepaid"], ..Unknown })`.
///
/// ```
/// # use bankfeed_runtime as rt;
/// #[derive(Debug, PartialEq)]
/// pub struct Card { pub number: String }
/// rt::object!(Card { number: "number" });
/// # impl rt::de::Serialize for Card {
/// #     fn serialize<S: rt::de::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(&self.number) }
/// # }
///
/// #[derive(Debug, PartialEq)]
/// pub enum Source { Name(String), Rate(rt::Amount), Card(Box<Card>), Unknown(rt::Json) }
/// rt::union!(Source { Name: text, Rate: number, Card: object(Card), ..Unknown });
///
/// assert_eq!(rt::de::from_str::<Source>("\"x\"")?, Source::Name("x".into()));
/// assert!(matches!(rt::de::from_str::<Source>("[1]")?, Source::Unknown(_)));
/// # Ok::<(), rt::DecodeError>(())
/// ```
#[macro_export]
macro_rules! union {
    ($type:ident $([$property:literal])? {
        $($variant:ident : $kind:ident $(($object:ident))? $(| $more:ident)* $(= [$($tag:literal),+ $(,)?])?,)* ..$unknown:ident $(,)?
    }) => {
        impl<'de> $crate::de::Lenient<'de> for $type {
            fn lenient<D: $crate::de::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                let arms = [$($crate::union!(@arm Self::$variant, $kind $(($object))? $(| $more)*)$(.tagged(&[$($tag),+]))?),*];
                $crate::union!(@by deserializer, &arms, Self::$unknown $(, $property)?)
            }
        }

        impl $crate::de::Serialize for $type {
            fn serialize<S: $crate::de::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::de::Serialize::serialize(value, serializer),)*
                    Self::$unknown(value) => $crate::de::Serialize::serialize(value, serializer),
                }
            }
        }

        $crate::wire!($type);
    };
    (@by $deserializer:ident, $arms:expr, $unknown:path) => {
        $crate::de::union($deserializer, $arms, $unknown)
    };
    (@by $deserializer:ident, $arms:expr, $unknown:path, $property:literal) => {
        $crate::de::union_by($deserializer, $property, $arms, $unknown)
    };
    (@arm $make:path, object($object:ident)) => {
        $crate::de::Arm::object::<$object>(|json| json.decode().map($make))
    };
    (@arm $make:path, $($kind:ident)|+) => {
        $crate::de::Arm::new(
            $crate::de::Kinds::NONE$(.or($crate::union!(@kind $kind)))+,
            |json| json.decode().map($make),
        )
    };
    (@kind text) => { $crate::de::Kinds::TEXT };
    (@kind number) => { $crate::de::Kinds::NUMBER };
    (@kind boolean) => { $crate::de::Kinds::BOOLEAN };
    (@kind list) => { $crate::de::Kinds::LIST };
    (@kind object) => { $crate::de::Kinds::OBJECT };
    (@kind null) => { $crate::de::Kinds::NULL };
    (@kind any) => { $crate::de::Kinds::ANY };
}

#[cfg(test)]
mod tests {
    use crate as rt;
    use rt::de::{Serialize, Serializer};

    #[derive(Debug, PartialEq)]
    struct Opened {
        kind: Option<String>,
        at: Option<String>,
    }
    rt::object!(Opened { kind: "kind", at: "at" });

    #[derive(Debug, PartialEq)]
    struct Closed {
        kind: Option<String>,
        at: Option<String>,
        reason: Option<String>,
    }
    rt::object!(Closed { kind: "kind", at: "at", reason: "reason" });

    #[derive(Debug, PartialEq)]
    struct Counted {
        count: i64,
    }
    rt::object!(Counted { count: "count" });

    macro_rules! silent {
        ($($name:ident),*) => {
            $(impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_unit()
                }
            })*
        };
    }
    silent!(Opened, Closed, Counted);

    #[derive(Debug, PartialEq)]
    enum Event {
        Opened(Opened),
        Closed(Closed),
        Counted(Counted),
        Unknown(rt::Json),
    }
    rt::union!(Event["kind"] {
        Opened: object(Opened) = ["opened", "reopened"],
        Closed: object(Closed) = ["closed"],
        Counted: object(Counted) = ["counted"],
        ..Unknown
    });

    fn event(text: &str) -> Event {
        rt::de::from_str(text).unwrap()
    }

    #[test]
    fn the_member_that_names_the_arm_comes_before_what_fits() {
        for kind in ["opened", "reopened"] {
            let text = format!(r#"{{"reason":"x","at":"1","kind":"{kind}"}}"#);
            assert!(matches!(event(&text), Event::Opened(_)), "{kind}");
        }
        assert!(matches!(event(r#"{"kind":"closed"}"#), Event::Closed(_)));
    }

    #[test]
    fn without_its_help_the_best_fit_is_taken() {
        assert!(matches!(event(r#"{"reason":"x"}"#), Event::Closed(_)), "no such member");
        assert!(matches!(event(r#"{"kind":"merged","reason":"x"}"#), Event::Closed(_)), "no such arm");
        assert!(matches!(event(r#"{"kind":7,"reason":"x","count":"many"}"#), Event::Closed(_)), "no text");
        assert!(matches!(event(r#"{"kind":"counted","at":"1"}"#), Event::Opened(_)), "not what it says");
    }
}
