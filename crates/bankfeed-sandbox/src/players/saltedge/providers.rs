//! Countries and providers.

use serde_json::{Value, json};

use super::accounts::NATURES;
use super::catalogue::{self, BANKS, Bank};
use super::{logos, paging};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// Ids of providers are short.
const FIRST_ID: u64 = 3_099;

pub(super) fn countries(call: &Call) -> Answer {
    let listed = catalogue::COUNTRIES.iter().filter(|(code, _, _)| *code != "XF" || with_fakes(call));
    let data: Vec<Value> =
        listed.map(|(code, name, hour)| json!({ "name": name, "code": code, "refresh_start_time": hour })).collect();
    paging::single(&Value::Array(data))
}

/// On unless one of the two names says otherwise: the sandbox's client is a test client.
fn with_fakes(call: &Call) -> bool {
    ["include_sandboxes", "include_fake_providers"]
        .iter()
        .find_map(|name| call.query.get(*name).and_then(Value::as_bool))
        .unwrap_or(true)
}

pub(super) fn list(call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
    let fakes = with_fakes(call);
    let wanted = |bank: &Bank| {
        let status = bank.status(scene.world, scene.now);
        let owner = if bank.client_keys { "client" } else { "saltedge" };
        status != "disabled"
            && (fakes || !bank.is_fake())
            && !(call.flag("exclude_inactive") && status == "inactive")
            && call.text("country_code").is_none_or(|country| country == bank.country)
            && call.text("key_owner").is_none_or(|wanted| wanted == owner)
            && call.text("mode").is_none_or(|mode| mode == bank.mode)
    };
    let numbered = (FIRST_ID..).step_by(7).zip(BANKS).filter(|(_, bank)| wanted(bank));
    paging::listed(call, numbered.map(|(id, bank)| (id, (id, bank))), |(id, bank)| write(call, id, bank, scene))
}

pub(super) fn show(call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
    let code = call.segment("provider_code");
    let found = (FIRST_ID..).step_by(7).zip(BANKS).find(|(_, bank)| bank.code == code);
    let (id, bank) =
        found.ok_or_else(|| Refusal::code("ProviderNotFound", "path provider_code", "no provider has this code"))?;
    Ok(paging::single(&write(call, id, bank, scene)))
}

fn write(call: &Call, id: u64, bank: &Bank, scene: &Scene<'_>) -> Value {
    let bics: Vec<&str> = Some(bank.bic).filter(|bic| !bic.is_empty()).into_iter().collect();
    let group = bank.is_fake().then_some(("fake", "Fake"));
    let updated_at = match bank.condition {
        catalogue::Condition::Ailing => bank.changed_at(scene.world, scene.now).0.to_string(),
        _ => "2025-11-03T08:15:00Z".to_owned(),
    };
    let mut provider = json!({
        "id": id.to_string(),
        "code": bank.code,
        "name": bank.name,
        "country_code": bank.country,
        "bic_codes": bics,
        "dynamic_registration_code": null,
        "identification_codes": bank.institution.map_or_else(Vec::new, |number| {
            let banks = scene.world.institutions(crate::world::Region::Europe);
            banks.get(number).map(|bank| bank.number).into_iter().collect()
        }),
        "group_code": group.map(|(code, _)| code),
        "group_name": group.map(|(_, name)| name),
        "hub": null,
        "status": bank.status(scene.world, scene.now),
        "mode": bank.mode,
        "regulated": bank.mode != "web",
        "logo_url": format!("{}{}", scene.root, logos::path(bank)),
        "timezone": "UTC",
        "supported_iframe_embedding": bank.mode != "oauth",
        "optional_interactivity": false,
        "customer_notified_on_sign_in": false,
        "created_at": "2021-05-17T10:00:00Z",
        "updated_at": updated_at,
    });
    let mut add = |more: Value| {
        if let (Some(provider), Value::Object(more)) = (provider.as_object_mut(), more) {
            provider.extend(more);
        }
    };
    if call.flag("include_ais_fields") {
        add(account_fields(bank));
    }
    if call.flag("include_pis_fields") {
        add(payment_fields(bank));
    }
    if call.flag("include_credentials_fields") {
        add(credentials_fields(bank));
    }
    provider
}

fn account_fields(bank: &Bank) -> Value {
    json!({
        "automatic_fetch": !bank.interactive,
        "custom_pendings_period": null,
        "holder_info": ["names", "emails", "phone_numbers", "addresses"],
        "instruction_for_connections": "Choose what happens on the page: consent, refuse, or wrong credentials.",
        "interactive_for_connections": bank.interactive,
        "max_consent_days": super::consents::LONGEST_DAYS,
        "max_fetch_interval": 730,
        "max_interactive_delay": 480,
        "refresh_timeout": super::refresh::PAUSE_MINUTES,
        "supported_account_extra_fields": ["iban", "account_name", "available_amount", "transactions_count"],
        "supported_account_natures": NATURES,
        "supported_account_types": ["personal"],
        "supported_fetch_scopes": ["accounts", "balance", "holder_info", "transactions"],
        "supported_transaction_extra_fields": ["account_balance_snapshot", "mcc", "merchant_id", "posting_date"],
    })
}

fn payment_fields(bank: &Bank) -> Value {
    json!({
        "payment_templates": ["SEPA"],
        "instruction_for_payments": null,
        "interactive_for_payment": bank.interactive,
        "required_payment_fields": ["amount", "creditor_name", "creditor_iban"],
        "supported_payment_fields": ["amount", "creditor_name", "creditor_iban", "description"],
        "no_funds_rejection_supported": false,
    })
}

fn credentials_fields(bank: &Bank) -> Value {
    let field = |position: u64, name: &str, nature: &str, label: &str| json!({ "name": name, "localized_name": label, "nature": nature, "position": position, "optional": false });
    let credentials = match bank.mode {
        "oauth" => Vec::new(),
        _ => vec![field(1, "login", "text", "Login"), field(2, "password", "password", "Password")],
    };
    let interactive = match bank.interactive {
        true => vec![field(1, "sms", "number", "Code by SMS")],
        false => Vec::new(),
    };
    json!({ "credentials_fields": credentials, "interactive_fields": interactive })
}
