//! What these tests share.

use bankfeed::{Khipu, KhipuBuilder};
use bankfeed_sandbox::Sandbox;
pub(crate) use bankfeed_testing::{Server, json, json_status, printed, reply, run};

/// The number of the documentation's sample.
pub(crate) const NUMBER: &str = "000011887755";
/// An account of pesos alone would be needed for its number to be its own: this one is overdrawn besides.
pub(crate) const OVERDRAWN: &str = "000000000800";
/// A token for callbacks.
pub(crate) const TOKEN: &str = "a-callback-token-that-is-long-enough";

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::builder().check_answers().start().await.unwrap()
}

pub(crate) fn builder(sandbox: &Sandbox) -> KhipuBuilder {
    let access = sandbox.khipu();
    Khipu::builder().jwt(access.jwt).base_url(access.url)
}

/// Khipu with one account.
pub(crate) fn khipu(sandbox: &Sandbox, number: &str) -> Khipu {
    builder(sandbox).account(number).build().unwrap()
}

/// Khipu with the sample's account, behind a server.
pub(crate) fn behind(server: &Server) -> Khipu {
    Khipu::builder().jwt("a-jwt").base_url(&server.url).account(NUMBER).build().unwrap()
}

/// An envelope of status OK.
pub(crate) fn envelope(data: &str) -> String {
    format!(
        r#"{{"OperationId":"6baf6c19-e485-463b-ae24-a821b025c8a4","Status":"OK","Data":{data},
            "AdditionalInformation":null,"Error":null,"LifeSpan":null}}"#
    )
}

/// An envelope of status ERROR.
pub(crate) fn failure(code: &str, advice: &str) -> String {
    format!(
        r#"{{"OperationId":"6baf6c19-e485-463b-ae24-a821b025c8a4","Status":"ERROR","Data":null,
            "Error":{{"Code":"{code}","Type":"{advice}","Description":"Alex was here"}}}}"#
    )
}

/// A balance of an account.
pub(crate) fn balance(account: &str, indicator: &str, amount: &str) -> String {
    format!(
        r#"{{"AccountId":"{account}","CreditDebitIndicator":"{indicator}","DateTime":"2026-03-02T06:00:00-0300",
            "Type":"InterimAvailable","Amount":{amount}}}"#
    )
}
