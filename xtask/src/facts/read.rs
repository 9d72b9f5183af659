//! From a schema to its plain forms.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::join::join;
use super::{Kind, Node, Plain, Rest};
use crate::diagnostic::{Problems, Rejected};
use crate::spec::{Place, Spec, pointer};

/// Beyond so many forms, further unions are not multiplied out.
const FORMS: usize = 64;
const SCHEMAS: &str = "/components/schemas/";

/// Reads the schemas of one document, each once.
pub(crate) struct Reader<'a> {
    pub(crate) spec: &'a Spec,
    known: RefCell<HashMap<String, Rc<Vec<Plain<'a>>>>>,
    /// References that lead nowhere, by their place.
    broken: RefCell<BTreeMap<String, String>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(spec: &'a Spec) -> Self {
        Self { spec, known: RefCell::default(), broken: RefCell::default() }
    }

    /// The forms that a value may take.
    pub(crate) fn read(&self, node: &Node<'a>) -> Rc<Vec<Plain<'a>>> {
        let key = node.key();
        if let Some(known) = self.known.borrow().get(&key) {
            return Rc::clone(known);
        }
        let forms = Rc::new(self.forms(node, &mut Vec::new()).unwrap_or_default());
        self.known.borrow_mut().insert(key, Rc::clone(&forms));
        forms
    }

    /// The component that a schema is, but for null and words of its own.
    pub(crate) fn name(&self, node: &Node<'a>) -> Option<String> {
        let place = match node {
            Node::At(place) => place,
            Node::All(nodes) | Node::Any(nodes) => {
                let mut names = nodes.iter().map(|node| self.name(node));
                let first = names.next()??;
                return names.all(|name| name.as_ref() == Some(&first)).then_some(first);
            }
        };
        if let Some(name) = component(&place.pointer) {
            return Some(name);
        }
        if let Some(reference) = place.text("$ref") {
            return component(&self.spec.follow(reference)?.pointer);
        }
        let arms: Vec<Place<'a>> = ["allOf", "oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| place.get(key))
            .flat_map(|list| list.elements())
            .filter(|arm| !only_null(arm))
            .collect();
        match arms.as_slice() {
            [only] if place.get("properties").is_none() => self.name(&Node::At(only.clone())),
            _ => None,
        }
    }

    /// An error when anything that was read refers to nothing.
    pub(crate) fn check(&self) -> Result<(), Rejected> {
        let mut problems = Problems::default();
        for (at, reference) in self.broken.borrow().iter() {
            problems.push(self.spec.problem(
                at,
                format!("the reference `{reference}` leads to nothing in this file"),
                "mend it; a description in several files has to be bundled into one first",
            ));
        }
        problems.check()
    }

    /// `None`: what leads back into itself and says nothing more.
    fn forms(&self, node: &Node<'a>, open: &mut Vec<String>) -> Option<Vec<Plain<'a>>> {
        match node {
            Node::At(place) => self.place(place, open),
            Node::Any(nodes) => Some(nodes.iter().filter_map(|node| self.forms(node, open)).flatten().collect()),
            Node::All(nodes) => {
                let mut parts = nodes.iter().filter_map(|node| self.forms(node, open));
                let first = parts.next()?;
                Some(parts.fold(first, |whole, part| times(&whole, &part)))
            }
        }
    }

    fn place(&self, place: &Place<'a>, open: &mut Vec<String>) -> Option<Vec<Plain<'a>>> {
        if open.contains(&place.pointer) {
            return None;
        }
        open.push(place.pointer.clone());
        let mut forms = vec![own(place)];
        if let Some(reference) = place.text("$ref") {
            match self.spec.follow(reference) {
                Some(target) => match self.place(&target, open) {
                    Some(part) => forms = times(&forms, &part),
                    None => {
                        open.pop();
                        return None;
                    }
                },
                None => {
                    self.broken.borrow_mut().insert(place.pointer.clone(), reference.to_owned());
                }
            }
        }
        for part in place.get("allOf").iter().flat_map(Place::elements) {
            if let Some(part) = self.place(&part, open) {
                forms = times(&forms, &part);
            }
        }
        for list in ["oneOf", "anyOf"].into_iter().filter_map(|key| place.get(key)) {
            // A base that lists its children, reached from one of them, says nothing about the others.
            let arms: Option<Vec<_>> = list.elements().map(|arm| self.place(&arm, open)).collect();
            if let Some(arms) = arms {
                forms = times(&forms, &arms.concat());
            }
        }
        open.pop();
        if let Some(name) = component(&place.pointer) {
            for form in &mut forms {
                form.component.get_or_insert_with(|| name.clone());
            }
        }
        Some(forms)
    }
}

/// The name of a component, when the pointer is one's.
fn component(at: &str) -> Option<String> {
    at.strip_prefix(SCHEMAS).filter(|rest| !rest.contains('/')).map(|_| pointer::last(at))
}

fn times<'a>(a: &[Plain<'a>], b: &[Plain<'a>]) -> Vec<Plain<'a>> {
    if b.is_empty() || a.len() * b.len() > FORMS {
        return a.to_vec();
    }
    let all: Vec<_> = a.iter().flat_map(|a| b.iter().filter_map(move |b| join(a, b))).collect();
    if all.is_empty() { a.to_vec() } else { all }
}

fn only_null(place: &Place<'_>) -> bool {
    let own = own(place);
    own.null && own.kinds.is_some_and(|kinds| kinds.is_empty()) && place.get("$ref").is_none()
}

/// What a schema says by itself.
fn own<'a>(place: &Place<'a>) -> Plain<'a> {
    let value = place.value;
    let words: Vec<&str> = match value.get("type") {
        Some(Value::String(word)) => vec![word],
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let mut kinds: Option<BTreeSet<Kind>> =
        (!words.is_empty()).then(|| words.iter().filter_map(|word| Kind::from_word(word)).collect());
    let listed: Option<Vec<&'a Value>> = match value.get("enum").and_then(Value::as_array) {
        Some(values) => Some(values.iter().collect()),
        None => value.get("const").map(|only| vec![only]),
    };
    let null = place.flag("nullable")
        || words.contains(&"null")
        || listed.as_ref().is_some_and(|values| values.iter().any(|value| value.is_null()));
    let values: Option<Vec<&Value>> =
        listed.map(|values| values.into_iter().filter(|value| !value.is_null()).collect());
    if let Some(values) = &values {
        // What the list does not hold cannot be; a list of nothing but null leaves no kind at all.
        let of_values: BTreeSet<Kind> = values.iter().filter_map(|value| Kind::of(value)).collect();
        if kinds.is_none() || of_values.is_empty() {
            kinds = Some(of_values);
        }
    }
    let values = values.filter(|values| !values.is_empty());
    let members: IndexMap<&str, Node<'a>> = place
        .get("properties")
        .iter()
        .flat_map(Place::members)
        .map(|(name, at)| (name.as_str(), Node::At(at)))
        .collect();
    let rest = match place.get("additionalProperties") {
        None => Rest::Unsaid,
        Some(at) if *at.value == Value::Bool(false) => Rest::Closed,
        Some(at) if at.value.as_object().is_none_or(|schema| schema.is_empty()) => Rest::Anything,
        Some(at) => Rest::Open(Node::At(at)),
    };
    let items = place.get("items").filter(|items| items.value.is_object()).map(Node::At);
    if kinds.is_none() && (!members.is_empty() || !matches!(rest, Rest::Unsaid)) {
        kinds = Some(BTreeSet::from([Kind::Object]));
    } else if kinds.is_none() && items.is_some() {
        kinds = Some(BTreeSet::from([Kind::Array]));
    }
    Plain {
        component: None,
        place: place.clone(),
        kinds,
        null,
        format: place.text("format").or_else(|| binary(place)),
        values,
        members,
        required: value
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect(),
        rest,
        items,
        sensitive: place.get("x-sensitive").is_some(),
    }
}

/// How 3.1 says that a text is a file.
fn binary(place: &Place<'_>) -> Option<&'static str> {
    place.text("contentEncoding").or(place.text("contentMediaType")).map(|_| "binary")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Merged;
    use crate::lint::testing::spec;

    /// The forms of component `A`: kinds, null, members, values.
    fn forms(schemas: &str) -> Vec<String> {
        let spec = spec(&format!("components:\n  schemas:\n    {}", schemas.replace('\n', "\n    ")));
        let reader = Reader::new(&spec);
        let Some(place) = spec.at("/components/schemas/A") else { panic!("it is there") };
        let forms = reader.read(&Node::At(place));
        let form = |form: &Plain<'_>| {
            let whole = Merged::new(std::slice::from_ref(form));
            let null = if form.null { "?" } else { "" };
            let members: Vec<&str> = form.members.keys().copied().collect();
            let values: Vec<String> = form.values.iter().flatten().map(|value| value.to_string()).collect();
            let name = form.component.as_deref().unwrap_or("-");
            format!("{name} {}{null} [{}] [{}]", whole.words(), members.join(","), values.join(","))
        };
        forms.iter().map(form).collect()
    }

    #[test]
    fn null_is_null_however_it_is_written() {
        let ways = [
            "{type: string, nullable: true}",
            "{type: [string, 'null']}",
            "{anyOf: [{type: string}], nullable: true}",
            "{allOf: [{$ref: '#/components/schemas/B'}], nullable: true}",
        ];
        for way in ways {
            let found = forms(&format!("A: {way}\nB: {{type: string}}"));
            assert!(matches!(found.as_slice(), [only] if only.ends_with(" string? [] []")), "{way}: {found:?}");
        }
        assert_eq!(forms("A: {oneOf: [{type: string}, {type: 'null'}]}"), ["A string [] []", "A null? [] []"]);
        assert_eq!(
            forms("A: {oneOf: [{type: string}, {type: string, nullable: true, enum: [null]}]}"),
            ["A string [] []", "A null? [] []"]
        );
    }

    #[test]
    fn parts_add_up_and_alternatives_take_what_stands_beside_them() {
        assert_eq!(
            forms(
                "A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {c: {}}}]}\nB: {type: object, properties: {b: {}}}"
            ),
            ["A object [b,c] []"]
        );
        assert_eq!(
            forms(
                "A: {properties: {a: {}}, oneOf: [{$ref: '#/components/schemas/B'}, {properties: {c: {}}}]}\nB: {properties: {b: {}}}"
            ),
            ["A object [a,b] []", "A object [a,c] []"]
        );
        assert_eq!(
            forms("A: {oneOf: [{$ref: '#/components/schemas/B'}, {const: x}]}\nB: {enum: [y, z]}"),
            ["B string [] [\"y\",\"z\"]", "A string [] [\"x\"]"]
        );
    }

    #[test]
    fn circles_end() {
        assert_eq!(
            forms(
                "A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {a: {}}}]}\n\
                 B: {properties: {b: {}}, oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/C'}]}\n\
                 C: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {c: {}}}]}"
            ),
            ["A object [b,a] []"]
        );
        assert_eq!(forms("A: {$ref: '#/components/schemas/A'}"), Vec::<String>::new());
    }

    #[test]
    fn parts_that_contradict_leave_the_first() {
        assert_eq!(forms("A: {type: string, allOf: [{type: integer}]}"), ["A string [] []"]);
        assert_eq!(forms("A: {type: number, allOf: [{type: integer}]}"), ["A integer [] []"]);
    }

    #[test]
    fn references_that_lead_nowhere_are_told() {
        let spec = spec("components: {schemas: {A: {$ref: '#/components/schemas/B'}}}");
        let reader = Reader::new(&spec);
        let Some(place) = spec.at("/components/schemas/A") else { panic!("it is there") };
        reader.read(&Node::At(place));
        assert!(reader.check().is_err());
    }
}
