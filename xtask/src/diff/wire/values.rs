//! The values of an enum.

use serde_json::{Value, json};

use super::super::change::{Severity, Way};
use super::super::kind::Kind;
use super::view::View;
use super::{Pair, Spot, Walk, from_to};
use crate::spec::pointer;

impl<'a> Walk<'a> {
    /// Values as a set, one change each; their order and their names apart.
    pub(super) fn values(&mut self, pair: &Pair<'a>, old: &View<'a>, new: &View<'a>) {
        let (was, is) = (old.values(), new.values());
        let sent = pair.way.is_some_and(Way::sent);
        let spot = |value: &str| Spot {
            at: pointer::child(&format!("{}/enum", pair.at), value),
            subject: pair.subject.clone(),
            way: pair.way,
        };
        for value in was.iter().filter(|value| !is.contains(value)) {
            let severity = if sent { Severity::Careful } else { Severity::Safe };
            self.removed(spot(value), &pair.a, Kind::EnumValueRemoved, severity, format!("value `{value}` removed"));
            self.settle_values(pair, value, false);
        }
        for value in is.iter().filter(|value| !was.contains(value)) {
            self.added(spot(value), &pair.b, Kind::EnumValueAdded, Severity::Safe, format!("value `{value}` added"));
            self.settle_values(pair, value, true);
        }
        let common = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|value| those.contains(value)).cloned().collect()
        };
        let (before, after) = (common(&was, &is), common(&is, &was));
        if before != after {
            let wire = "the same values stand in another order".to_owned();
            self.note(pair, Kind::EnumOrderChanged, Severity::Safe, wire, (json!(before), json!(after)));
        }
        self.names(pair, old.value("x-enum-names"), new.value("x-enum-names"));
    }

    /// A change of one value says nothing of the others, and concerns the enum on both sides.
    fn settle_values(&mut self, pair: &Pair<'a>, value: &str, added: bool) {
        if let Some(last) = self.found.last_mut() {
            (last.old, last.new) = (Some(pair.a.pointer.clone()), Some(pair.b.pointer.clone()));
            (last.before, last.after) = if added { (Value::Null, json!(value)) } else { (json!(value), Value::Null) };
        }
    }

    fn names(&mut self, pair: &Pair<'a>, was: Option<&Value>, is: Option<&Value>) {
        let empty = json!({});
        let (was, is) = (was.unwrap_or(&empty), is.unwrap_or(&empty));
        for key in super::keys(was, is) {
            let (a, b) = (was.get(key), is.get(key));
            if a != b {
                let at = pointer::child(&format!("{}/x-enum-names", pair.at), key);
                let inner = Pair { at, ..pair.clone() };
                let wire = format!("the Rust name of `{key}`: {}", from_to(a, b));
                let values = (a.cloned().unwrap_or_default(), b.cloned().unwrap_or_default());
                self.note(&inner, Kind::EnumNamesChanged, Severity::Safe, wire, values);
            }
        }
    }
}
