//! Balances.
//!
//! | indicator | amount | normalized |
//! |---|---|---|
//! | `Credit` | not negative | as it was sent |
//! | `Debit` | of either sign | negative: both say that it is owed |
//! | `Credit` | negative | refused: they contradict each other |
//! | none, or another word | zero | zero |
//! | none, or another word | any other | refused: nobody said which side it is on |
//!
//! `Credit` is documented by a sample; `Debit`, and that amounts have no sign of their own, are inferred from the
//! vocabulary of Open Banking that the other words belong to.

use khipu_client::types;
use khipu_client::types::{BalanceAmounts, BalanceType, CreditDebitIndicator};

use crate::Amount;
use crate::error::Error;
use crate::model::{AccountId, Balance, BalanceKind, Coded};
use crate::normalize::Cx;

/// The balances that a record tells of: one for each amount.
pub(crate) fn balances(balance: types::Balance, cx: &Cx<'_>) -> Vec<Result<Balance, Error>> {
    let account = match super::account::id(&balance, cx) {
        Ok(account) => account,
        Err(error) => return vec![Err(error)],
    };
    if let Err(error) = balance.amounts() {
        return vec![Err(cx.misfit(error.path(), "its amount cannot be read exactly"))];
    }
    let shared = Shared {
        account,
        kind: kind(balance.type_.as_ref(), cx),
        side: side(balance.credit_debit_indicator.as_ref(), cx),
        as_of: balance.date_time,
    };
    let amounts = match balance.amount.into_option() {
        Some(BalanceAmounts::BalanceAmount(amount)) => vec![("/Amount".to_owned(), amount)],
        Some(BalanceAmounts::List(amounts)) => {
            let place = |(index, amount)| (format!("/Amount/{index}"), amount);
            amounts.into_iter().enumerate().map(place).collect()
        }
        Some(BalanceAmounts::Unrecognized(_)) | None => Vec::new(),
        Some(_) => Vec::new(),
    };
    if amounts.is_empty() {
        // Not zero, and not nothing either: the balance is there, how much it is was not sent.
        return vec![Err(cx.misfit("/Amount", "it has no amount"))];
    }
    amounts.into_iter().map(|(place, amount)| shared.balance(&place, &amount, cx)).collect()
}

/// What all amounts of a record have in common.
struct Shared {
    account: AccountId,
    kind: Coded<BalanceKind>,
    side: Option<Side>,
    as_of: Option<crate::DateTime>,
}

/// Whose it is.
#[derive(Clone, Copy)]
enum Side {
    Owned,
    Owed,
}

impl Shared {
    fn balance(&self, place: &str, amount: &types::BalanceAmount, cx: &Cx<'_>) -> Result<Balance, Error> {
        let figure = amount.amount.ok_or_else(|| cx.misfit(&format!("{place}/Amount"), "it has no amount"))?;
        let mut balance = Balance::new(&self.account, self.kind.clone(), self.signed(figure, place, cx)?);
        balance.currency = cx.currency(&format!("{place}/Currency"), amount.currency.as_deref());
        balance.as_of = self.as_of;
        balance.source = Some(cx.source());
        Ok(balance)
    }

    fn signed(&self, amount: Amount, place: &str, cx: &Cx<'_>) -> Result<Amount, Error> {
        let value = amount.decimal();
        let negative = value.is_sign_negative() && !value.is_zero();
        match self.side {
            _ if value.is_zero() => Ok(Amount::new(value.abs())),
            Some(Side::Owned) if negative => {
                Err(cx.misfit(&format!("{place}/Amount"), "it is negative, though the indicator says Credit"))
            }
            Some(Side::Owned) => Ok(amount),
            Some(Side::Owed) => Ok(Amount::new(-value.abs())),
            None => Err(cx.misfit("/CreditDebitIndicator", "it does not say whether the amount is owned or owed")),
        }
    }
}

fn side(indicator: Option<&CreditDebitIndicator>, cx: &Cx<'_>) -> Option<Side> {
    match indicator? {
        CreditDebitIndicator::Credit => Some(Side::Owned),
        CreditDebitIndicator::Debit => Some(Side::Owed),
        other => {
            if !other.as_ref().is_empty() {
                cx.losses().unknown_value("Balance", "/CreditDebitIndicator", other.as_ref());
            }
            None
        }
    }
}

fn kind(kind: Option<&BalanceType>, cx: &Cx<'_>) -> Coded<BalanceKind> {
    match kind {
        Some(BalanceType::InterimAvailable) => Coded::new(BalanceKind::Available, "InterimAvailable"),
        Some(other) if !other.as_ref().is_empty() => cx.coded("/Type", other.as_ref(), None),
        _ => Coded { value: None, word: None },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use bankfeed_runtime as rt;
    use proptest::prelude::*;
    use rt::{Bytes, Decimal};

    use super::*;
    use crate::losses::Losses;
    use crate::provider::ProviderId;
    use crate::source::Source;

    fn read(indicator: &str, amount: &str) -> (Vec<Result<Balance, Error>>, Losses) {
        let json =
            format!(r#"{{"AccountId":"1",{indicator}"Type":"InterimAvailable","Amount":{{"Amount":"{amount}"}}}}"#);
        let losses = Losses::default();
        let source = Source::whole(ProviderId::KHIPU, "Balance", Bytes::from(json.clone()));
        let balance: types::Balance = rt::de::from_slice(json.as_bytes()).unwrap();
        (balances(balance, &Cx::new(&source, &losses)), losses)
    }

    fn one(indicator: &str, amount: &str) -> Result<Decimal, String> {
        let (mut balances, _) = read(indicator, amount);
        assert_eq!(balances.len(), 1);
        let place = |error: Error| error.place().unwrap_or_default().to_owned();
        balances.remove(0).map(|balance| balance.amount.decimal()).map_err(place)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_indicator_gives_the_sign_and_no_digit_is_lost(mantissa in 1i64..i64::MAX, scale in 0u32..12) {
            let amount = Decimal::new(mantissa, scale);
            let text = amount.to_string();
            let (credit, debit) = (r#""CreditDebitIndicator":"Credit","#, r#""CreditDebitIndicator":"Debit","#);
            let owned = one(credit, &text).unwrap();
            let owed = one(debit, &text).unwrap();
            prop_assert_eq!(owned.to_string(), text.clone());
            prop_assert_eq!(owed, -owned);
            prop_assert_eq!(owed.to_string(), format!("-{text}"));
            prop_assert_eq!(one(debit, &format!("-{text}")).unwrap(), owed);
            prop_assert_eq!(one(credit, &format!("-{text}")).unwrap_err(), "/Amount/Amount");
            prop_assert_eq!(one("", &text).unwrap_err(), "/CreditDebitIndicator");
            prop_assert_eq!(one("", &format!("-{text}")).unwrap_err(), "/CreditDebitIndicator");
        }

        #[test]
        fn zero_needs_no_side_and_has_no_sign(scale in 0usize..6, side in 0usize..4, minus: bool) {
            let indicators = ["", r#""CreditDebitIndicator":"Credit","#, r#""CreditDebitIndicator":"Debit","#,
                r#""CreditDebitIndicator":"Neither","#];
            let zeros = format!("{}0.{}", if minus { "-" } else { "" }, "0".repeat(scale + 1));
            prop_assert_eq!(one(indicators[side], &zeros).unwrap().to_string(), zeros.trim_start_matches('-'));
        }
    }

    #[test]
    fn an_unknown_side_is_counted() {
        let (balances, losses) = read(r#""CreditDebitIndicator":"Neither","#, "1.00");
        assert!(balances[0].is_err());
        let report = losses.report();
        assert_eq!(report.unknown_values["Balance/CreditDebitIndicator"]["Neither"], 1);
        assert_eq!(report.rejected["Balance/CreditDebitIndicator"], 1);
    }
}
