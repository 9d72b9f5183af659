//! Holds the mapping code to what the specifications say of it, and to never panicking, for every provider at once.
//!
//! A specification says with `x-normalized` which field of the model reads a value. Here each value is changed in records
//! that hold everything that is declared: what is annotated must change its fields, what is not must change nothing.
#![allow(clippy::unwrap_used, clippy::panic)]

mod change;
mod declared;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;

use crate::error::Error;
use crate::fields::{Field, Schema, schemas};
use crate::losses::Losses;
use crate::provider::ProviderId;
use change::{at, candidates, fits, with, without};
use declared::Declared;

/// What an adapter makes of a record: every normalized record with its subject.
type Normalize = fn(&str, &[u8], &Losses) -> Option<Result<Vec<(&'static str, Value)>, Error>>;

#[derive(Clone)]
struct Adapter {
    provider: ProviderId,
    normalize: Normalize,
}

/// Every adapter that is compiled in.
fn adapters() -> Vec<Adapter> {
    vec![
        #[cfg(feature = "belvo")]
        Adapter { provider: ProviderId::BELVO, normalize: crate::belvo::map::normalize },
        #[cfg(feature = "khipu")]
        Adapter { provider: ProviderId::KHIPU, normalize: crate::khipu::map::normalize },
        #[cfg(feature = "saltedge")]
        Adapter { provider: ProviderId::SALTEDGE, normalize: crate::saltedge::map::normalize },
        #[cfg(feature = "wealthreader")]
        Adapter { provider: ProviderId::WEALTHREADER, normalize: crate::wealthreader::map::normalize },
    ]
}

impl Adapter {
    fn schemas(&self) -> &'static [Schema] {
        schemas(&self.provider)
    }

    /// The normalized records; `None` when the record is refused.
    fn of(&self, schema: &str, record: &Value) -> Option<Vec<(&'static str, Value)>> {
        let text = record.to_string();
        let result = (self.normalize)(schema, text.as_bytes(), &Losses::default());
        result.unwrap_or_else(|| panic!("{}: {schema} is a record, and nothing normalizes it", self.provider)).ok()
    }
}

/// The values of one field of the model in all records of its subject.
fn read(records: &[(&'static str, Value)], normalized: &str) -> Vec<Value> {
    let (subject, field) = normalized.split_once('.').unwrap();
    let records = records.iter().filter(|(of, _)| *of == subject);
    records.map(|(_, record)| flat(record)[field].clone()).collect()
}

/// Whether some change of the value at a place, in some record, changes a field of the model.
fn feeds(adapter: &Adapter, declared: &Declared, schema: &Schema, field: &Field, normalized: &str) -> bool {
    let bases = declared.bases(schema, field.path);
    bases.iter().any(|base| {
        let Some(before) = adapter.of(schema.name, base) else { return false };
        let before = read(&before, normalized);
        let mut changed = candidates(at(base, field.path), &declared.enum_at(schema.name, field.path));
        changed.push(Value::Null);
        let records = changed.iter().map(|value| with(base, field.path, value)).chain([without(base, field.path)]);
        records.filter_map(|record| adapter.of(schema.name, &record)).any(|after| read(&after, normalized) != before)
    })
}

#[test]
fn what_a_specification_annotates_feeds_its_fields() {
    let mut idle = Vec::new();
    for adapter in adapters() {
        let declared = Declared::of(&adapter.provider);
        for schema in adapter.schemas() {
            for field in schema.fields {
                for normalized in field.normalized {
                    if !feeds(&adapter, &declared, schema, field, normalized) {
                        idle.push(format!("{} {}{} => {normalized}", adapter.provider, schema.name, field.path));
                    }
                }
            }
        }
    }
    assert!(idle.is_empty(), "annotated, and no change of it changes the field:\n{}", idle.join("\n"));
}

#[test]
fn what_a_specification_does_not_annotate_feeds_nothing() {
    let mut read_anyway = BTreeSet::new();
    for adapter in adapters() {
        let declared = Declared::of(&adapter.provider);
        for schema in adapter.schemas() {
            let fields: Vec<&Field> = schema.fields.iter().filter(|field| field.record.is_none()).collect();
            for base in declared.whole(schema.name) {
                let Some(before) = adapter.of(schema.name, &base) else { continue };
                for field in fields.iter().filter(|field| fits(&base, field.path)) {
                    let words = declared.enum_at(schema.name, field.path);
                    let others = candidates(at(&base, field.path), &words).into_iter();
                    let changed = others.filter_map(|value| adapter.of(schema.name, &with(&base, field.path, &value)));
                    let changed: BTreeSet<String> = changed.flat_map(|after| differing(&before, &after)).collect();
                    let silent = changed.iter().filter(|name| !says(field, name));
                    read_anyway.extend(
                        silent.map(|name| format!("{} {}{} changes {name}", adapter.provider, schema.name, field.path)),
                    );
                }
            }
        }
    }
    assert!(read_anyway.is_empty(), "read, and not annotated so:\n{}", Vec::from_iter(read_anyway).join("\n"));
}

/// Whether the annotation of a value names a field, or one of a subject's.
fn says(field: &Field, changed: &str) -> bool {
    field.normalized.iter().any(|said| *said == changed || changed.ends_with('.') && said.starts_with(changed))
}

/// Fields that follow from others by definition, so that no annotation names them.
const DERIVED: &[&str] = &[
    "account.key",
    "transaction.key",
    "balance.account",
    "holding.account",
    "party.connection",
    "event.provider",
    "event.idempotency_key",
];

/// The fields of the model that differ between two results. Where the number of records of a subject differs, any field of
/// that subject may be the one that counts: it stands as `subject.`.
fn differing(before: &[(&'static str, Value)], after: &[(&'static str, Value)]) -> BTreeSet<String> {
    let subjects: BTreeSet<&str> = before.iter().chain(after).map(|(subject, _)| *subject).collect();
    let of = |records: &[(&'static str, Value)], subject: &str| -> Vec<Value> {
        let records = records.iter().filter(|(of, _)| *of == subject);
        records.map(|(_, record)| flat(record)).collect()
    };
    let mut changed = BTreeSet::new();
    for subject in subjects {
        let (before, after) = (of(before, subject), of(after, subject));
        if before.len() != after.len() {
            changed.insert(format!("{subject}."));
            continue;
        }
        for (before, after) in before.iter().zip(&after) {
            let names: BTreeSet<&String> =
                [before, after].into_iter().filter_map(Value::as_object).flat_map(|record| record.keys()).collect();
            let names = names.into_iter().filter(|name| before.get(name.as_str()) != after.get(name.as_str()));
            changed.extend(names.map(|name| format!("{subject}.{name}")));
        }
    }
    changed.retain(|name| !DERIVED.contains(&name.as_str()));
    changed
}

/// A record with the members of its details beside its own.
fn flat(record: &Value) -> Value {
    let mut record = record.clone();
    if let Some(Value::Object(details)) = record.as_object_mut().and_then(|record| record.remove("details")) {
        record.as_object_mut().unwrap().extend(details);
    }
    record
}

#[test]
fn every_record_of_a_specification_normalizes_from_its_own_example() {
    let mut refused = Vec::new();
    for adapter in adapters() {
        let declared = Declared::of(&adapter.provider);
        for schema in adapter.schemas() {
            let example = declared.example(schema.name);
            let records = adapter.of(schema.name, &example).unwrap_or_default();
            let subjects: BTreeSet<&str> = records.iter().map(|(subject, _)| *subject).collect();
            if subjects.is_empty() {
                refused.push(format!("{} {}: {subjects:?}", adapter.provider, schema.name));
            }
            // Records inside of it come along with their own subjects.
            let inside = schema.fields.iter().filter_map(|field| Schema::find(adapter.schemas(), field.record?));
            let known: BTreeSet<&str> = inside.chain([schema]).flat_map(|schema| schema.subjects).copied().collect();
            let alien: Vec<_> = subjects.iter().filter(|subject| !known.contains(*subject)).collect();
            assert!(
                alien.is_empty(),
                "{} {} becomes {alien:?}, which x-record does not say",
                adapter.provider,
                schema.name
            );
        }
    }
    assert!(refused.is_empty(), "nothing comes of these examples:\n{}", refused.join("\n"));
}

/// Any JSON that is not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(serde_json::from_str("-99999999999999999999999999.99").unwrap()),
        Just(serde_json::from_str("1e-20").unwrap()),
        "[ -~]{0,24}".prop_map(Value::from),
        "(EUR|XX|-0.00|2026-02-30|9999-12-31T23:59:59Z|ÅÉ🙂)".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec(("[a-z]{1,8}", inner), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn normalization_never_panics(
        values in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..4),
    ) {
        for (adapter, schema, records) in to_be_broken() {
            for mut record in records.iter().cloned() {
                for (place, value) in &values {
                    let field = place.get(schema.fields);
                    record = with(&record, field.path, value);
                }
                adapter.of(schema.name, &record);
            }
        }
    }
}

/// Records of every schema that normalize as they are: made ones, and what of the printed samples fits it.
fn to_be_broken() -> &'static [(Adapter, &'static Schema, Vec<Value>)] {
    static ALL: OnceLock<Vec<(Adapter, &'static Schema, Vec<Value>)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Vec::new();
        for adapter in adapters() {
            let declared = Declared::of(&adapter.provider);
            let printed = declared.printed();
            for schema in adapter.schemas() {
                let fits = |record: &&&Value| adapter.of(schema.name, record).is_some_and(|made| !made.is_empty());
                let mut records = declared.whole(schema.name);
                records.extend(printed.iter().filter(fits).take(3).map(|record| (*record).clone()));
                all.push((adapter.clone(), schema, records));
            }
        }
        assert_eq!(all.is_empty(), adapters().iter().all(|adapter| adapter.schemas().is_empty()));
        all
    })
}
