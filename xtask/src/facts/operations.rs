//! Operations and callbacks of a document, with their references followed.

use std::collections::BTreeMap;

use crate::spec::{METHODS, Place, Spec, pointer};

/// One operation.
pub(crate) struct Operation<'a> {
    pub(crate) place: Place<'a>,
    /// Upper case.
    pub(crate) method: String,
    /// As it is written.
    pub(crate) path: String,
    pub(crate) id: Option<&'a str>,
    pub(crate) parameters: Vec<Parameter<'a>>,
    pub(crate) body: Option<Place<'a>>,
    /// By status as it is written.
    pub(crate) answers: BTreeMap<String, Place<'a>>,
}

impl Operation<'_> {
    /// `GET /accounts`
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// A parameter outside the body.
pub(crate) struct Parameter<'a> {
    pub(crate) place: Place<'a>,
    /// Its name in `components`.
    pub(crate) component: Option<String>,
    pub(crate) name: &'a str,
    /// `path`, `query`, `header` or `cookie`.
    pub(crate) location: &'a str,
}

/// What the provider sends by itself.
pub(crate) struct Callback<'a> {
    pub(crate) name: String,
    pub(crate) operation: Operation<'a>,
}

/// All operations, in the order of the document.
pub(crate) fn operations(spec: &Spec) -> Vec<Operation<'_>> {
    spec.at("/paths").iter().flat_map(Place::members).flat_map(|(path, item)| of_item(spec, path, &item)).collect()
}

fn of_item<'a>(spec: &'a Spec, path: &str, item: &Place<'a>) -> Vec<Operation<'a>> {
    let Some(item) = spec.resolve(item) else { return Vec::new() };
    let operation = |method: &&str| {
        let place = item.get(method)?;
        let shared = parameters(spec, &item);
        let mut own = parameters(spec, &place);
        own.extend(
            shared
                .into_iter()
                .filter(|shared| !own.iter().any(|own| own.name == shared.name && own.location == shared.location))
                .collect::<Vec<_>>(),
        );
        let answers = place.get("responses");
        let answers = answers.iter().flat_map(Place::members);
        Some(Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
            id: place.text("operationId"),
            parameters: own,
            body: place.get("requestBody").and_then(|body| spec.resolve(&body)),
            answers: answers
                .filter_map(|(status, answer)| Some((status.to_uppercase(), spec.resolve(&answer)?)))
                .collect(),
            place,
        })
    };
    METHODS.iter().filter_map(operation).collect()
}

fn parameters<'a>(spec: &'a Spec, place: &Place<'a>) -> Vec<Parameter<'a>> {
    let all = place.get("parameters");
    let parameters = all.iter().flat_map(Place::elements).filter_map(|at| {
        let place = spec.resolve(&at)?;
        let component = place.pointer.starts_with("/components/parameters/").then(|| pointer::last(&place.pointer));
        Some(Parameter { component, name: place.text("name")?, location: place.text("in")?, place })
    });
    // The standard says that these are described elsewhere.
    let elsewhere = ["accept", "content-type", "authorization"];
    parameters
        .filter(|parameter| parameter.location != "header" || !elsewhere.contains(&&*parameter.name.to_lowercase()))
        .collect()
}

/// Whatever the document calls them: `webhooks` of 3.1, `x-webhooks`, or `callbacks` of an operation.
pub(crate) fn callbacks(spec: &Spec) -> Vec<Callback<'_>> {
    let mut found = Vec::new();
    for section in ["/webhooks", "/x-webhooks"].into_iter().filter_map(|at| spec.at(at)) {
        for (name, item) in section.members() {
            let operations = of_item(spec, name, &item);
            found.extend(operations.into_iter().map(|operation| Callback { name: name.clone(), operation }));
        }
    }
    for operation in operations(spec) {
        for (name, callback) in operation.place.get("callbacks").iter().flat_map(Place::members) {
            let Some(callback) = spec.resolve(&callback) else { continue };
            for (address, item) in callback.members() {
                let operations = of_item(spec, address, &item);
                found.extend(operations.into_iter().map(|operation| Callback { name: name.clone(), operation }));
            }
        }
    }
    found
}

/// The media types of a body or an answer, without their parameters, each with its schema.
pub(crate) fn content<'a>(place: &Place<'a>) -> Vec<(String, Option<Place<'a>>)> {
    let content = place.get("content");
    let media = content.iter().flat_map(Place::members);
    media
        .map(|(name, media)| {
            let name = name.split(';').next().unwrap_or_default().trim().to_lowercase();
            (name, media.get("schema"))
        })
        .collect()
}

/// Whether a media type carries JSON.
pub(crate) fn is_json(media: &str) -> bool {
    media == "application/json" || media.ends_with("+json") || media == "*/*"
}
