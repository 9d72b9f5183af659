//! The new files: client crate, adapter, player, and their tests.

use super::auth::{Auth, Check};
use super::fill::Fill;
use super::names::Names;
use crate::model::{Answer, Api, Location, Operation, Shape};
use crate::output::Files;
use crate::spec::Spec;

/// Whether the adapter has something to map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Adapter {
    /// The lists of the skeleton.
    Skeleton,
    /// Set up, and nothing else.
    Draft,
}

/// All that the templates speak of.
pub(super) fn fill(names: &Names, auth: &Auth, api: &Api) -> Fill {
    let words: Vec<&str> = auth.fields().iter().map(|(_, words)| *words).collect();
    let words = words.join(" and ");
    let with = if words.is_empty() {
        String::new()
    } else {
        format!(" with {} {words}", if words.starts_with(['A', 'a', 'u']) { "this" } else { "the" })
    };
    let empty = auth.fields().iter().map(|(name, _)| format!("self.{name}.expose().is_empty()")).collect::<Vec<_>>();
    let check = if empty.is_empty() {
        String::new()
    } else {
        let must = if empty.len() == 1 {
            format!("the {words} must not be empty")
        } else {
            format!("{words} must not be empty")
        };
        format!("if {} {{ return Err(rt::ConfigError::new({must:?})); }}", empty.join(" || "))
    };
    let bare = |text: String| if text.is_empty() { text } else { format!("{text},") };
    let empties = auth.each(|_| "\"\"".to_owned());
    Fill::new()
        .with("NAME", &names.name)
        .with("MODULE", &names.module)
        .with("TYPE", &names.type_name)
        .with("CONST", &names.constant)
        .with("TITLE", &names.title)
        .with("LIB", format!("{}_client", names.module))
        .with("FEATURES", features(api))
        .with("AUTH_DOC", auth.doc())
        .with("SAMPLE_ARGUMENTS", auth.each(|name| format!("{name:?}")))
        .with("SECRET_ARGUMENTS", auth.each(|name| format!("{:?}", format!("s3cr3t-{}", name.replace('_', "-")))))
        .with("ARGUMENTS", auth.each(str::to_owned))
        .with("PARAMETERS", auth.each(|name| format!("{name}: impl Into<rt::Secret>")))
        .with("FACADE_PARAMETERS", auth.each(|name| format!("{name}: impl Into<Secret>")))
        .with("USE_SECRET", if empty.is_empty() { "" } else { "use crate::Secret;" })
        .with("FIELDS", bare(auth.each(|name| format!("{name}: rt::Secret"))))
        .with("SET_FIELDS", bare(auth.each(|name| format!("{name}: {name}.into()"))))
        .with("WITH", with)
        .with(
            "EMPTY_DOC",
            if empty.is_empty() {
                String::new()
            } else {
                format!("the {} is empty, or ", words.replace(" and ", " or the "))
            },
        )
        .with("CHECK_EMPTY", check)
        .with(
            "EMPTY_TEST",
            if empty.is_empty() {
                String::new()
            } else {
                format!("assert!(Client::builder({empties}).build().is_err());")
            },
        )
        .with("AUTHORIZER", auth.authorizer())
        .with(
            "ACCESS_FIELDS",
            auth.fields()
                .iter()
                .map(|(name, words)| format!("/// The {words}.\n    pub {name}: &'static str,\n"))
                .collect::<String>(),
        )
        .with("ACCESS_VALUES", auth.each(|name| format!("{name}: {:?}", Auth::sandbox_value(name))))
        .with("AND_CREDENTIALS", if empty.is_empty() { "" } else { " and credentials" })
}

/// The table of cargo features, for families that the specification declares.
fn features(api: &Api) -> String {
    if api.features.is_empty() {
        return String::new();
    }
    let all: Vec<String> = api.features.keys().map(|feature| format!("{feature:?}")).collect();
    let each = api
        .features
        .iter()
        .map(|(feature, doc)| format!("# {}\n{feature} = []\n", doc.lines().next().unwrap_or_default()));
    format!("\n[features]\ndefault = [{}]\n{}", all.join(", "), each.collect::<String>())
}

/// The client crate, apart from what is generated.
pub(super) fn client(fill: &Fill, api: &Api, auth: &Auth, spec: &Spec) -> Files {
    let error = match api.error() {
        Some(name) => {
            let code = api.types.get(name).is_some_and(|found| matches!(&found.kind, crate::model::Kind::Object(object)
                if object.fields.iter().any(|field| field.rust == "code" && field.shape == Shape::Text && field.presence == crate::model::Presence::Optional)));
            let code =
                if code { "\n    fn code(&self) -> Option<&str> {\n        self.code.as_deref()\n    }\n" } else { "" };
            let text = include_str!("templates/client/error_typed.rs.txt").replace("@FAILURE@", name);
            text.replace("@CODE@", code)
        }
        None => include_str!("templates/client/error_json.rs.txt").to_owned(),
    };
    let tests: String = api.operations.iter().filter_map(|operation| test(operation, auth, spec)).collect();
    let name = fill.text("@NAME@");
    Files::from([
        ("Cargo.toml".to_owned(), fill.text(include_str!("templates/client/Cargo.toml.txt"))),
        ("README.md".to_owned(), fill.text(include_str!("templates/client/README.md.txt"))),
        ("src/lib.rs".to_owned(), fill.text(include_str!("templates/client/lib.rs.txt"))),
        ("src/builder.rs".to_owned(), fill.text(include_str!("templates/client/builder.rs.txt"))),
        ("src/error.rs".to_owned(), error),
        (
            format!("tests/{name}.rs"),
            fill.text(&include_str!("templates/client/test.rs.txt").replace("@TESTS@", &tests)),
        ),
    ])
}

/// A test of one operation, if it can be called with plain values and its answer is known.
fn test(operation: &Operation, auth: &Auth, spec: &Spec) -> Option<String> {
    if operation.body.as_ref().is_some_and(|body| body.required) || operation.feature.is_some() {
        return None;
    }
    let mut path = operation.path.clone();
    let mut arguments = Vec::new();
    for param in operation.params.iter().filter(|param| param.required) {
        let (argument, wire) = match &param.shape {
            Shape::Text | Shape::Id => ("\"x1\"", "x1"),
            Shape::Integer { .. } => ("7", "7"),
            Shape::Bool => ("true", "true"),
            _ => return None,
        };
        arguments.push(argument);
        if param.location == Location::Path {
            path = path.replace(&format!("{{{}}}", param.wire), wire);
        }
    }
    let played = match &operation.answer {
        Answer::Json(Shape::Named(name)) => {
            let example = spec.at(&format!("/components/schemas/{name}/example"))?;
            format!("json_status({}, r##\"{}\"##)", success(operation, spec), example.value)
        }
        Answer::Empty => "reply(204, &[], \"\")".to_owned(),
        _ => return None,
    };
    let carries = match auth {
        Auth::Bearer => "assert_eq!(sent.header(\"authorization\"), Some(\"Bearer s3cr3t-token\"));".to_owned(),
        Auth::Basic => "assert!(sent.header(\"authorization\").unwrap().starts_with(\"Basic \"));".to_owned(),
        Auth::Header(name) => format!("assert_eq!(sent.header({name:?}), Some(\"s3cr3t-api-key\"));"),
        Auth::Query(name) => format!("assert_eq!(sent.query_value({name:?}).as_deref(), Some(\"s3cr3t-api-key\"));"),
        Auth::None => String::new(),
    };
    let carries = if operation.public { String::new() } else { carries };
    Some(format!(
        "\n#[test]\nfn {0}() {{\n    run(async {{\n        let server = Server::playing([{played}]).await;\n        \
         client(&server).{0}({1}).send().await.unwrap();\n        let sent = server.request();\n        \
         assert_eq!((sent.method.as_str(), sent.path()), ({2:?}, {path:?}));\n        {carries}\n    }});\n}}\n",
        operation.rust,
        arguments.join(", "),
        operation.method,
    ))
}

/// The status of success that the specification names first.
fn success(operation: &Operation, spec: &Spec) -> u16 {
    let place = spec
        .at("/paths")
        .and_then(|paths| paths.get(&operation.path)?.get(&operation.method.to_lowercase())?.get("responses"));
    place
        .and_then(|responses| {
            responses.members().find_map(|(status, _)| status.parse().ok().filter(|status| *status < 300))
        })
        .unwrap_or(200)
}

/// The adapter, by files of the workspace.
pub(super) fn adapter(fill: &Fill, adapter: Adapter) -> Files {
    let mut files = vec![
        ("src/@MODULE@/builder.rs", include_str!("templates/facade/builder.rs.txt")),
        ("src/native/from_@MODULE@.rs", include_str!("templates/facade/native.rs.txt")),
    ];
    files.extend(match adapter {
        Adapter::Draft => vec![
            ("src/@MODULE@/mod.rs", include_str!("templates/facade/mod_draft.rs.txt")),
            ("src/@MODULE@/map/mod.rs", include_str!("templates/facade/map_draft.rs.txt")),
            ("tests/@NAME@.rs", include_str!("templates/facade/test_draft.rs.txt")),
        ],
        Adapter::Skeleton => vec![
            ("src/@MODULE@/mod.rs", include_str!("templates/facade/mod_skeleton.rs.txt")),
            ("src/@MODULE@/failure.rs", include_str!("templates/facade/failure.rs.txt")),
            ("src/@MODULE@/lists.rs", include_str!("templates/facade/lists.rs.txt")),
            ("src/@MODULE@/institutions.rs", include_str!("templates/facade/institutions.rs.txt")),
            ("src/@MODULE@/accounts.rs", include_str!("templates/facade/accounts.rs.txt")),
            ("src/@MODULE@/transactions.rs", include_str!("templates/facade/transactions.rs.txt")),
            ("src/@MODULE@/map/mod.rs", include_str!("templates/facade/map/mod.rs.txt")),
            ("src/@MODULE@/map/institution.rs", include_str!("templates/facade/map/institution.rs.txt")),
            ("src/@MODULE@/map/account.rs", include_str!("templates/facade/map/account.rs.txt")),
            ("src/@MODULE@/map/transaction.rs", include_str!("templates/facade/map/transaction.rs.txt")),
            ("src/@MODULE@/map/normalize.rs", include_str!("templates/facade/map/normalize.rs.txt")),
            ("tests/@NAME@.rs", include_str!("templates/facade/test_skeleton.rs.txt")),
        ],
    });
    files.into_iter().map(|(path, text)| (fill.text(path), fill.text(text))).collect()
}

/// The player and its test.
pub(super) fn sandbox(fill: Fill, auth: &Auth) -> Files {
    let (authenticate, credentials) = match auth.sandbox_check() {
        Check::Nothing => (
            "fn authenticate(&self, _: &Operation, _: &Received, _: &Scene<'_>) -> Result<(), Refusal> {\n        Ok(())\n    }".to_owned(),
            "let headers: Vec<(&str, String)> = Vec::new();\n    let key: Vec<(&str, &str)> = Vec::new();".to_owned(),
        ),
        Check::Header(name, value) => (
            format!(
                "fn authenticate(&self, _: &Operation, received: &Received, _: &Scene<'_>) -> Result<(), Refusal> {{\n        \
                 if received.header({name:?}) == Some({value:?}) {{ return Ok(()); }}\n        \
                 let problem = \"the credentials are not those of the sandbox\";\n        \
                 Err(Refusal::new(Kind::Unauthenticated(\"unauthorized\"), {:?}, problem))\n    }}",
                format!("header {name}"),
            ),
            format!("let headers = vec![({name:?}, {value:?}.to_owned())];\n    let key: Vec<(&str, &str)> = Vec::new();"),
        ),
        Check::Query(name, value) => (
            format!(
                "fn authenticate(&self, _: &Operation, received: &Received, _: &Scene<'_>) -> Result<(), Refusal> {{\n        \
                 let query = received.query.as_deref().unwrap_or_default();\n        \
                 let sent = form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == {name:?} && value == {value:?});\n        \
                 if sent {{ return Ok(()); }}\n        \
                 let problem = \"the credentials are not those of the sandbox\";\n        \
                 Err(Refusal::new(Kind::Unauthenticated(\"unauthorized\"), {:?}, problem))\n    }}",
                format!("query parameter {name}"),
            ),
            format!("let headers: Vec<(&str, String)> = Vec::new();\n    let key = vec![({name:?}, {value:?})];"),
        ),
    };
    let refusal = if *auth == Auth::None {
        ""
    } else {
        "\n#[tokio::test]\nasync fn who_has_no_credentials_is_refused() {\n    let sandbox = Sandbox::builder().start().await.unwrap();\n    \
         for operation in operations().iter().filter(|operation| operation[\"open\"] == false) {\n        \
         let reply = call(&sandbox, operation, &[], &[]).await;\n        \
         assert_eq!(reply.status, 401, \"{}: {}\", operation[\"id\"], reply.refused());\n    }\n}\n"
    };
    let fill = fill.with("AUTHENTICATE", authenticate).with("CREDENTIALS", credentials).with("REFUSAL_TEST", refusal);
    let files = [
        ("src/players/@MODULE@.rs", include_str!("templates/sandbox/player.rs.txt")),
        ("tests/@NAME@.rs", include_str!("templates/sandbox/test.rs.txt")),
    ];
    files.into_iter().map(|(path, text)| (fill.text(path), fill.text(text))).collect()
}

/// What stands in `snapshots/surface`, as insta writes it.
pub(super) fn surface(name: &str, api: &Api) -> String {
    let text = crate::surface::surface(api);
    format!(
        "---\nsource: xtask/src/surface.rs\ndescription: What callers of {name}-client see; made from specs/{name}.yaml\n---\n{}\n",
        text.trim_end()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{self, Origin};

    #[test]
    fn the_snapshot_is_what_insta_writes() {
        let root = crate::commands::workspace();
        let generated = pipeline::run(&root.join("specs/khipu.yaml"), "specs/khipu.yaml", Origin::House)
            .unwrap_or_else(|error| panic!("{error:#}"));
        let stored = std::fs::read_to_string(root.join("snapshots/surface/khipu.snap"))
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(surface("khipu", &generated.api), stored);
    }

    #[test]
    fn templates_are_filled_to_the_last_name() {
        let names = Names::new("one-bank", None).unwrap_or_else(|error| panic!("{error}"));
        let spec = Spec::parse(
            &Fill::new().with("TITLE", "One Bank").text(super::super::SKELETON),
            "specs/one-bank.yaml",
            false,
        )
        .unwrap_or_else(|error| panic!("{error}"));
        let (api, _) = pipeline::code(&spec).unwrap_or_else(|error| panic!("{error:#}"));
        for auth in [Auth::None, Auth::Bearer, Auth::Basic, Auth::Header("x-key".into()), Auth::Query("key".into())] {
            let fill = || fill(&names, &auth, &api);
            let mut all = client(&fill(), &api, &auth, &spec);
            all.extend(adapter(&fill(), Adapter::Skeleton));
            all.extend(adapter(&fill(), Adapter::Draft));
            all.extend(sandbox(fill(), &auth));
            for (path, text) in all {
                let rest = text.split('@').skip(1).step_by(2).find(|word| {
                    !word.is_empty() && word.bytes().all(|sign| sign.is_ascii_uppercase() || sign == b'_')
                });
                assert_eq!(rest, None, "{path}");
                assert!(!path.ends_with(".rs") || syn::parse_file(&text).is_ok(), "{path} is no Rust:\n{text}");
            }
        }
    }
}
