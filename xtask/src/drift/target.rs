//! What a recorded value may be: an answer, an error, a callback, or any schema that the user names.

use std::collections::HashMap;

use crate::diagnostic::Rejected;
use crate::facts::{Node, callbacks, content, is_json, operations};
use crate::spec::{Place, Spec};

use super::input::Recording;
use super::judge::Judge;

/// What the user says that it is.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(crate) operation: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) schema: Option<String>,
    pub(crate) callback: Option<String>,
}

/// Where a schema answers something.
pub(super) enum Answers {
    Operation { id: String, method: String, path: String, status: String },
    Callback(String),
    Schema(String),
}

/// A schema that values can be judged by.
pub(super) struct Target<'a> {
    pub(super) answers: Answers,
    place: Place<'a>,
    /// The schema behind the references, so that equal ones are known as such.
    shape: String,
}

impl<'a> Target<'a> {
    fn new(spec: &'a Spec, answers: Answers, place: Place<'a>) -> Self {
        let shape = spec.resolve(&place).map_or_else(|| place.pointer.clone(), |target| target.pointer);
        Self { answers, place, shape }
    }

    /// `list_accounts 200`
    pub(super) fn title(&self) -> String {
        match &self.answers {
            Answers::Operation { id, status, .. } => format!("{id} {status}"),
            Answers::Callback(name) => format!("callback {name}"),
            Answers::Schema(name) => format!("schema {name}"),
        }
    }

    pub(super) fn node(&self) -> Node<'a> {
        Node::At(self.place.clone())
    }
}

/// All answers, errors and callbacks that carry JSON.
pub(super) fn all(spec: &Spec) -> Vec<Target<'_>> {
    let mut targets = Vec::new();
    let json = |place: &Place<'_>| {
        content(place).into_iter().find(|(media, _)| is_json(media))?.1.map(|schema| schema.pointer)
    };
    for operation in operations(spec) {
        for (status, answer) in &operation.answers {
            let Some(place) = json(answer).and_then(|pointer| spec.at(&pointer)) else { continue };
            let id = operation.id.map_or_else(|| operation.title(), str::to_owned);
            let (method, path) = (operation.method.clone(), operation.path.clone());
            let answers = Answers::Operation { id, method, path, status: status.clone() };
            targets.push(Target::new(spec, answers, place));
        }
    }
    for callback in callbacks(spec) {
        let place = callback.operation.body.as_ref().and_then(json).and_then(|pointer| spec.at(&pointer));
        targets.extend(place.map(|place| Target::new(spec, Answers::Callback(callback.name), place)));
    }
    for (name, place) in spec.at("/components/schemas").iter().flat_map(Place::members) {
        targets.push(Target::new(spec, Answers::Schema(name.clone()), place));
    }
    targets
}

/// The target that the user names, if any.
pub(super) fn choose<'t, 'a>(
    spec: &Spec,
    targets: &'t [Target<'a>],
    wanted: &Wanted,
) -> Result<Option<&'t Target<'a>>, Rejected> {
    let fits = |target: &&Target<'_>| match (&target.answers, wanted) {
        (Answers::Operation { id, status, .. }, Wanted { operation: Some(operation), status: asked, .. }) => {
            id == operation
                && asked.as_ref().map_or(status.starts_with('2'), |asked| asked.eq_ignore_ascii_case(status))
        }
        (Answers::Callback(name), Wanted { callback: Some(callback), .. }) => name == callback,
        (Answers::Schema(name), Wanted { schema: Some(schema), .. }) => name == schema,
        _ => false,
    };
    let (kind, name) = match wanted {
        Wanted { operation: Some(name), status: None, .. } => ("operation with a JSON answer", name.clone()),
        Wanted { operation: Some(name), status: Some(status), .. } => ("JSON answer", format!("{name} {status}")),
        Wanted { callback: Some(name), .. } => ("callback", name.clone()),
        Wanted { schema: Some(name), .. } => ("schema", name.clone()),
        _ => return Ok(None),
    };
    match targets.iter().find(fits) {
        Some(target) => Ok(Some(target)),
        None => {
            let help = format!("the specification has {}", near(targets, wanted, &name));
            Err(Rejected::one(spec.problem("", format!("there is no {kind} `{name}`"), help)))
        }
    }
}

/// Names of the same sort that look most like one that is not there.
fn near(targets: &[Target<'_>], wanted: &Wanted, name: &str) -> String {
    let mut names: Vec<String> = Vec::new();
    for target in targets {
        let known = match (&target.answers, wanted) {
            (Answers::Operation { id, status, .. }, Wanted { operation: Some(_), status: asked, .. }) => {
                if asked.is_some() { format!("{id} {status}") } else { id.clone() }
            }
            (Answers::Callback(known), Wanted { callback: Some(_), .. })
            | (Answers::Schema(known), Wanted { schema: Some(_), .. }) => known.clone(),
            _ => continue,
        };
        if !names.contains(&known) {
            names.push(known);
        }
    }
    let likeness = |known: &String| {
        similar::TextDiff::from_chars(known.to_lowercase().as_str(), name.to_lowercase().as_str()).ratio()
    };
    names.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)).then_with(|| a.cmp(b)));
    let more = if names.len() > 4 { ", and others" } else { "" };
    let shown: Vec<String> = names.into_iter().take(4).collect();
    if shown.is_empty() { "none".to_owned() } else { format!("{}{more}", shown.join(", ")) }
}

/// The answer that a recording fits best.
pub(super) struct Best<'t, 'a> {
    pub(super) target: &'t Target<'a>,
    /// What has the same schema.
    pub(super) same: Vec<String>,
    /// What fits as well, with another schema.
    pub(super) equals: Vec<String>,
}

/// Looks for the best fit; `None`: nothing has anything in common with it.
pub(super) fn best<'t, 'a>(
    judge: &Judge<'_, 'a>,
    targets: &'t [Target<'a>],
    recording: &Recording,
) -> Option<Best<'t, 'a>> {
    let mut judged: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut best: Vec<&Target<'a>> = Vec::new();
    let mut best_score = None;
    // Schemas that answer nothing are only judged by when they are named.
    for target in targets.iter().filter(|target| !matches!(target.answers, Answers::Schema(_))) {
        let counts = judged.entry(&target.shape).or_insert_with(|| judge.counts(&target.node(), recording));
        let (known, strange) = (i128::try_from(counts.0), i128::try_from(counts.1));
        let (Ok(known @ 1..), Ok(strange)) = (known, strange) else { continue };
        // What is strange weighs double, so that a schema that takes in little of everything does not win.
        let score = known - 2 * strange;
        if best_score.is_none_or(|best| score > best) {
            best_score = Some(score);
            best.clear();
        }
        if best_score == Some(score) {
            best.push(target);
        }
    }
    let (target, others) = best.split_first()?;
    let (same, equals): (Vec<&Target<'a>>, Vec<&Target<'a>>) =
        others.iter().partition(|other| other.shape == target.shape);
    let titles = |targets: Vec<&Target<'a>>| targets.iter().map(|target| target.title()).collect();
    Some(Best { target, same: titles(same), equals: titles(equals) })
}
