//! Rust names for the names of a specification.

use std::collections::HashSet;

use heck::{ToPascalCase, ToSnakeCase};

/// Type names that would hide something every Rust reader takes for granted.
const TAKEN_TYPES: &[&str] = &[
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "BTreeMap",
    "Client",
    "Error",
    "Default",
    "Into",
    "From",
    "IntoIterator",
    "Iterator",
    "Send",
    "Sync",
    "Clone",
    "Debug",
    "Serialize",
    "Deserialize",
    "Eq",
    "Ord",
    "Hash",
    "Drop",
    "Fn",
    "Copy",
    "Response",
    "ApiFailure",
];

/// Modules that stand beside or around the ones named here: a type called `Types`, a group called `operations`.
const TAKEN_MODULES: &[&str] = &["types", "codec", "operations", "pages"];

/// File systems allow 255 bytes.
const MODULE_LENGTH: usize = 60;

/// `account-holder info` → `AccountHolderInfo`.
pub(crate) fn type_name(text: &str) -> String {
    let name = pascal(text);
    if TAKEN_TYPES.contains(&name.as_str()) { format!("{name}Type") } else { name }
}

/// `Account-Holder` → `account_holder`; keywords get a trailing underscore.
pub(crate) fn field_name(text: &str) -> String {
    // Reactions and votes are the known names that consist of a sign and a digit.
    let text = match text.as_bytes() {
        [b'+', b'0'..=b'9', ..] => text.replacen('+', "plus_", 1),
        [b'-', b'0'..=b'9', ..] => text.replacen('-', "minus_", 1),
        _ => text.to_owned(),
    };
    let name = words(&text).to_snake_case();
    ident(if name.is_empty() { spelled(&text).to_snake_case() } else { name }, "_")
}

/// `3_times_a_week` → `N3TimesAWeek`.
pub(crate) fn variant_name(text: &str) -> String {
    if text.is_empty() {
        return "Empty".to_owned();
    }
    let name = pascal(text);
    if name == "Self" { "SelfValue".to_owned() } else { name }
}

/// A name that the specification chose (`x-rust-name`), if it is one.
pub(crate) fn chosen(text: Option<&str>) -> Option<String> {
    text.filter(|text| is_ident(text)).map(str::to_owned)
}

/// `links.create` → `links_create`, as a method.
pub(crate) fn method_name(text: &str) -> String {
    field_name(text)
}

/// A file or module for a type or tag.
pub(crate) fn module_name(text: &str) -> String {
    // The compiler finds no files for modules with names of other scripts.
    let ascii: String = field_name(text)
        .chars()
        .map(|char| if char.is_ascii() { char.to_string() } else { format!("u{:x}_", u32::from(char)) })
        .collect();
    let name: String = ascii.chars().take(MODULE_LENGTH).collect();
    match name.as_str() {
        // `mod.rs` holds the module itself.
        "mod_" | "mod" => "module".to_owned(),
        taken if TAKEN_MODULES.contains(&taken) => format!("{taken}_module"),
        _ => name,
    }
}

/// The first of `name`, `name2`, `name3`, ... that is free; it is taken afterwards.
pub(crate) fn unique(name: String, taken: &mut HashSet<String>) -> String {
    if taken.insert(name.clone()) {
        return name;
    }
    let mut number = 2;
    loop {
        let candidate = format!("{name}{number}");
        if taken.insert(candidate.clone()) {
            return candidate;
        }
        number += 1;
    }
}

fn pascal(text: &str) -> String {
    if text.split('_').all(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())) {
        // Most names are of this kind, and for these nothing has to be found out.
        let name = text.split('_').map(|word| format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..])).collect();
        return ident(name, "N");
    }
    let mut name = words(text).to_pascal_case();
    if name.is_empty() {
        name = spelled(text).to_pascal_case();
    }
    // `TLSv1` and friends are stable only from the second pass on, and generation passes names again.
    ident(ident(name, "N").to_pascal_case(), "N")
}

fn words(text: &str) -> String {
    text.replace(['\'', '’'], "")
        .chars()
        .map(|char| if char == '_' || may_stand_in_ident(char) { char } else { '-' })
        .collect()
}

/// Names for texts that consist of signs only.
fn spelled(text: &str) -> String {
    let named = text.chars().map(|char| match char {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '.' => "dot",
        ',' => "comma",
        '%' => "percent",
        '$' => "dollar",
        '#' => "hash",
        '@' => "at",
        '&' => "and",
        '|' => "or",
        '_' => "underscore",
        ' ' => "space",
        ':' => "colon",
        '~' => "tilde",
        _ => "sign",
    });
    let spelled: Vec<&str> = named.collect();
    if spelled.is_empty() { "empty".to_owned() } else { spelled.join("-") }
}

fn ident(name: String, digit_prefix: &str) -> String {
    let name =
        if name.starts_with(|first: char| first.is_ascii_digit()) { format!("{digit_prefix}{name}") } else { name };
    // Pascal case knows one keyword, and who asked for it deals with it.
    if name == "Self" || is_ident(&name) {
        return name;
    }
    let keyword = format!("{name}_");
    if is_ident(&keyword) { keyword } else { format!("{digit_prefix}{name}") }
}

/// Letters and digits of all scripts, but not `²` and its like.
fn may_stand_in_ident(char: char) -> bool {
    char.is_ascii_alphanumeric() || (char.is_alphanumeric() && is_ident(&format!("a{char}")))
}

fn is_ident(text: &str) -> bool {
    // Keywords are short words in small letters, and `Self`. Everything else of plain letters needs no parser, which takes
    // longer than all the rest that is done to a name.
    let plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let like_a_keyword = text == "Self" || (text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_lowercase()));
    if plain && !like_a_keyword {
        return true;
    }
    // A keyword since edition 2024, which the parser does not know yet.
    text != "gen" && syn::parse_str::<syn::Ident>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_identifiers_and_stable() {
        for text in [
            "Transaction",
            "account-holder",
            "3d",
            "type",
            "self",
            "Self",
            "año",
            "+1",
            "-1",
            "",
            "a b",
            "TLSv1_2",
            "x.y[z]",
            "gen",
            "²",
            "٣",
            "ß",
            "交易",
            "🏦",
            "HTTPServer",
            "async",
            "<=",
        ] {
            let (pascal, snake, variant) = (type_name(text), field_name(text), variant_name(text));
            for name in [&pascal, &snake, &variant] {
                assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{text:?} -> {name:?}");
            }
            // Generation passes every name through again.
            assert_eq!(heck::ToPascalCase::to_pascal_case(pascal.as_str()), pascal.trim_end_matches('_'));
        }
    }

    #[test]
    fn plain_words_are_named_as_all_others() {
        for text in ["account_holder", "self", "type", "id", "gen", "a_b", "iban_2", "x", "created__at", "_id"] {
            assert_eq!(pascal(text), pascal(&text.replace('_', "-")), "{text}");
        }
    }

    #[test]
    fn readable_names() {
        assert_eq!(field_name("type"), "type_");
        assert_eq!(field_name("+1"), "plus_1");
        assert_eq!(field_name("created_at__gte"), "created_at_gte");
        assert_eq!(variant_name("3_times_a_week"), "N3TimesAWeek");
        assert_eq!(variant_name("2fa"), "N2fa");
        assert_eq!(variant_name("<="), "LessEqual");
        assert_eq!(type_name("option"), "OptionType");
        assert_eq!(type_name("self"), "SelfType");
        assert_eq!(variant_name("self"), "SelfValue");
    }

    #[test]
    fn modules_are_files_and_no_twins_of_their_parents() {
        assert_eq!(module_name("mod"), "module");
        assert_eq!(module_name("Types"), "types_module");
        assert_eq!(module_name("Año 交"), "auf1_o_u4ea4_");
        assert_eq!(module_name(&"long".repeat(100)).len(), MODULE_LENGTH);
    }

    #[test]
    fn chosen_names_have_to_be_names() {
        assert_eq!(chosen(Some("kind")).as_deref(), Some("kind"));
        assert_eq!(chosen(Some("a-b")), None);
        assert_eq!(chosen(Some("type")), None);
    }

    #[test]
    fn numbering_keeps_names_apart() {
        let mut taken = HashSet::new();
        let names: Vec<String> = (0..3).map(|_| unique("Link".into(), &mut taken)).collect();
        assert_eq!(names, ["Link", "Link2", "Link3"]);
    }
}
