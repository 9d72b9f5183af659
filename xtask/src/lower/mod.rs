//! From a specification to what it means for Rust.
//!
//! Lowering answers the limits of the generator one by one; each file here is one rule or one kind of thing. It works on
//! copies in memory and never writes.

mod all_of;
mod answers;
mod bodies;
mod objects;
mod openapi;
mod operations;
mod paging;
mod params;
mod reach;
mod shapes;
#[cfg(test)]
mod testing;
mod text;
mod unions;
mod webhooks;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use crate::diagnostic::{Problems, Rejected};
use crate::model::{Api, TypeDef};
use crate::names;
use crate::spec::{Place, Spec};

pub(crate) use openapi::{alias, to_openapi};

/// Lowers a document that has passed the structural checks.
pub(crate) fn lower(spec: &Spec) -> Result<Api, Rejected> {
    let merged = all_of::merge(spec);
    let mut problems = Problems::default();
    let api = Lowering::new(&merged, &mut problems).api();
    problems.check()?;
    Ok(api)
}

/// Work in progress.
struct Lowering<'a> {
    spec: &'a Spec,
    problems: &'a mut Problems,
    types: IndexMap<String, TypeDef>,
    /// What was found out about a place that can be met more than once.
    known: HashMap<String, shapes::Known>,
    /// Names given to the components, by pointer.
    components: HashMap<String, String>,
    /// The same names in the order of the document.
    order: Vec<String>,
    taken: HashSet<String>,
    /// Objects that have a name but no fields yet.
    pending: Vec<(String, String)>,
}

impl<'a> Lowering<'a> {
    fn new(spec: &'a Spec, problems: &'a mut Problems) -> Self {
        let mut taken = HashSet::new();
        let mut components = HashMap::new();
        let mut order = Vec::new();
        let schemas = spec.at("/components/schemas");
        for (name, place) in schemas.iter().flat_map(|schemas| schemas.members()) {
            let rust = names::chosen(place.text("x-rust-name")).unwrap_or_else(|| names::type_name(name));
            let rust = names::unique(rust, &mut taken);
            order.push(rust.clone());
            components.insert(place.pointer.clone(), rust);
        }
        Self {
            spec,
            problems,
            types: IndexMap::new(),
            known: HashMap::new(),
            components,
            order,
            taken,
            pending: Vec::new(),
        }
    }

    fn api(mut self) -> Api {
        let root = self.spec.root();
        let info = root.get("info");
        let features = self.features();
        let operations = self.operations();
        let webhooks = self.webhooks();
        let errors = self.error_bodies();
        self.finish_objects();
        let mut api = Api {
            title: info.as_ref().and_then(|info| info.text("title")).unwrap_or_default().to_owned(),
            version: info.as_ref().and_then(|info| info.text("version")).unwrap_or_default().to_owned(),
            base_url: self.base_url(),
            operations,
            types: self.types,
            errors,
            features: features.into_iter().map(|(_, feature, doc)| (feature, doc)).collect(),
            webhooks,
        };
        reach::mark(&mut api);
        // In the order of the document, which is the order its readers know.
        let order: HashMap<&String, usize> = self.order.iter().enumerate().map(|(index, name)| (name, index)).collect();
        api.types.sort_by_key(|_, definition| order.get(&definition.home).copied().unwrap_or(usize::MAX));
        api
    }

    /// Tags that are cargo features: tag, feature, what it carries.
    fn features(&self) -> Vec<(String, String, String)> {
        let root = self.spec.root();
        let tags = root.get("tags");
        let tags = tags.iter().flat_map(Place::elements);
        tags.filter_map(|tag| {
            let feature = tag.text("x-tags-feature")?;
            Some((
                tag.text("name")?.to_owned(),
                feature.to_owned(),
                tag.text("description").unwrap_or_default().to_owned(),
            ))
        })
        .collect()
    }

    fn base_url(&self) -> Option<String> {
        let url = self.spec.root.pointer("/servers/0/url").and_then(Value::as_str)?;
        ((url.starts_with("https://") || url.starts_with("http://")) && !url.contains('{'))
            .then(|| url.trim_end_matches('/').to_owned())
    }
}
