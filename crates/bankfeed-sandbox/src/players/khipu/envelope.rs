//! The envelope of all answers and callbacks.

use serde_json::{Value, json};

/// What an operation came to.
pub(super) struct Envelope {
    data: Value,
    remark: Option<&'static str>,
    failure: Option<Failure>,
    /// Until when an asynchronous operation may run.
    pub(super) life_span: Option<String>,
}

/// Why it failed.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    code: &'static str,
    retry: Retry,
    text: &'static str,
}

/// What may help.
#[derive(Clone, Copy, Debug)]
pub(super) enum Retry {
    AtOnce,
    Never,
    InFourHours,
    WhenTold,
}

impl Retry {
    fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "RETRY_IMMEDIATELY",
            Self::Never => "DO_NOT_RETRY",
            Self::InFourHours => "WAIT_4_HOURS_BEFORE_RETRY",
            Self::WhenTold => "RETRY_AFTER_NOTIFICATION",
        }
    }
}

impl Failure {
    pub(super) fn new(code: &'static str, retry: Retry, text: &'static str) -> Self {
        Self { code, retry, text }
    }
}

impl Envelope {
    /// Balances.
    pub(super) fn read(balances: Value, remark: Option<&'static str>) -> Self {
        Self { remark, ..Self::of(json!({ "Balance": balances })) }
    }

    /// A success without data.
    pub(super) fn nothing(remark: Option<&'static str>) -> Self {
        Self { remark, ..Self::of(Value::Null) }
    }

    /// The same, as the documentation words it.
    pub(super) fn empty() -> Self {
        Self::of(json!([]))
    }

    pub(super) fn failed(failure: Failure) -> Self {
        Self { failure: Some(failure), ..Self::of(Value::Null) }
    }

    fn of(data: Value) -> Self {
        Self { data, remark: None, failure: None, life_span: None }
    }

    /// As it goes out.
    pub(super) fn with_id(self, id: &str) -> Value {
        let status = if self.failure.is_some() { "ERROR" } else { "OK" };
        let error = self
            .failure
            .map(|failure| json!({ "Code": failure.code, "Type": failure.retry.name(), "Description": failure.text }));
        json!({
            "OperationId": id,
            "Status": status,
            "Data": self.data,
            "AdditionalInformation": self.remark,
            "Error": error,
            "LifeSpan": self.life_span,
        })
    }

    /// The callback of an operation that outlived its time, in the older form.
    pub(super) fn expired(id: &str) -> Value {
        json!({
            "OperationId": id,
            "Status": "ERROR",
            "Data": null,
            "FailureReason": "LIFESPAN_EXCEEDED",
            "Message": "El plazo ha vencido.",
        })
    }
}
