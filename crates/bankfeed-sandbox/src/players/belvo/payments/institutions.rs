//! Banks that payments can be made from: each one for persons and once more for companies.

use serde_json::{Map, Value, json};

use super::mint::{Kind, Mint};
use crate::world::{Region, World};

/// A bank, for one kind of customers.
pub(super) struct Institution {
    pub(super) id: String,
    /// Its number in the Brazilian payment system.
    pub(super) code: String,
    /// Whose accounts it holds.
    pub(super) holders: &'static str,
    pub(super) name: String,
    pub(super) display_name: &'static str,
    colour: &'static str,
    place: usize,
}

/// Whether a document is that of a person or of a company.
pub(super) fn customer_type(identifier: &str) -> &'static str {
    if identifier.len() == 14 { "BUSINESS" } else { "INDIVIDUAL" }
}

impl Institution {
    pub(super) fn all(world: &World, mint: &mut Mint) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for holders in ["INDIVIDUAL", "BUSINESS"] {
            for bank in world.institutions(Region::Brazil) {
                let company = holders == "BUSINESS";
                all.push(Self {
                    id: mint.id(Kind::Institution),
                    code: format!("99999{}", bank.number),
                    holders,
                    name: if company { bank.code.replace("_retail", "_business") } else { bank.code.to_owned() },
                    display_name: bank.name,
                    colour: bank.colour,
                    place: all.len() + 1,
                });
            }
        }
        all
    }

    /// The record of the list.
    pub(super) fn show(&self) -> Value {
        let mut shown = self.members();
        shown.insert("code".to_owned(), json!(self.code));
        shown.insert("institution_type".to_owned(), json!(self.holders));
        Value::Object(shown)
    }

    /// The record within the next steps of payments, which tells less.
    pub(super) fn show_in_step(&self) -> Value {
        Value::Object(self.members())
    }

    fn members(&self) -> Map<String, Value> {
        let media = |kind: &str| format!("https://media.example/logos/{}{kind}.svg", self.name);
        let shown = json!({
            "id": self.id,
            "active": true,
            "name": self.name,
            "display_name": self.display_name,
            "legal_entity_name": format!("{} S.A.", self.display_name),
            "website": format!("https://{}.example", self.name.replace('_', "-")),
            "logo": media(""),
            "icon_logo": media("_icon"),
            "text_logo": media("_text"),
            "primary_color": self.colour,
            "country": "BRA",
            "form_fields": [],
            "sort_priority": self.place,
            "description": null,
        });
        match shown {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }
}
