//! Who is at the other end of a transaction.
//!
//! The reference describes `payee` and `payer` as account numbers and the fields beside them as names, but prints names in both. A text
//! without a digit is no account number, so it counts as a name.

use super::text::text;
use crate::{AccountIdentifier, Counterparty, Personal};

/// One end: the account, and what else is known.
pub(super) struct Sides {
    /// What Salt Edge calls it.
    pub(super) field: &'static str,
    pub(super) account: Option<String>,
    pub(super) information: Option<String>,
}

/// The other end: who receives what leaves, who pays what comes. The holder's own end is not told again.
pub(super) fn counterparty(other: Option<Sides>, transfer_account: Option<String>) -> Option<Counterparty> {
    let mut counterparty = Counterparty::new();
    let mut texts = Vec::new();
    if let Some(Sides { field, account, information }) = other {
        match text(account) {
            Some(account) if account.bytes().any(|byte| byte.is_ascii_digit()) => {
                counterparty.account = Some(AccountIdentifier::iban(field, &account));
            }
            name => texts.extend(name),
        }
        texts.extend(text(information).filter(|information| !texts.contains(information)));
    }
    texts.extend(text(transfer_account).filter(|name| !texts.contains(name)));
    let mut texts = texts.into_iter();
    counterparty.name = texts.next().map(Personal);
    let rest: Vec<String> = texts.collect();
    counterparty.information = (!rest.is_empty()).then(|| Personal(rest.join("\n")));
    counterparty.known()
}
