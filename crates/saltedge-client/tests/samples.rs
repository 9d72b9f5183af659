//! Every answer and callback that the reference prints: read into its type and written again, it is the same JSON.
//! Since the types keep only what they know, that also proves that they know every key.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use saltedge_client::runtime as rt;
use saltedge_client::types::*;

/// Where what is written differs from what was read, and why. Each must occur.
const DEVIATIONS: &[(&str, &str, &str)] = &[
    ("categorization-start.response.json", r#"/data/customer_id: 180 -> "180""#, ID_IS_TEXT),
    ("categorization-buckets-show.response.json", r#"/data/customer_id: 180 -> "180""#, ID_IS_TEXT),
    (
        "categorization-accounts-list.response.json",
        r#"/data/0/customer_id: 1170415646270294300 -> "1170415646270294300""#,
        ID_IS_TEXT,
    ),
    (
        "categorization-accounts-list.response.json",
        r#"/data/1/customer_id: 1170415646270294300 -> "1170415646270294300""#,
        ID_IS_TEXT,
    ),
    (
        "categorization-accounts-list.response.json",
        r#"/data/2/customer_id: 1170415646270294300 -> "1170415646270294300""#,
        ID_IS_TEXT,
    ),
    ("callback-provider-changes.json", r#"/meta/version: 5 -> "5""#, VERSION_IS_TEXT),
];
const ID_IS_TEXT: &str = "an id is text, whatever it was sent as";
const VERSION_IS_TEXT: &str = "all other callbacks send the version as text";

macro_rules! samples {
    ($($file:literal: $type:ty;)*) => {
        const SAMPLES: &[(&str, fn(&str) -> String)] = &[$(($file, again::<$type>)),*];
        const DECODED: &[(&str, fn(&str) -> String)] = &[$(($file, decoded::<$type>)),*];
    };
}

samples! {
    "countries-list.response.json": CountryList;
    "providers-list.response.json": ProviderPage;
    "providers-show.response.json": ProviderResponse;
    "customers-create.response.json": CustomerResponse;
    "customers-create-partner.response.json": CustomerResponse;
    "customers-list.response.json": CustomerPage;
    "customers-show.response.json": CustomerResponse;
    "customers-remove.response.json": CustomerRemovalResponse;
    "connections-list.response.json": ConnectionPage;
    "connections-show.response.json": ConnectionResponse;
    "connections-connect.response.json": ConnectSessionResponse;
    "connections-reconnect.response.json": ConnectSessionResponse;
    "connections-refresh.response.json": RefreshResponse;
    "connections-background-refresh.response.json": ConnectionResponse;
    "connections-remove.response.json": ConnectionRemovalResponse;
    "connections-update.response.json": ConnectionResponse;
    "consents-list.response.json": ConsentPage;
    "consents-show.response.json": ConsentResponse;
    "consents-revoke.response.json": ConsentResponse;
    "accounts-list.response.json": AccountPage;
    "transactions-list.response.json": TransactionPage;
    "transactions-update.response.json": TransactionsChangeResponse;
    "rates-list.response.json": RateList;
    "categorization-buckets-create.response.json": BucketResponse;
    "categorization-accounts-import.response.json": AccountImportResponse;
    "categorization-transactions-import.response.json": TransactionImportResponse;
    "categorization-start.response.json": CategorizationStartResponse;
    "categorization-transactions-list.response.json": BucketTransactionPage;
    "merchants-show.response.json": MerchantList;
    "categorization-customer-rules-list.response.json": CustomerRulePage;
    "categorization-buckets-show.response.json": BucketResponse;
    "categorization-buckets-remove.response.json": BucketRemovalResponse;
    "categorization-accounts-list.response.json": BucketAccountPage;
    "categorization-accounts-remove.response.json": BucketRemovalResponse;
    "categories-list.response.json": CategoryTreeResponse;
    "categories-list-by-type.response.json": CategoryTreeResponse;
    "categories-learn.response.json": LearnResponse;
    "reports-create.response.json": ReportResponse;
    "reports-list.response.json": ReportPage;
    "reports-show.response.json": ReportResponse;
    "reports-remove.response.json": ReportRemovalResponse;
    "callback-success.json": SuccessCallback;
    "callback-fail.json": FailCallback;
    "callback-notify.json": NotifyCallback;
    "callback-destroy.json": DestroyCallback;
    "callback-provider-changes.json": ProviderChangesCallback;
    "callback-categorization-finished.json": CategorizationFinishedCallback;
    "callback-report-success.json": ReportCallback;
    "report-object-report.json": ReportData;
    "report-object-balance.json": BalanceReport;
    "report-object-income-expense.json": CashFlowReport;
    "report-object-savings.json": SavingsReport;
    "report-object-expense-categories.json": ExpenseCategoriesReport;
    "report-object-income-categories.json": IncomeCategoriesReport;
    "report-object-inbound-transfers.json": TransfersReport;
    "report-object-outbound-transfers.json": TransfersReport;
}

/// Reads and writes a JSON text by way of a type.
fn again<T: for<'de> rt::Lenient<'de> + serde::Serialize>(text: &str) -> String {
    let value: T = rt::de::from_str(text).unwrap_or_else(|error| panic!("{error}"));
    serde_json::to_string(&value).unwrap()
}

fn decoded<T: for<'de> rt::Lenient<'de> + std::fmt::Debug>(text: &str) -> String {
    let value: T = rt::de::from_str(text).unwrap_or_else(|error| panic!("{error}"));
    support::outline(&value)
}

/// What a program sees of each sample: types, open enums, and what `Debug` hides.
#[test]
fn samples_decode_to_what_was_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/saltedge-client/decoded");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (file, decoded) in DECODED {
        let name = file.trim_end_matches(".json").trim_end_matches(".response");
        settings.bind(|| insta::assert_snapshot!(name, decoded(&support::sample(file))));
    }
}

#[test]
fn samples_come_out_as_they_went_in() {
    let mut found = Vec::new();
    for (file, again) in SAMPLES {
        let text = support::sample(file);
        let lines = support::differences(&text, &again(&text));
        found.extend(lines.into_iter().map(|line| format!("{file}{line}")));
    }
    let known: Vec<_> = DEVIATIONS.iter().map(|(file, line, _)| format!("{file}{line}")).collect();
    assert_eq!(found, known);
}

#[test]
fn the_table_is_complete() {
    let index = support::sample("index.json");
    let index: Vec<std::collections::BTreeMap<String, serde_json::Value>> = serde_json::from_str(&index).unwrap();
    let mut listed: Vec<_> = index
        .iter()
        .filter(|entry| ["response", "callback", "object"].iter().any(|kind| entry["kind"] == *kind))
        .map(|entry| entry["file"].as_str().unwrap())
        .collect();
    let mut covered: Vec<_> = SAMPLES.iter().map(|(file, _)| *file).collect();
    listed.sort_unstable();
    covered.sort_unstable();
    assert_eq!(listed, covered);
    for (file, line, reason) in DEVIATIONS {
        assert!(covered.contains(file), "`{line}` ({reason}) is about no sample");
    }
}
