//! What exactness costs: a page of 1000 transactions, decoded into floats and into amounts.
//!
//! `cargo bench -p bankfeed-runtime` prints medians and their ratio to the plain derive with `f64`.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use bankfeed_runtime as rt;

macro_rules! page {
    ($module:ident, $number:ty, $text:ty, $date:ty, [$($derive:path),*], $($reading:item)*) => {
        mod $module {
            #[allow(unused_imports)]
            use super::*;

            #[derive($($derive),*)]
            #[allow(dead_code)]
            pub(super) struct Transaction {
                id: $text,
                account_id: $text,
                status: $text,
                mode: $text,
                made_on: $date,
                amount: $number,
                currency_code: $text,
                description: $text,
                category: Option<$text>,
                duplicated: bool,
                extra: Extra,
                created_at: $text,
                updated_at: $text,
            }

            #[derive($($derive),*)]
            #[allow(dead_code)]
            pub(super) struct Extra {
                record_number: Option<$text>,
                information: Option<$text>,
                time: Option<$text>,
                posting_date: Option<$date>,
                payee: Option<$text>,
                payer: Option<$text>,
                account_balance_snapshot: Option<$number>,
                categorization_confidence: Option<$number>,
                original_amount: Option<$number>,
                original_currency_code: Option<$text>,
                exchange_rate: Option<$number>,
                units: Option<$number>,
                merchant_id: Option<$text>,
                end_to_end_id: Option<$text>,
            }

            #[derive($($derive),*)]
            pub(super) struct Page {
                pub(super) data: Vec<Transaction>,
            }

            $($reading)*
        }
    };
}

page!(floats, f64, String, String, [serde::Deserialize],);
page!(derived, rt::Amount, String, String, [serde::Deserialize],);
page!(lenient, rt::Amount, String, String, [],
    rt::object!(Transaction { id: "id", account_id: "account_id", status: "status", mode: "mode", made_on: "made_on",
        amount: "amount", currency_code: "currency_code", description: "description", category: "category",
        duplicated: "duplicated", extra: "extra", created_at: "created_at", updated_at: "updated_at" });
    rt::object!(Extra { record_number: "record_number", information: "information", time: "time",
        posting_date: "posting_date", payee: "payee", payer: "payer",
        account_balance_snapshot: "account_balance_snapshot", categorization_confidence: "categorization_confidence",
        original_amount: "original_amount", original_currency_code: "original_currency_code",
        exchange_rate: "exchange_rate", units: "units", merchant_id: "merchant_id", end_to_end_id: "end_to_end_id" });
    rt::object!(Page { data: "data" });
);
page!(typed, rt::Amount, rt::Id, rt::Date, [],
    rt::object!(Transaction { id: "id", account_id: "account_id", status: "status", mode: "mode", made_on: "made_on",
        amount: "amount", currency_code: "currency_code", description: "description", category: "category",
        duplicated: "duplicated", extra: "extra", created_at: "created_at", updated_at: "updated_at" });
    rt::object!(Extra { record_number: "record_number", information: "information", time: "time",
        posting_date: "posting_date", payee: "payee", payer: "payer",
        account_balance_snapshot: "account_balance_snapshot", categorization_confidence: "categorization_confidence",
        original_amount: "original_amount", original_currency_code: "original_currency_code",
        exchange_rate: "exchange_rate", units: "units", merchant_id: "merchant_id", end_to_end_id: "end_to_end_id" });
    rt::object!(Page { data: "data" });
);

fn document() -> String {
    let row = |index: u64| {
        let cents = index * 7919 % 100;
        format!(
            r#"{{"id":"4999532445129{index:05}","account_id":"333333333333333333","status":"posted","mode":"normal","made_on":"2026-01-{day:02}","amount":-{index}.{cents:02},"currency_code":"EUR","description":"Card payment at a shop in the old town, number {index}, thank you for coming and see you again soon","category":"groceries","duplicated":false,"extra":{{"record_number":"RN-2026-01-{index:06}","information":"CARD 1234 XXXX XXXX 5678 / REF {index:08} / A LONGER LINE OF TEXT AS BANKS PRINT THEM ON STATEMENTS","time":"10:00:00","posting_date":"2026-01-{day:02}","payee":"A shop in the old town","payer":"Somebody with a name","account_balance_snapshot":98765{index}.{cents:02},"categorization_confidence":0.{cents:02},"original_amount":{index}.{cents:02},"original_currency_code":"USD","exchange_rate":0.27226522{index:04},"units":12345.{cents:02},"merchant_id":"b5a1c2d3e4f5061728394a5b6c7d8e9fb5a1c2d3e4f5061728394a5b6c7d8e9f","end_to_end_id":"E2E-{index:012}"}},"created_at":"2026-01-01T10:00:00Z","updated_at":"2026-01-02T11:30:00.000Z"}}"#,
            day = index % 28 + 1
        )
    };
    let rows: Vec<String> = (0..1000).map(row).collect();
    format!(r#"{{"data":[{}]}}"#, rows.join(","))
}

fn median(mut runs: Vec<Duration>) -> f64 {
    runs.sort();
    runs[runs.len() / 2].as_secs_f64() * 1000.0
}

fn main() {
    let text = document();
    let bytes = text.as_bytes();
    let contenders: [(&str, &dyn Fn() -> usize); 4] = [
        ("f64, derive", &|| serde_json::from_slice::<floats::Page>(bytes).unwrap().data.len()),
        ("Amount, derive", &|| serde_json::from_slice::<derived::Page>(bytes).unwrap().data.len()),
        ("Amount, object!", &|| rt::de::from_slice::<lenient::Page>(bytes).unwrap().data.len()),
        ("Amount, Id, Date, object!", &|| rt::de::from_slice::<typed::Page>(bytes).unwrap().data.len()),
    ];
    let mut runs = [(); 4].map(|()| Vec::new());
    // In turns, so that a busy machine slows all alike.
    for _ in 0..300 {
        for ((_, decode), runs) in contenders.iter().zip(&mut runs) {
            let start = Instant::now();
            black_box(decode());
            runs.push(start.elapsed());
        }
    }
    println!("{} bytes", bytes.len());
    let medians = runs.map(median);
    for ((name, _), ms) in contenders.iter().zip(medians) {
        println!("{name:<28}{ms:>8.3} ms {:>6.2}", ms / medians[0]);
    }
}
