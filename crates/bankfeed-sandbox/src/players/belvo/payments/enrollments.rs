//! Devices from which users pay by biometrics.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Payments;
use super::filter::{Facts, Filter};
use super::mint::Kind;
use super::news::{Failure, News};
use super::times::{later, stamp};
use super::verify::{self, invalid, not_found, required, unknown};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// How far an enrollment has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The user proves at the bank who they are.
    Validation,
    /// The bank decides.
    Decision,
    Authorized,
    Rejected(Failure),
    Expired,
}

/// A device that a customer enrolls at a bank.
pub(super) struct Enrollment {
    pub(super) id: String,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) step: Step,
    pub(super) customer: String,
    pub(super) institution: String,
    pub(super) platform: String,
    pub(super) name: Option<String>,
    pub(super) callback_url: Option<String>,
    /// What stands in the address of the page.
    pub(super) token: String,
    /// What names the attempt when the user comes back.
    pub(super) state: String,
    /// What the bank handed to the user who agreed.
    pub(super) code: Option<String>,
    /// The user has been at the bank.
    pub(super) decided: bool,
    /// When the next thing happens to it by itself.
    pub(super) due: Timestamp,
}

/// Seconds in which a user has to be back.
const PATIENCE: i64 = 60 * 60;
/// Seconds that a bank takes to decide.
const DECIDES: i64 = 5;
/// Seconds for which an enrolled device is good.
const YEAR: i64 = 365 * 24 * 60 * 60;

const BY_USER: Failure = Failure { code: "rejected_by_user", message: "The user refused to enroll the device." };
const BY_BANK: Failure =
    Failure { code: "redirection_back_from_institution_failed", message: "The user came back with an error." };
const EXPIRED: Failure = Failure { code: "canceled_due_to_expiration", message: "The time of the enrollment is over." };

impl Enrollment {
    fn status(&self) -> &'static str {
        match self.step {
            Step::Validation | Step::Decision => "PENDING",
            Step::Authorized => "SUCCEEDED",
            Step::Rejected(_) => "FAILED",
            Step::Expired => "CANCELED",
        }
    }

    fn reason(&self) -> Option<Failure> {
        match self.step {
            Step::Rejected(failure) => Some(failure),
            Step::Expired => Some(EXPIRED),
            _ => None,
        }
    }

    /// When the next thing happens by itself; `None` when nothing will.
    pub(super) fn next(&self) -> Option<Timestamp> {
        (!matches!(self.step, Step::Rejected(_) | Step::Expired)).then_some(self.due)
    }

    fn show(&self, creator: &str, root: &str) -> Value {
        let (step, expires) = match self.step {
            Step::Validation => ("AWAITING_ACCOUNT_HOLDER_VALIDATION", later(self.created_at, PATIENCE)),
            Step::Decision => ("AWAITING_ENROLLMENT", later(self.created_at, PATIENCE)),
            Step::Authorized => ("AUTHORIZED", self.due),
            Step::Rejected(_) => ("REJECTED", later(self.created_at, PATIENCE)),
            Step::Expired => ("REVOKED", self.due),
        };
        let reason = self.reason();
        json!({
            "id": self.id,
            "created_by": creator,
            "created_at": stamp(self.created_at),
            "updated_at": stamp(self.updated_at),
            "external_id": null,
            "type": "open_finance_biometric_pix",
            "status": self.status(),
            "status_reason_code": reason.map(|reason| reason.code),
            "status_reason_message": reason.map(|reason| reason.message),
            "details": {
                "status": step,
                "customer": self.customer,
                "institution": self.institution,
                "platform": self.platform,
                "name": self.name,
                "callback_url": self.callback_url,
                "redirect_url": format!("{root}/pay/{}", self.token),
                "risk_signals": "******",
                "expires_at": stamp(expires),
            },
            "metadata": {},
        })
    }
}

impl Payments {
    pub(super) fn create_enrollment(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let place = "body /details";
        let details = &call.body["details"];
        let customer = verify::text(details, "customer").and_then(|id| self.customer(id));
        let customer = customer.ok_or_else(|| unknown(format!("{place}/customer"), "customer"))?.id.clone();
        let institution = self.read_institution(details, "institution", place)?;
        if details["risk_signals"].as_object().is_none_or(serde_json::Map::is_empty) {
            return Err(Refusal::code("blank", format!("{place}/risk_signals"), "is empty"));
        }
        let callback_url = match details.get("callback_url") {
            Some(_) => Some(verify::address(details, "callback_url", place)?),
            None => None,
        };
        let (platform, name) = (verify::owned(details, "platform"), verify::owned(details, "name"));
        let at =
            self.begin_enrollment(customer, institution, platform.unwrap_or_default(), name, callback_url, scene.now);
        Ok(Answer::json(201, self.enrollments[at].show(&self.creator, scene.root)))
    }

    /// Takes an enrollment up: its position.
    pub(super) fn begin_enrollment(
        &mut self,
        customer: String,
        institution: String,
        platform: String,
        name: Option<String>,
        callback_url: Option<String>,
        now: Timestamp,
    ) -> usize {
        let enrollment = Enrollment {
            id: self.mint.id(Kind::Enrollment),
            created_at: now,
            updated_at: now,
            step: Step::Validation,
            customer,
            institution,
            platform,
            name,
            callback_url,
            token: self.mint.hex(40),
            state: self.mint.hex(32),
            code: None,
            decided: false,
            due: later(now, PATIENCE),
        };
        self.tell(News::created("ENROLLMENTS", &enrollment.id, Some(enrollment.status())));
        self.enrollments.push(enrollment);
        self.enrollments.len() - 1
    }

    pub(super) fn list_enrollments(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let filter = Filter::of(call)?;
        let wanted = |enrollment: &&Enrollment| {
            let customer = self.customer(&enrollment.customer);
            let facts = Facts::of(&enrollment.id)
                .with("customer", &*enrollment.customer)
                .with("institution", &*enrollment.institution)
                .with("status", enrollment.status())
                .maybe("customer__identifier", customer.map(|customer| &customer.identifier));
            filter.keeps(&facts)
        };
        let shown = self.enrollments.iter().filter(wanted);
        let shown = shown.map(|enrollment| enrollment.show(&self.creator, scene.root));
        super::listed(call, scene, shown.collect())
    }

    pub(super) fn show_enrollment(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let id = call.segment("enrollment_id");
        let found = self.enrollments.iter().find(|enrollment| enrollment.id == id);
        let found = found.ok_or_else(|| not_found("enrollment_id", "enrollment"))?;
        Ok(Answer::json(200, found.show(&self.creator, scene.root)))
    }

    /// The user is back: with the code of the bank, or with an error.
    pub(super) fn complete_enrollment(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let state = verify::text(&call.body, "state").unwrap_or_default();
        let at = self.enrollments.iter().position(|enrollment| enrollment.state == state);
        let at = at.ok_or_else(|| invalid("body /state", "names no attempt"))?;
        let enrollment = &self.enrollments[at];
        if enrollment.step != Step::Validation {
            return Err(invalid("body /state", "names an attempt that has been completed"));
        }
        let given = |member: &str| verify::text(&call.body, member);
        let step = match (given("error"), given("code")) {
            (Some(_), Some(_)) => return Err(invalid("body /error", "does not go with a code")),
            (Some(_), None) if given("error_description").is_none() => {
                return Err(required("body /error_description", "is required with an error"));
            }
            (Some("access_denied"), None) => Step::Rejected(BY_USER),
            (Some(_), None) => Step::Rejected(BY_BANK),
            (None, None) => return Err(required("body /code", "is required where there is no error")),
            (None, code) if enrollment.code.is_none() || enrollment.code.as_deref() != code => {
                return Err(invalid("body /code", "is not the one that the bank handed over"));
            }
            (None, Some(_)) => Step::Decision,
        };
        self.set_enrollment(at, step, scene.now);
        Ok(Answer::json(200, self.enrollments[at].show(&self.creator, scene.root)))
    }

    /// What was due happens: the bank decides, or the time is over.
    pub(super) fn go_on_with_enrollment(&mut self, at: usize, now: Timestamp) {
        let step = match self.enrollments[at].step {
            Step::Decision => Step::Authorized,
            Step::Validation | Step::Authorized => Step::Expired,
            Step::Rejected(_) | Step::Expired => return,
        };
        self.set_enrollment(at, step, now);
    }

    pub(super) fn set_enrollment(&mut self, at: usize, step: Step, now: Timestamp) {
        let Some(enrollment) = self.enrollments.get_mut(at) else { return };
        enrollment.step = step;
        enrollment.updated_at = now;
        match step {
            Step::Decision => enrollment.due = later(now, DECIDES),
            Step::Authorized => enrollment.due = later(now, YEAR),
            Step::Validation | Step::Rejected(_) | Step::Expired => {}
        }
        let news = News::changed("ENROLLMENTS", &enrollment.id, enrollment.status()).failed(enrollment.reason());
        self.tell(news);
    }

    /// Ids of devices that are enrolled, for payments that name one.
    pub(super) fn enrolled(&self) -> HashSet<&str> {
        let enrolled = self.enrollments.iter().filter(|enrollment| enrollment.step == Step::Authorized);
        enrolled.map(|enrollment| enrollment.id.as_str()).collect()
    }
}
