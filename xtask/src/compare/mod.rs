//! A curated specification against the provider's own description, or a newer copy of it: what stands on one side only.
//!
//! Names of schemas mean nothing here, since ours differ from theirs. Operations meet by method and path, and everything below them by
//! its place in the JSON.

mod answers;
mod arms;
#[cfg(test)]
mod dress;
mod finding;
mod ignore;
mod match_up;
mod operations;
mod partners;
mod render;
#[cfg(test)]
mod twenty;
mod values;

use crate::diagnostic::{Diagnostic, Rejected};
use crate::facts::Reader;
use crate::spec::Spec;
pub(crate) use finding::Finding;
use finding::Findings;
pub(crate) use ignore::{IgnoreList, suggest};
use partners::Partners;
pub(crate) use render::{Report, json, markdown, text};

/// Everything in which two documents differ, in the order of [`finding::Group`] and of the curated document.
pub(crate) fn compare(here: &Spec, there: &Spec) -> Result<Vec<Finding>, Rejected> {
    for spec in [here, there] {
        usable(spec)?;
    }
    let (findings, partners) = (Findings::default(), Partners::default());
    let mut comparison = Comparison { here: Reader::new(here), there: Reader::new(there), findings, partners };
    // The first round only shows which schemas belong together.
    comparison.round();
    comparison.partners.settle();
    comparison.findings = Findings::default();
    comparison.round();
    comparison.here.check()?;
    comparison.there.check()?;
    Ok(comparison.findings.into_sorted())
}

/// Two documents on the table.
struct Comparison<'a> {
    here: Reader<'a>,
    there: Reader<'a>,
    findings: Findings,
    partners: Partners,
}

impl Comparison<'_> {
    fn round(&mut self) {
        self.operations();
        self.callbacks();
    }
}

fn usable(spec: &Spec) -> Result<(), Rejected> {
    let version = spec.root().text("openapi").unwrap_or_default();
    if !version.starts_with("3.0") && !version.starts_with("3.1") {
        let problem = match version {
            "" => "this is no OpenAPI 3 document: `openapi` is missing".to_owned(),
            version => format!("OpenAPI {version} is not read here"),
        };
        let help = "name a description of OpenAPI 3.0 or 3.1; converters bring other ones into that form";
        return Err(Rejected::one(spec.problem("/openapi", problem, help)));
    }
    if ["/paths", "/webhooks"].iter().all(|section| spec.at(section).is_none()) {
        return Err(Rejected::one(Diagnostic {
            pointer: String::new(),
            ..spec.problem(
                "",
                "the document has neither `paths` nor `webhooks`",
                "name the file that describes the operations",
            )
        }));
    }
    Ok(())
}
