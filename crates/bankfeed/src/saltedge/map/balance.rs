//! Balances of an account: its own, and those that the bank tells besides.
//!
//! | field | kind | as of |
//! |---|---|---|
//! | `balance` | what `extra.balance_type` says, else booked | `extra.current_date`, `current_time` |
//! | `extra.available_amount` | available | the same |
//! | `extra.blocked_amount` | blocked | the same |
//! | `extra.opening_balance`, `closing_balance` | opening booked, closing booked | not told |
//!
//! The reference does not say how debt is signed. Inferred from amounts, which are negative when money leaves: a balance that is owed is
//! negative, and is kept as it was sent. Loans and mortgages are the exception: on them nothing can be held, only owed, so what a bank
//! sends without sign becomes negative. A positive balance of a credit card or credit line stays positive: it may be overpaid.

use saltedge_client::types;

use super::account::kind;
use super::text::moment;
use crate::normalize::Cx;
use crate::{AccountId, AccountKind, Amount, Balance, BalanceKind, Coded, Currency, DateTime, Error};

/// All balances that an account's record tells.
pub(in crate::saltedge) fn balances(record: types::Account, cx: &Cx<'_>) -> Vec<Result<Balance, Error>> {
    if record.id.as_str().is_empty() {
        return vec![Err(cx.misfit("/id", "a balance of an account without an id belongs nowhere"))];
    }
    let extra = record.extra;
    let said = extra.as_ref().and_then(|extra| extra.balance_type.as_deref()).filter(|word| !word.trim().is_empty());
    let own = said
        .map_or(Coded::implied(BalanceKind::Booked), |word| cx.coded("/extra/balance_type", word, balance_kind(word)));
    let owed = matches!(kind(&record.nature), Some(AccountKind::Loan | AccountKind::Mortgage));
    let signed = |amount: Amount| if owed { Amount::new(-amount.decimal().abs()) } else { amount };
    let made = Made {
        account: record.id.into(),
        currency: cx.currency("/currency_code", Some(&record.currency_code)),
        as_of: extra.as_ref().and_then(|extra| Some(moment(extra.current_date?, extra.current_time))),
        cx,
    };
    let mut balances = vec![made.balance(own, signed(record.balance), made.as_of)];
    if let Some(extra) = extra {
        let at = made.as_of;
        let more = [
            (BalanceKind::Available, extra.available_amount, at),
            (BalanceKind::Blocked, extra.blocked_amount, at),
            (BalanceKind::OpeningBooked, extra.opening_balance.map(signed), None),
            (BalanceKind::ClosingBooked, extra.closing_balance.map(signed), None),
        ];
        let told = more.into_iter().filter_map(|(kind, amount, at)| Some((kind, amount?, at)));
        balances.extend(told.map(|(kind, amount, at)| made.balance(Coded::implied(kind), amount, at)));
    }
    balances.into_iter().map(Ok).collect()
}

/// What all balances of a record have in common.
struct Made<'a> {
    account: AccountId,
    currency: Option<Currency>,
    as_of: Option<DateTime>,
    cx: &'a Cx<'a>,
}

impl Made<'_> {
    fn balance(&self, kind: Coded<BalanceKind>, amount: Amount, as_of: Option<DateTime>) -> Balance {
        let mut balance = Balance::new(&self.account, kind, amount);
        balance.currency = self.currency;
        balance.as_of = as_of;
        balance.source = Some(self.cx.source());
        balance
    }
}

/// The kinds of ISO 20022, UK Open Banking and the Berlin Group. What is expected, or counts information, is none that the model has.
fn balance_kind(word: &str) -> Option<BalanceKind> {
    let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(match word.to_ascii_lowercase().as_str() {
        "itbd" | "interimbooked" | "interimcleared" => BalanceKind::Booked,
        "clbd" | "closingbooked" | "closingcleared" => BalanceKind::ClosingBooked,
        "opbd" | "openingbooked" | "openingcleared" => BalanceKind::OpeningBooked,
        "itav" | "interimavailable" | "clav" | "closingavailable" | "opav" | "openingavailable" | "fwav"
        | "forwardavailable" => BalanceKind::Available,
        "blck" | "blocked" => BalanceKind::Blocked,
        _ => return None,
    })
}
