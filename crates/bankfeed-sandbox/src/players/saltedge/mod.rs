//! Salt Edge.

mod access;
mod accounts;
mod buckets;
mod callbacks;
mod catalogue;
mod categories;
mod connection;
mod connections;
mod consents;
mod customers;
mod errors;
mod flows;
mod ids;
mod imports;
mod lessons;
mod logos;
mod merchants;
mod paging;
mod pdf;
mod providers;
mod rates;
mod refresh;
mod report;
mod reports;
mod sessions;
mod settings;
mod transactions;
mod widget;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Player, Scene};
use crate::answer::Answer;
use crate::builder::Options;
use crate::call::{Call, Received};
use crate::fault::Trouble;
use crate::playbook::Operation;
use crate::refusal::{Kind, Refusal};
use crate::world::World;

/// Salt Edge, with all that requests changed.
#[derive(Default)]
pub(super) struct SaltEdge {
    /// Unsigned requests are refused.
    signatures: bool,
    customers: customers::Customers,
    connections: connection::Connections,
    consents: consents::Consents,
    /// Transactions that the application marked as duplicates.
    marked: BTreeSet<ids::Place>,
    counted: transactions::Counted,
    lessons: lessons::Lessons,
    buckets: buckets::Buckets,
    reports: reports::Reports,
    /// By token.
    sessions: BTreeMap<String, sessions::Session>,
    /// How many sessions were opened.
    opened: u64,
    /// Until when what time brings has been done.
    seen: Option<Timestamp>,
}

impl SaltEdge {
    pub(super) fn new(_world: &World, options: &Options) -> Self {
        Self { signatures: options.signatures, ..Self::default() }
    }
}

impl Player for SaltEdge {
    fn authenticate(&self, _operation: &Operation, received: &Received, _scene: &Scene<'_>) -> Result<(), Refusal> {
        access::check(received, self.signatures)
    }

    fn answer(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        match call.id() {
            "list_countries" => Ok(providers::countries(call)),
            "list_providers" => providers::list(call, scene),
            "show_provider" => providers::show(call, scene),
            "create_customer" => self.create_customer(call, scene),
            "list_customers" => self.list_customers(call, scene),
            "show_customer" => self.show_customer(call, scene),
            "remove_customer" => self.remove_customer(call, scene),
            "list_connections" => self.list_connections(call, scene),
            "show_connection" => self.show_connection(call, scene),
            "update_connection" => self.update_connection(call, scene),
            "remove_connection" => self.remove_connection(call, scene),
            "connect" => self.connect(call, scene),
            "reconnect_connection" => self.reconnect(call, scene),
            "refresh_connection" => self.refresh(call, scene),
            "refresh_connection_in_background" => self.refresh_in_background(call, scene),
            "list_consents" => self.list_consents(call, scene),
            "show_consent" => self.show_consent(call, scene),
            "revoke_consent" => self.revoke_consent(call, scene),
            "list_accounts" => self.list_accounts(call, scene),
            "list_transactions" => self.list_transactions(call, scene),
            "update_transactions" => self.update_transactions(call, scene),
            "list_rates" => rates::list(call, scene),
            "create_bucket" => self.create_bucket(call, scene),
            "show_bucket" => self.show_bucket(call, scene),
            "remove_bucket" => self.remove_bucket(call),
            "start_categorization" => self.start_categorization(call, scene),
            "import_bucket_accounts" => self.import_accounts(call),
            "list_bucket_accounts" => self.list_bucket_accounts(call, scene),
            "remove_bucket_account" => self.remove_bucket_account(call, scene),
            "import_bucket_transactions" => self.import_transactions(call),
            "list_bucket_transactions" => self.list_bucket_transactions(call, scene),
            "list_customer_rules" => self.list_rules(call, scene),
            "show_merchants" => merchants::show(call, scene),
            "list_categories" => Ok(categories::list()),
            "list_categories_of_type" => Ok(categories::of_type(call)),
            "learn_categories" => self.learn(call, scene),
            "create_report" => self.create_report(call, scene),
            "list_reports" => self.list_reports(call, scene),
            "show_report" => self.show_report(call, scene),
            "remove_report" => self.remove_report(call, scene),
            other => Err(Refusal::new(Kind::Route, format!("operation {other}"), "the sandbox does not play it")),
        }
    }

    fn refuse(&self, refusal: &Refusal, operation: Option<&Operation>, scene: &Scene<'_>) -> Answer {
        errors::answer(refusal, operation, scene.book)
    }

    fn trouble(&self, trouble: &Trouble, operation: &Operation, scene: &Scene<'_>) -> Option<Answer> {
        errors::trouble(trouble, operation, scene.book)
    }

    fn beside(&mut self, received: &Received, scene: &mut Scene<'_>) -> Option<Answer> {
        self.page(received, scene).or_else(|| logos::answer(received))
    }

    fn tick(&mut self, scene: &mut Scene<'_>) {
        self.catch_up(scene);
    }
}
