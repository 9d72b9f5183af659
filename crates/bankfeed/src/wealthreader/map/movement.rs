//! What all movements have in common: the account they belong to, and what they are known by.

use crate::identity::{TransactionKey, Twins};
use crate::model::{AccountId, Coded, TransactionId, TransactionStatus};
use crate::normalize::Cx;
use crate::{Amount, Currency, DateTime, Direction, Error, Id, Transaction};

use super::common::{id, unsaid};

/// What the product that a movement stands in says for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parent {
    pub(crate) account: Option<AccountId>,
    /// For movements that name no currency, because all of the product's are in its own.
    pub(crate) currency: Option<Currency>,
    /// Who leases out.
    pub(crate) lessor: Option<String>,
    /// Names of the other sides of invoices, by tax number.
    pub(crate) names: Vec<(String, String)>,
}

/// In which of two lists of a product a movement stands: what was, or what is to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Listed {
    /// The product has one list.
    #[default]
    Alone,
    /// Among what was paid.
    Made,
    /// Among what is to be paid.
    Planned,
}

/// What a movement's record does not say itself.
pub(crate) struct Among<'a> {
    pub(crate) parent: &'a Parent,
    pub(crate) listed: Listed,
    pub(crate) twins: &'a mut Twins,
}

/// The beginning of every movement.
pub(super) struct Movement<'a> {
    pub(super) id: Option<Id>,
    pub(super) status: Coded<TransactionStatus>,
    pub(super) amount: Option<Amount>,
    /// Where the amount stands.
    pub(super) place: &'a str,
    pub(super) direction: Signed,
    pub(super) currency: Option<Currency>,
    /// Date of the movement, date of booking, value date.
    pub(super) dates: [Option<DateTime>; 3],
    /// What else tells it from others, where it has no id.
    pub(super) text: Option<&'a str>,
}

/// How the direction of a movement is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signed {
    /// By the sign of the amount.
    BySign,
    /// By its kind; the amount is documented to have no sign, so that one with a sign means something unknown.
    As(Direction),
    /// Not at all.
    Unknown,
}

impl Movement<'_> {
    pub(super) fn transaction(self, cx: &Cx<'_>, among: &mut Among<'_>) -> Result<Transaction, Error> {
        let amount = self.amount.ok_or_else(|| cx.misfit(self.place, "a movement without an amount"))?;
        let account = among.parent.account.clone();
        let id = id(self.id).map(TransactionId::from);
        let key = match &id {
            Some(id) => {
                let account = account.as_ref().map(AccountId::as_str).unwrap_or_default();
                // Ids look like hashes of what the record says, so that two equal purchases may share one.
                let id = match among.twins.ordinal(&["id", account, id.as_str()]) {
                    0 => id.clone(),
                    ordinal => TransactionId::from(format!("{}-{ordinal}", id.as_str())),
                };
                TransactionKey::of_provider_id(&id, self.status.is(&TransactionStatus::Booked))
            }
            None => {
                let dates = self.dates.map(|date| date.map(|date| date.to_string()).unwrap_or_default());
                let account = account.as_ref().map(AccountId::as_str).unwrap_or_default();
                let amount = amount.decimal().normalize().to_string();
                let [made, booked, counts] = &dates;
                let text = self.text.unwrap_or_default();
                let parts = [cx.source().schema(), account, made, booked, counts, &amount, text];
                TransactionKey::of_content(&parts, among.twins.ordinal(&parts))
            }
        };
        let mut transaction = match self.direction {
            Signed::BySign => Transaction::signed(key, amount, self.status),
            Signed::As(direction) => {
                let mut transaction = Transaction::unsigned(key, amount, self.status);
                // Zero moves nothing; less than zero is not what the kind stands for.
                transaction.direction = (Direction::of(amount) == Some(Direction::Credit)).then_some(direction);
                transaction
            }
            Signed::Unknown => Transaction::unsigned(key, amount, self.status),
        };
        transaction.id = id;
        transaction.account = account;
        transaction.currency = self.currency;
        [transaction.transaction_date, transaction.booking_date, transaction.value_date] = self.dates;
        transaction.source = Some(cx.source());
        Ok(transaction)
    }
}

/// A state told by yes or no; nothing is known where neither is said.
pub(super) fn told(said: Option<bool>, yes: TransactionStatus, no: TransactionStatus) -> Coded<TransactionStatus> {
    said.map_or_else(unsaid, |said| Coded::implied(if said { yes } else { no }))
}
