//! One difference, told once however often it shows.

use std::collections::BTreeMap;

use indexmap::IndexSet;

/// What a difference is about; the order in which a person works through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Operation,
    Path,
    Parameter,
    Style,
    Body,
    Status,
    Media,
    Members,
    Property,
    Values,
    Value,
    Type,
    Format,
    Null,
    Required,
    Promised,
    Callback,
}

impl Group {
    pub(crate) const ALL: [Group; 17] = [
        Group::Operation,
        Group::Path,
        Group::Parameter,
        Group::Style,
        Group::Body,
        Group::Status,
        Group::Media,
        Group::Members,
        Group::Property,
        Group::Values,
        Group::Value,
        Group::Type,
        Group::Format,
        Group::Null,
        Group::Required,
        Group::Promised,
        Group::Callback,
    ];

    /// The word with which the keys of its findings begin.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Group::Operation => "operation",
            Group::Path => "path",
            Group::Parameter => "parameter",
            Group::Style => "style",
            Group::Body => "body",
            Group::Status => "status",
            Group::Media => "media type",
            Group::Members => "members",
            Group::Property => "property",
            Group::Values => "list of values",
            Group::Value => "value",
            Group::Type => "type",
            Group::Format => "format",
            Group::Null => "null",
            Group::Required => "required",
            Group::Promised => "promised",
            Group::Callback => "callback",
        }
    }

    /// What such a difference means.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Group::Operation => "operations that one side lacks",
            Group::Path => "paths that are spelled differently",
            Group::Parameter => "parameters that one side lacks",
            Group::Style => "parameters whose lists are written differently",
            Group::Body => "request bodies that one side lacks",
            Group::Status => "statuses that one side lacks",
            Group::Media => "media types that one side lacks",
            Group::Members => "objects whose members only one side names",
            Group::Property => "properties that one side lacks",
            Group::Values => "values that only one side lists",
            Group::Value => "values that one side's list lacks",
            Group::Type => "types that contradict",
            Group::Format => "formats that contradict",
            Group::Null => "null that only one side allows",
            Group::Required => "what has to be sent according to one side",
            Group::Promised => "what is always answered according to one side",
            Group::Callback => "callbacks that one side lacks",
        }
    }
}

/// Which side has what the other lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Only {
    Here,
    There,
    /// Both have it, and differ.
    Both,
}

impl Only {
    /// The words of the key.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Only::Here => "only here",
            Only::There => "only there",
            Only::Both => "differs",
        }
    }
}

/// A difference.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) group: Group,
    pub(crate) only: Only,
    /// Readable, and the same from run to run: what lists of reasons go by.
    pub(crate) key: String,
    /// What may help, such as the type of what is missing.
    pub(crate) note: String,
    /// Pointers on both sides; the nearest place around where there is none.
    pub(crate) here: Option<String>,
    pub(crate) there: Option<String>,
    /// The operations and callbacks in which it shows.
    pub(crate) shows: IndexSet<String>,
}

/// Where a difference is seen.
pub(crate) struct Seen<'s> {
    /// The operation or callback.
    pub(crate) shows: &'s str,
    pub(crate) here: Option<String>,
    pub(crate) there: Option<String>,
}

/// All differences so far, each once.
#[derive(Default)]
pub(crate) struct Findings(BTreeMap<(Group, String), (usize, Finding)>);

impl Findings {
    /// Notes a difference; `subject` is the readable rest of its key.
    pub(crate) fn put(&mut self, group: Group, only: Only, subject: &str, note: &str, seen: Seen<'_>) {
        let key = format!("{} {}: {subject}", group.word(), only.words());
        let order = self.0.len();
        let (_, finding) = self.0.entry((group, key.clone())).or_insert_with(|| {
            let note = note.to_owned();
            let (here, there) = (seen.here, seen.there);
            (order, Finding { group, only, key, note, here, there, shows: IndexSet::new() })
        });
        finding.shows.insert(seen.shows.to_owned());
    }

    /// By group, in the order in which they were found.
    pub(crate) fn into_sorted(self) -> Vec<Finding> {
        let mut all: Vec<_> = self.0.into_values().collect();
        all.sort_by_key(|(order, finding)| (finding.group, *order));
        all.into_iter().map(|(_, finding)| finding).collect()
    }
}
