//! How the adapter is set up.

use std::sync::Arc;
use std::time::Duration;

use bankfeed_runtime as rt;
use rt::jiff::civil;
use wealthreader_client::OauthClient;

use crate::{Date, Secret};

pub(super) struct Settings {
    pub(super) cards_secret: Option<Secret>,
    pub(super) redirect_url: String,
    pub(super) products: Vec<String>,
    pub(super) history_from: Date,
    pub(super) hold_for: Duration,
    pub(super) hold_at_most: usize,
    pub(super) read_timeout: Option<Duration>,
    pub(super) clock: Arc<dyn rt::Clock>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cards_secret: None,
            redirect_url: OauthClient::BASE_URL.to_owned(),
            products: Vec::new(),
            history_from: civil::date(2000, 1, 1).into(),
            hold_for: Duration::from_secs(15 * 60),
            hold_at_most: 64,
            read_timeout: None,
            clock: Arc::new(rt::SystemClock),
        }
    }
}
