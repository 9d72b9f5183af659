//! What the normalized model of `crates/bankfeed` is made of: the names that `x-normalized` and `x-record` may use.
//!
//! The table in `specs/README.md` says the same to people; a test holds the two together. A new field is one word here and there.

/// A subject of the model, with its fields.
pub(crate) type Subject = (&'static str, &'static [&'static str]);

/// Every subject, in the order of `specs/README.md`.
#[rustfmt::skip]
pub(crate) const SUBJECTS: &[Subject] = &[
    ("institution", &["id", "name", "countries", "bics", "logo", "status"]),
    ("connection", &[
        "id", "party", "institution", "institution_name", "status", "consent", "created_at", "updated_at", "next_refresh_at",
    ]),
    ("consent", &[
        "id", "connection", "party", "status", "scopes", "granted_at", "expires_at", "revoked_at", "data_from", "data_to",
    ]),
    ("party", &["id", "names", "emails", "phones", "addresses", "birth_date", "documents"]),
    ("account", &[
        "id", "connection", "name", "nickname", "kind", "currency", "status", "identifiers", "holders", "product", "opened_on", "updated_at",
        "credit_limit", "card_expiry", "interest_rate", "minimum_payment", "next_payment_amount", "next_payment_date",
        "remaining_payments", "statement_closes_on",
        "original_principal", "matures_on",
        "invested_amount", "surrender_value",
    ]),
    ("balance", &["amount", "currency", "kind", "as_of"]),
    ("transaction", &[
        "id", "account", "amount", "direction", "currency", "status", "kind", "transaction_date", "booking_date", "value_date", "description",
        "category", "counterparty", "merchant", "merchant_category", "original_amount", "balance_after", "duplicate", "references",
        "bank_reference", "bank_code",
    ]),
    ("holding", &["name", "identifiers", "quantity", "price", "value", "currency", "as_of"]),
    ("event", &["kind", "sent_at", "connection", "party", "institution", "institution_status", "error"]),
];

/// The names of all subjects.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    SUBJECTS.iter().map(|(name, _)| *name)
}

/// Every field as `subject.field`.
pub(crate) fn fields() -> impl Iterator<Item = String> {
    SUBJECTS.iter().flat_map(|(subject, fields)| fields.iter().map(move |field| format!("{subject}.{field}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the README's table. Words before a field, such as "for cards and loans", group the fields for people.
    fn documented(readme: &str) -> Vec<(&str, Vec<&str>)> {
        let (_, table) =
            readme.split_once("| subject | fields |\n|---|---|\n").unwrap_or_else(|| panic!("the table is there"));
        let rows = table.lines().take_while(|line| line.starts_with('|'));
        rows.map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let fields = cells[2].split([',', ';']).filter_map(|field| field.split_whitespace().last());
            (cells[1].trim_matches('`'), fields.collect())
        })
        .collect()
    }

    #[test]
    fn the_readme_of_the_specifications_documents_exactly_these() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/README.md");
        let readme = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let table: Vec<(&str, Vec<&str>)> = SUBJECTS.iter().map(|(name, fields)| (*name, fields.to_vec())).collect();
        assert_eq!(documented(&readme), table);
    }
}
