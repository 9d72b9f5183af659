//! What was found, counted and put together.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::input::Recording;
use super::target::Best;

/// The ways in which an answer leaves its specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum What {
    UnknownMember,
    UnknownValue,
    Null,
    Type,
    Format,
    Missing,
}

impl What {
    /// The word of reports.
    pub(crate) fn word(self) -> &'static str {
        match self {
            What::UnknownMember => "unknown member",
            What::UnknownValue => "unknown value",
            What::Null => "null",
            What::Type => "type",
            What::Format => "format",
            What::Missing => "missing member",
        }
    }
}

/// One value that is not as described.
#[derive(Clone)]
pub(crate) struct Deviation<'v> {
    pub(crate) what: What,
    /// Where in the answer; `*` stands for the elements of a list and for keys that are data.
    pub(crate) at: String,
    /// Where in the specification: the schema that would have to change.
    pub(crate) place: String,
    /// The component around it, with the way to the member.
    pub(crate) schema: String,
    /// What is there instead, in words that give no value away.
    pub(crate) detail: String,
    /// The member, for those that are unknown or missing.
    pub(crate) member: String,
    /// The value itself; `None` where nobody may see it.
    pub(crate) shown: Option<String>,
    /// For a suggestion, which reads kinds and names alone.
    pub(crate) value: Option<&'v Value>,
}

/// The same deviation, however often it shows.
pub(crate) struct Drift {
    pub(crate) what: What,
    pub(crate) at: String,
    pub(crate) place: String,
    pub(crate) schema: String,
    pub(crate) member: String,
    /// What is there instead, with how often.
    pub(crate) details: IndexMap<String, usize>,
    /// Values, where they were asked for.
    pub(crate) shown: IndexSet<String>,
    pub(crate) values: Vec<Value>,
    pub(crate) count: usize,
}

/// Answers of one kind.
pub(crate) struct Group {
    /// What the answers were taken for.
    pub(crate) title: String,
    /// What has the same schema.
    pub(crate) same: Vec<String>,
    /// What they might have been as well.
    pub(crate) equals: Vec<String>,
    pub(crate) files: IndexSet<String>,
    pub(crate) answers: usize,
    pub(crate) drifts: Vec<Drift>,
}

/// All answers by what they are.
#[derive(Default)]
pub(crate) struct Groups {
    pub(crate) groups: Vec<Group>,
    /// Exchanges that belong to no operation, or whose status is not documented.
    pub(crate) skipped: Vec<String>,
    /// Files that have nothing in common with any answer.
    pub(crate) strangers: Vec<String>,
}

impl Groups {
    pub(super) fn add(&mut self, best: &Best<'_, '_>, recording: &Recording, found: Vec<Deviation<'_>>) {
        let title = best.target.title();
        let known = self.groups.iter().position(|group| group.title == title && group.equals == best.equals);
        let index = known.unwrap_or(self.groups.len());
        if known.is_none() {
            let (same, equals) = (best.same.clone(), best.equals.clone());
            self.groups.push(Group { title, same, equals, files: IndexSet::new(), answers: 0, drifts: Vec::new() });
        }
        let group = &mut self.groups[index];
        group.files.insert(recording.file.clone());
        group.answers += recording.values.len();
        for deviation in found {
            group.put(deviation);
        }
    }

    /// Everything is as described.
    pub(crate) fn is_empty(&self) -> bool {
        self.count() == 0 && self.strangers.is_empty()
    }

    /// The number of different drifts.
    pub(crate) fn count(&self) -> usize {
        self.groups.iter().map(|group| group.drifts.len()).sum()
    }
}

impl Group {
    fn put(&mut self, deviation: Deviation<'_>) {
        let Deviation { what, at, place, schema, member, .. } = deviation;
        let same =
            |drift: &Drift| drift.what == what && drift.at == at && drift.place == place && drift.member == member;
        let index = self.drifts.iter().position(same).unwrap_or(self.drifts.len());
        if index == self.drifts.len() {
            let (details, shown, values) = (IndexMap::new(), IndexSet::new(), Vec::new());
            self.drifts.push(Drift { what, at, place, schema, member, details, shown, values, count: 0 });
        }
        let drift = &mut self.drifts[index];
        drift.count += 1;
        *drift.details.entry(deviation.detail).or_default() += 1;
        drift.shown.extend(deviation.shown);
        drift.values.extend(deviation.value.cloned());
    }
}
