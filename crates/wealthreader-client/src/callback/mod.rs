//! Callbacks: what the provider posts to the integrator. Those about cards are signed; those of the widget and of
//! batches are not, and are read only by matching them with what was handed out.

mod batch;
mod cards;
mod widget;

pub use bankfeed_runtime::webhook::CallbackError;
pub use batch::UnsignedBatchNotification;
pub use cards::{CardDelivery, CardEvent, CardsWebhookVerifier};
pub use widget::{UnsignedWidgetCallback, WIDGET_RECEIPT, WidgetOutcome};
