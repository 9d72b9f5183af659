//! What a user is asked at the bank, and what becomes of it when nobody opens the page.

use jiff::Timestamp;

use super::Payments;
use super::mint::Mint;
use super::news::Failure;
use super::times::later;

/// A question to the user.
pub(super) struct Consent {
    /// What stands in the address of the page.
    pub(super) token: String,
    /// The id of the payment at the bank.
    pub(super) request: String,
    /// When it is decided by itself.
    pub(super) until: Timestamp,
    /// Whether the user then agrees, or has waited too long.
    pub(super) agrees: bool,
}

/// What a user may do on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Approve,
    /// One of several who have to.
    ApprovePartly,
    /// From an account without money.
    ApproveEmpty,
    Refuse,
    /// Leave without a decision.
    Leave,
}

/// Seconds after which a user agrees who was not played by anybody.
const THINKS: i64 = 5 * 60;
/// Seconds after which a question lapses that the user left.
const LAPSES: i64 = 15 * 60;

pub(super) const REFUSED: Failure = Failure { code: "consent_rejected", message: "The payer refused the payment." };
pub(super) const LAPSED: Failure = Failure { code: "consent_expired", message: "The payer took too long." };

/// The account that a payment comes from.
#[derive(Clone)]
pub(super) struct Payer {
    /// Its id, where it is a registered one.
    pub(super) registered: Option<String>,
    pub(super) account_type: String,
    pub(super) agency: String,
    pub(super) number: String,
}

impl Decision {
    pub(super) fn read(text: &str) -> Option<Self> {
        match text {
            "approve" => Some(Self::Approve),
            "approve-partly" => Some(Self::ApprovePartly),
            "approve-empty" => Some(Self::ApproveEmpty),
            "refuse" => Some(Self::Refuse),
            "leave" => Some(Self::Leave),
            _ => None,
        }
    }
}

impl Consent {
    pub(super) fn ask(mint: &mut Mint, at: Timestamp) -> Self {
        Self { token: mint.hex(40), request: mint.hex(32), until: later(at, THINKS), agrees: true }
    }

    /// The user closed the page.
    pub(super) fn leave(&mut self, at: Timestamp) {
        self.until = later(at, LAPSES);
        self.agrees = false;
    }

    /// The address of the page.
    pub(super) fn address(&self, root: &str) -> String {
        format!("{root}/pay/{}", self.token)
    }
}

impl Payments {
    /// The account that a customer pays from at a bank: a registered one, or another that only the bank knows.
    pub(super) fn payer(&mut self, customer: &str, institution: &str) -> Payer {
        let identifier = self.customer(customer).map(|customer| customer.identifier.clone());
        let own = self.bank_accounts.iter().find(|account| {
            account.institution == institution && Some(&account.holder.identifier) == identifier.as_ref()
        });
        match own {
            Some(account) => Payer {
                registered: Some(account.id.clone()),
                account_type: account.account_type.clone(),
                agency: account.agency.clone(),
                number: account.number.clone(),
            },
            None => Payer {
                registered: None,
                account_type: "CHECKINGS".to_owned(),
                agency: self.mint.digits(4),
                number: self.mint.digits(9),
            },
        }
    }
}
