//! What callbacks tell.

use bankfeed_runtime as rt;

use crate::generated::types;

/// The kinds of callbacks. Each has an address of its own in the dashboard, and nothing in the body names its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallbackKind {
    /// Data of a connection changed.
    Success,
    /// Reading a connection failed.
    Fail,
    /// An attempt entered another stage.
    Notify,
    /// A connection was removed.
    Destroy,
    /// The status of a provider changed.
    ProviderChanges,
    /// A bucket of transactions has been categorized.
    CategorizationFinished,
    /// A report is ready, or failed.
    Report,
}

/// A callback that the provider is proven to have signed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Callback {
    /// Data of a connection changed: read connection, accounts and transactions. Comes one to three times for the same
    /// operation.
    Success(types::SuccessCallback),
    /// Reading a connection failed. The connection stays.
    Fail(types::FailCallback),
    /// An attempt entered another stage.
    Notify(types::NotifyCallback),
    /// A connection was removed, with everything in it.
    Destroy(types::DestroyCallback),
    /// The status of a provider changed.
    ProviderChanges(types::ProviderChangesCallback),
    /// A bucket of transactions has been categorized.
    CategorizationFinished(types::CategorizationFinishedCallback),
    /// A report is ready, or failed.
    Report(types::ReportCallback),
}

impl Callback {
    /// The kind.
    pub fn kind(&self) -> CallbackKind {
        match self {
            Self::Success(_) => CallbackKind::Success,
            Self::Fail(_) => CallbackKind::Fail,
            Self::Notify(_) => CallbackKind::Notify,
            Self::Destroy(_) => CallbackKind::Destroy,
            Self::ProviderChanges(_) => CallbackKind::ProviderChanges,
            Self::CategorizationFinished(_) => CallbackKind::CategorizationFinished,
            Self::Report(_) => CallbackKind::Report,
        }
    }

    /// When and by which version it was sent.
    pub fn meta(&self) -> Option<&types::CallbackMeta> {
        match self {
            Self::Success(callback) => callback.meta.as_ref(),
            Self::Fail(callback) => callback.meta.as_ref(),
            Self::Notify(callback) => callback.meta.as_ref(),
            Self::Destroy(callback) => callback.meta.as_ref(),
            Self::ProviderChanges(callback) => callback.meta.as_ref(),
            Self::CategorizationFinished(callback) => callback.meta.as_ref(),
            Self::Report(callback) => callback.meta.as_ref(),
        }
    }

    pub(super) fn read(kind: CallbackKind, body: &[u8]) -> Result<Self, rt::DecodeError> {
        use rt::de::from_slice;
        match kind {
            CallbackKind::Success => from_slice(body).map(Self::Success),
            CallbackKind::Fail => from_slice(body).map(Self::Fail),
            CallbackKind::Notify => from_slice(body).map(Self::Notify),
            CallbackKind::Destroy => from_slice(body).map(Self::Destroy),
            CallbackKind::ProviderChanges => from_slice(body).map(Self::ProviderChanges),
            CallbackKind::CategorizationFinished => from_slice(body).map(Self::CategorizationFinished),
            CallbackKind::Report => from_slice(body).map(Self::Report),
        }
    }
}
