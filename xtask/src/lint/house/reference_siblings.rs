//! Rule: nothing stands beside `$ref`.
//!
//! OpenAPI 3.0 ignores what stands beside a reference, so a description, `nullable` or `x-sensitive` there has no effect.

use super::super::document::{Document, Kind};
use crate::diagnostic::Problems;

pub(super) fn check(document: &Document<'_>, problems: &mut Problems) {
    for node in document.nodes.iter().filter(|node| node.reference().is_some()) {
        let others: Vec<String> =
            node.place.members().filter(|(key, _)| *key != "$ref").map(|(key, _)| format!("`{key}`")).collect();
        // A path item may add operations to the one it refers to.
        if others.is_empty() || node.kind == Kind::Other {
            continue;
        }
        let help = match node.kind {
            Kind::Schema => {
                "write the reference as `allOf: [{ $ref: … }]` and keep them, or move them to the definition"
            }
            _ => "move them to the definition, or write the object out here",
        };
        document.tell(problems, &node.place, format!("{} beside `$ref` would be ignored", others.join(", ")), help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::lines;
    use super::check;

    #[test]
    fn what_would_be_ignored_is_named() {
        assert_eq!(
            lines(
                check,
                "components: {schemas: {A: {properties: {a: {$ref: '#/b', nullable: true, x-sensitive: secret}, b: {allOf: [{$ref: '#/b'}], nullable: true}}}}}"
            ),
            ["`nullable`, `x-sensitive` beside `$ref` would be ignored"]
        );
    }
}
