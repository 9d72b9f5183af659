//! What providers send, and which fields of the normalized model read it: the types of the generated tables.
//!
//! Places are JSON pointers. In a table `*` stands for any element of a list, and a last `**` for whatever is below.

use crate::provider::ProviderId;

/// What a provider's specification declares; nothing for a provider that is not ours, or not compiled in.
pub(crate) fn schemas(provider: &ProviderId) -> &'static [Schema] {
    crate::generated::schemas(provider.as_str())
}

/// A schema of a provider whose values become records of the model.
#[derive(Debug)]
pub(crate) struct Schema {
    /// As the specification calls it.
    pub(crate) name: &'static str,
    /// What its values become, such as `account` and `balance`.
    #[cfg_attr(not(test), allow(dead_code, reason = "the test that holds code to the tables reads it"))]
    pub(crate) subjects: &'static [&'static str],
    /// Every value that is declared, in the order of the specification.
    pub(crate) fields: &'static [Field],
}

/// A value that a provider declares.
#[derive(Debug, PartialEq)]
pub(crate) struct Field {
    /// Where it stands.
    pub(crate) path: &'static str,
    /// Fields of the model that read it, such as `transaction.amount`. Without any, the value is only kept as it was sent.
    pub(crate) normalized: &'static [&'static str],
    /// The schema of the record that begins here; what is below is declared there.
    pub(crate) record: Option<&'static str>,
}

impl Schema {
    /// The schema of a name.
    pub(crate) fn find(schemas: &'static [Schema], name: &str) -> Option<&'static Schema> {
        schemas.iter().find(|schema| schema.name == name)
    }

    /// What declares the value at a pointer, such as `/extra/tags/3`: of several, the one that says most about the place.
    ///
    /// Below another record it is the field where that one begins. Objects and lists are no values: `/extra` is not declared where
    /// `/extra/tags` is.
    pub(crate) fn matching(&self, pointer: &str) -> Option<&'static Field> {
        let ranked = self.fields.iter().filter_map(|field| Some((field.fit(pointer)?, field)));
        ranked.max_by_key(|(fit, _)| *fit).map(|(_, field)| field)
    }

    /// What feeds a field of the model, such as `transaction.amount`.
    pub(crate) fn feeding(&self, normalized: &str) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(move |field| field.normalized.contains(&normalized))
    }
}

/// How well a path fits a pointer: the members it shares, those it names, and whether it ends there as well.
type Fit = (usize, usize, bool);

impl Field {
    fn fit(&self, pointer: &str) -> Option<Fit> {
        let (mut wanted, mut given) = (self.path.split('/').skip(1), pointer.split('/').skip(1));
        let (mut shared, mut named) = (0, 0);
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return Some((shared, named, true)),
                (None, Some(_)) => return self.record.map(|_| (shared, named, false)),
                (Some("**"), _) => return Some((shared, named, false)),
                (Some("*"), Some(member)) if index(member) => {}
                (Some(name), Some(member)) if name == member => named += 1,
                _ => return None,
            }
            shared += 1;
        }
    }
}

/// Members of lists are numbered; a member of an object has to be named.
fn index(member: &str) -> bool {
    !member.is_empty() && member.bytes().all(|sign| sign.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn field(path: &'static str, normalized: &'static [&'static str]) -> Field {
        Field { path, normalized, record: None }
    }

    static SCHEMAS: &[Schema] = &[
        Schema { name: "Owner", subjects: &["party"], fields: &[field("/name", &["party.names"])] },
        Schema {
            name: "Account",
            subjects: &["account", "balance"],
            fields: &[
                field("/id", &["account.id"]),
                field("/balance", &["balance.amount"]),
                field("/extra/**", &[]),
                field("/extra/available", &["balance.amount", "balance.kind"]),
                field("/extra/tags/*", &[]),
                field("/funds/*/value", &[]),
                field("/funds/value", &[]),
                Field { path: "/owner", normalized: &["account.holders"], record: Some("Owner") },
                Field { path: "/owner/*", normalized: &[], record: Some("Owner") },
            ],
        },
    ];

    fn account() -> &'static Schema {
        Schema::find(SCHEMAS, "Account").unwrap()
    }

    fn path(pointer: &str) -> Option<&'static str> {
        account().matching(pointer).map(|field| field.path)
    }

    #[test]
    fn schemas_are_found_by_name() {
        assert_eq!(account().subjects, ["account", "balance"]);
        assert!(Schema::find(SCHEMAS, "account").is_none());
    }

    #[test]
    fn elements_of_lists_match_by_their_number() {
        assert_eq!(path("/extra/tags/3"), Some("/extra/tags/*"));
        assert_eq!(path("/funds/0/value"), Some("/funds/*/value"));
        assert_eq!(path("/funds/value"), Some("/funds/value"));
        assert_eq!(path("/funds/first/value"), None);
    }

    #[test]
    fn a_named_place_goes_before_whatever_is_below() {
        assert_eq!(path("/extra/available"), Some("/extra/available"));
        assert_eq!(path("/extra/other/0"), Some("/extra/**"));
        assert_eq!(path("/extra"), Some("/extra/**"));
    }

    #[test]
    fn below_another_record_that_one_knows_more() {
        assert_eq!(path("/owner/name"), Some("/owner"));
        assert_eq!(path("/owner/12/name"), Some("/owner/*"));
        assert_eq!(account().matching("/owner/name").and_then(|field| field.record), Some("Owner"));
    }

    #[test]
    fn what_is_not_declared_matches_nothing() {
        for pointer in ["", "/", "/ide", "/id/0", "/funds", "/funds/0", "/balance/amount"] {
            assert_eq!(path(pointer), None, "{pointer}");
        }
    }

    #[test]
    fn what_feeds_a_field_is_listed_in_order() {
        let paths: Vec<_> = account().feeding("balance.amount").map(|field| field.path).collect();
        assert_eq!(paths, ["/balance", "/extra/available"]);
        assert_eq!(account().feeding("balance.as_of").count(), 0);
    }
}
