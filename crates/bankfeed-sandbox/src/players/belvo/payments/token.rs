//! Tokens for the widget of biometric payments.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Payments;
use super::customers::{Customer, Version};
use super::times::later;
use super::verify::{self, invalid, required, unknown};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

const ENROLLMENT: &str = "body /widget/enrollment";
const PAYMENT: &str = "body /widget/payment_intent";

/// Seconds for which a token opens the widget, and for which another asks for a new one.
const LIVES: i64 = 10 * 60;
const REFRESHES: i64 = 24 * 60 * 60;

impl Payments {
    pub(super) fn create_token(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let widget = &call.body["widget"];
        let uses: Vec<&str> =
            call.body["use_cases"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if uses.is_empty() {
            return Err(Refusal::code("blank", "body /use_cases", "is empty"));
        }
        for (case, member) in [("ENROLLMENT", "enrollment"), ("PAYMENT_INTENT", "payment_intent")] {
            if uses.contains(&case) && widget.get(member).is_none() {
                return Err(required(format!("body /widget/{member}"), format!("is required for {case}")));
            }
        }
        for member in ["success", "exit"] {
            verify::address(&widget["callback_urls"], member, "body /widget/callback_urls")?;
        }
        let first = widget["top_tier_institutions"].as_array();
        if first.is_some_and(|first| !(1..=5).contains(&first.len())) {
            return Err(invalid("body /widget/top_tier_institutions", "does not name one to five"));
        }
        if let Some(payment) = widget.get("payment_intent") {
            self.verify_payment(payment)?;
        }
        if let Some(enrollment) = widget.get("enrollment") {
            self.take_enrollment(enrollment, scene)?;
        }
        let mut token = |kind: &str, lives: i64| {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            let claims = json!({
                "token_type": kind,
                "exp": later(scene.now, lives).as_second(),
                "jti": self.mint.hex(32),
                "use_cases": uses,
            });
            let seal = URL_SAFE_NO_PAD.encode(self.mint.hex(64));
            format!("{}.{}.{seal}", part(&json!({ "typ": "JWT", "alg": "HS512" })), part(&claims))
        };
        let (access, refresh) = (token("access", LIVES), token("refresh", REFRESHES));
        Ok(Answer::json(200, json!({ "access": access, "refresh": refresh })))
    }

    fn verify_payment(&self, payment: &Value) -> Result<(), Refusal> {
        verify::amount(&payment["amount"], &format!("{PAYMENT}/amount"))?;
        verify::external_id(payment, PAYMENT)?;
        verify::name(payment, "description", PAYMENT)?;
        verify::metadata(payment, PAYMENT)?;
        if payment["allowed_payment_method_types"] != json!(["open_finance_biometric_pix"]) {
            let place = format!("{PAYMENT}/allowed_payment_method_types");
            return Err(invalid(place, "has to be open_finance_biometric_pix alone"));
        }
        let place = format!("{PAYMENT}/payment_method_details/open_finance_biometric_pix");
        let details = &payment["payment_method_details"]["open_finance_biometric_pix"];
        let account = verify::text(details, "beneficiary_bank_account").unwrap_or_default();
        if self.bank_account(account).is_none() {
            return Err(unknown(format!("{place}/beneficiary_bank_account"), "bank account"));
        }
        match verify::text(details, "enrollment") {
            Some(id) if !self.enrolled().contains(id) => {
                Err(unknown(format!("{place}/enrollment"), "device that is enrolled"))
            }
            _ => Ok(()),
        }
    }

    /// A person who comes with the token is registered, unless that was done before.
    fn take_enrollment(&mut self, enrollment: &Value, scene: &Scene<'_>) -> Result<(), Refusal> {
        let place = format!("{ENROLLMENT}/details");
        verify::external_id(enrollment, ENROLLMENT)?;
        verify::metadata(enrollment, ENROLLMENT)?;
        let details = &enrollment["details"];
        if details.get("institution").is_some() {
            self.read_institution(details, "institution", &place)?;
        }
        let place = format!("{place}/customer");
        match details["customer"].as_str() {
            Some(id) if self.customer(id).is_none() => Err(unknown(place, "customer")),
            Some(_) => Ok(()),
            None => {
                let customer = Customer::read(&details["customer"], Version::One, scene.now, &place)?;
                if customer.is_company() {
                    return Err(invalid(format!("{place}/identifier"), "is no CPF of 11 digits"));
                }
                self.known_or_registered(customer);
                Ok(())
            }
        }
    }
}
