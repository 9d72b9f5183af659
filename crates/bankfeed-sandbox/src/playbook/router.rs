//! From method and path to the operation.

use std::sync::Arc;

use http::Method;
use percent_encoding::percent_decode_str;

use super::Operation;

/// Paths of a specification, fixed segments before variable ones.
pub(crate) struct Router {
    paths: Vec<Template>,
}

struct Template {
    segments: Vec<Segment>,
    operations: Vec<Arc<Operation>>,
}

enum Segment {
    Fixed(String),
    Variable(String),
}

/// Where a request leads.
pub(crate) enum Route<'a> {
    /// To an operation, with the variable segments of its path, decoded.
    Operation(&'a Arc<Operation>, Vec<(String, String)>),
    /// To a path that knows other methods only.
    OtherMethods(Vec<&'a Method>),
    /// To no path; the nearest one, where a slash at its end decides.
    Nowhere { near: Option<String> },
}

impl Router {
    pub(super) fn new(operations: &[Arc<Operation>]) -> Self {
        let mut paths: Vec<(&str, Template)> = Vec::new();
        for operation in operations {
            match paths.iter_mut().find(|(path, _)| *path == operation.path) {
                Some((_, template)) => template.operations.push(Arc::clone(operation)),
                None => {
                    let segments = operation.path.split('/').map(Segment::read).collect();
                    paths.push((&operation.path, Template { segments, operations: vec![Arc::clone(operation)] }));
                }
            }
        }
        let mut paths: Vec<Template> = paths.into_iter().map(|(_, template)| template).collect();
        paths.sort_by_key(|template| template.segments.iter().filter(|s| matches!(s, Segment::Variable(_))).count());
        Self { paths }
    }

    /// Finds the operation for a path below the base.
    pub(crate) fn find(&self, method: &Method, path: &str) -> Route<'_> {
        let segments: Vec<&str> = path.split('/').collect();
        let Some((template, variables)) = self.template(&segments) else {
            let other = match path.strip_suffix('/') {
                Some(without) => without.to_owned(),
                None => format!("{path}/"),
            };
            let near = self.template(&other.split('/').collect::<Vec<_>>()).map(|_| other);
            return Route::Nowhere { near };
        };
        match template.operations.iter().find(|operation| operation.method == *method) {
            Some(operation) => Route::Operation(operation, variables),
            None => Route::OtherMethods(template.operations.iter().map(|operation| &operation.method).collect()),
        }
    }

    fn template(&self, segments: &[&str]) -> Option<(&Template, Vec<(String, String)>)> {
        self.paths.iter().find_map(|template| Some((template, template.variables(segments)?)))
    }
}

impl Segment {
    fn read(text: &str) -> Self {
        match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(name) => Self::Variable(name.to_owned()),
            None => Self::Fixed(text.to_owned()),
        }
    }
}

impl Template {
    fn variables(&self, segments: &[&str]) -> Option<Vec<(String, String)>> {
        if segments.len() != self.segments.len() {
            return None;
        }
        let mut variables = Vec::new();
        for (expected, found) in self.segments.iter().zip(segments) {
            match expected {
                Segment::Fixed(text) if text == found => {}
                Segment::Variable(name) if !found.is_empty() => {
                    variables.push((name.clone(), percent_decode_str(found).decode_utf8_lossy().into_owned()));
                }
                _ => return None,
            }
        }
        Some(variables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Provider;
    use crate::playbook::Playbook;

    fn found(provider: Provider, method: Method, path: &str) -> String {
        match Playbook::of(provider).router.find(&method, path) {
            Route::Operation(operation, variables) => format!("{} {variables:?}", operation.id),
            Route::OtherMethods(methods) => format!("other methods {methods:?}"),
            Route::Nowhere { near } => format!("nowhere {near:?}"),
        }
    }

    #[test]
    fn requests_find_their_operation() {
        use Provider::{Belvo, SaltEdge};
        assert_eq!(found(SaltEdge, Method::GET, "/connections/7%2F8"), r#"show_connection [("connection_id", "7/8")]"#);
        assert_eq!(found(SaltEdge, Method::POST, "/connections/connect"), "connect []");
        assert_eq!(found(SaltEdge, Method::POST, "/countries"), "other methods [GET]");
        assert_eq!(found(SaltEdge, Method::GET, "/contries"), "nowhere None");
        assert_eq!(found(Belvo, Method::GET, "/api/links"), r#"nowhere Some("/api/links/")"#);
        assert_eq!(found(Belvo, Method::GET, "/api/links//"), r#"nowhere Some("/api/links/")"#);
    }
}
