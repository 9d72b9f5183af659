//! Logging in at a bank: by a token, or by user and password.
//!
//! | token, or user | what happens |
//! |---|---|
//! | `MOCKDATA` | the data of the first person |
//! | `MOCKOTP` | a one-time code is asked for (2010) |
//! | `MOCKLOGINKO` | the login is refused (2000) |
//! | `MOCK` and the number of an error code, such as `MOCK2005` | that failure; challenges can be resumed |
//! | `MOCKWARNING` and the number of a warning code | data with that warning |
//! | a token of the key | the data of its person |
//! | the e-mail address of a person, as user, with the password `sandbox` | likewise |

use serde_json::{Map, Value};

use super::WealthReader;
use super::challenges::{self, Next, Response};
use super::clients::Client;
use super::custody::Standing;
use super::{codes, entities};
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{Region, World};

/// The password of everybody.
pub(super) const PASSWORD: &str = "sandbox";

/// How a login went.
pub(super) enum Outcome {
    Good(Good),
    Failed(Failed),
}

/// Somebody is logged in.
#[derive(Clone, Copy)]
pub(super) struct Good {
    pub(super) holder: u64,
    /// The bank, by its index.
    pub(super) institution: usize,
    pub(super) warning: Option<u32>,
    /// It was a token, whose uses are counted.
    pub(super) stored: bool,
}

/// The bank, or the token, says no.
pub(super) struct Failed {
    pub(super) code: u32,
    /// Whose token it was.
    pub(super) stored: Option<u64>,
}

/// What test words stand for.
#[derive(Clone, Copy)]
enum Word {
    Data,
    Warning(u32),
    Failure(u32),
}

fn word(text: &str) -> Option<Word> {
    let rest = text.strip_prefix("MOCK")?;
    match rest {
        "DATA" => return Some(Word::Data),
        "OTP" => return Some(Word::Failure(2010)),
        "LOGINKO" => return Some(Word::Failure(2000)),
        _ => {}
    }
    if let Some(number) = rest.strip_prefix("WARNING") {
        return number.parse().ok().filter(|code| codes::warning(*code).is_some()).map(Word::Warning);
    }
    rest.parse().ok().filter(|code| codes::error(*code).is_some()).map(Word::Failure)
}

/// A login as a request has it.
pub(super) struct Login<'a> {
    pub(super) client: Client,
    pub(super) body: &'a Value,
    /// Text fields that the specification does not declare.
    pub(super) unlisted: Vec<&'a str>,
}

impl<'a> Login<'a> {
    pub(super) fn new(client: Client, body: &'a Value, declared: Option<&Map<String, Value>>) -> Self {
        let members = body.as_object().into_iter().flatten();
        let unlisted = members
            .filter(|(name, _)| declared.is_some_and(|declared| !declared.contains_key(*name)))
            .filter_map(|(_, value)| value.as_str());
        Self { client, body, unlisted: unlisted.collect() }
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.body[name].as_str()
    }
}

impl WealthReader {
    /// Logs in; the session may be that of a challenge that goes on.
    pub(super) fn log_in(
        &mut self,
        login: &Login<'_>,
        session: &mut String,
        scene: &Scene<'_>,
    ) -> Result<Outcome, Refusal> {
        let bank = login.text("code").unwrap_or_default();
        let (who, good, word) = match (login.text("token"), login.text("user")) {
            (Some(token), _) => match word(token) {
                Some(word) => (token, self.mocked(bank, scene.world), Some(word)),
                None => match self.custody.standing(login.client, token) {
                    Standing::Good(holder) => (token, self.known(holder, true, scene.world), None),
                    Standing::Revoked => return Ok(failed(9999)),
                    Standing::Unknown => {
                        return Err(Refusal::code("2", "field token", "is no token of this key"));
                    }
                },
            },
            (None, Some(user)) => match word(user) {
                Some(word) => (user, self.mocked(bank, scene.world), Some(word)),
                None => match person(user, scene.world) {
                    Some(holder) if login.text("password") == Some(PASSWORD) => {
                        (user, self.known(holder, false, scene.world), None)
                    }
                    _ => return Ok(failed(2000)),
                },
            },
            (None, None) => return Err(Refusal::code("2", "field token", "is required, or user and password are")),
        };
        if word.is_none() && entities::code(scene.world, good.institution) != bank {
            return Err(Refusal::code("2", "field code", "is not the bank of this login"));
        }
        self.prove(login, who, good, word, session, scene)
    }

    /// Whatever the bank asks for beside the login.
    fn prove(
        &mut self,
        login: &Login<'_>,
        who: &str,
        mut good: Good,
        word: Option<Word>,
        session: &mut String,
        scene: &Scene<'_>,
    ) -> Result<Outcome, Refusal> {
        let challenges = self.challenges.get_mut();
        let known = login.unlisted.iter().find(|value| challenges.knows(value));
        let stored = good.stored.then_some(good.holder);
        if let Some(known) = known {
            session.clone_from(&(*known).to_owned());
            let response = Response {
                code: login.unlisted.iter().find(|value| *value != known).copied(),
                method: login.text("otp_method"),
                contract: login.text("contract_name"),
            };
            return Ok(match challenges.resume(session, who, &response, scene.now) {
                Next::Passed => Outcome::Good(good),
                Next::Asks(code) => Outcome::Failed(Failed { code, stored }),
            });
        }
        if !login.unlisted.is_empty() {
            return Err(Refusal::code(
                "2",
                "form",
                "holds fields that are not declared, and none of them is a session",
            ));
        }
        Ok(match word {
            Some(Word::Failure(2020)) if chosen(login) => Outcome::Good(good),
            Some(Word::Failure(code)) => {
                if challenges::is_challenge(code) {
                    challenges.open(session, Some(who), code, scene.now);
                }
                Outcome::Failed(Failed { code, stored })
            }
            Some(Word::Warning(code)) => {
                good.warning = Some(code);
                Outcome::Good(good)
            }
            Some(Word::Data) | None => Outcome::Good(good),
        })
    }

    /// Test words read the first person, at any bank.
    fn mocked(&self, bank: &str, world: &World) -> Good {
        let institution = entities::index(world, bank).unwrap_or_default();
        Good { holder: 0, institution, warning: None, stored: false }
    }

    fn known(&self, holder: u64, stored: bool, world: &World) -> Good {
        Good { holder, institution: self.custody.bank(world, holder), warning: None, stored }
    }
}

fn chosen(login: &Login<'_>) -> bool {
    login.text("contract_name").is_some_and(|contract| challenges::CONTRACTS.contains(&contract))
}

fn failed(code: u32) -> Outcome {
    Outcome::Failed(Failed { code, stored: None })
}

/// The person of an e-mail address: its digits are the person's number.
pub(super) fn person(email: &str, world: &World) -> Option<u64> {
    let (name, _) = email.split_once('@')?;
    let digits = name.trim_start_matches(|char: char| !char.is_ascii_digit());
    let number = digits.parse().ok().filter(|number| *number < 1 << 32)?;
    (world.person(Region::Spain, number).email == email).then_some(number)
}
