//! `docs/mapping.md` of the facade: for each field of the model, what feeds it. It is read as Markdown and within rustdoc.

use super::Provider;
use crate::output::MARK;
use crate::spec::pointer;
use crate::subjects::SUBJECTS;

/// The whole page.
pub(super) fn page(providers: &[Provider]) -> String {
    let mut providers: Vec<&Provider> = providers.iter().collect();
    providers.sort_by_key(|provider| provider.rank);
    let mut page = format!(
        "<!-- {MARK} from specs/. Do not edit. -->\n\n\
         # Where the fields come from\n\n\
         What each provider sends for a field of the model: the schema of its specification and the way within it, `[]` being each element\n\
         of a list. `—` stands where a provider sends nothing for it.\n"
    );
    let titles: Vec<&str> = providers.iter().map(|provider| provider.title.as_str()).collect();
    let head = row("field", titles.iter().map(|title| (*title).to_owned()));
    let line = format!("|{}\n", "---|".repeat(titles.len() + 1));
    for (subject, fields) in SUBJECTS {
        page.push_str(&format!("\n## {subject}\n\n{head}{line}"));
        for field in *fields {
            let full = format!("{subject}.{field}");
            page.push_str(&row(&format!("`{field}`"), providers.iter().map(|provider| sources(provider, &full))));
        }
    }
    page
}

fn row(first: &str, cells: impl Iterator<Item = String>) -> String {
    format!("| {first} | {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// What feeds a field at one provider: where both an object and something in it do, the latter.
fn sources(provider: &Provider, field: &str) -> String {
    let found = provider.records.iter().flat_map(|record| {
        let paths: Vec<&str> =
            record.sources.iter().filter(|(fed, _)| fed == field).map(|(_, path)| path.as_str()).collect();
        let above = |path: &str, other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        let paths = paths.iter().filter(|path| !paths.iter().any(|other| above(path, other)));
        paths.map(|path| format!("`{}{}`", record.name, way(path))).collect::<Vec<_>>()
    });
    let found: Vec<String> = found.collect();
    if found.is_empty() { "—".to_owned() } else { found.join(", ") }
}

/// `/extra/funds/*/value` as `.extra.funds[].value`
fn way(path: &str) -> String {
    pointer::members(path).map(|member| if member == "*" { "[]".to_owned() } else { format!(".{member}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::provider;
    use super::*;

    #[test]
    fn every_field_has_a_row_and_every_provider_a_column() {
        let page = page(&[
            provider(
                "khipu",
                "Balance: {x-record: [balance], properties: {Type: {type: string, x-normalized: [balance.kind]}}}",
            ),
            provider(
                "saltedge",
                "Account: {x-record: [balance], properties: {kind: {type: string, x-normalized: [balance.kind]}, extra: {type: array, items: {properties: {type: {x-normalized: [balance.kind], properties: {a: {x-normalized: [balance.kind]}}}}}}}}",
            ),
        ]);
        let (_, table) = page.split_once("## balance\n\n").unwrap_or_else(|| panic!("{page}"));
        let (table, _) = table.split_once("\n\n").unwrap_or_else(|| panic!("{page}"));
        assert_eq!(
            table,
            "| field | Salt Edge | Khipu |\n|---|---|---|\n| `amount` | — | — |\n| `currency` | — | — |\n\
             | `kind` | `Account.kind`, `Account.extra[].type.a` | `Balance.Type` |\n| `as_of` | — | — |"
        );
        assert_eq!(page.matches("\n## ").count(), SUBJECTS.len());
    }
}
