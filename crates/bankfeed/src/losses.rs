//! What normalization could not carry over.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

/// How many different words are kept of one field; more are counted together.
const MAX_WORDS: usize = 64;
/// The longest word that is shown; what is longer, or holds other signs than codes do, is no code and may be personal.
const MAX_WORD: usize = 48;

/// What normalization could not carry over, counted: nothing is lost silently.
///
/// Fields are named as in the provider's curated specification: schema, then JSON pointer, with `*` for any item. No
/// value of a record is in it, but words of enumerations, which are short codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LossReport {
    /// Records that were read.
    pub records: u64,
    /// Records that came again within one list, and were left out.
    pub repeated: u64,
    /// Records that could not be normalized, by schema and place of what is wrong.
    pub rejected: BTreeMap<String, u64>,
    /// Values of enumerations that this version does not know, by field: each word with how often it came.
    pub unknown_values: BTreeMap<String, BTreeMap<String, u64>>,
    /// Members that were there with a value and feed no field of the model, though the specification describes them.
    /// Counted only when asked for, see [`Paging::count_unmapped`](crate::Paging::count_unmapped).
    pub unmapped: BTreeMap<String, u64>,
    /// Members that the specification does not even describe: the provider's API has grown. Counted with
    /// [`unmapped`](Self::unmapped).
    pub undeclared: BTreeMap<String, u64>,
}

impl LossReport {
    /// Whether no record was rejected and no value unknown.
    pub fn is_clean(&self) -> bool {
        self.rejected.is_empty() && self.unknown_values.is_empty()
    }

    /// Adds another report.
    pub fn merge(&mut self, other: &Self) {
        let add = |into: &mut BTreeMap<String, u64>, from: &BTreeMap<String, u64>| {
            for (key, count) in from {
                *into.entry(key.clone()).or_default() += count;
            }
        };
        self.records += other.records;
        self.repeated += other.repeated;
        add(&mut self.rejected, &other.rejected);
        add(&mut self.unmapped, &other.unmapped);
        add(&mut self.undeclared, &other.undeclared);
        for (field, words) in &other.unknown_values {
            add(self.unknown_values.entry(field.clone()).or_default(), words);
        }
    }
}

/// Where mapping functions note what they could not carry over.
#[derive(Clone, Debug, Default)]
pub(crate) struct Losses(Arc<Mutex<LossReport>>);

impl Losses {
    pub(crate) fn report(&self) -> LossReport {
        self.with(|report| report.clone())
    }

    pub(crate) fn record(&self) {
        self.with(|report| report.records += 1);
    }

    pub(crate) fn repeated(&self) {
        self.with(|report| report.repeated += 1);
    }

    pub(crate) fn rejected(&self, schema: &str, place: &str) {
        let field = format!("{schema}{}", general(place));
        self.with(|report| *report.rejected.entry(field).or_default() += 1);
    }

    /// A value of an enumeration that is not known.
    pub(crate) fn unknown_value(&self, schema: &str, place: &str, word: &str) {
        let field = format!("{schema}{}", general(place));
        let shown = word.len() <= MAX_WORD
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b' '));
        let word = if shown { word } else { "(no code)" };
        self.with(|report| {
            let words = report.unknown_values.entry(field).or_default();
            let word = if words.len() < MAX_WORDS || words.contains_key(word) { word } else { "(others)" };
            *words.entry(word.to_owned()).or_default() += 1;
        });
    }

    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut LossReport) -> T) -> T {
        // What is counted stays right even if somebody panicked while counting something else.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A JSON pointer with `*` in place of indexes.
pub(crate) fn general(place: &str) -> String {
    let is_index = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = place.split('/').map(|part| if is_index(part) { "*" } else { part }).collect();
    parts.join("/")
}
