//! Answers by status, and what bodies carry.

use std::collections::{BTreeMap, HashSet};

use super::Comparison;
use super::finding::{Group, Only, Seen};
use super::values::{Direction, Scope, Walk};
use crate::facts::{Node, Operation, content, is_json};
use crate::spec::Place;

/// A body or an answer on both sides.
pub(super) struct Content<'s, 'a> {
    pub(super) left: &'s Place<'a>,
    pub(super) right: &'s Place<'a>,
    pub(super) subject: &'s str,
    pub(super) shows: &'s str,
    pub(super) direction: Direction,
}

impl<'a> Comparison<'a> {
    pub(super) fn answers(&mut self, ours: &Operation<'a>, theirs: &Operation<'a>, title: &str, shows: &str) {
        let mut compared = HashSet::new();
        for (status, left) in &ours.answers {
            let subject = format!("{title} {status}");
            match covering(&theirs.answers, status) {
                Some(right) if is_success(status) => {
                    compared.insert(&right.pointer);
                    self.content(Content { left, right, subject: &subject, shows, direction: Direction::Answer });
                }
                // What errors hold follows no scheme that two documents share; that there are any does.
                Some(_) => {}
                None => {
                    let (here, there) = (Some(left.pointer.clone()), Some(theirs.place.pointer.clone()));
                    self.findings.put(Group::Status, Only::Here, &subject, "", Seen { shows, here, there });
                }
            }
        }
        for (status, right) in theirs.answers.iter().filter(|(status, _)| !ours.answers.contains_key(*status)) {
            let subject = format!("{title} {status}");
            match covering(&ours.answers, status) {
                Some(left) if is_success(status) && !compared.contains(&right.pointer) => {
                    self.content(Content { left, right, subject: &subject, shows, direction: Direction::Answer });
                }
                Some(_) => {}
                None => {
                    let (here, there) = (Some(ours.place.pointer.clone()), Some(right.pointer.clone()));
                    self.findings.put(Group::Status, Only::There, &subject, "", Seen { shows, here, there });
                }
            }
        }
    }

    /// Media types, and the values that they carry.
    pub(super) fn content(&mut self, pair: Content<'_, 'a>) {
        let seen = || Seen {
            shows: pair.shows,
            here: Some(pair.left.pointer.clone()),
            there: Some(pair.right.pointer.clone()),
        };
        let (left, mut right) = (table(pair.left), table(pair.right));
        for (media, ours) in left {
            let Some(theirs) = right.remove(&media) else {
                self.findings.put(Group::Media, Only::Here, &format!("{} {media}", pair.subject), "", seen());
                continue;
            };
            if let (Some(ours), Some(theirs)) = (ours, theirs) {
                let walk = Walk::new(pair.shows, pair.direction);
                self.values(&Node::At(ours), &Node::At(theirs), &Scope::new(pair.subject.to_owned()), walk);
            }
        }
        for media in right.into_keys() {
            self.findings.put(Group::Media, Only::There, &format!("{} {media}", pair.subject), "", seen());
        }
    }
}

/// Media types with their schemas; all that are JSON count as one.
fn table<'a>(place: &Place<'a>) -> BTreeMap<String, Option<Place<'a>>> {
    let media = content(place).into_iter();
    media.map(|(media, schema)| (if is_json(&media) { "application/json".to_owned() } else { media }, schema)).collect()
}

/// The answer of a status, or of the range that takes it in.
fn covering<'s, 'a>(answers: &'s BTreeMap<String, Place<'a>>, status: &str) -> Option<&'s Place<'a>> {
    let class = status.get(..1)?;
    let range = format!("{class}XX");
    answers
        .get(status)
        .or_else(|| answers.get(&range))
        .or_else(|| {
            answers.iter().find(|(other, _)| status == range && other.starts_with(class)).map(|(_, answer)| answer)
        })
        // `DEFAULT` stands for every error that has no place of its own.
        .or_else(|| answers.get("DEFAULT").filter(|_| !is_success(status)))
        .or_else(|| {
            answers.iter().find(|(other, _)| status == "DEFAULT" && !is_success(other)).map(|(_, answer)| answer)
        })
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
}
