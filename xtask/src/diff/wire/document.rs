//! The document as a whole: what it is about, where it is served, its tags, its named parts, its callbacks.

use serde_json::{Value, json};

use super::super::change::{Severity, Way};
use super::super::kind::Kind;
use super::{Pair, Spot, Walk, from_to, listed};
use crate::spec::{Place, Spec, pointer};

/// Named parts that are looked at where they stand; an operation that refers to one says so there.
type Part<'a> = (&'static str, fn(&mut Walk<'a>, &Pair<'a>));

impl<'a> Walk<'a> {
    /// Everything.
    pub(super) fn document(&mut self) {
        let (old, new) = (self.old, self.new);
        let pair = Pair { a: old.root(), b: new.root(), at: String::new(), subject: "document".to_owned(), way: None };
        self.text_key(&pair, "openapi", Kind::OpenapiVersionChanged, Severity::Safe);
        self.info(&pair);
        self.servers(&pair);
        if pair.differs("security") {
            let (a, b) = pair.both("security");
            let pair = Pair { at: "/security".to_owned(), subject: "security".to_owned(), ..pair.clone() };
            let pair = self.inside(&pair, "security");
            let wire = format!("credentials of all operations without a word of their own: {}", from_to(a, b));
            let values = (a.cloned().unwrap_or_default(), b.cloned().unwrap_or_default());
            self.note(&pair, Kind::SecurityChanged, Severity::Careful, wire, values);
        }
        self.tags();
        self.operations();
        self.components();
        self.webhooks();
        let known = ["openapi", "info", "servers", "security", "tags", "paths", "components", "x-webhooks"];
        self.rest(&pair, &known);
    }

    /// The same pair with its real places moved to a member, whether or not it is there.
    pub(super) fn inside(&self, pair: &Pair<'a>, key: &str) -> Pair<'a> {
        let at = |place: &Place<'a>| Place {
            pointer: pointer::child(&place.pointer, key),
            value: place.value.get(key).unwrap_or(&Value::Null),
        };
        Pair { a: at(&pair.a), b: at(&pair.b), ..pair.clone() }
    }

    fn info(&mut self, root: &Pair<'a>) {
        let pair = Pair { at: "/info".to_owned(), subject: "info".to_owned(), ..self.inside(root, "info") };
        if pair.differs("version") {
            let (a, b) = pair.both("version");
            let wire = format!("version of the API: {}", from_to(a, b));
            let values = (a.cloned().unwrap_or_default(), b.cloned().unwrap_or_default());
            self.note(&pair, Kind::VersionChanged, Severity::Docs, wire, values);
        }
        if pair.differs("contact") || pair.differs("license") || pair.differs("termsOfService") {
            self.docs(&pair, &["contact", "license", "termsOfService"]);
        }
        self.rest(&pair, &["version", "contact", "license", "termsOfService"]);
    }

    /// Addresses count; what is said of them does not.
    fn servers(&mut self, root: &Pair<'a>) {
        if !root.differs("servers") {
            return;
        }
        let pair = Pair { at: "/servers".to_owned(), subject: "servers".to_owned(), ..self.inside(root, "servers") };
        let urls = |place: &Place<'a>| -> Vec<String> {
            place.elements().filter_map(|server| server.text("url").map(str::to_owned)).collect()
        };
        let (was, is) = (urls(&pair.a), urls(&pair.b));
        let values = (json!(was), json!(is));
        if was.first() != is.first() {
            let first = |list: &[String]| list.first().map(|url| json!(url));
            let wire = format!("where the API is served: {}", from_to(first(&was).as_ref(), first(&is).as_ref()));
            self.note(&pair, Kind::BaseUrlChanged, Severity::Careful, wire, values);
        } else if was != is {
            let wire = format!(
                "further addresses are {} now",
                if is.len() > 1 { listed(&is[1..]) } else { "none".to_owned() }
            );
            self.note(&pair, Kind::ServersChanged, Severity::Safe, wire, values);
        } else {
            let variables = |place: &Place<'a>| -> Vec<Value> {
                place.elements().map(|server| server.value.get("variables").cloned().unwrap_or_default()).collect()
            };
            let (was, is) = (variables(&pair.a), variables(&pair.b));
            let (kind, severity, wire) = if was == is {
                (Kind::DocsChanged, Severity::Docs, "words about the servers changed")
            } else {
                (Kind::ServersChanged, Severity::Careful, "variables of the addresses changed")
            };
            let values = (json!(was), json!(is));
            self.note(&pair, kind, severity, wire.to_owned(), values);
        }
    }

    fn tags(&mut self) {
        let of = |spec: &'a Spec| -> Vec<(&'a str, Place<'a>)> {
            let list = spec.at("/tags");
            list.iter().flat_map(Place::elements).filter_map(|tag| Some((tag.text("name")?, tag))).collect()
        };
        let (old, new) = (of(self.old), of(self.new));
        let spot = |name: &str| Spot { at: pointer::child("/tags", name), subject: format!("tag `{name}`"), way: None };
        for (name, a) in &old {
            let Some((_, b)) = new.iter().find(|(other, _)| other == name) else {
                self.removed(spot(name), a, Kind::TagRemoved, Severity::Safe, format!("tag `{name}` removed"));
                continue;
            };
            let Spot { at, subject, way } = spot(name);
            let pair = Pair { a: a.clone(), b: b.clone(), at, subject, way };
            self.text_key(&pair, "x-tags-feature", Kind::FeatureChanged, Severity::Safe);
            self.rest(&pair, &["name", "x-tags-feature"]);
        }
        for (name, b) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
            self.added(spot(name), b, Kind::TagAdded, Severity::Safe, format!("tag `{name}` added"));
        }
    }

    fn components(&mut self) {
        self.schemas();
        self.security_schemes();
        let parts: [Part<'a>; 4] = [
            ("parameters", Walk::parameter),
            ("responses", Walk::response),
            ("requestBodies", Walk::request_body),
            ("headers", Walk::header),
        ];
        for (section, compare) in parts {
            self.section(section, Some(compare));
        }
        let known: Vec<&str> =
            parts.iter().map(|(section, _)| *section).chain(["schemas", "securitySchemes"]).collect();
        let empty = Value::Null;
        let section = |spec: &'a Spec| spec.root.get("components");
        let (a, b) = (section(self.old).unwrap_or(&empty), section(self.new).unwrap_or(&empty));
        let others: Vec<String> =
            super::keys(a, b).into_iter().filter(|key| !known.contains(key)).map(str::to_owned).collect();
        for section in others {
            self.section(&section, None);
        }
    }

    fn section(&mut self, section: &str, compare: Option<fn(&mut Walk<'a>, &Pair<'a>)>) {
        let around = format!("/components/{section}");
        let (old, new) = (self.old.at(&around), self.new.at(&around));
        let words = section.trim_end_matches('s');
        for (name, a) in old.iter().flat_map(Place::members) {
            let subject = format!("{words} `{name}`");
            let Some(b) = self.new.at(&a.pointer) else {
                let (spot, wire) =
                    (Spot { at: a.pointer.clone(), subject, way: None }, format!("{words} `{name}` removed"));
                self.removed(spot, &a, Kind::ComponentRemoved, Severity::Docs, wire);
                continue;
            };
            let pair = Pair { subject, ..self.component(a, b) };
            match compare {
                Some(compare) => {
                    let told = |walk: &Self| walk.found.iter().any(|found| found.new.as_ref() == Some(&pair.b.pointer));
                    let by_operations = told(self);
                    compare(self, &pair);
                    if section == "parameters" && !by_operations {
                        // No operation uses it, so that none has told.
                        self.text_key(&pair, "name", Kind::ParameterRenamed, Severity::Docs);
                        self.text_key(&pair, "in", Kind::ParameterMoved, Severity::Docs);
                    }
                }
                None if section == "examples" && pair.a.value != pair.b.value => {
                    let values = (pair.a.value.clone(), pair.b.value.clone());
                    self.note(&pair, Kind::DocsChanged, Severity::Docs, "example changed".to_owned(), values);
                }
                None => self.rest(&pair, &[]),
            }
        }
        for (name, b) in new.iter().flat_map(Place::members) {
            if self.old.root.pointer(&b.pointer).is_none() {
                let spot = Spot { at: b.pointer.clone(), subject: format!("{words} `{name}`"), way: None };
                self.added(spot, &b, Kind::ComponentAdded, Severity::Docs, format!("{words} `{name}` added"));
            }
        }
    }

    fn security_schemes(&mut self) {
        let around = "/components/securitySchemes";
        let (old, new) = (self.old.at(around), self.new.at(around));
        for (name, a) in old.iter().flat_map(Place::members) {
            let subject = format!("security scheme `{name}`");
            let Some(b) = self.new.at(&a.pointer) else {
                let wire = format!("{subject} removed");
                let spot = Spot { at: a.pointer.clone(), subject, way: Some(Way::Request) };
                self.removed(spot, &a, Kind::SecuritySchemeRemoved, Severity::Careful, wire);
                continue;
            };
            let (at, way) = (b.pointer.clone(), Some(Way::Request));
            let pair = Pair { a, b, at, subject, way };
            for key in ["type", "in", "name", "scheme", "bearerFormat", "flows", "openIdConnectUrl"] {
                self.text_key(&pair, key, Kind::SecuritySchemeChanged, Severity::Careful);
            }
            self.text_key(&pair, "x-sensitive", Kind::SensitiveChanged, Severity::Safe);
            let known = ["type", "in", "name", "scheme", "bearerFormat", "flows", "openIdConnectUrl", "x-sensitive"];
            self.rest(&pair, &known);
        }
        for (name, b) in new.iter().flat_map(Place::members) {
            if self.old.root.pointer(&b.pointer).is_none() {
                let subject = format!("security scheme `{name}`");
                let wire = format!("{subject} added");
                let spot = Spot { at: b.pointer.clone(), subject, way: Some(Way::Request) };
                self.added(spot, &b, Kind::SecuritySchemeAdded, Severity::Safe, wire);
            }
        }
    }

    fn webhooks(&mut self) {
        let (old, new) = (self.old.at("/x-webhooks"), self.new.at("/x-webhooks"));
        for (name, a) in old.iter().flat_map(Place::members) {
            let subject = format!("callback {name}");
            let Some(b) = self.new.at(&a.pointer) else {
                let wire = format!("callback `{name}` removed");
                let spot = Spot { at: a.pointer.clone(), subject, way: Some(Way::Response) };
                self.removed(spot, &a, Kind::WebhookRemoved, Severity::Careful, wire);
                continue;
            };
            let pair = Pair { at: b.pointer.clone(), a, b, subject, way: Some(Way::Response) };
            self.rest(&pair, &["post"]);
            if let Some(post) = pair.member("post") {
                self.webhook(&post);
            } else if pair.differs("post") {
                self.unknown(&pair, "post");
            }
        }
        for (name, b) in new.iter().flat_map(Place::members) {
            if self.old.root.pointer(&b.pointer).is_none() {
                let subject = format!("callback {name}");
                let spot = Spot { at: b.pointer.clone(), subject, way: Some(Way::Response) };
                self.added(spot, &b, Kind::WebhookAdded, Severity::Safe, format!("callback `{name}` added"));
            }
        }
    }

    fn webhook(&mut self, pair: &Pair<'a>) {
        self.text_key(pair, "operationId", Kind::DocsChanged, Severity::Docs);
        self.text_key(pair, "x-verification", Kind::VerificationChanged, Severity::Careful);
        self.text_key(pair, "tags", Kind::TagsChanged, Severity::Safe);
        self.common(pair);
        self.body(pair);
        self.answers(pair);
        let known = ["operationId", "x-verification", "tags", "requestBody", "responses", "deprecated", "x-rust-name"];
        self.rest(pair, &known);
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::testing::{BANK, edited, told};

    #[test]
    fn addresses_credentials_and_words() {
        assert_eq!(
            edited(&[("https://bank.example", "https://api.bank.example")]),
            [
                "careful base-url-changed | servers | `Client::BASE_URL` was `https://bank.example` and is `https://api.bank.example`"
            ]
        );
        let told = edited(&[("security: [{ Key: [] }]", "security: []")]);
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("security-changed") && told[0].contains("sends no credentials any more"), "{told:?}");
        assert_eq!(edited(&[("title: Bank", "title: The Bank")]), ["docs docs-changed | info | nothing"]);
        assert_eq!(
            edited(&[("name: App-Key", "name: Api-Key")]),
            [
                "careful security-scheme-changed | security scheme `Key` | nothing that is generated: credentials are put in by hand-written code"
            ]
        );
    }

    #[test]
    fn a_family_behind_a_feature_is_told_where_its_tag_is() {
        let told = edited(&[("description: Accounts. }", "description: Accounts., x-tags-feature: banking }")]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].starts_with("breaking feature-changed | tag `accounts` | method `Client::list_movements` needs")
        );
    }

    #[test]
    fn the_order_of_keys_is_no_change() {
        let (before, after) = BANK.split_once("components:\n").unwrap_or_default();
        let (info, rest) = before.split_once("paths:\n").unwrap_or_default();
        assert_eq!(told(BANK, &format!("paths:\n{rest}components:\n{after}{info}")), Vec::<String>::new());
    }
}
