//! What a provider can do.

use std::collections::BTreeSet;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// One thing that a provider may be able to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Capability { $($(#[$doc])* $name,)* }

        impl Capability {
            /// All of them, in the order of the traits.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// It in words.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

capabilities! {
    /// [`Institutions::list_institutions`](super::Institutions::list_institutions)
    ListInstitutions = "list institutions",
    /// [`Institutions::show_institution`](super::Institutions::show_institution)
    ShowInstitution = "show an institution",
    /// [`Connections::start_session`](super::Connections::start_session)
    StartSession = "start a session for a user to connect",
    /// [`Connections::list_connections`](super::Connections::list_connections)
    ListConnections = "list connections",
    /// [`Connections::show_connection`](super::Connections::show_connection)
    ShowConnection = "show a connection",
    /// [`Connections::refresh_connection`](super::Connections::refresh_connection)
    RefreshConnection = "have the institution asked anew",
    /// [`Connections::remove_connection`](super::Connections::remove_connection)
    RemoveConnection = "remove a connection",
    /// [`Consents::list_consents`](super::Consents::list_consents)
    ListConsents = "list consents",
    /// [`Consents::show_consent`](super::Consents::show_consent)
    ShowConsent = "show a consent",
    /// [`Consents::revoke_consent`](super::Consents::revoke_consent)
    RevokeConsent = "withdraw a consent",
    /// [`Holders::list_holders`](super::Holders::list_holders)
    ListHolders = "list holders",
    /// [`Accounts::list_accounts`](super::Accounts::list_accounts)
    ListAccounts = "list accounts",
    /// [`Balances::list_balances`](super::Balances::list_balances)
    ListBalances = "list balances",
    /// [`Transactions::list_transactions`](super::Transactions::list_transactions)
    ListTransactions = "list transactions",
    /// Transactions that are not booked yet are among them.
    PendingTransactions = "pending transactions",
    /// [`Holdings::list_holdings`](super::Holdings::list_holdings)
    ListHoldings = "list holdings",
    /// [`Webhooks::verify`](super::Webhooks::verify)
    VerifyWebhooks = "verify callbacks",
}

/// What a provider can do, as it is set up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Capabilities(BTreeSet<Capability>);

impl Capabilities {
    /// Whether it can do this.
    pub fn has(&self, capability: Capability) -> bool {
        self.0.contains(&capability)
    }

    /// All it can do.
    pub fn iter(&self) -> impl Iterator<Item = Capability> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability>>(capabilities: I) -> Self {
        Self(capabilities.into_iter().collect())
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}
