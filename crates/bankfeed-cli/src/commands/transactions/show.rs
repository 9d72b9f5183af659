//! A transaction as a line.

use bankfeed::{DateTime, Transaction};

use crate::commands::word;
use crate::output::{Show, code};

/// The day that people look for: when it was made, or else booked.
pub(crate) fn made(transaction: &Transaction) -> Option<DateTime> {
    transaction.transaction_date.or(transaction.booking_date).or(transaction.value_date)
}

/// What it was for, or else with whom, on one line.
pub(crate) fn description(transaction: &Transaction) -> String {
    let party = counterparty(transaction);
    let merchant = transaction.merchant.as_ref().and_then(|merchant| merchant.name.as_deref());
    let text = transaction.description.as_ref().map(|text| text.0.as_str()).or(party).or(merchant).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn counterparty(transaction: &Transaction) -> Option<&str> {
    Some(transaction.counterparty.as_ref()?.name.as_ref()?.0.as_str())
}

impl Show for Transaction {
    fn header() -> &'static [&'static str] {
        &[
            "account",
            "id",
            "date",
            "booking_date",
            "value_date",
            "signed_amount",
            "amount",
            "direction",
            "currency",
            "status",
            "category",
            "description",
            "counterparty",
        ]
    }

    fn values(&self) -> Vec<String> {
        let moment = |moment: Option<DateTime>| moment.map(|moment| moment.to_string()).unwrap_or_default();
        vec![
            self.account.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default(),
            self.id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default(),
            moment(made(self)),
            moment(self.booking_date),
            moment(self.value_date),
            // Nothing where it is not known which way it went.
            self.signed_amount().map(|amount| amount.to_string()).unwrap_or_default(),
            self.amount.to_string(),
            word(self.direction.as_ref(), None),
            code(self.currency),
            word(self.status.value.as_ref(), self.status.word.as_deref()),
            self.category.as_ref().map(|it| word(it.value.as_ref(), it.word.as_deref())).unwrap_or_default(),
            description(self),
            counterparty(self).unwrap_or_default().to_owned(),
        ]
    }
}
