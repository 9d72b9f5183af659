//! What the facade crate is told about the specifications: tables that its code reads, and a page that people read.

mod mapping;
mod tables;
mod titles;

pub(crate) use titles::Titles;

use crate::output::Files;
use crate::records::{Record, records};
use crate::spec::Spec;

/// A provider as the facade sees it.
pub(crate) struct Provider {
    /// As the specification and the feature are called.
    name: String,
    /// As people call it.
    title: String,
    /// Where it stands among the others on a page.
    rank: usize,
    /// The specification's file.
    file: String,
    records: Vec<Record>,
}

impl Provider {
    pub(crate) fn new(name: &str, spec: &Spec, titles: &Titles) -> Self {
        let (rank, title) = titles.of(name);
        Self { name: name.to_owned(), title: title.to_owned(), rank, file: spec.file.clone(), records: records(spec) }
    }

    /// The name of its modules: that of the provider as a Rust name.
    fn module(&self) -> String {
        self.name.replace('-', "_")
    }

    /// How many records and values of them are known.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.records.len(), self.records.iter().map(|record| record.fields.len()).sum())
    }
}

/// The files of `src/generated` in the facade.
pub(crate) fn tables(providers: &[Provider]) -> Files {
    let mut files = Files::from([("mod.rs".to_owned(), tables::module(providers))]);
    files.extend(providers.iter().map(|provider| (format!("{}.rs", provider.module()), tables::table(provider))));
    files
}

/// The generated files of `docs` in the facade.
pub(crate) fn pages(providers: &[Provider]) -> Files {
    Files::from([("mapping.md".to_owned(), mapping::page(providers))])
}

#[cfg(test)]
mod testing {
    use super::{Provider, Titles};
    use crate::lint::testing::spec;

    pub(super) fn provider(name: &str, schemas: &str) -> Provider {
        let titles = Titles::parse("| `saltedge.yaml` | Salt Edge | |\n| `khipu.yaml` | Khipu | |\n");
        Provider::new(name, &spec(&format!("components: {{schemas: {{{schemas}}}}}")), &titles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands;

    #[test]
    fn whatever_feeds_the_model_is_in_the_tables_and_records_lead_to_records() {
        let root = commands::workspace();
        let titles = Titles::load(&root).unwrap_or_else(|error| panic!("{error}"));
        for found in commands::providers(&root, &[]).unwrap_or_else(|error| panic!("{error}")) {
            let spec = Spec::load(&root.join(&found.spec), &found.spec).unwrap_or_else(|rejected| panic!("{rejected}"));
            let provider = Provider::new(&found.name, &spec, &titles);
            assert!(titles.knows(&provider.name), "{} has no row in specs/README.md", provider.name);
            for record in &provider.records {
                for (fed, path) in &record.sources {
                    let listed = record
                        .fields
                        .iter()
                        .any(|(value, field)| value.starts_with(path.as_str()) && field.normalized.contains(fed));
                    assert!(listed, "{}: nothing at {path} feeds {fed}", record.name);
                }
                for next in record.fields.values().filter_map(|field| field.record.as_ref()) {
                    assert!(provider.records.iter().any(|record| record.name == *next), "{}: {next}", record.name);
                }
            }
        }
    }
}
