//! What accounts and transactions stay known by.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{AccountId, AccountIdentifier, InstitutionId, TransactionId};

/// What an account stays known by, whoever reads it and however often its user consents anew.
///
/// Made from the account's global number (IBAN, CLABE, CBU) if it has one, else from its institution and the number it
/// has there, else from the provider's id alone, which some providers change with the consent: `strength` says which.
/// The number itself is not in it, only its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct AccountKey {
    /// What it was made from.
    pub strength: AccountKeyStrength,
    /// The key.
    pub value: String,
}

/// What an [`AccountKey`] was made from, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccountKeyStrength {
    /// The provider's id: stable as long as the connection lives, with some providers longer.
    ProviderId,
    /// The institution and the account's number there.
    InstitutionNumber,
    /// A number that no other account in the world has.
    GlobalNumber,
}

impl AccountKey {
    /// A key from the provider's id alone.
    pub fn of_provider_id(id: &AccountId) -> Self {
        Self { strength: AccountKeyStrength::ProviderId, value: digest(&["id", id.as_str()]) }
    }

    /// The strongest key that can be made.
    ///
    /// `number` is what the institution itself calls the account, such as a provider's `account_number`; it counts
    /// together with the institution only.
    pub fn of(
        id: &AccountId,
        identifiers: &[AccountIdentifier],
        institution: Option<&InstitutionId>,
        number: Option<&str>,
    ) -> Self {
        let global = identifiers.iter().find_map(|identifier| match identifier {
            AccountIdentifier::Iban { value } => Some(digest(&["iban", value.as_str()])),
            AccountIdentifier::Clabe { value } => Some(digest(&["clabe", value.as_str()])),
            AccountIdentifier::Cbu { value } => Some(digest(&["cbu", value.as_str()])),
            _ => None,
        });
        if let Some(value) = global {
            return Self { strength: AccountKeyStrength::GlobalNumber, value };
        }
        if let (Some(institution), Some(number)) = (institution, number.filter(|number| !number.is_empty())) {
            let value = digest(&["number", institution.as_str(), number]);
            return Self { strength: AccountKeyStrength::InstitutionNumber, value };
        }
        Self::of_provider_id(id)
    }
}

/// What a transaction can be told from others by, within its account.
///
/// Two records with equal keys in one account are one transaction, as far as `strength` can be trusted. Compare keys of
/// one strength only: a pending transaction becomes booked under another id with most providers, see
/// [`reconcile`](super::reconcile()).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct TransactionKey {
    /// What it was made from.
    pub strength: TransactionKeyStrength,
    /// The key: the id itself, or a hash.
    pub value: String,
}

/// What a [`TransactionKey`] was made from, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TransactionKeyStrength {
    /// What the record says, and which one of equal ones it is: changes when the institution rewrites the record.
    Content,
    /// The provider's id of a transaction that is not booked: changes when it is booked, or at any time.
    PendingId,
    /// The provider's id of a booked transaction.
    ProviderId,
    /// The bank's own reference.
    BankReference,
}

impl TransactionKey {
    /// A key from the provider's id; of what is not booked it is a weaker one.
    pub fn of_provider_id(id: &TransactionId, booked: bool) -> Self {
        let strength = if booked { TransactionKeyStrength::ProviderId } else { TransactionKeyStrength::PendingId };
        Self { strength, value: id.as_str().to_owned() }
    }

    /// A key from the bank's own reference.
    pub fn of_bank_reference(reference: &str) -> Self {
        Self { strength: TransactionKeyStrength::BankReference, value: reference.to_owned() }
    }

    /// A key from what the record says, and which of equal ones it is, counted from 0 in the order of the account.
    pub fn of_content(parts: &[&str], ordinal: usize) -> Self {
        let value = format!("{}-{ordinal}", digest(parts));
        Self { strength: TransactionKeyStrength::Content, value }
    }
}

/// A hash over parts that cannot run into one another.
fn digest(parts: &[&str]) -> String {
    let text: String = parts.iter().map(|part| format!("{}:{part},", part.len())).collect();
    fingerprint_of(&text)
}

fn fingerprint_of(text: &str) -> String {
    bankfeed_runtime::hex(&bankfeed_runtime::sha256(text.as_bytes())[..16])
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

impl fmt::Display for TransactionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}
