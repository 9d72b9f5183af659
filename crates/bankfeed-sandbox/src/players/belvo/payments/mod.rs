//! Payments in Brazil: who pays whom, from which bank, and what comes of it.
//!
//! Records that are there from the start are made by the same steps as those of requests, at earlier moments.
//!
//! The address that a user is sent to is a page of the sandbox. Its buttons send `decision`:
//!
//! | decision | what happens |
//! |---|---|
//! | `approve` | the user agrees |
//! | `approve-partly` | one of two agrees; authorizations only |
//! | `approve-empty` | the user agrees, and the charges fail with `insufficient_funds`; one that is made again is paid |
//! | `refuse` | `consent_rejected` |
//! | `leave` | `consent_expired`, a quarter of an hour later |
//!
//! Where nobody opens the page, the user agrees by himself after five minutes; enrollments expire after an hour. Money takes ten
//! seconds, planned payments are made at eight in the morning in Brasília, and above R$ 500,000.00 nobody has enough.

mod amount;
mod authorization_calls;
mod authorizations;
mod bank_accounts;
mod charges;
mod consent;
mod customers;
mod enrollments;
mod filter;
mod institutions;
mod intent_calls;
mod intent_view;
mod intents;
mod mint;
mod news;
mod page;
mod pix;
mod schedule;
mod seed;
mod times;
mod token;
mod transactions;
mod verify;

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::Value;

use self::authorizations::Authorization;
use self::bank_accounts::BankAccount;
use self::charges::Charge;
use self::customers::Customer;
use self::enrollments::Enrollment;
use self::filter::Filter;
use self::institutions::Institution;
use self::intents::{Intent, Status};
use self::mint::{Kind, Mint};
use self::news::News;
use self::transactions::Transaction;
use super::listing;
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::{Kind as RefusalKind, Refusal};
use crate::world::World;

/// Everything that belongs to payments.
pub(super) struct Payments {
    mint: Mint,
    /// The id of the client account, which began all payments.
    creator: String,
    institutions: Vec<Institution>,
    customers: Vec<Customer>,
    bank_accounts: Vec<BankAccount>,
    intents: Vec<Intent>,
    authorizations: Vec<Authorization>,
    charges: Vec<Charge>,
    transactions: Vec<Transaction>,
    enrollments: Vec<Enrollment>,
    /// Bodies and first answers by idempotency key.
    replays: HashMap<String, (Value, Value)>,
    /// What is told after the answer, and how much was told before.
    news: Vec<News>,
    told: u64,
}

/// Something that happens by itself, by the position of the record.
#[derive(Clone, Copy)]
enum Event {
    Intent(usize),
    Authorization(usize),
    Charge(usize),
    Enrollment(usize),
}

impl Payments {
    pub(super) fn new(world: &World) -> Self {
        let mut mint = Mint::new(world);
        let creator = mint.id(Kind::Creator);
        let institutions = Institution::all(world, &mut mint);
        let mut payments = Self {
            mint,
            creator,
            institutions,
            customers: Vec::new(),
            bank_accounts: Vec::new(),
            intents: Vec::new(),
            authorizations: Vec::new(),
            charges: Vec::new(),
            transactions: Vec::new(),
            enrollments: Vec::new(),
            replays: HashMap::new(),
            news: Vec::new(),
            told: 0,
        };
        payments.seed(world);
        payments.run_until(world.start);
        payments.mint.open();
        payments
    }

    /// Answers a request below `/payments/`.
    pub(super) fn answer(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let answer = self.answer_in(call, scene);
        self.post(scene);
        answer
    }

    fn answer_in(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        match call.id() {
            "list_payment_institutions" => self.list_institutions(call, scene),
            "list_customers" => self.list_customers(call, scene),
            "create_customer" => self.create_customer(call, scene),
            "show_customer" => self.show_customer(call),
            "list_bank_accounts" => self.list_bank_accounts(call, scene),
            "create_bank_account" => self.create_bank_account(call, scene),
            "show_bank_account" => self.show_bank_account(call),
            "list_payment_intents" => self.list_intents(call, scene),
            "create_payment_intent" => self.create_intent(call, scene),
            "show_payment_intent" => self.show_intent(call, scene),
            "complete_payment_intent" => self.complete_intent(call, scene),
            "cancel_payment_intent" => self.cancel_intent(call, scene),
            "list_payment_intent_charges" => self.list_intent_charges(call, scene),
            "show_payment_intent_charge" => self.show_intent_charge(call),
            "cancel_payment_intent_charge" => self.cancel_intent_charge(call, scene),
            "list_charges" => self.list_charges(call, scene),
            "show_charge" => self.show_charge(call),
            "list_payment_authorizations" => self.list_authorizations(call, scene),
            "create_payment_authorization" => self.create_authorization(call, scene),
            "show_payment_authorization" => self.show_authorization(call, scene),
            "cancel_payment_authorization" => self.cancel_authorization(call, scene),
            "list_payment_authorization_charges" => self.list_authorization_charges(call, scene),
            "show_payment_authorization_charge" => self.show_authorization_charge(call),
            "retry_payment_authorization_charge" => self.retry_charge(call, scene),
            "cancel_payment_authorization_charge" => self.cancel_authorization_charge(call, scene),
            "list_payment_transactions" => self.list_transactions(call, scene),
            "show_payment_transaction" => self.show_transaction(call),
            "list_enrollments" => self.list_enrollments(call, scene),
            "create_enrollment" => self.create_enrollment(call, scene),
            "show_enrollment" => self.show_enrollment(call, scene),
            "complete_enrollment" => self.complete_enrollment(call, scene),
            "create_payment_widget_token" => self.create_token(call, scene),
            id => Err(Refusal::new(RefusalKind::Route, format!("operation {id}"), "is none of payments")),
        }
    }

    /// Time moved: users agree, days come, money arrives.
    pub(super) fn tick(&mut self, scene: &mut Scene<'_>) {
        self.run_until(scene.now);
        self.post(scene);
    }

    /// Lets everything happen that is due, each at its own moment.
    fn run_until(&mut self, now: Timestamp) {
        while let Some((at, event)) = self.next_event().filter(|(at, _)| *at <= now) {
            match event {
                Event::Intent(index) => self.decide_intent_alone(index, at),
                Event::Authorization(index) => self.decide_authorization_alone(index, at),
                Event::Charge(index) => self.go_on_with_charge(index, at),
                Event::Enrollment(index) => self.go_on_with_enrollment(index, at),
            }
        }
    }

    fn next_event(&self) -> Option<(Timestamp, Event)> {
        let intents = self.intents.iter().enumerate().filter(|(_, intent)| intent.status == Status::Asked);
        let intents = intents.filter_map(|(at, intent)| Some((intent.consent.as_ref()?.until, Event::Intent(at))));
        let open = self.authorizations.iter().enumerate().filter(|(_, authorization)| authorization.stage.is_open());
        let open = open.map(|(at, authorization)| (authorization.consent.until, Event::Authorization(at)));
        let charges = self.charges.iter().enumerate().filter(|(_, charge)| !charge.state.is_final());
        let charges = charges.map(|(at, charge)| (charge.due, Event::Charge(at)));
        let enrollments = self.enrollments.iter().enumerate();
        let enrollments = enrollments.filter_map(|(at, enrollment)| Some((enrollment.next()?, Event::Enrollment(at))));
        intents.chain(open).chain(charges).chain(enrollments).min_by_key(|(moment, _)| *moment)
    }

    fn list_institutions(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let filter = Filter::of(call)?;
        let wanted = |institution: &&Institution| {
            let facts = filter::Facts::of(&institution.id)
                .with("name", &*institution.name)
                .with("name", institution.display_name)
                .with("institution_type", institution.holders);
            filter.keeps(&facts)
        };
        listed(call, scene, self.institutions.iter().filter(wanted).map(Institution::show).collect())
    }
}

/// One page of the records that a request wants.
fn listed(call: &Call, scene: &Scene<'_>, shown: Vec<Value>) -> Result<Answer, Refusal> {
    let total = shown.len() as u64;
    listing::page(call, scene, total, |index| {
        usize::try_from(index).ok().and_then(|index| shown.get(index)).cloned().unwrap_or_default()
    })
}
