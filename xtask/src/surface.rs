//! What callers of a client see, a fact a line: the part of a change that a reviewer has to judge.

use std::fmt::Write as _;

use crate::model::{
    Answer, Api, BodyForm, Field, Kind, Location, Object, Operation, PagingKind, Presence, Retry, Shape,
};

/// The surface of a generated client, in the order of its specification.
pub(crate) fn surface(api: &Api) -> String {
    let mut out = format!("{} {}\n", api.title, api.version);
    for operation in &api.operations {
        // Writing to a string does not fail.
        let _ = writeln!(out, "\n{}", operation_lines(operation).join("\n  "));
    }
    for definition in api.types.values() {
        let mut lines = vec![match &definition.kind {
            Kind::Object(_) => format!("struct {}", definition.name),
            Kind::Enum(_) => format!("enum {} (open)", definition.name),
            Kind::Union(_) => format!("union {} (open)", definition.name),
        }];
        if definition.deprecated {
            lines[0].push_str(" deprecated");
        }
        match &definition.kind {
            Kind::Object(object) => lines.extend(object_lines(object)),
            Kind::Enum(variants) => {
                lines.extend(variants.iter().map(|variant| format!("{:?} = {}", variant.wire, variant.rust)))
            }
            Kind::Union(arms) => {
                lines.extend(arms.iter().map(|arm| format!("{}({})", arm.rust, rust_type(&arm.shape))))
            }
        }
        let _ = writeln!(out, "\n{}", lines.join("\n  "));
    }
    for webhook in &api.webhooks {
        let feature = webhook.feature.as_ref().map(|feature| format!(" (feature {feature})")).unwrap_or_default();
        let _ = writeln!(out, "\nwebhook {}: {}{feature}", webhook.name, rust_type(&webhook.payload));
    }
    out
}

fn operation_lines(operation: &Operation) -> Vec<String> {
    let mut lines = vec![format!("fn {}: {} {}", operation.rust, operation.method, operation.path)];
    let mut words = Vec::new();
    if operation.public {
        words.push("public".to_owned());
    }
    match &operation.retry {
        Retry::Safe => words.push("retry safe".to_owned()),
        Retry::Never => {}
        Retry::Rule(rule) => words.push(format!("retry {rule}")),
    }
    words.extend(operation.timeout_secs.map(|seconds| format!("timeout {seconds} s")));
    words.extend(operation.feature.as_ref().map(|feature| format!("feature {feature}")));
    if operation.deprecated {
        words.push("deprecated".to_owned());
    }
    if let Some(paging) = &operation.paging {
        words.push(match &paging.kind {
            PagingKind::Cursor { param } => format!("pages by cursor {param}"),
            PagingKind::Link => "pages by link".to_owned(),
            PagingKind::Page { param } => format!("pages by number {param}"),
            PagingKind::Offset { param } => format!("pages by offset {param}"),
        });
        words.extend(paging.in_form.then(|| "in the form".to_owned()));
    }
    if !words.is_empty() {
        lines.push(words.join(", "));
    }
    for param in &operation.params {
        let name =
            if param.rust == param.wire { param.rust.clone() } else { format!("{} {:?}", param.rust, param.wire) };
        let place =
            if param.location == Location::Query { String::new() } else { format!(" in {}", param.location.word()) };
        let mark = if param.required { "" } else { "?" };
        let deprecated = if param.deprecated { " deprecated" } else { "" };
        lines.push(format!("{name}: {}{mark}{place}{deprecated}", rust_type(&param.shape)));
    }
    if let Some(body) = &operation.body {
        let mark = if body.required { "" } else { "?" };
        lines.push(match &body.form {
            BodyForm::Json { shape, envelope: Some(envelope) } => {
                format!("body: {}{mark} in {{{envelope:?}: ...}}", rust_type(shape))
            }
            BodyForm::Json { shape, envelope: None } => format!("body: {}{mark}", rust_type(shape)),
            BodyForm::Form { shape, joined } => {
                let joined: Vec<&str> = joined.iter().map(|(name, _)| name.as_str()).collect();
                let lists = if joined.is_empty() { String::new() } else { format!(", joined: {}", joined.join(", ")) };
                format!("body: {}{mark} as form{lists}", rust_type(shape))
            }
            BodyForm::Multipart => format!("body: multipart{mark}"),
            BodyForm::Bytes { content_type } => format!("body: {content_type}{mark}"),
        });
    }
    match &operation.answer {
        Answer::Json(shape) => lines.push(format!("-> {}", rust_type(shape))),
        Answer::OptionalJson(shape) => lines.push(format!("-> {}?", rust_type(shape))),
        Answer::Empty => lines.push("-> nothing".to_owned()),
        Answer::Text(kind) | Answer::Bytes(kind) => lines.push(format!("-> {kind}")),
        Answer::ByStatus { cases, .. } => {
            lines.extend(cases.iter().map(|case| {
                format!("-> {} {}", case.status, case.shape.as_ref().map_or("nothing".to_owned(), rust_type))
            }));
        }
    }
    lines.extend(operation.alternates.iter().map(|(_, kind)| format!("-> or {kind}")));
    lines
}

fn object_lines(object: &Object) -> Vec<String> {
    let mut lines: Vec<String> = object.fields.iter().map(field_line).collect();
    lines.extend(object.rest.iter().map(|(_, shape)| format!("..: {}", rust_type(shape))));
    lines
}

fn field_line(field: &Field) -> String {
    let name = if field.rust == field.wire { field.rust.clone() } else { format!("{} {:?}", field.rust, field.wire) };
    let presence = match field.presence {
        Presence::Required => "",
        Presence::RequiredNullable => "|null",
        Presence::Optional => "?",
        Presence::OptionalNullable => "?|null",
    };
    let sensitive = if field.sensitive { " hidden" } else { "" };
    let deprecated = if field.deprecated { " deprecated" } else { "" };
    let normalized =
        if field.normalized.is_empty() { String::new() } else { format!(" => {}", field.normalized.join(", ")) };
    format!("{name}: {}{presence}{sensitive}{deprecated}{normalized}", rust_type(&field.shape))
}

fn rust_type(shape: &Shape) -> String {
    match shape {
        Shape::Text => "String".into(),
        Shape::Id => "Id".into(),
        Shape::Secret => "Secret".into(),
        Shape::Bool => "bool".into(),
        Shape::BoolText => "BoolText".into(),
        Shape::Integer { unsigned: false } => "i64".into(),
        Shape::Integer { unsigned: true } => "u64".into(),
        Shape::Decimal { text: false } => "Amount".into(),
        Shape::Decimal { text: true } => "Amount in quotes".into(),
        Shape::Date => "Date".into(),
        Shape::DateTime => "DateTime".into(),
        Shape::Time => "Time".into(),
        Shape::Json => "Json".into(),
        Shape::List(inner) => format!("[{}]", rust_type(inner)),
        Shape::Map(inner) => format!("{{{}}}", rust_type(inner)),
        Shape::Nullable(inner) => format!("{}|null", rust_type(inner)),
        Shape::Named(name) => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::commands;
    use crate::pipeline::{self, Origin};

    /// The snapshot a reviewer reads when a specification changes.
    #[test]
    fn surfaces() {
        let root = commands::workspace();
        let providers = commands::providers(&root, &[]).unwrap_or_else(|error| panic!("{error}"));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../snapshots/surface");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        for provider in providers {
            let generated = pipeline::run(&root.join(&provider.spec), &provider.spec, Origin::House)
                .unwrap_or_else(|error| panic!("{error:#}"));
            settings
                .set_description(format!("What callers of {}-client see; made from {}", provider.name, provider.spec));
            settings.bind(|| insta::assert_snapshot!(provider.name.clone(), super::surface(&generated.api)));
        }
    }
}
