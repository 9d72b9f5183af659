//! What all mapping functions have in common.

use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::model::{Coded, Currency};
use crate::source::Source;

/// What a mapping function knows of the record it maps, and where it notes what it cannot carry over.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    source: &'a Source,
    losses: &'a Losses,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(source: &'a Source, losses: &'a Losses) -> Self {
        Self { source, losses }
    }

    /// A record begins: counts it, and what of it feeds nothing if that is wanted.
    pub(crate) fn begin(&self, count_unmapped: bool) {
        self.losses.record();
        if count_unmapped {
            crate::unmapped::count(self.source, self.losses);
        }
    }

    /// The record.
    pub(crate) fn source(&self) -> Source {
        self.source.clone()
    }

    /// Where losses are noted.
    pub(crate) fn losses(&self) -> &'a Losses {
        self.losses
    }

    /// A provider's word at a place of the record and what it means; a word without meaning is noted as unknown.
    pub(crate) fn coded<T>(&self, place: &str, word: impl Into<String>, value: Option<T>) -> Coded<T> {
        let word = word.into();
        if value.is_none() {
            self.losses.unknown_value(self.source.schema(), place, &word);
        }
        Coded::new(value, word)
    }

    /// A currency at a place of the record; a text that is none is noted as unknown.
    pub(crate) fn currency(&self, place: &str, text: Option<&str>) -> Option<Currency> {
        let text = text.filter(|text| !text.trim().is_empty())?;
        let currency = text.parse().ok();
        if currency.is_none() {
            self.losses.unknown_value(self.source.schema(), place, text);
        }
        currency
    }

    /// The error for a record that lacks what its kind cannot be without, or contradicts itself at a place.
    pub(crate) fn misfit(&self, place: &str, why: &str) -> Error {
        self.losses.rejected(self.source.schema(), place);
        Error::of(ErrorKind::BadRecord)
            .from_provider(self.source.provider().clone())
            .message(why)
            .at(place, Some(self.source.bytes()))
    }
}
