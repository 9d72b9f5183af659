//! Accounts: everything that Salt Edge gives a nature.
//!
//! | nature | kind |
//! |---|---|
//! | `account`, `checking` | current |
//! | `savings` | savings |
//! | `ewallet` | wallet |
//! | `card`, `debit_card`, `credit_card` | card, debit card, credit card |
//! | `credit` | credit line |
//! | `loan`, `mortgage` | loan, mortgage |
//! | `investment`, `insurance`, `bonus` | investment, insurance, bonus |
//!
//! Inferred: that `account`, which the reference does not explain, is an account for daily use; that `expiry_date`, described for cards,
//! is the end of the contract where it comes with a loan, mortgage or policy.

use saltedge_client::types;

use super::connection::id;
use super::identifiers::{self, Identifiers};
use super::text::{personal, text, unsigned};
use crate::normalize::Cx;
use crate::{Account, AccountDetails, AccountKey, AccountKind, AccountStatus, Error, Holder, InstitutionId};

/// An account of a connection to an institution, where that one is known: the account's key is made with it.
///
/// A card's IBAN is that of the account behind it as a rule, and so may its number be: its key is made from its id alone.
pub(in crate::saltedge) fn account(
    record: types::Account,
    institution: Option<&InstitutionId>,
    cx: &Cx<'_>,
) -> Result<Account, Error> {
    if record.id.as_str().is_empty() {
        return Err(cx.misfit("/id", "an account without an id cannot be named"));
    }
    let nature = kind(&record.nature);
    let mut account = Account::new(record.id, cx.coded("/nature", record.nature.as_ref(), nature));
    account.connection = id(Some(record.connection_id)).map(Into::into);
    account.name = personal(Some(record.name));
    account.currency = cx.currency("/currency_code", Some(&record.currency_code));
    account.updated_at = record.updated_at;
    if let Some(extra) = record.extra {
        of_extra(&mut account, extra, institution, cx);
    }
    account.source = Some(cx.source());
    Ok(account)
}

/// What a nature means.
pub(super) fn kind(nature: &types::AccountNature) -> Option<AccountKind> {
    Some(match nature {
        types::AccountNature::Account | types::AccountNature::Checking => AccountKind::Current,
        types::AccountNature::Bonus => AccountKind::Bonus,
        types::AccountNature::Card => AccountKind::Card,
        types::AccountNature::Credit => AccountKind::CreditLine,
        types::AccountNature::CreditCard => AccountKind::CreditCard,
        types::AccountNature::DebitCard => AccountKind::DebitCard,
        types::AccountNature::Ewallet => AccountKind::Wallet,
        types::AccountNature::Insurance => AccountKind::Insurance,
        types::AccountNature::Investment => AccountKind::Investment,
        types::AccountNature::Loan => AccountKind::Loan,
        types::AccountNature::Mortgage => AccountKind::Mortgage,
        types::AccountNature::Savings => AccountKind::Savings,
        _ => return None,
    })
}

fn of_extra(account: &mut Account, extra: types::AccountExtra, institution: Option<&InstitutionId>, cx: &Cx<'_>) {
    let kind = account.kind.value;
    account.nickname = personal(extra.account_name);
    account.status = extra.status.map(|word| {
        let status = match word {
            types::AccountStatus::Active => Some(AccountStatus::Active),
            types::AccountStatus::Inactive | types::AccountStatus::Unauthorized => Some(AccountStatus::Inactive),
            _ => None,
        };
        cx.coded("/extra/status", word.as_ref(), status)
    });
    account.holders = holders(extra.holder_name, extra.client_name);
    account.product = text(extra.product_type);
    account.opened_on = extra.open_date;
    let contract = matches!(kind, Some(AccountKind::Loan | AccountKind::Mortgage | AccountKind::Insurance));
    account.details = AccountDetails {
        credit_limit: extra.credit_limit.map(unsigned),
        card_expiry: extra.expiry_date.filter(|_| !contract),
        matures_on: extra.expiry_date.filter(|_| contract),
        interest_rate: extra.interest_rate,
        minimum_payment: extra.minimum_payment.map(unsigned),
        next_payment_amount: extra.next_payment_amount.map(unsigned),
        next_payment_date: extra.next_payment_date,
        remaining_payments: extra.remaining_payments,
        statement_closes_on: extra.statement_cut_date,
        invested_amount: extra.investment_amount.map(unsigned),
        surrender_value: extra.gross_surrender.map(unsigned),
        ..AccountDetails::default()
    };
    let known = Identifiers {
        iban: extra.iban,
        swift: extra.swift,
        sort_code: extra.sort_code,
        account_number: extra.account_number,
        bban: extra.bban,
        provider_account_id: extra.provider_account_id,
        masked_pan: extra.masked_pan,
        cards: extra.cards,
    };
    let is_card = matches!(kind, Some(AccountKind::Card | AccountKind::DebitCard | AccountKind::CreditCard));
    let number = text(known.account_number.clone());
    account.identifiers = identifiers::of(known);
    if !is_card {
        account.key = AccountKey::of(&account.id, &account.identifiers, institution, number.as_deref());
    }
}

/// Two names of the same person are one holder.
fn holders(holder_name: Option<String>, client_name: Option<String>) -> Vec<Holder> {
    let (first, second) = (text(holder_name), text(client_name));
    let second = second.filter(|second| first.as_ref() != Some(second));
    first.into_iter().chain(second).map(Holder::named).collect()
}
