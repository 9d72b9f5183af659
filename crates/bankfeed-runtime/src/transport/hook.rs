//! Adjusting a transport that is not there yet.

use super::TransportBuilder;

type Adjust = Box<dyn FnOnce(TransportBuilder) -> TransportBuilder + Send>;

/// What callers change about a client's transport, kept until the client is built: its defaults come first.
pub struct TransportHook(Adjust);

impl TransportHook {
    /// One more adjustment, after those before.
    #[must_use]
    pub fn then(self, adjust: impl FnOnce(TransportBuilder) -> TransportBuilder + Send + 'static) -> Self {
        Self(Box::new(|transport| adjust((self.0)(transport))))
    }

    /// The transport, adjusted.
    pub fn apply(self, transport: TransportBuilder) -> TransportBuilder {
        (self.0)(transport)
    }
}

impl Default for TransportHook {
    /// Changes nothing.
    fn default() -> Self {
        Self(Box::new(|transport| transport))
    }
}
