//! What is put into buckets: known objects are skipped, faulty ones told.

use serde_json::{Value, json};

use super::buckets::few_enough;
use super::{SaltEdge, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;

/// What became of an import.
#[derive(Default)]
struct Outcome {
    imported: usize,
    ignored: usize,
    failed: Vec<Value>,
}

impl Outcome {
    fn failed(&mut self, name: &str, id: &str, problems: &[&str]) {
        self.failed.push(json!({ "error_messages": problems, name: id }));
    }

    fn answer(self) -> Answer {
        let (imported, ignored) = (self.imported, self.ignored);
        paging::single(&json!({ "imported": imported, "failed": self.failed, "duplicates_ignored": ignored }))
    }
}

impl SaltEdge {
    pub(super) fn import_accounts(&mut self, call: &Call) -> Result<Answer, Refusal> {
        let data = &call.body["data"];
        let accounts = data["accounts"].as_array().map(Vec::as_slice).unwrap_or_default();
        few_enough(accounts, "body /data/accounts")?;
        let (_, bucket) = self.import_into(data)?;
        let mut outcome = Outcome::default();
        for account in accounts {
            let id = account["id"].as_str().unwrap_or_default();
            let problems = account_problems(account);
            if !problems.is_empty() {
                outcome.failed("account_id", id, &problems);
            } else if bucket.accounts.contains_key(id) {
                outcome.ignored += 1;
            } else {
                bucket.accounts.insert(id.to_owned(), account.clone());
                outcome.imported += 1;
            }
        }
        Ok(outcome.answer())
    }

    pub(super) fn import_transactions(&mut self, call: &Call) -> Result<Answer, Refusal> {
        let data = &call.body["data"];
        let transactions = data["transactions"].as_array().map(Vec::as_slice).unwrap_or_default();
        few_enough(transactions, "body /data/transactions")?;
        let (_, bucket) = self.import_into(data)?;
        let account = data["account_id"].as_str().unwrap_or_default();
        if !bucket.accounts.contains_key(account) {
            let problem = "the bucket has no account with this id";
            return Err(Refusal::code("InvalidParams", "body /data/account_id", problem));
        }
        let customer = bucket.customer;
        let mut outcome = Outcome::default();
        let mut taught = Vec::new();
        for transaction in transactions {
            let id = transaction["id"].as_str().unwrap_or_default();
            let problems = transaction_problems(transaction);
            let known = |(holder, known): &(String, Value)| holder == account && known["id"] == transaction["id"];
            if !problems.is_empty() {
                outcome.failed("transaction_id", id, &problems);
            } else if bucket.transactions.iter().any(known) {
                outcome.ignored += 1;
            } else {
                if transaction["action"] == json!("learn") {
                    taught.push(transaction);
                }
                bucket.transactions.push((account.to_owned(), transaction.clone()));
                outcome.imported += 1;
            }
        }
        for transaction in taught {
            let text = |name: &str| transaction[name].as_str().unwrap_or_default();
            self.lessons.teach(customer, text("description"), text("category"), true);
        }
        Ok(outcome.answer())
    }
}

/// Letters of a code.
fn capitals(value: &Value, count: usize) -> bool {
    value.as_str().is_some_and(|code| code.len() == count && code.bytes().all(|byte| byte.is_ascii_uppercase()))
}

fn account_problems(account: &Value) -> Vec<&'static str> {
    let mut problems = Vec::new();
    if account["id"] == json!("") {
        problems.push("Id is empty");
    }
    if !capitals(&account["country_code"], 2) {
        problems.push("Country code is no code of two capital letters");
    }
    if !capitals(&account["currency_code"], 3) {
        problems.push("Currency code is no code of three capital letters");
    }
    problems
}

fn transaction_problems(transaction: &Value) -> Vec<&'static str> {
    let mut problems = Vec::new();
    if transaction["id"] == json!("") {
        problems.push("Id is empty");
    }
    if transaction["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
        problems.push("Description is empty");
    }
    if transaction["action"] == json!("learn") && transaction["category"].as_str().is_none_or(str::is_empty) {
        problems.push("Category is missing, from which something is to be learned");
    }
    problems
}
