//! Bank accounts.
//!
//! Documented: movements carry a sign, negative when money leaves. Inferred: balances carry one, too, so they are taken
//! as they are; what is used of a credit line is sent without, and turned negative. The credit line of an account is
//! told beside its balance and not in it, so it has a kind of its own.

use wealthreader_client::types;

use super::common::{Product, Through, balances as all_of, holders, id, numbered, owed, text, unsaid};
use crate::model::{AccountKind, BalanceKind};
use crate::normalize::Cx;
use crate::{Account, Balance, Error};

pub(crate) fn account(record: types::Account, cx: &Cx<'_>, through: Through<'_>) -> Result<Account, Error> {
    use types::AccountSubtype as Subtype;
    let kind = match &record.subtype {
        None => unsaid(),
        Some(subtype) => {
            let kind = match subtype {
                Subtype::Checking => Some(AccountKind::Current),
                Subtype::Savings => Some(AccountKind::Savings),
                Subtype::LineOfCredit => Some(AccountKind::CreditLine),
                _ => None,
            };
            cx.coded("/subtype", subtype.as_ref(), kind)
        }
    };
    let line = record.line_of_credit_details.into_option();
    let product = Product {
        id: id(Some(record.uuid)),
        kind,
        name: record.name,
        currency: record.currency,
        identifiers: numbered("code", &record.code),
        number: text(record.code),
        holders: holders(record.owners.into_iter().flatten()),
    };
    let mut account = product.account(cx, through)?;
    account.details.interest_rate = record.interest_rate.into_option();
    if let Some(line) = line {
        account.opened_on = line.constitution_date.into_option();
        account.details.credit_limit = line.credit_limit.into_option();
        account.details.matures_on = line.expiration_date.into_option();
        account.details.interest_rate = account.details.interest_rate.or(line.interest_rate.into_option());
    }
    Ok(account)
}

pub(crate) fn balances(record: &types::Account, cx: &Cx<'_>) -> Result<Vec<Balance>, Error> {
    let line = record.line_of_credit_details.as_ref();
    let held = record.balances.as_ref();
    let all = [
        (BalanceKind::Booked, "current", held.and_then(|held| held.current)),
        (BalanceKind::Available, "available", held.and_then(|held| held.available)),
        (BalanceKind::CreditUsed, "credit_used", line.and_then(|line| line.credit_used).map(owed)),
        (BalanceKind::Available, "credit_available", line.and_then(|line| line.credit_available.into_option())),
    ];
    all_of(cx, Some(&record.uuid), record.currency.as_deref(), all)
}
