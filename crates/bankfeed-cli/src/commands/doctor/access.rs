//! Whether providers let one in: the cheapest call that needs credentials and costs nothing.

use std::time::Duration;

use bankfeed::{ConnectionFilter, Error, ErrorKind, InstitutionFilter, Paging, Provider};
use tokio::time::timeout;

use super::findings::Findings;
use crate::arguments::ProviderName;
use crate::trouble::{Exit, exit_of};

/// How long the answer may take, repetitions included.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn check(name: ProviderName, provider: &dyn Provider, findings: &mut Findings) {
    let check = format!("{} credentials", name.id());
    let paging = || Paging::default().page_size(1).without_prefetch();
    // One record is enough, and none is just as good.
    let asked = async {
        match name {
            // Each call of Khipu logs in at the bank.
            ProviderName::Khipu => None,
            // Anybody may list institutions there; tokens only who has the key. Neither is billed.
            ProviderName::Wealthreader => Some(
                provider
                    .connections()?
                    .list_connections(ConnectionFilter::all(), paging())
                    .next()
                    .await
                    .transpose()
                    .err(),
            ),
            _ => {
                let filter = InstitutionFilter::default();
                Some(provider.institutions()?.list_institutions(filter, paging()).next().await.transpose().err())
            }
        }
    };
    match timeout(PATIENCE, asked).await {
        Ok(None) => findings.skipped(&check, "not tried: each call logs in at the bank, and may be billed"),
        Ok(Some(None)) => findings.ok(&check, "taken"),
        // It answered, and let one in.
        Ok(Some(Some(error))) if error.is_bad_record() => findings.ok(&check, "taken"),
        Ok(Some(Some(error))) => refused(name, &check, &error, findings),
        Err(_) => findings.wrong_now(&check, "no answer in time", "try later"),
    }
}

fn refused(name: ProviderName, check: &str, error: &Error, findings: &mut Findings) {
    let cure = match (error.kind(), name) {
        (ErrorKind::Unauthorized, ProviderName::Saltedge) => {
            "check app_id and secret, and that the dashboard has the public half of private_key; then the clock"
        }
        (ErrorKind::Unauthorized, ProviderName::Belvo) => {
            "check secret_id and secret_password: those of Belvo's sandbox work with environment = \"sandbox\" alone"
        }
        (ErrorKind::Unauthorized, _) => "check the key; the provider may have replaced it",
        (ErrorKind::Forbidden, _) => {
            "ask the provider what the contract covers, and from which addresses it may be called"
        }
        (ErrorKind::UnexpectedAnswer | ErrorKind::NotFound, _) => {
            "something else answers there: check base_url and what is in between"
        }
        (ErrorKind::RateLimited, _) => "it lets one in, but not so often: try later",
        _ => "try later; see what the provider says of its state",
    };
    if exit_of(error) == Exit::Configuration || error.kind() == ErrorKind::NotFound {
        findings.wrong(check, error.to_string(), cure);
    } else {
        findings.wrong_now(check, error.to_string(), cure);
    }
}
