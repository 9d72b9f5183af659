//! Which changes are why a type is needed, or no longer needed, by anything.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::kind::Kind;
use super::rust::{Aspect, Effect};
use super::wire::Finding;
use super::wire::uses::reach;
use crate::spec::Spec;

/// Whether it is a place of the old document, and its pointer.
type Side = (bool, String);

/// Finds changes by the schemas that their places lead to.
pub(super) struct Reach<'a> {
    old: &'a Spec,
    new: &'a Spec,
    findings: &'a [Finding],
    /// What a place leads to; each is looked up once.
    known: RefCell<HashMap<Side, Rc<HashSet<String>>>>,
}

impl<'a> Reach<'a> {
    /// Of both documents.
    pub(super) fn new(old: &'a Spec, new: &'a Spec, findings: &'a [Finding]) -> Self {
        Self { old, new, findings, known: RefCell::default() }
    }

    /// The changes whose places lead, before or now, to where an effect comes from.
    pub(super) fn causes(&self, effect: &Effect) -> Vec<usize> {
        let leads = |old: bool, at: &Option<String>, to: &[String]| {
            at.as_ref().is_some_and(|at| to.iter().take(1).any(|to| self.leads(old, at, to)))
        };
        let causes = self.findings.iter().enumerate().filter(|(_, finding)| {
            changes_use(finding.kind)
                && (leads(true, &finding.old, &effect.old) || leads(false, &finding.new, &effect.new))
        });
        let causes: Vec<usize> = causes.map(|(index, _)| index).collect();
        if !causes.is_empty() || effect.aspect != Aspect::Feature {
            return causes;
        }
        // What a tag stands for leads nowhere by itself.
        let tags = self.findings.iter().enumerate().filter(|(_, finding)| finding.kind == Kind::FeatureChanged);
        tags.map(|(index, _)| index).collect()
    }

    fn leads(&self, old: bool, from: &str, to: &str) -> bool {
        let found = self.from(old, from);
        to == from || to.strip_prefix(from).is_some_and(|rest| rest.starts_with('/')) || {
            let mut around = to;
            loop {
                if found.contains(around) {
                    return true;
                }
                match around.rfind('/') {
                    Some(end) if end > 0 => around = &around[..end],
                    _ => return false,
                }
            }
        }
    }

    fn from(&self, old: bool, from: &str) -> Rc<HashSet<String>> {
        let key = (old, from.to_owned());
        if let Some(found) = self.known.borrow().get(&key) {
            return Rc::clone(found);
        }
        let spec = if old { self.old } else { self.new };
        let mut found = HashSet::new();
        reach(spec, spec.root.pointer(from), &mut found);
        let found = Rc::new(found);
        self.known.borrow_mut().insert(key, Rc::clone(&found));
        found
    }
}

/// Kinds after which something is needed that was not, or no longer, or elsewhere.
fn changes_use(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::OperationAdded
            | Kind::OperationRemoved
            | Kind::TagsChanged
            | Kind::ParameterAdded
            | Kind::ParameterRemoved
            | Kind::BodyAdded
            | Kind::BodyRemoved
            | Kind::MediaTypeAdded
            | Kind::MediaTypeRemoved
            | Kind::ResponseAdded
            | Kind::ResponseRemoved
            | Kind::ResponseBecameEmpty
            | Kind::ResponseGainedContent
            | Kind::ErrorStatusAdded
            | Kind::ErrorStatusRemoved
            | Kind::WebhookAdded
            | Kind::WebhookRemoved
            | Kind::SchemaKindChanged
            | Kind::FieldAdded
            | Kind::FieldRemoved
            | Kind::TypeChanged
            | Kind::ArmAdded
            | Kind::ArmRemoved
            | Kind::PartAdded
            | Kind::PartRemoved
            | Kind::EnvelopeChanged
            | Kind::CredentialChanged
            | Kind::AdditionalPropertiesOpened
            | Kind::AdditionalPropertiesClosed
    )
}

#[cfg(test)]
mod tests {
    use crate::diff::testing::{BANK, edited, told};

    #[test]
    fn what_an_operation_alone_needs_goes_with_it() {
        let (start, rest) = BANK.split_once("  /orders:\n").unwrap_or_default();
        let (_, end) = rest.split_once("components:\n").unwrap_or_default();
        assert_eq!(
            told(BANK, &format!("{start}components:\n{end}")),
            [
                "breaking operation-removed | create_order | method `Client::create_order` is gone; type `Order` is gone; type `Speed` is gone"
            ]
        );
    }

    #[test]
    fn a_type_that_is_sent_as_well_gains_a_constructor() {
        let told = edited(&[(
            "speed: { $ref: '#/components/schemas/Speed' }",
            "payee: { $ref: '#/components/schemas/Person' }, speed: { $ref: '#/components/schemas/Speed' }",
        )]);
        assert_eq!(
            told,
            [
                "safe field-added | Order.payee | new field `payee: Option<Person>` of `Order`; `Person` is sent as well: it has constructor `new` and setters now"
            ]
        );
    }
}
