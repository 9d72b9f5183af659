//! The page of the bank on which a user decides.

use http::Method;
use url::Url;

use super::Payments;
use super::consent::{Decision, LAPSED, REFUSED};
use super::enrollments::Step;
use super::intents::Status;
use crate::answer::Answer;
use crate::call::Received;
use crate::players::Scene;
use crate::world::decimal;

/// What the address of a page is for, by its position.
#[derive(Clone, Copy)]
enum Subject {
    Intent(usize),
    Authorization(usize),
    Enrollment(usize),
}

const APPROVE: (&str, &str) = ("approve", "Agree");
const EMPTY: (&str, &str) = ("approve-empty", "Agree, from an account without money");
const PARTLY: (&str, &str) = ("approve-partly", "Agree as the first of two");
const REFUSE: (&str, &str) = ("refuse", "Refuse");
const LEAVE: (&str, &str) = ("leave", "Leave without a decision");

impl Payments {
    /// Answers what a browser asks for below `/pay/`.
    pub(in super::super) fn beside(&mut self, received: &Received, scene: &mut Scene<'_>) -> Option<Answer> {
        let token = received.path.strip_prefix("/pay/")?.trim_end_matches('/');
        let Some(subject) = self.subject(token) else {
            return Some(page(404, "There is no such payment.", &[]));
        };
        let answer = if received.method == Method::GET {
            self.question(subject)
        } else if received.method == Method::POST {
            let mut fields = form_urlencoded::parse(&received.body);
            let decision = fields.find(|(name, _)| name == "decision");
            match decision.and_then(|(_, value)| Decision::read(&value)).filter(|one| subject.offers(*one)) {
                None => page(400, "The form needs a decision that is offered here.", &[]),
                Some(_) if !self.is_open(subject) => page(409, "This has been decided.", &[]),
                Some(decision) => self.decide(subject, decision, scene),
            }
        } else {
            return None;
        };
        self.post(scene);
        Some(answer)
    }

    fn subject(&self, token: &str) -> Option<Subject> {
        let asked = |consent: &super::consent::Consent| consent.token == token;
        let intent = self.intents.iter().position(|intent| intent.consent.as_ref().is_some_and(asked));
        let authorization = || self.authorizations.iter().position(|authorization| asked(&authorization.consent));
        let enrollment = || self.enrollments.iter().position(|enrollment| enrollment.token == token);
        intent
            .map(Subject::Intent)
            .or_else(|| authorization().map(Subject::Authorization))
            .or_else(|| enrollment().map(Subject::Enrollment))
    }

    fn is_open(&self, subject: Subject) -> bool {
        match subject {
            Subject::Intent(at) => self.intents[at].status == Status::Asked,
            Subject::Authorization(at) => self.authorizations[at].stage.is_open(),
            Subject::Enrollment(at) => self.enrollments[at].step == Step::Validation && !self.enrollments[at].decided,
        }
    }

    fn question(&self, subject: Subject) -> Answer {
        if !self.is_open(subject) {
            return page(200, "This has been decided.", &[]);
        }
        let text = match subject {
            Subject::Intent(at) => {
                let intent = &self.intents[at];
                format!("Pay R$ {} for {}?", decimal(intent.cents), intent.statement)
            }
            Subject::Authorization(at) => {
                let authorization = &self.authorizations[at];
                let times = authorization.days.as_ref().map_or(1, Vec::len);
                format!("Pay R$ {} for {}, {times} time(s)?", decimal(authorization.cents), authorization.statement)
            }
            Subject::Enrollment(at) => {
                let name = self.enrollments[at].name.as_deref().unwrap_or("this device");
                format!("Pay from {name} by biometrics from now on?")
            }
        };
        page(200, &text, subject.choices())
    }

    /// Does what the user wants, and sends the browser back.
    fn decide(&mut self, subject: Subject, decision: Decision, scene: &Scene<'_>) -> Answer {
        let now = scene.now;
        let back = match subject {
            Subject::Intent(at) => {
                match decision {
                    Decision::Refuse => self.refuse_intent(at, REFUSED, now),
                    Decision::Leave => {
                        if let Some(consent) = &mut self.intents[at].consent {
                            consent.leave(now);
                        }
                    }
                    decision => self.agree_to_intent(at, decision == Decision::ApproveEmpty, now),
                }
                Ok(self.intents[at].callback_url.clone())
            }
            Subject::Authorization(at) => {
                match decision {
                    Decision::Refuse => self.refuse_authorization(at, REFUSED, now),
                    Decision::Leave => self.authorizations[at].consent.leave(now),
                    Decision::ApprovePartly => self.authorize_partly(at, now),
                    decision => self.authorize(at, decision == Decision::ApproveEmpty, now),
                }
                Ok(self.authorizations[at].return_url.clone())
            }
            Subject::Enrollment(at) => {
                let given = self.leave_bank(at, decision == Decision::Approve);
                self.enrollments[at]
                    .callback_url
                    .as_deref()
                    .and_then(|address| with_query(address, &given))
                    .ok_or(given)
            }
        };
        match back {
            Ok(address) => Answer::empty(303).header("location", &address),
            // Nobody said where to go: the user has to carry it.
            Err(given) => {
                let lines: Vec<String> = given.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                page(200, &format!("Done. {}", lines.join(", ")), &[])
            }
        }
    }

    /// What a user takes along from the bank; the enrollment is completed with it.
    fn leave_bank(&mut self, at: usize, agreed: bool) -> Vec<(&'static str, String)> {
        let code = agreed.then(|| self.mint.hex(24));
        let id_token = self.mint.hex(48);
        let enrollment = &mut self.enrollments[at];
        enrollment.decided = true;
        enrollment.code.clone_from(&code);
        let state = ("state", enrollment.state.clone());
        match code {
            Some(code) => vec![state, ("code", code), ("id_token", id_token)],
            None => vec![
                state,
                ("error", "access_denied".to_owned()),
                ("error_description", "The user refused.".to_owned()),
            ],
        }
    }

    /// What becomes of a question when nobody answers it.
    pub(super) fn decide_intent_alone(&mut self, at: usize, now: jiff::Timestamp) {
        match self.intents[at].consent.as_ref().is_some_and(|consent| consent.agrees) {
            true => self.agree_to_intent(at, false, now),
            false => self.refuse_intent(at, LAPSED, now),
        }
    }

    /// The same for an authorization.
    pub(super) fn decide_authorization_alone(&mut self, at: usize, now: jiff::Timestamp) {
        match self.authorizations[at].consent.agrees {
            true => self.authorize(at, false, now),
            false => self.refuse_authorization(at, LAPSED, now),
        }
    }
}

impl Subject {
    fn choices(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Intent(_) => &[APPROVE, EMPTY, REFUSE, LEAVE],
            Self::Authorization(_) => &[APPROVE, EMPTY, PARTLY, REFUSE, LEAVE],
            Self::Enrollment(_) => &[APPROVE, REFUSE],
        }
    }

    fn offers(self, decision: Decision) -> bool {
        self.choices().iter().any(|(value, _)| Decision::read(value) == Some(decision))
    }
}

/// An address with more in its query.
fn with_query(address: &str, query: &[(&'static str, String)]) -> Option<String> {
    let mut address = Url::parse(address).ok()?;
    address.query_pairs_mut().extend_pairs(query);
    Some(address.into())
}

/// A small page with a text and buttons.
fn page(status: u16, text: &str, choices: &[(&str, &str)]) -> Answer {
    let buttons: String = choices
        .iter()
        .map(|(value, label)| format!("<button name=\"decision\" value=\"{value}\">{label}</button>\n"))
        .collect();
    let form = if buttons.is_empty() { String::new() } else { format!("<form method=\"post\">\n{buttons}</form>\n") };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Bank</title>\n<p>{}</p>\n{form}</html>\n",
        escaped(text)
    );
    Answer::bytes(status, "text/html; charset=utf-8", html)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_sent_is_no_markup() {
        assert_eq!(escaped("<b>\"A&B\"</b>"), "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;");
    }

    #[test]
    fn every_button_is_understood() {
        for subject in [Subject::Intent(0), Subject::Authorization(0), Subject::Enrollment(0)] {
            assert!(subject.choices().iter().all(|(value, _)| Decision::read(value).is_some()));
        }
        assert!(!Subject::Enrollment(0).offers(Decision::Leave));
    }
}
