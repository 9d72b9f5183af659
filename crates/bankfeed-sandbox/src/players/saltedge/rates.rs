//! What currencies are worth in US dollars.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::paging;
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{World, day};

/// Millionths of a dollar for one unit, before the day's deviation.
const CURRENCIES: &[(&str, u64)] = &[
    ("AED", 272_294),
    ("ARS", 704),
    ("AUD", 655_200),
    ("BGN", 555_700),
    ("BRL", 201_300),
    ("CAD", 731_900),
    ("CHF", 1_131_400),
    ("CLP", 1_058),
    ("CNY", 139_200),
    ("COP", 247),
    ("CZK", 43_400),
    ("DKK", 145_700),
    ("EUR", 1_086_900),
    ("GBP", 1_287_300),
    ("HUF", 2_730),
    ("ILS", 271_800),
    ("INR", 11_840),
    ("JPY", 6_690),
    ("MDL", 55_600),
    ("MXN", 53_700),
    ("NOK", 94_100),
    ("NZD", 602_100),
    ("PEN", 268_400),
    ("PLN", 252_600),
    ("RON", 218_500),
    ("SEK", 97_300),
    ("SGD", 746_800),
    ("TRY", 28_900),
    ("UAH", 24_100),
    ("USD", 1_000_000),
    ("ZAR", 54_300),
];

/// The first day of which rates are known.
const FIRST: &str = "2010-01-01";

/// Millionths of a dollar for one unit on a day.
pub(super) fn rate(world: &World, currency: &str, on: Date) -> Option<u64> {
    let (_, base) = CURRENCIES.iter().find(|(code, _)| *code == currency)?;
    if currency == "USD" {
        return Some(*base);
    }
    let parts = [on.year().unsigned_abs().into(), on.day_of_year().unsigned_abs().into()];
    // Within one percent to either side.
    let deviation = world.random(&format!("rate {currency}"), &parts).below(201);
    Some((base * (9_900 + deviation) / 10_000).max(1))
}

/// An amount of one currency in another, in cents.
pub(super) fn convert(world: &World, cents: i64, from: &str, to: &str, on: Date) -> Option<i64> {
    let (from, to) = (rate(world, from, on)?, rate(world, to, on)?);
    i64::try_from(i128::from(cents) * i128::from(from) / i128::from(to)).ok()
}

/// Millionths as a JSON number.
pub(super) fn millionths(value: u64) -> Value {
    serde_json::from_str(&format!("{}.{:06}", value / 1_000_000, value % 1_000_000)).unwrap_or_default()
}

pub(super) fn list(call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
    let today = day(scene.now);
    let on = call.text("date").and_then(|text| text.parse::<Date>().ok()).unwrap_or(today);
    if on > today || FIRST.parse::<Date>().is_ok_and(|first| on < first) {
        let problem = format!("has to be from {FIRST} to the sandbox's today, {today}");
        return Err(Refusal::code("DateOutOfRange", "query parameter date", problem));
    }
    let rates: Vec<Value> = CURRENCIES
        .iter()
        .filter_map(|(currency, _)| Some((currency, rate(scene.world, currency, on)?)))
        .map(|(currency, rate)| json!({ "currency_code": currency, "rate": millionths(rate), "fail": false }))
        .collect();
    Ok(paging::single(&Value::Array(rates)))
}
