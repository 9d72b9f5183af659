//! Every change of the wire with what it means for Rust; what is left over is a consequence of its own.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::change::{Change, Severity, fingerprint};
use super::kind::Kind;
use super::normalized::Readers;
use super::reach::Reach;
use super::rust::{Aspect, Effect};
use super::wire::Finding;
use crate::spec::{Spec, pointer};

/// How many effects one change tells one by one.
const TOLD: usize = 8;

/// What both documents know about their places.
pub(super) struct Context<'a> {
    pub(super) provider: &'a str,
    pub(super) old: &'a Spec,
    pub(super) new: &'a Spec,
    pub(super) readers_old: Readers,
    pub(super) readers_new: Readers,
    /// False: one of the documents cannot be lowered, and nothing is known about Rust.
    pub(super) judged: bool,
}

/// All changes, worst first, then in the order of the document.
pub(super) fn join(context: &Context<'_>, findings: Vec<Finding>, effects: Vec<Effect>) -> Vec<Change> {
    let claims = claims(context, &findings, &effects);
    let mut told: Vec<Vec<&Effect>> = findings.iter().map(|_| Vec::new()).collect();
    let mut left = Vec::new();
    for (effect, by) in effects.iter().zip(&claims) {
        if by.is_empty() {
            left.push(effect);
        }
        for index in by {
            told[*index].push(effect);
        }
    }
    let mut changes: Vec<Change> =
        findings.iter().zip(&told).map(|(finding, effects)| context.change(finding, effects)).collect();
    changes.extend(left.into_iter().map(|effect| context.consequence(effect)));
    // Two places of the same name are one change to a reader; nothing else may share a fingerprint.
    let mut seen: HashMap<String, usize> = HashMap::new();
    changes.retain(|change| *seen.entry(change.fingerprint.clone()).and_modify(|times| *times += 1).or_insert(1) == 1);
    changes.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then_with(|| a.line.cmp(&b.line))
            .then_with(|| a.place.cmp(&b.place))
            .then(a.kind.cmp(&b.kind))
    });
    changes
}

/// Which findings explain each effect.
fn claims(context: &Context<'_>, findings: &[Finding], effects: &[Effect]) -> Vec<Vec<usize>> {
    let reach = Reach::new(context.old, context.new, findings);
    let mut old: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut new: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if let Some(at) = &finding.old {
            old.entry(at).or_default().push(index);
        }
        if let Some(at) = &finding.new {
            new.entry(at).or_default().push(index);
        }
    }
    effects
        .iter()
        .map(|effect| {
            let mut near: Vec<usize> =
                effect.old.iter().filter_map(|at| old.get(at.as_str())).flatten().copied().collect();
            near.extend(effect.new.iter().filter_map(|at| new.get(at.as_str())).flatten());
            near.sort_unstable();
            near.dedup();
            near.retain(|index| same_value(&findings[*index], effect));
            if matches!(effect.aspect, Aspect::Reach | Aspect::Feature)
                && near.iter().all(|index| !explains(findings[*index].kind, effect.aspect))
            {
                let causes = reach.causes(effect);
                if !causes.is_empty() {
                    return causes;
                }
            }
            let fitting: Vec<usize> =
                near.iter().copied().filter(|index| explains(findings[*index].kind, effect.aspect)).collect();
            if !fitting.is_empty() {
                return fitting;
            }
            near.retain(|index| may_explain(&findings[*index]));
            near
        })
        .collect()
}

/// Each value of an enum is a change of its own.
fn same_value(finding: &Finding, effect: &Effect) -> bool {
    let of = |at: &str| at.rsplit_once("/enum/").map(|(_, value)| value.to_owned());
    match (finding.kind, of(&effect.at)) {
        (Kind::EnumValueAdded | Kind::EnumValueRemoved, Some(value)) => of(&finding.at).as_deref() == Some(&value),
        (Kind::EnumNamesChanged, Some(value)) => pointer::last(&finding.at) == pointer::last(&format!("/{value}")),
        _ => true,
    }
}

/// What stands at an operation is about one thing each; anything else may have effects that its rule does not foresee.
fn may_explain(finding: &Finding) -> bool {
    let at = finding.new.as_deref().or(finding.old.as_deref()).unwrap_or_default();
    let operation = (at.starts_with("/paths/") && at.matches('/').count() == 3) || at.is_empty();
    !operation && finding.severity != Severity::Docs
}

/// Whether changes of a kind have effects of an aspect.
fn explains(kind: Kind, aspect: Aspect) -> bool {
    use Aspect as A;
    let aspects: &[Aspect] = match kind {
        Kind::OperationAdded | Kind::OperationRemoved | Kind::WebhookAdded | Kind::WebhookRemoved => &[A::Existence],
        Kind::OperationMoved => &[A::Address],
        Kind::OperationRenamed => &[A::Name],
        Kind::TagsChanged => &[A::Feature],
        Kind::FeatureChanged | Kind::TagAdded | Kind::TagRemoved => &[A::Feature, A::Family],
        Kind::RetryChanged => &[A::Retry],
        Kind::TimeoutChanged => &[A::Timeout],
        Kind::PaginationAdded | Kind::PaginationRemoved | Kind::PaginationChanged => &[A::Paging],
        Kind::ErrorCodeAdded | Kind::ErrorCodeRemoved => &[A::Errors],
        Kind::SecurityChanged => &[A::Access],
        Kind::ParameterAdded | Kind::ParameterRemoved | Kind::BodyAdded | Kind::BodyRemoved => &[A::Existence],
        Kind::ParameterRenamed => &[A::Name, A::Existence],
        Kind::ParameterMoved => &[A::Behaviour, A::Name, A::Existence],
        Kind::ParameterOrderChanged | Kind::EnumOrderChanged | Kind::ArmOrderChanged => &[A::Order],
        Kind::StyleChanged | Kind::EncodingChanged | Kind::EnvelopeChanged => &[A::Behaviour, A::Type],
        Kind::MediaTypeAdded
        | Kind::MediaTypeRemoved
        | Kind::ResponseAdded
        | Kind::ResponseRemoved
        | Kind::ResponseBecameEmpty
        | Kind::ResponseGainedContent => &[A::Type, A::Existence, A::Behaviour, A::Name],
        Kind::SchemaAdded | Kind::SchemaRemoved => &[A::Existence, A::Type, A::Reach],
        Kind::SchemaRenamed | Kind::RustNameChanged | Kind::EnumNamesChanged | Kind::TitleChanged => &[A::Name],
        Kind::SchemaKindChanged => &[A::Type, A::Existence, A::Presence, A::Behaviour, A::Reach],
        Kind::TypeChanged | Kind::FormatChanged => &[A::Type, A::Behaviour, A::Existence],
        Kind::FieldAdded | Kind::FieldRemoved | Kind::CredentialChanged => &[A::Existence],
        Kind::FieldRenamed => &[A::Existence, A::Name],
        Kind::BecameRequired | Kind::BecameOptional | Kind::BecameNullable | Kind::NoLongerNullable => &[A::Presence],
        Kind::EnumValueAdded | Kind::EnumValueRemoved => &[A::Existence],
        Kind::ArmAdded | Kind::ArmRemoved => &[A::Existence, A::Type],
        Kind::AdditionalPropertiesOpened | Kind::AdditionalPropertiesClosed => &[A::Type],
        Kind::DiscriminatorChanged => &[A::Behaviour],
        Kind::PartAdded | Kind::PartRemoved => &[A::Existence, A::Presence, A::Type],
        Kind::Deprecated | Kind::NoLongerDeprecated => &[A::Deprecated],
        Kind::SensitiveChanged => &[A::Hidden, A::Type],
        Kind::BaseUrlChanged | Kind::VersionChanged => &[A::Behaviour, A::Existence],
        _ => &[],
    };
    aspects.contains(&aspect)
}

impl Context<'_> {
    fn change(&self, finding: &Finding, effects: &[&Effect]) -> Change {
        let docs = finding.severity == Severity::Docs;
        let (severity, rust) = if effects.is_empty() {
            match (self.judged || docs, finding.severity) {
                (true, severity) => (severity, nothing(finding)),
                (false, severity) => (severity.max(Severity::Unjudged), "not judged".to_owned()),
            }
        } else {
            let worst = effects.iter().map(|effect| effect.severity).max().unwrap_or(Severity::Safe);
            (finding.severity.max(worst), told(effects))
        };
        let mut normalized = Vec::new();
        for (readers, at) in [(&self.readers_old, &finding.old), (&self.readers_new, &finding.new)] {
            for name in at.iter().flat_map(|at| readers.of(at, finding.kind)) {
                if !normalized.contains(&name) {
                    normalized.push(name);
                }
            }
        }
        if finding.kind == Kind::RecordChanged {
            // The other subjects are read as before.
            let named = |value: &Value, subject: &str| {
                value.as_array().is_some_and(|list| list.iter().any(|name| name == subject))
            };
            normalized.retain(|field| {
                let subject = field.split('.').next().unwrap_or(field);
                named(&finding.before, subject) != named(&finding.after, subject)
            });
        }
        let line = match (&finding.new, &finding.old) {
            (Some(at), _) => self.new.line(at),
            (None, Some(at)) => self.old.line(at),
            (None, None) => None,
        };
        Change {
            kind: finding.kind,
            severity,
            place: finding.at.clone(),
            subject: finding.subject.clone(),
            way: finding.way,
            wire: finding.wire.clone(),
            rust,
            normalized,
            fingerprint: fingerprint(self.provider, finding.kind, &finding.at, &finding.before, &finding.after),
            line,
        }
    }

    fn consequence(&self, effect: &Effect) -> Change {
        let line = effect
            .new
            .first()
            .map_or_else(|| effect.old.first().and_then(|at| self.old.line(at)), |at| self.new.line(at));
        Change {
            kind: Kind::Consequence,
            severity: effect.severity,
            place: effect.at.clone(),
            subject: effect.subject.clone(),
            way: None,
            wire: "nothing here; it follows from changes elsewhere".to_owned(),
            rust: effect.text.clone(),
            normalized: Vec::new(),
            fingerprint: fingerprint(self.provider, Kind::Consequence, &effect.at, &Value::Null, &json!(effect.text)),
            line,
        }
    }
}

/// Worst first, then what is meant directly; the rest is counted.
fn told(effects: &[&Effect]) -> String {
    let mut sorted: Vec<&Effect> = Vec::new();
    for effect in effects {
        if !sorted.iter().any(|other| other.text == effect.text) {
            sorted.push(effect);
        }
    }
    sorted.sort_by_key(|effect| (Reverse(effect.severity), effect.aspect == Aspect::Reach));
    let shown: Vec<&str> = sorted.iter().take(TOLD).map(|effect| effect.text.as_str()).collect();
    match sorted.len().saturating_sub(TOLD) {
        0 => shown.join("; "),
        more => format!("{}; and {more} more of the kind", shown.join("; ")),
    }
}

fn nothing(finding: &Finding) -> String {
    let why = match finding.kind {
        Kind::UnknownChanged => return "not judged".to_owned(),
        Kind::LimitTightened | Kind::LimitLoosened | Kind::DefaultChanged | Kind::AccessChanged => {
            "nothing: the client does not check it"
        }
        Kind::SecuritySchemeAdded | Kind::SecuritySchemeRemoved | Kind::SecuritySchemeChanged => {
            "nothing that is generated: credentials are put in by hand-written code"
        }
        Kind::VerificationChanged => "nothing that is generated: the check is written by hand",
        Kind::HeaderAdded | Kind::HeaderRemoved => "nothing: headers of answers are read by name",
        Kind::NormalizedChanged | Kind::RecordChanged => "nothing in the client; the facade maps it otherwise",
        Kind::SchemaAdded | Kind::SchemaRemoved => "nothing: no method needs the schema",
        _ => "nothing",
    };
    why.to_owned()
}
