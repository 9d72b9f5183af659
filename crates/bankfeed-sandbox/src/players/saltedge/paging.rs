//! Lists by ascending id, page by page.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;

/// Records on a page unless the request says otherwise. The documents name neither this nor the most.
const USUAL: u64 = 100;
const MOST: u64 = 1_000;

/// How many records are wanted.
pub(super) fn size(call: &Call) -> Result<usize, Refusal> {
    let asked = call.query.get("per_page").map(|value| value.as_u64().unwrap_or(0));
    match asked.unwrap_or(USUAL) {
        size @ 1..=MOST => Ok(usize::try_from(size).unwrap_or(1)),
        _ => {
            let problem = format!("has to be from 1 to {MOST}");
            Err(Refusal::code("WrongRequestFormat", "query parameter per_page", problem))
        }
    }
}

/// The id from which on records are wanted; 0 for all.
pub(super) fn from(call: &Call) -> Result<u64, Refusal> {
    let Some(text) = call.text("from_id") else { return Ok(0) };
    text.parse().map_err(|_| Refusal::code("WrongRequestFormat", "query parameter from_id", "is no id: digits alone"))
}

/// A page whose records are at hand, and the id of the record after them.
pub(super) fn page(call: &Call, data: Vec<Value>, next: Option<String>) -> Answer {
    let next_page = next.as_ref().map(|next| {
        let mut query = Vec::new();
        for (name, value) in &call.query {
            if name != "from_id" {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                query.push(format!("{name}={}", encoded(&text)));
            }
        }
        query.push(format!("from_id={}", encoded(next)));
        format!("{}?{}", call.received.path, query.join("&"))
    });
    Answer::json(200, json!({ "data": data, "meta": { "next_id": next, "next_page": next_page } }))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// A page of records that come by ascending id.
pub(super) fn listed<T>(
    call: &Call,
    records: impl IntoIterator<Item = (u64, T)>,
    write: impl Fn(T) -> Value,
) -> Result<Answer, Refusal> {
    let (from, size) = (from(call)?, size(call)?);
    let mut rest = records.into_iter().skip_while(|(id, _)| *id < from);
    let data = rest.by_ref().take(size).map(|(_, record)| write(record)).collect();
    Ok(page(call, data, rest.next().map(|(id, _)| id.to_string())))
}

/// `{"data": …}`.
pub(super) fn single(data: &Value) -> Answer {
    Answer::json(200, json!({ "data": data }))
}
