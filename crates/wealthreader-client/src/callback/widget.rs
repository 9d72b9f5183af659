//! The end of a widget, as it is posted to the callback address of its domain.

use std::fmt;

use bankfeed_runtime as rt;

use super::CallbackError;
use crate::error::ApiFailure;
use crate::generated::types::{FinancialData, FinancialDataAnswer};

/// What the provider expects to be answered, with status 200 and content type `application/json`.
pub const WIDGET_RECEIPT: &str = r#"{"status":"ok"}"#;

/// How a user's way through the widget ended.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant)]
pub enum WidgetOutcome {
    /// With data, and with a token in its statistics where the domain stores credentials.
    Completed(FinancialData),
    /// With a failure.
    Failed(ApiFailure),
}

/// A callback of the widget: unsigned, so that anybody who knows the address can send one. What it tells is read by
/// [`matching`](Self::matching) it with an operation id that was handed to the widget.
///
/// The operation id is all there is to go by. Make it one that cannot be guessed, as
/// [`random_text(22)`](crate::runtime::random_text) is, use it once, and forget it when its data is stored.
///
/// ```
/// # fn example(raw_body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
/// use std::collections::HashSet;
///
/// use wealthreader_client::{UnsignedWidgetCallback, WidgetOutcome};
///
/// let issued: HashSet<String> = HashSet::from(["7kQ0x3Wf7tq2mC5s9dJ8aA".to_owned()]);
/// let callback = UnsignedWidgetCallback::read(raw_body)?;
/// match callback.matching(|operation| issued.contains(operation))? {
///     WidgetOutcome::Completed(data) => println!("{}", data.financials()?.is_some()),
///     WidgetOutcome::Failed(failure) => println!("{:?}", failure.advice()),
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
#[must_use = "a callback has to be matched with an operation that was handed out"]
pub struct UnsignedWidgetCallback {
    operation_id: String,
    outcome: WidgetOutcome,
}

impl UnsignedWidgetCallback {
    /// Reads the body of a request to the callback address.
    ///
    /// # Errors
    /// [`CallbackError::Unreadable`] when it is no answer of a read, or names no operation.
    pub fn read(body: &[u8]) -> Result<Self, CallbackError> {
        let outcome = match <ApiFailure as rt::ApiError>::in_success(body) {
            Some(failure) => WidgetOutcome::Failed(failure),
            None => WidgetOutcome::Completed(rt::de::from_slice::<FinancialDataAnswer>(body)?.data()?.clone()),
        };
        let statistics = match &outcome {
            WidgetOutcome::Completed(data) => data.statistics.as_ref(),
            WidgetOutcome::Failed(failure) => failure.statistics(),
        };
        let named = statistics.and_then(|known| known.operation_id.clone()).filter(|id| !id.is_empty());
        let operation_id =
            named.ok_or_else(|| rt::DecodeError::new("no operation is named").below("/statistics/operation_id"))?;
        Ok(Self { operation_id, outcome })
    }

    /// The operation that it claims to be about: what to look for among those handed out.
    pub fn operation_id(&self) -> &str {
        &self.operation_id
    }

    /// What it tells, if `issued` says that its operation is one of ours.
    ///
    /// Where the answer needs waiting for, look [`operation_id`](Self::operation_id) up first.
    ///
    /// # Errors
    /// [`CallbackError::NotExpected`] when it is not.
    pub fn matching(self, issued: impl FnOnce(&str) -> bool) -> Result<WidgetOutcome, CallbackError> {
        if issued(&self.operation_id) { Ok(self.outcome) } else { Err(CallbackError::NotExpected) }
    }
}

impl fmt::Debug for UnsignedWidgetCallback {
    /// Leaves out the operation id, too: it is what proves the callback.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnsignedWidgetCallback").finish_non_exhaustive()
    }
}
