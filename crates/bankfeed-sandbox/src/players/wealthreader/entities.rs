//! The banks that can be read.

use serde_json::{Value, json};

use crate::world::{Institution, Region, World};

/// The list. The last bank is not tested, so that the filter has something to leave out.
pub(super) fn list(world: &World, only_tested: bool) -> Value {
    let banks = world.institutions(Region::Spain);
    let tested = banks.iter().map(entity);
    let untested = (!only_tested).then(|| {
        json!({
            "code": "bancosinprobar",
            "name": "Banco sin Probar",
            "logo": "https://cdn.example.com/bancosinprobar.svg",
            "color": "#8d99ae",
            "inputs": inputs(),
        })
    });
    Value::Array(tested.chain(untested).collect())
}

fn entity(bank: &Institution) -> Value {
    json!({
        "code": bank.code,
        "name": bank.name,
        "logo": format!("https://cdn.example.com/{}.svg", bank.code),
        "color": bank.colour,
        "inputs": inputs(),
    })
}

fn inputs() -> Value {
    json!({
        "document_type": { "required": false, "name": "DNI;Pasaporte" },
        "user": { "required": true, "name": "Usuario" },
        "password": { "required": true, "name": "Clave de acceso" },
    })
}

/// The index of a bank among those of Spain.
pub(super) fn index(world: &World, code: &str) -> Option<usize> {
    world.institutions(Region::Spain).iter().position(|bank| bank.code == code)
}

/// The code of a bank.
pub(super) fn code(world: &World, index: usize) -> &'static str {
    world.institutions(Region::Spain).get(index).map_or("", |bank| bank.code)
}
