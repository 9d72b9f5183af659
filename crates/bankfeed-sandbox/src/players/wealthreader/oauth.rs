//! The redirect flow: `/oauth2/`, where a user signs in, and `/token/`, where the code that comes of it is exchanged for the data.
//!
//! It is like OAuth 2 with PKCE, but not the same: the challenge is `challenge_code`, in hexadecimal digits. The host of
//! `redirect_uri` has to be that of a domain that was added with `access_type=oauth`. A code is good once, for ten minutes.

use std::collections::BTreeMap;

use http::Method;
use jiff::{SignedDuration, Timestamp};
use ring::digest;
use serde_json::Value;
use url::Url;

use super::WealthReader;
use super::domains::Domain;
use super::widget::{self, Fields, Step};
use crate::answer::Answer;
use crate::call::Received;
use crate::players::Scene;

/// How long a code is good.
const GOOD: SignedDuration = SignedDuration::from_mins(10);

/// Codes that were handed out.
#[derive(Default)]
pub(super) struct Grants {
    open: BTreeMap<String, Grant>,
    count: u64,
}

struct Grant {
    challenge: String,
    redirect: String,
    since: Timestamp,
    data: Value,
}

impl WealthReader {
    /// The pages of the flow.
    pub(super) fn oauth(&mut self, received: &Received, scene: &Scene<'_>) -> Option<Answer> {
        match (received.path.as_str(), &received.method) {
            ("/oauth2/", _) => {
                let (fields, entered) = widget::fields(received)?;
                Some(self.authorize(&fields, entered, scene).unwrap_or_else(|problem| widget::page(400, problem)))
            }
            ("/token/", &Method::POST) => {
                let (fields, _) = widget::fields(received)?;
                Some(match self.exchange(&fields, scene.now) {
                    Ok(data) => Answer::json(200, data),
                    Err(problem) => self.failed_read(400, 2, problem, scene),
                })
            }
            _ => None,
        }
    }

    fn authorize(&mut self, fields: &Fields, entered: bool, scene: &Scene<'_>) -> Result<Answer, &'static str> {
        let get = |name: &str| fields.get(name).map_or("", String::as_str);
        let redirect = Url::parse(get("redirect_uri")).map_err(|_| "The redirect_uri is no address.")?;
        let domain = self.domain_of(&redirect).ok_or("The domain was not added with access_type oauth.")?;
        let challenge = get("challenge_code");
        if get("response_type") != "code" || get("code_challenge_method") != "S256" {
            return Err("The response_type is code, and the code_challenge_method S256.");
        }
        if challenge.len() != 64 || !challenge.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err("The challenge_code is not a SHA-256 in hexadecimal digits.");
        }
        if get("nonce").is_empty() || get("state").is_empty() {
            return Err("The nonce or the state is missing.");
        }
        let settings = unhex(get("wr_conf")).and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        let settings = settings.ok_or("The wr_conf is not JSON in hexadecimal digits.")?;
        let operation = settings["operation_id"].as_str().filter(|id| !id.is_empty());
        let operation = operation.ok_or("The wr_conf names no operation_id.")?;
        if !entered {
            return Ok(widget::page(200, &widget::sign_in(fields, scene)));
        }
        let mut user = fields.clone();
        user.insert("operation_id".to_owned(), operation.to_owned());
        if let Some(date) = settings["date_from"].as_str() {
            user.insert("date_from".to_owned(), date.to_owned());
        }
        match self.sign_in(&domain, &user, scene) {
            Ok(Step::Page(page)) => Ok(page),
            Ok(Step::Done(data)) => {
                self.grants.count += 1;
                let code = scene.world.random("oauth code", &[self.grants.count]).hex(40);
                let mut back = redirect.clone();
                back.query_pairs_mut()
                    .append_pair("nonce", get("nonce"))
                    .append_pair("state", get("state"))
                    .append_pair("code", &code);
                let (challenge, redirect) = (challenge.to_lowercase(), get("redirect_uri").to_owned());
                self.grants.open.insert(code, Grant { challenge, redirect, since: scene.now, data });
                Ok(widget::page(302, "Signed in.").header("location", back.as_str()))
            }
            Err(refusal) => Ok(widget::page(400, &widget::escaped(&refusal.header()))),
        }
    }

    fn domain_of(&self, redirect: &Url) -> Option<Domain> {
        let host = redirect.host_str()?;
        let host = redirect.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        self.domains.find(&host).filter(|domain| domain.oauth).cloned()
    }

    fn exchange(&mut self, fields: &Fields, now: Timestamp) -> Result<Value, &'static str> {
        let get = |name: &str| fields.get(name).map_or("", String::as_str);
        if get("grant_type") != "authorization_code" {
            return Err("The grant_type is authorization_code.");
        }
        // A code that was tried is gone, whether the rest was right or not.
        let grant = self.grants.open.remove(get("code")).ok_or("The code is not known, or was used.")?;
        if now.duration_since(grant.since) > GOOD {
            return Err("The code is too old.");
        }
        if grant.redirect != get("redirect_uri") {
            return Err("The redirect_uri is another one.");
        }
        let hash = digest::digest(&digest::SHA256, get("code_verifier").as_bytes());
        let hash: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        if hash != grant.challenge {
            return Err("The code_verifier does not fit the challenge_code.");
        }
        Ok(grant.data)
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
