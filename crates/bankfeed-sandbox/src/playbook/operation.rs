//! One operation: what it takes, and what it answers.

use serde_json::{Map, Value};

use super::Schemas;
use super::schemas::Fragment;

/// An operation of the specification.
pub(crate) struct Operation {
    /// Such as `list_accounts`.
    pub(crate) id: String,
    pub(crate) method: http::Method,
    /// Below the base path, with `{name}` for what varies.
    pub(crate) path: String,
    /// Everybody may call it, without credentials.
    pub(crate) open: bool,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<RequestBody>,
    /// By status, `4XX` and `default` included, in the order of the specification.
    pub(crate) answers: Vec<(String, Vec<Content>)>,
    /// How the list continues, where it does.
    pub(crate) pagination: Option<Value>,
    /// Error classes by status, as the provider documents them.
    pub(crate) errors: Map<String, Value>,
}

/// The body that an operation takes.
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    pub(crate) content: Vec<Content>,
}

/// A media type, and what it carries.
pub(crate) struct Content {
    /// Such as `application/json`.
    pub(crate) media: String,
    pub(crate) schema: Option<Fragment>,
    /// For forms: how members that are no plain text are written.
    pub(crate) encoding: Map<String, Value>,
}

/// Where a parameter stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holder {
    Path,
    Query,
    Header,
}

/// A parameter of path, query or header.
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) holder: Holder,
    pub(crate) required: bool,
    /// Its value must not be shown.
    pub(crate) sensitive: bool,
    pub(crate) schema: Option<Fragment>,
    pub(crate) shape: Shape,
    /// A list travels as one value, with commas.
    pub(crate) joined: bool,
}

/// What text on the wire stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Integer,
    Number,
    Boolean,
    List(Box<Self>),
    /// JSON in text.
    Object,
}

impl Operation {
    pub(super) fn read(mut value: Value, schemas: &Schemas) -> Self {
        let parameters = value["parameters"].as_array().into_iter().flatten();
        let parameters = parameters.filter_map(|parameter| Parameter::read(parameter, schemas)).collect();
        let body = match value["body"].take() {
            Value::Object(body) => Some(RequestBody {
                required: body.get("required").and_then(Value::as_bool).unwrap_or(false),
                content: contents(&body),
            }),
            _ => None,
        };
        let answers = value["answers"].as_object().into_iter().flatten();
        let answers =
            answers.map(|(status, answer)| (status.clone(), answer.as_object().map(contents).unwrap_or_default()));
        Self {
            answers: answers.collect(),
            id: text(&value, "id"),
            method: text(&value, "method").parse().unwrap_or_default(),
            path: text(&value, "path"),
            open: value["open"].as_bool().unwrap_or(false),
            parameters,
            body,
            pagination: value.get("pagination").cloned(),
            errors: value["errors"].as_object().cloned().unwrap_or_default(),
        }
    }

    /// Parameters that stand in one place.
    pub(crate) fn parameters(&self, holder: Holder) -> impl Iterator<Item = &Parameter> + Clone {
        self.parameters.iter().filter(move |parameter| parameter.holder == holder)
    }

    /// What is promised for a status: by itself, by its class, or by default.
    pub(crate) fn answer(&self, status: u16) -> Option<&[Content]> {
        let exact = status.to_string();
        let class = format!("{}XX", status / 100);
        [exact.as_str(), &class, "default"].iter().find_map(|wanted| {
            self.answers.iter().find(|(known, _)| known == wanted).map(|(_, content)| content.as_slice())
        })
    }

    /// The status of success that the specification names first.
    pub(crate) fn success(&self) -> u16 {
        self.answers.iter().find_map(|(status, _)| status.parse().ok().filter(|status| *status < 400)).unwrap_or(200)
    }
}

impl Parameter {
    fn read(value: &Value, schemas: &Schemas) -> Option<Self> {
        let holder = match value["in"].as_str()? {
            "path" => Holder::Path,
            "query" => Holder::Query,
            "header" => Holder::Header,
            _ => return None,
        };
        let schema = value["schema"].as_str().map(Fragment::from);
        Some(Self {
            name: text(value, "name"),
            holder,
            required: value["required"].as_bool().unwrap_or(false),
            sensitive: value.get("x-sensitive").is_some(),
            shape: schema.as_ref().map_or(Shape::Text, |schema| schemas.shape(schema)),
            schema,
            joined: value["explode"] == Value::Bool(false),
        })
    }
}

fn contents(holder: &Map<String, Value>) -> Vec<Content> {
    let content = holder.get("content").and_then(Value::as_object).into_iter().flatten();
    content
        .map(|(media, value)| Content {
            media: media.clone(),
            schema: value["schema"].as_str().map(Fragment::from),
            encoding: value["encoding"].as_object().cloned().unwrap_or_default(),
        })
        .collect()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}
