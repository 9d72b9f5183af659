//! What exactness costs: a page of 1,000 transactions, decoded by the client's type and by a floor.
//!
//! The floor is what one would write by hand without caring for exactness: serde's derive on a struct with the same
//! members, amounts as `f64`, closed enums, ids, dates and times as `String`, no member kept that is not listed. The
//! client's type reads the same page with exact amounts, parsed dates and times, open enums, tolerance of `null` and of
//! numbers for texts, a place for unlisted members, and a JSON pointer in every error.
//!
//! `cargo bench -p saltedge-client` prints both; compare the medians.
#![allow(missing_docs, clippy::unwrap_used)]

use std::fmt::Write;

use divan::{Bencher, black_box, counter::BytesCount};
use saltedge_client::runtime as rt;
use saltedge_client::types::TransactionPage;

mod floor;

fn main() {
    // glibc gives memory back to the kernel when more than a threshold is free, and takes it again page by page. One page
    // of transactions is about that much, so whichever contender crosses the threshold would pay for it in every round.
    // Freeing one large block raises the threshold, as it does in any program that has run for a while.
    drop(black_box(Vec::<u8>::with_capacity(31 << 20)));
    divan::main();
}

/// Small, fast, the same everywhere: a linear congruential generator.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % limit
    }

    fn one_of(&mut self, texts: &[&'static str]) -> &'static str {
        texts[self.below(texts.len() as u64) as usize]
    }
}

/// About 1.2 MB: 1,000 transactions with six amounts each.
fn page() -> String {
    let mut numbers = Numbers(20_260_101);
    let mut text = String::from(r#"{"data":["#);
    for row in 0..1000_u64 {
        if row > 0 {
            text.push(',');
        }
        transaction(&mut text, row, &mut numbers);
    }
    text.push_str(
        r#"],"meta":{"next_id":"499953315833003000","next_page":"/api/v6/transactions?from_id=499953315833003000"}}"#,
    );
    text
}

fn transaction(text: &mut String, row: u64, numbers: &mut Numbers) {
    let mode = numbers.one_of(&["normal", "normal", "normal", "fee", "transfer"]);
    let category = numbers.one_of(&["groceries", "paycheck", "car_rental", "uncategorized"]);
    let shop = numbers.one_of(&["Bakery at the corner", "Railway company", "Caf\u{e9} M\u{fc}ller", "Online shop"]);
    let (day, hour, minute) = (numbers.below(28) + 1, numbers.below(24), numbers.below(60));
    let (units, cents, share) = (numbers.below(5000), numbers.below(100), numbers.below(10_000));
    let (snapshot, price) = (numbers.below(1_000_000), numbers.below(100_000_000));
    write!(
        text,
        r#"{{"id":"4999533158{row:08}","account_id":"499953244512979380","duplicated":false,"mode":"{mode}","status":"posted","made_on":"2026-01-{day:02}","amount":-{units}.{cents:02},"currency_code":"EUR","description":"CARD PAYMENT {shop} {day:02}.01.2026 {hour:02}:{minute:02} TERMINAL {snapshot:08} REFERENCE {price:010} THANK YOU","category":"{category}","extra":{{"account_balance_snapshot":{snapshot}.{cents:02},"account_number":"DE89370400440532013000","additional":"Authorised with the card ending in {cents:04}, settled on the next business day","categorization_confidence":0.{share:04},"closing_balance":null,"end_to_end_id":"E2E-{price:012}-{row:06}","id":"bank-{price:010}-{row}","information":"Payment order {row:06} of the month, executed online, no fee charged","mcc":"{mcc:04}","merchant_id":"b5a1c2d3e4f5061728394a5b6c7d8e9fb5a1c2d3e4f5061728394a5b{row:08}","original_amount":-{units}.{share:04},"original_currency_code":"USD","payee":"{shop}","payee_information":"DE02120300000000202051 BYLADEM1001","payer":"Alex Sample","payer_information":"DE89370400440532013000 COBADEFFXXX","possible_duplicate":false,"posting_date":"2026-01-{day:02}","posting_time":"{hour:02}:{minute:02}:00","record_number":"RN-2026-{row:06}","tags":["card","{category}"],"time":"{hour:02}:{minute:02}:00","transfer_account_name":"Current account","type":"PMNT-CCRD-POSD","unit_price":{price}.{share:04},"units":{units}.{cents:02}0}},"created_at":"2026-01-{day:02}T{hour:02}:{minute:02}:05Z","updated_at":"2026-01-{day:02}T{hour:02}:{minute:02}:05.125Z"}}"#,
        mcc = 1000 + numbers.below(9000),
    )
    .unwrap();
}

#[divan::bench]
fn client(bencher: Bencher<'_, '_>) {
    let page = page();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench_local(|| rt::de::from_slice::<TransactionPage>(black_box(page.as_bytes())).unwrap());
}

#[divan::bench]
fn floor(bencher: Bencher<'_, '_>) {
    let page = page();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench_local(|| serde_json::from_slice::<floor::Page>(black_box(page.as_bytes())).unwrap());
}
