//! Charges: each time that a payment takes money, planned or done.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Payments;
use super::mint::Kind;
use super::news::{Failure, News};
use super::times::{later, morning};
use super::transactions::Transaction;

/// What a charge belongs to, by its position.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Parent {
    Intent(usize),
    Authorization(usize),
}

/// What became of a charge.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Scheduled,
    Pending,
    Paid,
    Canceled,
    Failed(Failure),
}

/// One payment of an intent or of an authorization.
pub(super) struct Charge {
    pub(super) id: String,
    pub(super) parent: Parent,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) state: State,
    /// The day that it is planned for.
    pub(super) day: Date,
    /// When the next thing happens to it, while it is planned or under way.
    pub(super) due: Timestamp,
    pub(super) end_to_end: Option<String>,
    /// Retried by, and a retry of.
    pub(super) next: Option<usize>,
    pub(super) previous: Option<usize>,
}

/// How many seconds a Pix is under way.
pub(super) const UNDER_WAY: i64 = 10;
/// What anybody has on the account, in cents: a payment above it fails.
const FUNDS: i64 = 50_000_000;

const NO_MONEY: Failure =
    Failure { code: "insufficient_funds", message: "There is not enough money on the account of the payer." };
pub(super) const CANCELED: Failure = Failure { code: "canceled", message: "The payment was canceled before its day." };

impl State {
    /// Nothing will happen to it any more.
    pub(super) fn is_final(self) -> bool {
        !matches!(self, Self::Scheduled | Self::Pending)
    }

    pub(super) fn failure(self) -> Option<Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    /// As charges of intents and those of authorizations word it.
    pub(super) fn name(self, parent: Parent) -> &'static str {
        match self {
            Self::Scheduled => "SCHEDULED",
            Self::Pending => "PENDING",
            Self::Canceled => "CANCELED",
            Self::Failed(_) => "FAILED",
            Self::Paid if matches!(parent, Parent::Intent(_)) => "SUCCEEDED",
            Self::Paid => "SETTLED",
        }
    }
}

impl Payments {
    /// Positions of the charges of a parent, in their order.
    pub(super) fn charges_of(&self, parent: Parent) -> impl Iterator<Item = usize> {
        self.charges.iter().enumerate().filter(move |(_, charge)| charge.parent == parent).map(|(at, _)| at)
    }

    /// Plans a charge: for a day, or under way at once.
    pub(super) fn plan(&mut self, parent: Parent, day: Option<Date>, at: Timestamp) -> usize {
        let (state, due) = match day {
            Some(day) => (State::Scheduled, morning(day)),
            None => (State::Pending, later(at, UNDER_WAY)),
        };
        let charge = Charge {
            id: self.mint.id(Kind::Charge),
            parent,
            created_at: at,
            updated_at: at,
            state,
            day: day.unwrap_or_else(|| super::times::today(at)),
            due,
            end_to_end: None,
            next: None,
            previous: None,
        };
        self.tell(News::created("CHARGES", &charge.id, Some(state.name(parent))));
        self.charges.push(charge);
        self.charges.len() - 1
    }

    /// What was due happens: the day has come, or the money arrives, or it does not.
    pub(super) fn go_on_with_charge(&mut self, at: usize, now: Timestamp) {
        let Some(charge) = self.charges.get(at) else { return };
        let parent = charge.parent;
        match charge.state {
            State::Scheduled => {
                self.charges[at].due = later(now, UNDER_WAY);
                self.set_charge(at, State::Pending, now);
            }
            State::Pending if self.lacks_money(at) => {
                self.set_charge(at, State::Failed(NO_MONEY), now);
                self.conclude(parent, now);
            }
            State::Pending => {
                let bank = self.paying_bank(parent);
                self.charges[at].end_to_end = Some(self.mint.end_to_end(&bank, now));
                self.set_charge(at, State::Paid, now);
                self.move_money(at, now);
                self.conclude(parent, now);
            }
            State::Paid | State::Canceled | State::Failed(_) => {}
        }
    }

    /// Takes a planned charge back.
    pub(super) fn cancel_charge(&mut self, at: usize, now: Timestamp) {
        self.set_charge(at, State::Canceled, now);
    }

    fn set_charge(&mut self, at: usize, state: State, now: Timestamp) {
        let Some(charge) = self.charges.get_mut(at) else { return };
        charge.state = state;
        charge.updated_at = now;
        let news = News::changed("CHARGES", &charge.id, state.name(charge.parent))
            .failed(state.failure())
            .end_to_end(charge.end_to_end.as_ref());
        self.tell(news);
    }

    /// A payer who said so has no money, until the charge is made again.
    fn lacks_money(&self, at: usize) -> bool {
        let Some(charge) = self.charges.get(at) else { return false };
        let (cents, penniless) = match charge.parent {
            Parent::Intent(parent) => (self.intents[parent].cents, self.intents[parent].penniless),
            Parent::Authorization(parent) => (self.authorizations[parent].cents, self.authorizations[parent].penniless),
        };
        cents > FUNDS || (penniless && charge.previous.is_none())
    }

    fn paying_bank(&self, parent: Parent) -> String {
        let institution = match parent {
            Parent::Intent(parent) => self.intents[parent].payer_institution.as_ref(),
            Parent::Authorization(parent) => self.authorizations[parent].institution.as_ref(),
        };
        let known = institution.and_then(|institution| self.institution(institution));
        known.map(|institution| institution.code.clone()).unwrap_or_default()
    }

    /// Money moves on the account that receives it, where that one is registered.
    fn move_money(&mut self, at: usize, now: Timestamp) {
        let Some(charge) = self.charges.get(at) else { return };
        let (beneficiary, payer) = match charge.parent {
            Parent::Intent(parent) => (self.intents[parent].target.account(), self.intents[parent].payer.clone()),
            Parent::Authorization(parent) => {
                let authorization = &self.authorizations[parent];
                (Some(authorization.beneficiary.as_str()), authorization.payer.clone())
            }
        };
        let Some(beneficiary) = beneficiary.map(str::to_owned) else { return };
        let transaction = Transaction {
            id: self.mint.id(Kind::Transaction),
            created_at: now,
            charge: at,
            beneficiary,
            payer: payer.and_then(|payer| payer.registered),
        };
        self.tell(News::created("TRANSACTIONS", &transaction.id, None));
        self.transactions.push(transaction);
    }

    /// A charge has come to its end: so has what it belongs to, when it was the last one.
    pub(super) fn conclude(&mut self, parent: Parent, now: Timestamp) {
        match parent {
            Parent::Intent(at) => self.conclude_intent(at, now),
            Parent::Authorization(at) => self.conclude_authorization(at, now),
        }
    }
}
