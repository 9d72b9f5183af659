//! Recorded answers against a specification: what the provider really sends, and the document does not say.
//!
//! Recordings hold people's data. What is reported are places, kinds and counts; a value only where the user asks for values, and one
//! that is marked as sensitive never.

mod found;
mod har;
mod infer;
mod input;
mod judge;
mod render;
mod suggest;
mod target;

use crate::diagnostic::Rejected;
use crate::facts::Reader;
use crate::spec::Spec;

pub(crate) use found::{Group, Groups};
pub(crate) use input::{Recording, Source, read};
pub(crate) use render::{Report, json, markdown, text};
pub(crate) use target::Wanted;

use judge::Judge;
use target::Best;

/// Judges recordings; answers of the same kind come together, wherever they were recorded.
pub(crate) fn drift(spec: &Spec, wanted: &Wanted, recordings: &[Recording], values: bool) -> Result<Groups, Rejected> {
    let reader = Reader::new(spec);
    let targets = target::all(spec);
    let chosen = target::choose(spec, &targets, wanted)?;
    let judge = Judge::new(&reader, values);
    let mut groups = Groups::default();
    for recording in recordings {
        match &recording.source {
            Source::Exchange { method, path, status, at } => match har::find(spec, &targets, method, path, *status) {
                Some(target) => {
                    let best = Best { target, same: Vec::new(), equals: Vec::new() };
                    groups.add(&best, recording, judge.all(target.node(), recording));
                }
                None => groups.skipped.push(format!("{method} with status {status}, {} #{at}", recording.file)),
            },
            Source::File => {
                let best = match chosen {
                    Some(target) => Some(Best { target, same: Vec::new(), equals: Vec::new() }),
                    None => target::best(&judge, &targets, recording),
                };
                match best {
                    Some(best) => groups.add(&best, recording, judge.all(best.target.node(), recording)),
                    None => groups.strangers.push(recording.file.clone()),
                }
            }
        }
    }
    reader.check()?;
    if groups.groups.is_empty() && groups.strangers.is_empty() {
        let problem = "no recorded exchange belongs to an operation of the specification";
        let help = "check that it is a recording of this API, or save single answers and name them with --operation";
        return Err(Rejected::one(spec.problem("", problem, help)));
    }
    Ok(groups)
}
