//! Every operation outside payments, against a sandbox that checks each request and each of its own answers.
#![cfg(all(
    feature = "banking",
    feature = "investments",
    feature = "employment",
    feature = "enrichment",
    feature = "fiscal-mexico",
    feature = "fiscal-chile"
))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod banking;
mod enrichment;
mod fiscal;
mod links;
mod paging;
#[path = "../support/mod.rs"]
mod support;
mod work;

use std::cell::Cell;
use std::collections::BTreeSet;

use bankfeed_sandbox::{Provider, Sandbox, SandboxBuilder};
use belvo_client::types::ErrorCode;
use belvo_client::{Client, Environment, Error, ErrorExt, Response};
use serde_json::Value;

/// A sandbox, and a client of it.
pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    /// Refusals that were wanted.
    provoked: Cell<usize>,
}

/// Institutions of the sandbox.
pub(crate) const BANK: &str = "ofmockbank_br_retail";
pub(crate) const TOKENS: &str = "erebor_br_retail";

impl Scene {
    pub(crate) fn new(set: impl FnOnce(SandboxBuilder) -> SandboxBuilder) -> Self {
        let sandbox = set(Sandbox::builder().people(2)).start_blocking().unwrap();
        let access = sandbox.belvo();
        let builder = Client::builder(Environment::Sandbox, access.secret_id, access.secret_password);
        let client = builder.base_url(&access.url).build().unwrap();
        Self { sandbox, client, provoked: Cell::new(0) }
    }

    /// The first link to an institution.
    pub(crate) async fn link(&self, institution: &str) -> String {
        let links = self.client.list_links().institution(institution).send().await.unwrap();
        links.into_inner().results[0].id.to_string()
    }

    /// Expects a refusal with a code of the provider.
    #[track_caller]
    pub(crate) fn refused<T>(&self, outcome: Result<Response<T>, Error>, status: u16, code: &ErrorCode) {
        let Err(error) = outcome else { panic!("it was answered") };
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{error}");
        assert_eq!(error.error_code(), Some(code), "{error}");
        self.provoked.set(self.provoked.get() + 1);
    }

    /// Expects that something is not there (any more).
    #[track_caller]
    pub(crate) fn gone<T>(&self, outcome: Result<Response<T>, Error>) {
        self.refused(outcome, 404, &ErrorCode::NotFound);
    }

    /// Nothing was refused but what was meant to be.
    #[track_caller]
    fn assert_no_other_refusal(&self) {
        let requests = self.sandbox.requests();
        let refused: Vec<_> = requests.iter().filter(|request| request.refused.is_some()).collect();
        assert_eq!(refused.len(), self.provoked.get(), "{refused:#?}");
    }
}

/// The answer as it came.
pub(crate) fn raw<T>(response: &Response<T>) -> Value {
    serde_json::from_slice(response.raw()).unwrap()
}

/// The records of a list.
pub(crate) fn results<T>(response: &Response<T>) -> Vec<Value> {
    let page = raw(response);
    assert_eq!(page["count"].as_u64().unwrap() as usize, page["results"].as_array().unwrap().len());
    page["results"].as_array().unwrap().clone()
}

pub(crate) fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}

/// A collection: what is listed is shown, what is removed is neither listed nor shown. Gives what was listed first.
macro_rules! collection {
    ($scene:expr, $list:expr, $show:ident, $remove:ident) => {{
        let before = $crate::results(&$list.send().await.unwrap());
        assert!(!before.is_empty(), "{} has nothing to remove", stringify!($remove));
        let first = $crate::id(&before[0]).to_owned();
        let shown = $crate::raw(&$scene.client.$show(&first).send().await.unwrap());
        let shown = if shown.is_array() { shown[0].clone() } else { shown };
        assert_eq!(shown, before[0], stringify!($show));
        $scene.client.$remove(&first).send().await.unwrap();
        $scene.gone($scene.client.$show(&first).send().await);
        $scene.gone($scene.client.$remove(&first).send().await);
        let after = $crate::results(&$list.send().await.unwrap());
        assert_eq!(after, before[1..], "{} leaves the others alone", stringify!($remove));
        before
    }};
}
pub(crate) use collection;

#[test]
fn every_operation_outside_payments_is_answered_as_specified() {
    support::run(async {
        let scene = Scene::new(|builder| builder.transactions(120).check_answers());
        links::all(&scene).await;
        banking::all(&scene).await;
        enrichment::all(&scene).await;
        work::all(&scene).await;
        fiscal::all(&scene).await;

        let requests = scene.sandbox.requests();
        let asked: BTreeSet<&str> = requests.iter().map(|request| request.operation.as_str()).collect();
        let paid = |path: &str| path.starts_with("/payments/");
        assert!(requests.iter().all(|request| !paid(&request.path)));
        let payments = ["payment", "customer", "bank_account", "charge", "enrollment"];
        let missing: Vec<&str> = Sandbox::operations(Provider::Belvo)
            .into_iter()
            .filter(|operation| !payments.iter().any(|word| operation.contains(word)))
            .filter(|operation| !asked.contains(operation))
            .collect();
        assert_eq!(missing, [""; 0]);
        assert_eq!(asked.len(), 116);
        scene.assert_no_other_refusal();
    });
}
