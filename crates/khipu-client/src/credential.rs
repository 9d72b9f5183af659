//! Logins at a bank, for requests that must hold one.

use bankfeed_runtime as rt;

use crate::generated::types::{AccountCredential, AccountLinkCredential};

impl AccountCredential {
    /// A link that the provider issued for the login.
    pub fn link(link: impl Into<rt::Secret>) -> Self {
        Self::AccountLinkCredential(AccountLinkCredential::new(link))
    }

    /// What the bank's own login asks for, by the names the provider gives it, each as text, so that leading zeros stay.
    ///
    /// The provider's documents do not print the names for this bank's personal customers. For its business customers they
    /// are `DocumentNumber`, `Username` and `Password`.
    pub fn bank<N: Into<String>, V: Into<rt::Secret>>(members: impl IntoIterator<Item = (N, V)>) -> Self {
        // A text can always be written.
        let text = |value: V| rt::Json::from_serialize(&value.into()).unwrap_or_default();
        Self::Map(members.into_iter().map(|(name, value)| (name.into(), text(value))).collect())
    }
}
