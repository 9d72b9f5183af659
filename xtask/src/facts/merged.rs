//! All forms of a value seen as one: what it may be in any of them.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::{Kind, Node, Plain, Rest};

/// What a value may be.
pub(crate) struct Merged<'a> {
    /// One of the forms says nothing of the value.
    pub(crate) anything: bool,
    pub(crate) null: bool,
    pub(crate) kinds: BTreeSet<Kind>,
    /// The formats of its texts, see [`text_format`].
    pub(crate) formats: BTreeSet<&'static str>,
    /// The only values that it may have, when all forms list theirs.
    pub(crate) values: Option<Vec<&'a Value>>,
    pub(crate) members: IndexMap<&'a str, Node<'a>>,
    /// Members that no form may lack.
    pub(crate) required: BTreeSet<&'a str>,
    /// What further members are, where that is described.
    pub(crate) rest: Option<Node<'a>>,
    pub(crate) items: Option<Node<'a>>,
}

impl<'a> Merged<'a> {
    pub(crate) fn new(forms: &[Plain<'a>]) -> Self {
        let kinds = forms.iter().filter_map(|form| form.kinds.as_ref()).flatten().copied();
        let mut kinds: BTreeSet<Kind> = kinds.collect();
        if kinds.contains(&Kind::Number) {
            kinds.remove(&Kind::Integer);
        }
        let scalar = |form: &&Plain<'a>| {
            let kinds = form.kinds.iter().flatten();
            form.kinds.is_none() || kinds.into_iter().any(|kind| !matches!(kind, Kind::Object | Kind::Array))
        };
        let scalars: Vec<&Plain<'a>> = forms.iter().filter(scalar).collect();
        let texts = scalars.iter().filter(|form| form.allows(Kind::String));
        let objects: Vec<&Plain<'a>> =
            forms.iter().filter(|form| form.kinds.is_some() && form.allows(Kind::Object)).collect();
        let rest =
            objects.iter().filter_map(|form| if let Rest::Open(node) = &form.rest { Some(node.clone()) } else { None });
        let items = forms.iter().filter_map(|form| form.items.clone());
        Self {
            anything: forms.is_empty() || forms.iter().any(Plain::anything),
            null: forms.iter().any(|form| form.null),
            kinds,
            formats: texts.map(|form| text_format(form.format)).collect(),
            values: values(&scalars),
            members: members(&objects),
            required: required(&objects),
            rest: any(rest.collect()),
            items: any(items.collect()),
        }
    }

    /// Its kinds in words.
    pub(crate) fn words(&self) -> String {
        if self.anything {
            return "anything".to_owned();
        }
        if self.kinds.is_empty() {
            return "null".to_owned();
        }
        let words: Vec<&str> = self.kinds.iter().map(|kind| kind.word()).collect();
        words.join(" or ")
    }
}

/// Formats as far as they change how a text is read; all others are text.
///
/// Identifiers, addresses and the like are text for a reader, and a moment is a date and time with a sloppy offset.
pub(crate) fn text_format(format: Option<&str>) -> &'static str {
    match format {
        Some("date") => "date",
        Some("date-time" | "moment") => "date-time",
        Some("time") => "time",
        Some("binary" | "byte") => "binary",
        _ => "plain text",
    }
}

fn values<'a>(scalars: &[&Plain<'a>]) -> Option<Vec<&'a Value>> {
    let mut values = Vec::new();
    // What can only be null lists nothing and opens nothing.
    for form in scalars {
        for value in form.values.as_ref()? {
            if !values.contains(value) {
                values.push(value);
            }
        }
    }
    Some(values).filter(|values| !values.is_empty())
}

fn members<'a>(objects: &[&Plain<'a>]) -> IndexMap<&'a str, Node<'a>> {
    let mut nodes: IndexMap<&str, Vec<Node<'a>>> = IndexMap::new();
    for (name, node) in objects.iter().flat_map(|form| &form.members) {
        let known = nodes.entry(name).or_default();
        if known.iter().all(|known| known.key() != node.key()) {
            known.push(node.clone());
        }
    }
    nodes.into_iter().filter_map(|(name, nodes)| Some((name, any(nodes)?))).collect()
}

fn required<'a>(objects: &[&Plain<'a>]) -> BTreeSet<&'a str> {
    let mut sets = objects.iter().map(|form| form.required.clone());
    let first = sets.next().unwrap_or_default();
    sets.fold(first, |all, set| all.intersection(&set).copied().collect())
}

fn any<'a>(mut nodes: Vec<Node<'a>>) -> Option<Node<'a>> {
    match nodes.len() {
        0 => None,
        1 => nodes.pop(),
        _ => Some(Node::Any(nodes)),
    }
}
