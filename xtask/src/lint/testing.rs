//! What the tests of the rules share.

use super::document::Document;
use crate::diagnostic::{Problems, Rejected};
use crate::spec::Spec;

pub(crate) fn spec(yaml: &str) -> Spec {
    Spec::parse(yaml, "t.yaml", false).unwrap_or_else(|rejected| panic!("{rejected}"))
}

/// What a rule says about a document, as the user reads it.
pub(super) fn told(rule: fn(&Document<'_>, &mut Problems), yaml: &str) -> String {
    let spec = spec(yaml);
    let mut problems = Problems::default();
    rule(&Document::new(&spec), &mut problems);
    Rejected(problems.into_sorted()).to_string()
}

/// What a rule says, one line for each problem.
pub(super) fn lines(rule: fn(&Document<'_>, &mut Problems), yaml: &str) -> Vec<String> {
    told(rule, yaml).lines().filter_map(|line| line.strip_prefix("error: ")).map(str::to_owned).collect()
}
