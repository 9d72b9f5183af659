//! Identifiers that providers give.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::Id;

/// The first twelve digits of a SHA-256 in hex: tells one text from others in a log without showing it.
pub(crate) fn fingerprint(text: &str) -> String {
    let digest = bankfeed_runtime::sha256(text.as_bytes());
    bankfeed_runtime::hex(&digest[..6])
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $shown:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(#[schemars(with = "String")] Id);

        impl $name {
            /// The provider's text.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl<T: Into<Id>> From<T> for $name {
            fn from(id: T) -> Self {
                Self(id.into())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let show: fn(&str, &mut fmt::Formatter<'_>) -> fmt::Result = $shown;
                show(self.as_str(), f)
            }
        }
    };
}

fn plain(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(text)
}

fn hidden(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "#{}", fingerprint(text))
}

id!(
    /// An institution, as its provider names it: `santander_es`.
    InstitutionId,
    plain
);
id!(
    /// A connection: what a user's consent at one institution is known by. With Wealth Reader it is the token that
    /// gives access, so `Debug` shows a fingerprint.
    ConnectionId,
    hidden
);
id!(
    /// A consent.
    ConsentId,
    plain
);
id!(
    /// A person or company. Some providers use a national document for it, so `Debug` shows a fingerprint.
    PartyId,
    hidden
);
id!(
    /// An account, as its provider names it; may change when the user consents anew, see
    /// [`AccountKey`](crate::AccountKey). Some providers use the account number, so `Debug` shows a fingerprint.
    AccountId,
    hidden
);
id!(
    /// A transaction, as its provider names it; see [`TransactionKey`](crate::TransactionKey).
    TransactionId,
    plain
);
