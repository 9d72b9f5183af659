//! Accounts and transactions from elsewhere, sorted into buckets and categorized there.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::ids::{self, Kind};
use super::{SaltEdge, callbacks, categories, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{Category, Region, World};

/// Most objects in one import. The documents name no number.
pub(super) const MOST_AT_ONCE: usize = 1_000;

/// By the name that the client gave.
pub(super) type Buckets = BTreeMap<String, Bucket>;

pub(super) struct Bucket {
    pub(super) customer: u64,
    status: &'static str,
    /// `personal` or `business`, once it was started.
    kind: String,
    /// Accounts as they were imported, by the client's id.
    pub(super) accounts: BTreeMap<String, Value>,
    /// In the order in which they came, each with the account's id.
    pub(super) transactions: Vec<(String, Value)>,
}

fn invalid(place: &str, problem: &str) -> Refusal {
    Refusal::code("InvalidParams", place, problem)
}

/// Lists of objects that are longer than what is taken at once.
pub(super) fn few_enough(objects: &[Value], place: &str) -> Result<(), Refusal> {
    match objects.len() {
        0 => Err(Refusal::code("MissingParams", place, "is empty")),
        1..=MOST_AT_ONCE => Ok(()),
        _ => Err(Refusal::code("TooManyImportObjectsError", place, format!("takes {MOST_AT_ONCE} at once"))),
    }
}

impl SaltEdge {
    pub(super) fn create_bucket(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let data = &call.body["data"];
        let id = data["customer_id"].as_str().unwrap_or_default();
        let customer = ids::read(scene.world, Kind::Customer, id)
            .and_then(|number| self.customers.get(scene.world, number))
            .ok_or_else(|| invalid("body /data/customer_id", "no customer has this id"))?;
        let name = data["bucket_id"].as_str().unwrap_or_default();
        if name.is_empty() || name.len() > 255 {
            return Err(invalid("body /data/bucket_id", "has to have 1 to 255 characters"));
        }
        if self.buckets.contains_key(name) {
            let problem = "there is a bucket with this id already";
            return Err(Refusal::code("DuplicatedRecord", "body /data/bucket_id", problem));
        }
        let bucket = Bucket {
            customer: customer.number,
            status: "pending",
            kind: String::new(),
            accounts: BTreeMap::new(),
            transactions: Vec::new(),
        };
        self.buckets.insert(name.to_owned(), bucket);
        Ok(paging::single(&json!({ "bucket_id": name, "customer_id": id, "status": "pending" })))
    }

    pub(super) fn show_bucket(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let name = call.segment("bucket_id");
        let bucket = self.buckets.get(name).ok_or_else(no_bucket)?;
        Ok(paging::single(&json!({
            "bucket_id": name,
            "customer_id": whole(scene.world, bucket.customer),
            "status": bucket.status,
            "mode": "test",
        })))
    }

    pub(super) fn remove_bucket(&mut self, call: &Call) -> Result<Answer, Refusal> {
        let name = call.segment("bucket_id");
        self.buckets.remove(name).ok_or_else(no_bucket)?;
        Ok(removed(name))
    }

    pub(super) fn start_categorization(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let name = call.segment("bucket_id");
        let bucket = self.buckets.get_mut(name).ok_or_else(|| invalid("path bucket_id", "no bucket has this id"))?;
        if bucket.transactions.is_empty() {
            return Err(Refusal::code("ActionNotAllowed", "path bucket_id", "the bucket holds no transactions yet"));
        }
        call.body["data"]["categorization_type"].as_str().unwrap_or("personal").clone_into(&mut bucket.kind);
        // Done before anybody can look, whatever the answer says: the callback is on its way.
        bucket.status = "completed";
        let customer = whole(scene.world, bucket.customer);
        callbacks::categorized(name, scene);
        Ok(paging::single(&json!({ "status": "processing", "customer_id": customer })))
    }

    /// The bucket that an import names.
    pub(super) fn import_into(&mut self, data: &Value) -> Result<(&str, &mut Bucket), Refusal> {
        let name = data["bucket_id"].as_str().unwrap_or_default();
        let found = self.buckets.iter_mut().find(|(known, _)| *known == name);
        let (name, bucket) = found.ok_or_else(|| invalid("body /data/bucket_id", "no bucket has this id"))?;
        // What comes later is categorized when that is asked for again.
        bucket.status = "pending";
        Ok((name, bucket))
    }

    pub(super) fn list_bucket_accounts(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let world = scene.world;
        let chosen = self.chosen_buckets(call, world)?;
        let mut accounts: Vec<(&str, &str, &Value, u64)> = Vec::new();
        for (name, bucket) in chosen {
            let of_bucket = bucket.accounts.iter();
            accounts.extend(of_bucket.map(|(id, account)| (id.as_str(), name, account, bucket.customer)));
        }
        accounts.sort_unstable_by_key(|(id, name, _, _)| (*id, *name));
        let from = call.text("from_id").unwrap_or_default();
        let mut rest = accounts.into_iter().skip_while(|(id, ..)| *id < from).peekable();
        let size = paging::size(call)?;
        let mut data = Vec::new();
        let mut last = None;
        // An id that stands in several buckets is not split between pages, which go on by ids.
        while let Some((id, name, account, customer)) = rest.next_if(|(id, ..)| data.len() < size || Some(*id) == last)
        {
            data.push(written(world, id, name, account, customer));
            last = Some(id);
        }
        Ok(paging::page(call, data, rest.next().map(|(id, ..)| id.to_owned())))
    }

    pub(super) fn remove_bucket_account(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let id = call.segment("account_id");
        let names: Vec<String> =
            self.chosen_buckets(call, scene.world)?.into_iter().map(|(name, _)| name.to_owned()).collect();
        for name in names {
            if let Some(bucket) = self.buckets.get_mut(&name)
                && bucket.accounts.remove(id).is_some()
            {
                bucket.transactions.retain(|(account, _)| account != id);
                return Ok(removed(&name));
            }
        }
        Err(invalid("path account_id", "no account has this id there"))
    }

    /// Buckets by `bucket_id`, `customer_id` or both.
    fn chosen_buckets(&self, call: &Call, world: &World) -> Result<Vec<(&str, &Bucket)>, Refusal> {
        let (name, customer) = (call.text("bucket_id"), call.text("customer_id"));
        if name.is_none() && customer.is_none() {
            let problem = "bucket_id, customer_id or both are required";
            return Err(Refusal::code("MissingParams", "query", problem));
        }
        let number = customer.map(|id| ids::read(world, Kind::Customer, id));
        if number == Some(None) {
            return Err(invalid("query parameter customer_id", "no customer has this id"));
        }
        let chosen = self.buckets.iter().filter(|(known, bucket)| {
            name.is_none_or(|name| name == known.as_str())
                && number.is_none_or(|number| number == Some(bucket.customer))
        });
        let chosen: Vec<_> = chosen.map(|(name, bucket)| (name.as_str(), bucket)).collect();
        if name.is_some() && chosen.is_empty() {
            return Err(invalid("query parameter bucket_id", "no bucket has this id"));
        }
        Ok(chosen)
    }

    pub(super) fn list_bucket_transactions(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let chosen = self.chosen_buckets(call, scene.world)?;
        let Some((_, bucket)) = chosen.first() else { return Ok(paging::page(call, Vec::new(), None)) };
        if bucket.status != "completed" {
            let problem = "the bucket has not been categorized: start it, and wait for the callback";
            return Err(Refusal::code("ActionNotAllowed", "query parameter bucket_id", problem));
        }
        let account = call.text("account_id");
        if account.is_some_and(|id| !bucket.accounts.contains_key(id)) {
            return Err(invalid("query parameter account_id", "no account has this id in the bucket"));
        }
        let mut listed: Vec<(&str, &Value)> = Vec::new();
        for (holder, transaction) in &bucket.transactions {
            let id = transaction["id"].as_str().unwrap_or_default();
            if account.is_some_and(|account| account != holder) {
                continue;
            }
            match listed.iter_mut().find(|(known, _)| call.flag("unique") && *known == id) {
                Some(former) => former.1 = transaction,
                None => listed.push((id, transaction)),
            }
        }
        listed.sort_by_key(|(id, _)| *id);
        let from = call.text("from_id").unwrap_or_default();
        let mut rest = listed.into_iter().skip_while(|(id, _)| *id < from).peekable();
        let size = paging::size(call)?;
        let mut data = Vec::new();
        let mut last = None;
        while let Some((id, transaction)) = rest.next_if(|(id, _)| data.len() < size || Some(*id) == last) {
            data.push(self.categorized(bucket, transaction, scene.world));
            last = Some(id);
        }
        Ok(paging::page(call, data, rest.next().map(|(id, _)| id.to_owned())))
    }

    fn categorized(&self, bucket: &Bucket, transaction: &Value, world: &World) -> Value {
        let mut value = json!({ "transaction_id": transaction["id"] });
        for name in ["description", "amount", "mcc", "payee", "payee_information", "payer", "payer_information", "type"]
        {
            if let Some(member) = transaction.get(name) {
                value[name] = member.clone();
            }
        }
        let description = transaction["description"].as_str().unwrap_or_default();
        let category = match self.lessons.category(bucket.customer, description) {
            Some(learned) => Some(learned),
            None => guessed(transaction, &bucket.kind, world),
        };
        // What nobody knows has no category at all.
        if let Some(category) = category {
            value["category"] = json!(category);
        }
        value["made_on"] = transaction["made_on"].clone();
        value
    }
}

/// By what the shop sells, or by words of the description.
fn guessed(transaction: &Value, kind: &str, world: &World) -> Option<&'static str> {
    let merchants = world.merchants(Region::Europe);
    if let Some(shop) = merchants.iter().find(|shop| transaction["mcc"] == json!(shop.mcc)) {
        return Some(categories::of(shop.category, kind));
    }
    let description = transaction["description"].as_str().unwrap_or_default().to_lowercase();
    let words = [
        ("salary", Category::Salary),
        ("rent", Category::Rent),
        ("fee", Category::Fee),
        ("interest", Category::Interest),
        ("insurance", Category::Insurance),
        ("transfer", Category::Transfer),
    ];
    let word = words.iter().find(|(word, _)| description.split_whitespace().any(|said| said == *word));
    word.map(|(_, category)| categories::of(*category, kind))
}

fn written(world: &World, id: &str, bucket: &str, account: &Value, customer: u64) -> Value {
    let mut value = json!({
        "bucket_id": bucket,
        "account_id": id,
        "customer_id": whole(world, customer),
        "country_code": account["country_code"],
        "currency_code": account["currency_code"],
    });
    if let Some(nature) = account.get("nature") {
        value["nature"] = nature.clone();
    }
    value["provider_code"] = account["provider_code"].clone();
    value["holder_name"] = account["holder_name"].clone();
    value["external_id"] = Value::Null;
    value["extra"] = account.get("extra").cloned().unwrap_or_else(|| json!({}));
    value
}

/// A customer's id as a number: so these answers have it, beyond what doubles can tell apart.
fn whole(world: &World, customer: u64) -> u64 {
    ids::id(world, Kind::Customer, customer)
}

fn no_bucket() -> Refusal {
    Refusal::code("RecordNotFound", "path bucket_id", "no bucket has this id")
}

/// The text and not the boolean.
fn removed(bucket: &str) -> Answer {
    paging::single(&json!({ "bucket_id": bucket, "deleted": "true" }))
}
