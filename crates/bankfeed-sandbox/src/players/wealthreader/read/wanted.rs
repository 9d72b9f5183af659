//! Which of a user's products a read asks for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value;

use crate::playbook::{Fragment, Schemas};
use crate::refusal::Refusal;

/// What is asked for.
pub(in super::super) struct Wanted {
    /// Product types; empty means all.
    products: BTreeSet<String>,
    /// First day of movements; `None` means everything the bank has.
    from: Option<Date>,
    /// Last day of installments to come.
    pub(super) to: Option<Date>,
    only_balances: bool,
    /// Accounts and cards by their ids, where only some are wanted.
    accounts: Option<BTreeMap<String, One>>,
    cards: Option<BTreeMap<String, One>>,
    documents: BTreeSet<String>,
    /// More detail on each movement.
    pub(super) details: bool,
}

/// What is asked for of one account or card.
#[derive(Clone, Default)]
struct One {
    only_balances: Option<bool>,
    from: Option<Date>,
    documents: BTreeSet<String>,
}

/// What is asked for of an account or card, with everything taken into account.
pub(super) struct Slice<'a> {
    pub(super) only_balances: bool,
    pub(super) from: Option<Date>,
    documents: [&'a BTreeSet<String>; 2],
}

impl Slice<'_> {
    /// Movements whose document is wanted.
    pub(super) fn documents(&self) -> BTreeSet<String> {
        self.documents.iter().flat_map(|documents| documents.iter().cloned()).collect()
    }
}

static NO_DOCUMENTS: BTreeSet<String> = BTreeSet::new();

impl Wanted {
    /// From a form, or from a connection of a batch, where lists are text with commas.
    pub(in super::super) fn read(body: &Value, today: Date, schemas: &Schemas) -> Result<Self, Refusal> {
        let products: BTreeSet<String> = texts(&body["product_types"]).collect();
        let from = date(&body["date_from"]);
        if from.is_some_and(|from| from >= today) {
            return Err(Refusal::code("2", "field date_from", "has to lie before today"));
        }
        let to = date(&body["date_to"]);
        if to.is_some_and(|to| to <= today) {
            return Err(Refusal::code("2", "field date_to", "has to lie after today"));
        }
        let everything = body["force_historic_transactions"] == Value::Bool(true);
        let yesterday = today.saturating_sub(jiff::Span::new().days(1));
        let required = required(&body["required_products_schema"], schemas)?;
        let some = |name: &str| required.as_ref().map(|required| ones(&required[name]));
        Ok(Self {
            products: if products.contains("ALL") { BTreeSet::new() } else { products },
            from: if everything { None } else { Some(from.unwrap_or(yesterday)) },
            to,
            only_balances: body["only_balances"] == Value::Bool(true),
            accounts: some("ACCOUNTS"),
            cards: some("CARDS"),
            documents: texts(&body["add_pdf_from_uuids"]).collect(),
            details: body["fetch_transaction_details"] == Value::Bool(true),
        })
    }

    /// Whether a product type is wanted. Where single accounts and cards are named, nothing else is.
    pub(super) fn includes(&self, product: &str) -> bool {
        let named = self.accounts.is_none() || matches!(product, "accounts" | "cards");
        named && (self.products.is_empty() || self.products.contains(product))
    }

    /// What comes with all products: no type of its own asks for it.
    pub(super) fn includes_rest(&self) -> bool {
        self.accounts.is_none() && self.products.is_empty()
    }

    /// First day of movements.
    pub(super) fn from(&self) -> Option<Date> {
        self.from
    }

    /// What is wanted of an account; `None` when it is not.
    pub(super) fn account(&self, uuid: &str) -> Option<Slice<'_>> {
        self.slice(self.accounts.as_ref(), uuid)
    }

    /// What is wanted of a card; `None` when it is not.
    pub(super) fn card(&self, uuid: &str) -> Option<Slice<'_>> {
        self.slice(self.cards.as_ref(), uuid)
    }

    fn slice<'a>(&'a self, among: Option<&'a BTreeMap<String, One>>, uuid: &str) -> Option<Slice<'a>> {
        let one = match among {
            None => None,
            Some(ones) => Some(ones.get(uuid)?),
        };
        Some(Slice {
            only_balances: one.and_then(|one| one.only_balances).unwrap_or(self.only_balances),
            from: one.and_then(|one| one.from).or(self.from),
            documents: [&self.documents, one.map_or(&NO_DOCUMENTS, |one| &one.documents)],
        })
    }

    /// Ids of accounts and cards that are named.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter().chain(&self.cards).flat_map(|ones| ones.keys().map(String::as_str))
    }

    /// Ids of all movements whose document is wanted.
    pub(super) fn all_documents(&self) -> impl Iterator<Item = &str> {
        let of_ones = self.accounts.iter().flat_map(|ones| ones.values()).flat_map(|one| &one.documents);
        self.documents.iter().chain(of_ones).map(String::as_str)
    }
}

fn required(value: &Value, schemas: &Schemas) -> Result<Option<Value>, Refusal> {
    const PLACE: &str = "field required_products_schema";
    let value = match value {
        Value::Null => return Ok(None),
        Value::String(text) => {
            serde_json::from_str(text).map_err(|_| Refusal::code("2", PLACE, "is not JSON in text"))?
        }
        other => other.clone(),
    };
    let mismatch = schemas.check(&Fragment::of("RequiredProducts"), &value).err();
    match mismatch {
        Some(mismatch) => Err(Refusal::code("2", format!("{PLACE} {}", mismatch.pointer), mismatch.problem)),
        None => Ok(Some(value)),
    }
}

fn ones(value: &Value) -> BTreeMap<String, One> {
    let members = value.as_object().into_iter().flatten();
    members
        .map(|(uuid, one)| {
            let one = One {
                only_balances: one["only_balances"].as_bool(),
                from: date(&one["date_from"]),
                documents: texts(&one["add_pdf_from_uuids"]).collect(),
            };
            (uuid.clone(), one)
        })
        .collect()
}

/// The texts of a list, or of a text with commas.
fn texts(value: &Value) -> impl Iterator<Item = String> {
    let list = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    let joined = value.as_str().into_iter().flat_map(|text| text.split(','));
    list.chain(joined).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn date(value: &Value) -> Option<Date> {
    value.as_str()?.parse().ok()
}
