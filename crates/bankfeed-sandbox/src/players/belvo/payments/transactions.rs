//! Money that payments moved on registered bank accounts.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Payments;
use super::charges::Parent;
use super::filter::{Facts, Filter};
use super::times::stamp;
use super::verify::not_found;
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::decimal;

/// Money that came in.
pub(super) struct Transaction {
    pub(super) id: String,
    pub(super) created_at: Timestamp,
    /// Position of its charge.
    pub(super) charge: usize,
    pub(super) beneficiary: String,
    /// The account that it came from, where that one is registered too.
    pub(super) payer: Option<String>,
}

/// What a transaction has from the payment behind it.
struct Origin<'a> {
    cents: i64,
    description: &'a str,
    customer: &'a str,
    intent: Option<&'a String>,
}

impl Payments {
    pub(super) fn list_transactions(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let filter = Filter::of(call)?;
        let wanted = |transaction: &&Transaction| filter.keeps(&self.transaction_facts(transaction));
        let shown = self.transactions.iter().filter(wanted).map(|transaction| self.transaction_value(transaction));
        super::listed(call, scene, shown.collect())
    }

    pub(super) fn show_transaction(&self, call: &Call) -> Result<Answer, Refusal> {
        let found = self.transactions.iter().find(|transaction| transaction.id == call.segment("id"));
        let found = found.ok_or_else(|| not_found("id", "transaction"))?;
        Ok(Answer::json(200, self.transaction_value(found)))
    }

    /// The transactions of a charge: none, or one.
    pub(super) fn transactions_of(&self, charge: usize) -> Vec<Value> {
        let own = self.transactions.iter().filter(|transaction| transaction.charge == charge);
        own.map(|transaction| self.transaction_value(transaction)).collect()
    }

    fn transaction_value(&self, transaction: &Transaction) -> Value {
        let origin = self.origin(transaction);
        let mut shown = json!({
            "id": transaction.id,
            "created_at": stamp(transaction.created_at),
            "created_by": self.creator,
            "amount": decimal(origin.cents),
            "currency": "BRL",
            "description": origin.description,
            "transaction_type": "INFLOW",
            "beneficiary": transaction.beneficiary,
            "payer": {},
        });
        // Payments that were authorized under version 2 have no intent.
        if let Some(intent) = origin.intent {
            shown["payment_intent"] = json!(intent);
        }
        shown["charge"] = json!(self.charges[transaction.charge].id);
        shown["customer"] = json!(origin.customer);
        shown
    }

    fn transaction_facts(&self, transaction: &Transaction) -> Facts {
        let origin = self.origin(transaction);
        Facts::of(&transaction.id)
            .with("created_at", stamp(transaction.created_at))
            .with("charge", &*self.charges[transaction.charge].id)
            .with("beneficiary", &*transaction.beneficiary)
            .with("customer", origin.customer)
            .with("transaction__type", "INFLOW")
            .with("currency", "BRL")
            .with("description", origin.description)
            .with("amount", decimal(origin.cents))
            .maybe("payer", transaction.payer.as_ref())
            .maybe("payment_intent", origin.intent)
    }

    fn origin(&self, transaction: &Transaction) -> Origin<'_> {
        match self.charges[transaction.charge].parent {
            Parent::Intent(at) => {
                let intent = &self.intents[at];
                Origin {
                    cents: intent.cents,
                    description: &intent.description,
                    customer: &intent.customer,
                    intent: Some(&intent.id),
                }
            }
            Parent::Authorization(at) => {
                let authorization = &self.authorizations[at];
                Origin {
                    cents: authorization.cents,
                    description: &authorization.description,
                    customer: &authorization.customer,
                    intent: None,
                }
            }
        }
    }
}
