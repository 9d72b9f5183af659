//! Words made from names, in place of a provider's own.

use heck::{ToKebabCase as _, ToPascalCase as _, ToSnakeCase as _};

/// `accountNumber` as `Account number`.
pub(super) fn sentence(name: &str) -> String {
    let words = name.to_snake_case().replace('_', " ");
    let mut signs = words.chars();
    match signs.next() {
        Some(first) => first.to_uppercase().chain(signs).collect(),
        None => "Value".to_owned(),
    }
}

/// The name of a type.
pub(super) fn type_name(text: &str) -> String {
    let name: String = text.to_pascal_case().chars().filter(char::is_ascii_alphanumeric).collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("Type{name}") }
}

/// The name of a method; empty when the text has nothing for one.
pub(super) fn method_name(text: &str) -> String {
    let name: String =
        text.to_snake_case().chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '_').collect();
    let name = name.to_snake_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("call_{name}") } else { name }
}

/// The name of a tag.
pub(super) fn tag(text: &str) -> String {
    let name: String =
        text.to_kebab_case().chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-').collect();
    let name = name.trim_matches('-').to_owned();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { "api".to_owned() }
}

/// A method name from method and path, for an operation without one.
pub(super) fn from_path(method: &str, path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let one = segments.last().is_some_and(|segment| segment.starts_with('{'));
    let verb = match method {
        "get" if one => "show",
        "get" => "list",
        "post" => "create",
        "delete" => "remove",
        _ => "update",
    };
    let nouns: Vec<&str> = segments.into_iter().filter(|segment| !segment.contains('{')).collect();
    method_name(&format!("{verb}_{}", nouns.join("_")))
}

/// Whether a text with this name is better not shown: keys of `x-sensitive`.
pub(super) fn sensitive(name: &str) -> Option<&'static str> {
    let name = name.to_snake_case();
    let has = |words: &[&str]| {
        words
            .iter()
            .any(|word| name == *word || name.starts_with(&format!("{word}_")) || name.ends_with(&format!("_{word}")))
    };
    if has(&["password", "secret", "api_key", "access_token", "refresh_token", "token", "pin", "cvv"]) {
        Some("secret")
    } else if has(&[
        "iban",
        "email",
        "phone",
        "account_number",
        "card_number",
        "pan",
        "holder_name",
        "full_name",
        "first_name",
        "last_name",
        "birth_date",
        "document_number",
        "address",
    ]) {
        Some("personal")
    } else {
        None
    }
}

/// Whether a text with this name is an identifier.
pub(super) fn is_id(name: &str) -> bool {
    let name = name.to_snake_case();
    name == "id" || name.ends_with("_id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words_and_other_names() {
        assert_eq!(sentence("accountNumber"), "Account number");
        assert_eq!(sentence(""), "Value");
        assert_eq!(
            (type_name("bank.account-v2"), type_name("3DS")),
            ("BankAccountV2".to_owned(), "Type3ds".to_owned())
        );
        assert_eq!((method_name("getAccounts"), method_name("año 3")), ("get_accounts".to_owned(), "ao_3".to_owned()));
        assert_eq!((tag("Bank Accounts"), tag("口座")), ("bank-accounts".to_owned(), "api".to_owned()));
        assert_eq!(from_path("get", "/v1/accounts/{id}"), "show_v1_accounts");
        assert_eq!(from_path("post", "/accounts/{id}/cards"), "create_accounts_cards");
        assert_eq!(
            [sensitive("userPassword"), sensitive("iban"), sensitive("name")],
            [Some("secret"), Some("personal"), None]
        );
        assert!(is_id("accountId") && is_id("ID") && !is_id("paid"));
    }
}
