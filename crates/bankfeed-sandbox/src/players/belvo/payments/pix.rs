//! Pix keys: what they look like, and whose they are.

use super::Payments;
use super::verify::{is_cpf, is_uuid, masked};
use crate::world::{Region, World};

/// Whose key it is.
#[derive(Clone)]
pub(super) struct KeyHolder {
    /// Partly hidden.
    pub(super) identifier: String,
    pub(super) name: String,
}

/// Whether a text can be a key: a document, a telephone number, an e-mail address, or a random one.
pub(super) fn is_key(key: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mail = |key: &str| key.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let phone = key.strip_prefix('+').is_some_and(|rest| digits(rest) && (10..=14).contains(&rest.len()));
    is_cpf(key) || (digits(key) && key.len() == 14) || phone || mail(key) || is_uuid(key)
}

/// A key as it is shown: those that tell of a person are partly hidden.
pub(super) fn shown(key: &str) -> String {
    if is_cpf(key) {
        return masked(key);
    }
    if let Some((name, host)) = key.split_once('@') {
        let first: String = name.chars().take(1).collect();
        return format!("{first}***@{host}");
    }
    if key.starts_with('+') {
        let last = key.get(key.len().saturating_sub(4)..).unwrap_or_default();
        return format!("+*****{last}");
    }
    key.to_owned()
}

impl Payments {
    /// A customer with this document, address or number; otherwise somebody who always has this key.
    pub(super) fn key_holder(&self, key: &str, world: &World) -> KeyHolder {
        let known = self.customers.iter().find(|customer| {
            customer.identifier == key
                || customer.email.as_deref() == Some(key)
                || customer.phone.as_deref() == Some(key)
        });
        if let Some((customer, name)) = known.and_then(|customer| Some((customer, customer.name.clone()?))) {
            return KeyHolder { identifier: masked(&customer.identifier), name };
        }
        let letters: Vec<u64> = key.bytes().map(u64::from).collect();
        let person = world.person(Region::Brazil, world.random("pix key", &letters).below(1 << 30));
        let document = if is_cpf(key) || key.len() == 14 { key } else { &person.document };
        KeyHolder { identifier: masked(document), name: person.full_name() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_from_other_texts() {
        for key in
            ["76109277673", "12345678000195", "+5511999998888", "a@b.example", "53497b80-81a2-4ea8-9296-83a909c05bdf"]
        {
            assert!(is_key(key), "{key}");
        }
        for text in ["", "ana", "+55", "@b.example", "123", "53497b80"] {
            assert!(!is_key(text), "{text}");
        }
    }

    #[test]
    fn personal_keys_are_partly_hidden() {
        assert_eq!(shown("76109277673"), "***.092.776-**");
        assert_eq!(shown("ana@b.example"), "a***@b.example");
        assert_eq!(shown("+5511999998888"), "+*****8888");
        assert_eq!(shown("12345678000195"), "12345678000195");
    }
}
