//! What differs for a caller of the client crate: the models of both documents side by side.
//!
//! An effect knows the places of the document that it can come from. So the change there gets its meaning for Rust, and what nothing
//! explains is reported by itself.

mod answers;
mod arguments;
mod objects;
mod operations;
pub(super) mod sources;
mod types;
mod words;

use std::collections::HashMap;

use super::change::Severity;
use crate::model::Api;
use crate::spec::Spec;
use sources::Sources;

/// What part of a thing an effect is about; a change is explained by what fits its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    /// It is there, or not.
    Existence,
    Name,
    Type,
    /// Optional, required, null.
    Presence,
    Order,
    Deprecated,
    Hidden,
    /// Which cargo feature it needs.
    Feature,
    /// A cargo feature as a whole.
    Family,
    /// Whether anything needs a type, and for what.
    Reach,
    Address,
    Retry,
    Timeout,
    /// With credentials or without.
    Access,
    Paging,
    Errors,
    /// How a value travels, and anything else at run time.
    Behaviour,
}

/// A difference of the models.
#[derive(Clone, Debug)]
pub(super) struct Effect {
    pub(super) severity: Severity,
    pub(super) aspect: Aspect,
    /// Where it is reported when nothing explains it.
    pub(super) at: String,
    pub(super) subject: String,
    pub(super) text: String,
    /// Places of the old document that it can come from, and of the new one.
    pub(super) old: Vec<String>,
    pub(super) new: Vec<String>,
}

/// Both models with their documents.
pub(super) struct Models<'a> {
    pub(super) old_spec: &'a Spec,
    pub(super) new_spec: &'a Spec,
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    /// From old pointers to new ones, where they differ.
    pub(super) moved: &'a HashMap<String, String>,
}

/// Every difference of the models.
pub(super) fn compare(models: &Models<'_>) -> Vec<Effect> {
    let mut judge = Judge {
        models,
        before: Sources::new(models.old_spec),
        after: Sources::new(models.new_spec),
        names: types::names(models),
        found: Vec::new(),
    };
    judge.operations();
    judge.types();
    judge.document();
    judge.found
}

struct Judge<'a> {
    models: &'a Models<'a>,
    before: Sources<'a>,
    after: Sources<'a>,
    /// The new name of every old type that is still there.
    names: HashMap<String, String>,
    found: Vec<Effect>,
}

/// What an effect is about, and where it can come from.
#[derive(Clone, Default)]
struct Origin {
    at: String,
    subject: String,
    old: Vec<String>,
    new: Vec<String>,
}

impl Origin {
    fn and(mut self, old: impl IntoIterator<Item = String>, new: impl IntoIterator<Item = String>) -> Self {
        self.old.extend(old);
        self.new.extend(new);
        self
    }
}

impl Judge<'_> {
    fn tell(&mut self, origin: &Origin, severity: Severity, aspect: Aspect, text: impl Into<String>) {
        let Origin { at, subject, old, new } = origin.clone();
        self.found.push(Effect { severity, aspect, at, subject, text: text.into(), old, new });
    }

    /// `deprecated` appears or goes.
    fn deprecated(&mut self, origin: &Origin, was: bool, is: bool, what: &str) {
        match (was, is) {
            (false, true) => {
                let text = format!("{what} is marked deprecated: the compiler warns where it is used");
                self.tell(origin, Severity::Careful, Aspect::Deprecated, text);
            }
            (true, false) => {
                let text = format!("{what} is no longer marked deprecated");
                self.tell(origin, Severity::Safe, Aspect::Deprecated, text);
            }
            _ => {}
        }
    }

    /// What concerns the client as a whole.
    fn document(&mut self) {
        let (old, new) = (self.models.old, self.models.new);
        let origin = |at: &str| {
            let places = vec![at.to_owned()];
            Origin {
                at: at.to_owned(),
                subject: at.trim_start_matches('/').to_owned(),
                old: places.clone(),
                new: places,
            }
        };
        let quoted = |url: &Option<String>| url.as_ref().map_or("nothing".to_owned(), |url| format!("`{url}`"));
        match (&old.base_url, &new.base_url) {
            (a, b) if a == b => {}
            (Some(_), None) => {
                let text = "constant `Client::BASE_URL` is gone";
                self.tell(&origin("/servers"), Severity::Breaking, Aspect::Existence, text);
            }
            (None, Some(url)) => {
                let text = format!("new constant `Client::BASE_URL`: `{url}`");
                self.tell(&origin("/servers"), Severity::Safe, Aspect::Existence, text);
            }
            (a, b) => {
                let text = format!("`Client::BASE_URL` was {} and is {}", quoted(a), quoted(b));
                self.tell(&origin("/servers"), Severity::Careful, Aspect::Behaviour, text);
            }
        }
        if old.version != new.version {
            let text = format!("`Client::API_VERSION` was `{}` and is `{}`", old.version, new.version);
            self.tell(&origin("/info"), Severity::Safe, Aspect::Behaviour, text);
        }
        for feature in old.features.keys().filter(|name| !new.features.contains_key(*name)) {
            let text = format!("cargo feature `{feature}` carries nothing any more");
            let origin = origin("/tags").and(self.before.feature_tags(feature), self.after.feature_tags(feature));
            self.tell(&origin, Severity::Breaking, Aspect::Family, text);
        }
        for feature in new.features.keys().filter(|name| !old.features.contains_key(*name)) {
            let text = format!("new cargo feature `{feature}`, to be declared in `Cargo.toml`");
            let origin = origin("/tags").and(self.before.feature_tags(feature), self.after.feature_tags(feature));
            self.tell(&origin, Severity::Safe, Aspect::Family, text);
        }
        self.webhooks();
        self.errors();
    }

    fn webhooks(&mut self) {
        for a in &self.models.old.webhooks {
            let at = crate::spec::pointer::child("/x-webhooks", &a.name);
            let payload = format!("{at}/post/requestBody");
            let origin = Origin { at: at.clone(), subject: format!("callback {}", a.name), ..Origin::default() };
            let origin = origin.and([at.clone(), payload.clone()], [at.clone(), payload.clone()]);
            let Some(b) = self.models.new.webhooks.iter().find(|b| b.name == a.name) else {
                let text = format!(
                    "payload `{}` of callback `{}` is not generated for it any more",
                    words::stored(&a.payload),
                    a.name
                );
                self.tell(&origin, Severity::Careful, Aspect::Existence, text);
                continue;
            };
            let (was, is) = (words::stored(&self.renamed(&a.payload)), words::stored(&b.payload));
            if was != is {
                let schema = format!("{payload}/content/application~1json/schema");
                let origin = origin.clone().and(self.before.closure(&schema), self.after.closure(&schema));
                let text = format!(
                    "payload of callback `{}` became `{is}` instead of `{}`",
                    a.name,
                    words::stored(&a.payload)
                );
                self.tell(&origin, Severity::Breaking, Aspect::Type, text);
            }
            if a.feature != b.feature {
                let origin = origin.and([format!("{at}/post")], [format!("{at}/post")]);
                let text = format!("callback `{}` belongs to another cargo feature", a.name);
                self.tell(&origin, Severity::Careful, Aspect::Feature, text);
            }
        }
    }

    /// Documented error bodies are read by hand-written code.
    fn errors(&mut self) {
        let mut was: Vec<String> =
            self.models.old.errors.iter().map(|shape| words::stored(&self.renamed(shape))).collect();
        let mut is: Vec<String> = self.models.new.errors.iter().map(words::stored).collect();
        was.sort();
        is.sort();
        if was != is {
            let at = "/components/responses".to_owned();
            let (old, new) = (self.before.errors(), self.after.errors());
            let origin = Origin { at, subject: "error bodies".to_owned(), old, new };
            let text = format!("documented error bodies are {} now, {} before", listed(&is), listed(&was));
            self.tell(&origin, Severity::Careful, Aspect::Type, text);
        }
    }
}

fn listed(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
