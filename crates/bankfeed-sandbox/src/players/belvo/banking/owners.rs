//! Whose link it is, as the institution knows them.

use serde_json::{Value, json};

use super::accounts;
use crate::players::belvo::institution::Family;
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::{AccountKind, day, number};

pub(in super::super) fn runs(view: &View, seat: &Seat) -> Vec<Run> {
    let (view, seat) = (view.clone(), seat.clone());
    vec![Run::few(1, move |index| record(&view, &seat, index))]
}

fn record(view: &View, seat: &Seat, index: u64) -> Value {
    let person = seat.holder(view);
    let mut random = view.world.random("belvo owner", &[seat.person]);
    let name = person.full_name();
    let address = format!("{}, {}", person.street, person.city);
    let employer = random.digits(14);
    let current =
        accounts::one(view, seat, AccountKind::Current).filter(|_| seat.institution.family == Family::Banking);
    let since = current.as_ref().map_or(day(seat.created), |account| account.opened_on);
    let products: Vec<Value> = current
        .iter()
        .map(|account| {
            let (digits, check) = account.identifier.split_once('-').unwrap_or((&account.identifier, ""));
            json!({
                "type": "CHECKING_ACCOUNT",
                "subtype": "INDIVIDUAL",
                "agency": accounts::branch(account),
                "clearing_code": random.digits(3),
                "number": digits,
                "check_digit": check,
            })
        })
        .collect();
    let income = random.between(30, 160) * 10_000;
    json!({
        "id": view.ids.uuid(kind::OWNER, seat.number, index),
        "link": seat.id,
        "internal_identification": random.hex(8),
        "collected_at": seat.seen.to_string(),
        "created_at": seat.created.to_string(),
        "display_name": name,
        "social_name": null,
        "birth_date": person.birth_date.to_string(),
        "marital_status": if random.one_in(2) { "MARRIED" } else { "SINGLE" },
        "marital_status_additional_info": null,
        "gender": if person.female { "FEMALE" } else { "MALE" },
        "companies_id": [random.digits(14)],
        "is_local_resident": true,
        "document_id": { "document_type": "CPF", "document_number": person.document },
        "additional_documents": [],
        "nationalities": [],
        "email": person.email,
        "emails": [{ "is_main": true, "email": person.email }],
        "address": address,
        "addresses": [{
            "is_main": true,
            "address": person.street,
            "additional_info": null,
            "district_name": "Centro",
            "town": person.city,
            "town_code": null,
            "state": person.state,
            "postcode": person.post_code,
            "country_name": "Brasil",
            "country_code": "BRA",
            "latitude": null,
            "longitude": null,
        }],
        "phone_number": person.phone,
        "phone_numbers": [{
            "is_main": true,
            "type": "MOBILE",
            "additional_info": null,
            "number": person.phone.trim_start_matches('+'),
            "country_code": null,
            "area_code": null,
            "extension": null,
        }],
        "filiations": [],
        "financial_profile": {
            "company_id": employer,
            "occupation_code": "BRAZIL_OCCUPATION_CODE",
            "occupation_description": "2525-40",
            "informed_income": {
                "frequency": "MONTHLY",
                "amount": number(income),
                "currency": "BRL",
                "date": day(view.world.start).first_of_month().to_string(),
            },
            "patrimony": { "amount": number(income * 30), "currency": "BRL", "year": day(view.world.start).year() - 1 },
        },
        "financial_relation": {
            "start_date": format!("{since}T00:00:00Z"),
            "product_services": if products.is_empty() { json!([]) } else { json!(["CONTA_DEPOSITO_A_VISTA"]) },
            "product_services_additional_info": null,
            "procurators": [],
            "products": products,
            "salary_portability_requests": [],
            "payroll_accounts": [],
        },
    })
}
