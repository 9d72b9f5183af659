//! Shops by their ids.

use serde_json::{Value, json};

use super::paging;
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{Merchant, Region, World};

/// As it stands in the extra fields of transactions.
pub(super) fn id(world: &World, merchant: &Merchant) -> String {
    world.random(&format!("saltedge merchant {}", merchant.name), &[]).hex(64)
}

pub(super) fn show(call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
    let known = scene.world.merchants(Region::Europe);
    let ids = call.body["data"]["merchant_ids"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut found = Vec::new();
    for wanted in ids {
        if let Some(merchant) = known.iter().find(|merchant| id(scene.world, merchant) == wanted) {
            found.push(write(scene.world, merchant));
        }
    }
    if found.is_empty() {
        return Err(Refusal::code("RecordNotFound", "body /data/merchant_ids", "no merchant has one of these ids"));
    }
    Ok(paging::single(&Value::Array(found)))
}

fn write(world: &World, merchant: &Merchant) -> Value {
    let plain: String = merchant.name.chars().filter_map(transliterated).collect();
    let site = plain.to_lowercase().replace(' ', "-");
    let mut random = world.random("saltedge shop", &[merchant.name.len() as u64, merchant.mcc.len() as u64]);
    json!({
        "id": id(world, merchant),
        "names": [
            { "mode": "name", "value": merchant.name },
            { "mode": "transliterated_name", "value": plain },
        ],
        "contact": [{ "mode": "website", "value": format!("https://{site}.example") }],
        "address": {
            "city": "Leipzig",
            "street": "Marktstraße",
            "street_number": random.between(1, 90).to_string(),
            "post_code": random.digits(5),
            "country_code": "DE",
        },
    })
}

fn transliterated(char: char) -> Option<char> {
    Some(match char {
        'ä' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        'é' => 'e',
        'ß' => 's',
        other => return other.is_ascii().then_some(other),
    })
}
