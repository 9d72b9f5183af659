//! The page as serde's derive reads it, with floats.
#![allow(dead_code)]

use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub(crate) struct Page {
    data: Vec<Transaction>,
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    next_id: Option<String>,
    next_page: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Normal,
    Fee,
    Transfer,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Posted,
    Pending,
}

#[derive(Deserialize)]
struct Transaction {
    id: String,
    account_id: String,
    duplicated: Option<bool>,
    mode: Option<Mode>,
    status: Status,
    made_on: String,
    amount: f64,
    currency_code: String,
    description: Option<String>,
    category: Option<String>,
    extra: Option<Extra>,
    created_at: Option<String>,
    updated_at: Option<String>,
}

#[derive(Deserialize)]
struct Extra {
    account_balance_snapshot: Option<f64>,
    account_number: Option<String>,
    additional: Option<String>,
    asset_amount: Option<f64>,
    asset_code: Option<String>,
    categorization_confidence: Option<f64>,
    check_number: Option<String>,
    closing_balance: Option<f64>,
    constant_code: Option<String>,
    convert: Option<bool>,
    customer_category_code: Option<String>,
    customer_category_name: Option<String>,
    end_to_end_id: Option<String>,
    exchange_rate: Option<Box<RawValue>>,
    id: Option<String>,
    information: Option<String>,
    installment_debt_amount: Option<f64>,
    mcc: Option<String>,
    merchant_id: Option<String>,
    opening_balance: Option<f64>,
    original_amount: Option<f64>,
    original_category: Option<String>,
    original_currency_code: Option<String>,
    original_subcategory: Option<String>,
    payee: Option<String>,
    payee_information: Option<String>,
    payer: Option<String>,
    payer_information: Option<String>,
    possible_duplicate: Option<bool>,
    posted_by_aspsp: Option<bool>,
    posting_date: Option<String>,
    posting_time: Option<String>,
    record_number: Option<String>,
    specific_code: Option<String>,
    tags: Option<Vec<String>>,
    time: Option<String>,
    transfer_account_name: Option<String>,
    #[serde(rename = "type")]
    type_: Option<String>,
    unit_price: Option<f64>,
    units: Option<f64>,
    variable_code: Option<String>,
}
