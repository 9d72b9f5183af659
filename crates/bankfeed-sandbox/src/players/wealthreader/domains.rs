//! Where the widget may be embedded, and who is told when a user has finished.

use std::collections::BTreeMap;

use serde_json::Value;
use url::Url;

use super::clients::Client;
use super::{receipt, text};
use crate::answer::Answer;
use crate::refusal::Refusal;

/// The domains, by their host.
#[derive(Default)]
pub(super) struct Domains {
    known: BTreeMap<String, Domain>,
}

/// A domain.
#[derive(Clone)]
pub(super) struct Domain {
    pub(super) client: Client,
    pub(super) callback: String,
    /// Credentials are stored, and the callback brings a token.
    pub(super) tokenize: bool,
    /// Users may come by the redirect flow.
    pub(super) oauth: bool,
}

/// The host of a domain, which is written with or without a scheme.
fn host(domain: &str) -> Option<String> {
    let written = if domain.contains("://") { domain.to_owned() } else { format!("https://{domain}") };
    let url = Url::parse(&written).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

impl Domains {
    pub(super) fn add(&mut self, client: Client, body: &Value) -> Result<Answer, Refusal> {
        let host =
            host(text(body, "domain")).ok_or_else(|| Refusal::code("domain", "form field domain", "is no domain"))?;
        let callback = text(body, "url_callback").to_owned();
        if !Url::parse(&callback).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()) {
            return Err(Refusal::code("domain", "form field url_callback", "is no address of http or https"));
        }
        if self.known.contains_key(&host) {
            return Err(Refusal::code("domain", "form field domain", "is known already; support changes it"));
        }
        let tokenize = text(body, "tokenize") == "1";
        let oauth = text(body, "access_type") == "oauth";
        self.known.insert(host, Domain { client, callback, tokenize, oauth });
        Ok(receipt("The domain is added."))
    }

    pub(super) fn find(&self, domain: &str) -> Option<&Domain> {
        self.known.get(&host(domain)?)
    }
}
