//! What a schema is made of: members, elements, alternatives.

use serde_json::{Value, json};

use super::super::change::{Severity, Way};
use super::super::kind::Kind;
use super::schema::rust_named;
use super::view::View;
use super::{Pair, Spot, Walk, listed, plain};
use crate::names;
use crate::spec::{Place, Spec, pointer};

/// Members that one side has alone.
type Members<'a> = Vec<(&'a str, Place<'a>)>;

/// What a property is called in Rust.
fn rust_name(wire: &str, place: &Place<'_>) -> String {
    names::chosen(place.text("x-rust-name")).unwrap_or_else(|| names::field_name(wire))
}

impl<'a> Walk<'a> {
    /// The properties of an object.
    pub(super) fn members(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        let at = |name: &str| pointer::child(&format!("{}/properties", pair.at), name);
        let subject = |name: &str| format!("{}.{name}", pair.subject);
        let mut gone: Members<'a> = Vec::new();
        for (name, a) in &old.members {
            let Some(b) = new.member(name) else {
                gone.push((*name, a.clone()));
                continue;
            };
            let (a, b) = (a.clone(), b.clone());
            let inner = Pair { a, b, at: at(name), subject: subject(name), way: pair.way };
            self.presence(&inner, old.requires(name), new.requires(name));
            self.schema(&inner);
        }
        let mut come: Members<'a> = Vec::new();
        for (name, b) in &new.members {
            if old.members.contains_key(name) {
                continue;
            }
            match old.inherited.get(name) {
                Some(a) => {
                    let inner =
                        Pair { a: a.clone(), b: b.clone(), at: at(name), subject: subject(name), way: pair.way };
                    self.presence(&inner, old.requires(name), new.requires(name));
                    self.schema(&inner);
                }
                None => come.push((*name, b.clone())),
            }
        }
        // Requiring what a part describes, or what nothing describes.
        let own: Vec<&str> = old
            .required
            .iter()
            .chain(new.required.iter().filter(|name| !old.required.contains(name)))
            .copied()
            .collect();
        for name in own.into_iter().filter(|name| !old.members.contains_key(name) && !new.members.contains_key(name)) {
            let place = |view: &View<'a>, around: &Place<'a>| view.member(name).unwrap_or(around).clone();
            let inner = Pair {
                a: place(old, &pair.a),
                b: place(new, &pair.b),
                at: at(name),
                subject: subject(name),
                way: pair.way,
            };
            self.presence(&inner, old.requires(name), new.requires(name));
        }
        self.renamed_members(pair, (old, &mut gone), (new, &mut come));
        for (name, a) in gone {
            let spot = Spot { at: at(name), subject: subject(name), way: pair.way };
            let wire = format!("{} removed", self.member_words(self.old, name, &a, old.requires(name)));
            self.removed(spot, &a, Kind::FieldRemoved, Severity::Safe, wire);
            self.say_presence(old.requires(name));
        }
        for (name, b) in come {
            let spot = Spot { at: at(name), subject: subject(name), way: pair.way };
            let wire = format!("{} added", self.member_words(self.new, name, &b, new.requires(name)));
            self.added(spot, &b, Kind::FieldAdded, Severity::Safe, wire);
            self.say_presence(new.requires(name));
        }
        self.part_list(pair, old, new);
    }

    /// The same member under another name: by its name in Rust, or as the only one that went and the only one that came.
    fn renamed_members(
        &mut self,
        pair: &Pair<'a>,
        old: (&View<'a>, &mut Members<'a>),
        new: (&View<'a>, &mut Members<'a>),
    ) {
        let ((old, gone), (new, come)) = (old, new);
        let alone = gone.len() == 1 && come.len() == 1;
        gone.retain(|(from, a)| {
            let same = |(to, b): &(&str, Place<'a>)| {
                let alike = plain(a.value) == plain(b.value) && old.requires(from) == new.requires(to);
                rust_name(from, a) == rust_name(to, b) || (alone && alike)
            };
            let Some(index) = come.iter().position(same) else { return true };
            let (to, b) = come.remove(index);
            let at = pointer::child(&format!("{}/properties", pair.at), from);
            let inner = Pair { a: a.clone(), b, at, subject: format!("{}.{from}", pair.subject), way: pair.way };
            let wire = format!("`{from}` is called `{to}` now");
            let values = (rust_named(from, a), rust_named(to, &inner.b));
            self.note(&inner, Kind::FieldRenamed, Severity::Careful, wire, values);
            self.presence(&inner, old.requires(from), new.requires(to));
            self.schema(&inner);
            false
        });
    }

    fn member_words(&self, spec: &'a Spec, name: &str, place: &Place<'a>, required: bool) -> String {
        let view = View::of(spec, place);
        let null = if view.nullable { " or null" } else { "" };
        format!("{} property `{name}`, {}{null},", if required { "required" } else { "optional" }, view.words())
    }

    /// Whether a member that came or went is required is part of the change.
    fn say_presence(&mut self, required: bool) {
        if let Some(last) = self.found.last_mut() {
            for value in [&mut last.before, &mut last.after].into_iter().filter(|value| !value.is_null()) {
                *value = json!({ "required": required, "schema": value.take() });
            }
        }
    }

    fn presence(&mut self, pair: &Pair<'a>, was: bool, is: bool) {
        let (kind, wire) = match (was, is) {
            (false, true) => (Kind::BecameRequired, "optional before, required now"),
            (true, false) => (Kind::BecameOptional, "required before, optional now"),
            _ => return,
        };
        let stricter = is && pair.way.is_some_and(Way::sent);
        let severity = if stricter { Severity::Careful } else { Severity::Safe };
        self.note(pair, kind, severity, wire.to_owned(), (json!(was), json!(is)));
    }

    /// The schemas that an object is made of.
    fn part_list(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        for part in &old.parts {
            let now = self.now_at(&part.pointer).to_owned();
            if !new.parts.iter().any(|other| other.pointer == now) {
                self.part(pair, Kind::PartRemoved, part, "no longer made of");
            }
        }
        for part in &new.parts {
            if !old.parts.iter().any(|other| self.now_at(&other.pointer) == part.pointer) {
                self.part(pair, Kind::PartAdded, part, "now made of");
            }
        }
    }

    fn part(&mut self, pair: &Pair<'a>, kind: Kind, part: &Place<'a>, verb: &str) {
        let name = pointer::last(&part.pointer);
        let members: Vec<&String> =
            part.get("properties").iter().flat_map(Place::members).map(|(name, _)| name).collect();
        let brings = if members.is_empty() { String::new() } else { format!(" with {}", listed(&members)) };
        let values = if kind == Kind::PartAdded { (Value::Null, json!(name)) } else { (json!(name), Value::Null) };
        self.note(pair, kind, Severity::Safe, format!("{verb} `{name}`{brings}"), values);
    }

    /// The elements of a list and the values of a map.
    pub(super) fn elements(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        self.element(pair, old, new, "items", "[]");
        let key = "additionalProperties";
        let (was, is) = (old.value(key), new.value(key));
        if was == is {
            return;
        }
        let open = |value: Option<&Value>| value.is_some_and(|value| *value != Value::Bool(false));
        let schema = |value: Option<&Value>| value.is_some_and(Value::is_object);
        if schema(was) && schema(is) {
            return self.element(pair, old, new, key, "{}");
        }
        let values = (was.map_or(Value::Null, plain), is.map_or(Value::Null, plain));
        let sent = pair.way.is_some_and(Way::sent);
        match (open(was), open(is)) {
            (false, true) => {
                let wire = "further members may be there now".to_owned();
                self.note(pair, Kind::AdditionalPropertiesOpened, Severity::Safe, wire, values);
            }
            (true, false) => {
                let wire = "no further members may be there now".to_owned();
                let severity = if sent { Severity::Careful } else { Severity::Safe };
                self.note(pair, Kind::AdditionalPropertiesClosed, severity, wire, values);
            }
            (true, true) => {
                let wire = "what further members are changed".to_owned();
                self.note(pair, Kind::TypeChanged, Severity::Safe, wire, values);
            }
            (false, false) => {
                let now = if is.is_some() { "ruled out expressly now" } else { "no longer ruled out expressly" };
                let severity = if sent && is.is_some() { Severity::Careful } else { Severity::Safe };
                let kind =
                    if is.is_some() { Kind::AdditionalPropertiesClosed } else { Kind::AdditionalPropertiesOpened };
                self.note(pair, kind, severity, format!("further members are {now}"), values);
            }
        }
    }

    fn element(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>, key: &str, mark: &str) {
        let (subject, at) = (format!("{}{mark}", pair.subject), pointer::child(&pair.at, key));
        match (old.keys.get(key), new.keys.get(key)) {
            (Some(a), Some(b)) => {
                let inner = Pair { a: a.clone(), b: b.clone(), at, subject, way: pair.way };
                self.schema(&inner);
            }
            (None, Some(b)) => {
                let wire = format!("elements are described now: {}", View::of(self.new, b).words());
                let spot = Spot { at, subject, way: pair.way };
                self.added(spot, b, Kind::TypeChanged, Severity::Careful, wire);
            }
            (Some(a), None) => {
                let wire = "elements are no longer described".to_owned();
                let spot = Spot { at, subject, way: pair.way };
                self.removed(spot, a, Kind::TypeChanged, Severity::Careful, wire);
            }
            (None, None) => {}
        }
    }

    /// The arms of a union.
    pub(super) fn alternatives(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        let keyed = |walk: &Self, spec: &'a Spec, view: &View<'a>, renamed: bool| -> Vec<(String, Place<'a>)> {
            let key = |arm: &Place<'a>| match View::of(spec, arm).reference {
                Some(target) if renamed => pointer::last(walk.now_at(&target.pointer)),
                Some(target) => pointer::last(&target.pointer),
                None => arm.text("title").map_or_else(|| plain(arm.value).to_string(), str::to_owned),
            };
            view.arms.iter().map(|arm| (key(arm), arm.clone())).collect()
        };
        let (a, b) = (keyed(self, self.old, old, true), keyed(self, self.new, new, false));
        let mut gone: Vec<&(String, Place<'a>)> = Vec::new();
        for (key, arm) in &a {
            match b.iter().find(|(other, _)| other == key) {
                Some((_, now)) => self.arm(pair, key, arm, now),
                None => gone.extend(a.iter().filter(|(other, place)| other == key && place.pointer == arm.pointer)),
            }
        }
        let come: Vec<&(String, Place<'a>)> =
            b.iter().filter(|(key, _)| !a.iter().any(|(other, _)| other == key)).collect();
        let inline = |place: &Place<'a>| place.value.get("$ref").is_none();
        if let ([(_, from)], [(_, to)]) = (gone.as_slice(), come.as_slice())
            && inline(from)
            && inline(to)
        {
            let index = pointer::last(&to.pointer);
            return self.arm(pair, &index, from, to);
        }
        let shown = |spec: &'a Spec, arm: &Place<'a>| View::of(spec, arm).words();
        let spot = |key: &str| Spot {
            at: pointer::child(&format!("{}/oneOf", pair.at), key),
            subject: pair.subject.clone(),
            way: pair.way,
        };
        for (key, arm) in &gone {
            let wire = format!("may no longer be {}", shown(self.old, arm));
            self.removed(spot(key), arm, Kind::ArmRemoved, Severity::Safe, wire);
        }
        for (key, arm) in &come {
            let wire = format!("may be {} as well", shown(self.new, arm));
            self.added(spot(key), arm, Kind::ArmAdded, Severity::Safe, wire);
        }
        let order = |these: &[(String, Place<'a>)], those: &[(String, Place<'a>)]| -> Vec<String> {
            these
                .iter()
                .map(|(key, _)| key)
                .filter(|key| those.iter().any(|(other, _)| other == *key))
                .cloned()
                .collect()
        };
        if order(&a, &b) != order(&b, &a) {
            let values = (json!(order(&a, &b)), json!(order(&b, &a)));
            let wire = "the alternatives stand in another order".to_owned();
            self.note(pair, Kind::ArmOrderChanged, Severity::Safe, wire, values);
        }
        if old.any_of != new.any_of && old.arms.len().max(new.arms.len()) > 1 {
            let word = |any| if any { "any of the alternatives" } else { "exactly one of the alternatives" };
            let wire = format!("{} holds now, {} before", word(new.any_of), word(old.any_of));
            self.note(pair, Kind::SchemaKindChanged, Severity::Safe, wire, (json!(old.any_of), json!(new.any_of)));
        }
        self.discriminator(pair, old, new);
    }

    fn arm(&mut self, pair: &Pair<'a>, key: &str, a: &Place<'a>, b: &Place<'a>) {
        let at = pointer::child(&format!("{}/oneOf", pair.at), key);
        let inner = Pair { a: a.clone(), b: b.clone(), at, subject: pair.subject.clone(), way: pair.way };
        self.schema(&inner);
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::testing::{BANK, edited, told};

    #[test]
    fn a_member_that_moves_between_parts_is_no_change() {
        let amount = "          properties: { amount: { type: number, format: decimal } }\n";
        let note = "properties: { note: { type: string, nullable: true, maxLength: 20 }, speed";
        let moved = [
            (amount, ""),
            (
                note,
                "properties: { amount: { type: number, format: decimal }, note: { type: string, nullable: true, maxLength: 20 }, speed",
            ),
        ];
        assert_eq!(edited(&moved), Vec::<String>::new());
    }

    #[test]
    fn what_is_required_breaks_requests_and_answers_alike() {
        assert_eq!(
            edited(&[("required: [amount]", "required: [amount, note]")]),
            [
                "breaking became-required | Order.note | field `note` of `Order` became `Option<String>`, it was `Maybe<String>`; `Order::new` takes one more argument `note: Option<String>`, and its setter is gone"
            ]
        );
        assert_eq!(
            edited(&[("required: [id]\n", "required: [id, amount]\n")]),
            [
                "breaking became-required | Movement.amount | field `amount` of `Movement` became `Amount`, it was `Option<Amount>`; decoding fails where it is missing or null"
            ]
        );
    }

    #[test]
    fn an_added_arm_is_safe_and_a_removed_one_is_not() {
        let arms = "[{ $ref: '#/components/schemas/Person' }, { $ref: '#/components/schemas/Company' }]";
        let added = arms.replace("}]", "}, { type: string }]");
        assert_eq!(
            edited(&[(arms, &added)]),
            [
                "safe arm-added | Movement.party | `MovementParty` gained the form `Text(String)`: safe, because the enum is open"
            ]
        );
        let back = told(&BANK.replace(arms, &added), BANK);
        assert_eq!(back, ["breaking arm-removed | Movement.party | form `MovementParty::Text` is gone"]);
        let null = arms.replace("}]", "}, { type: string, nullable: true, enum: [null] }]");
        assert_eq!(
            edited(&[(arms, &null)]),
            [
                "breaking became-nullable | Movement.party | field `party` of `Movement` became `Maybe<MovementParty>`, it was `Option<MovementParty>`"
            ]
        );
    }
}
