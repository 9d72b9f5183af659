//! What all lists of Belvo have in common.

use belvo_client::{ApiFailure, Client};

use super::errors::error;
use crate::losses::Losses;
use crate::provider::ProviderId;
use crate::records::{Paging, Read, Scope};

/// The most records that Belvo puts on a page.
pub(super) const LARGEST_PAGE: u32 = 1000;

/// A client, and how lists are read with it.
#[derive(Clone)]
pub(super) struct Feed {
    pub(super) client: Client,
    pub(super) losses: Losses,
    count_unmapped: bool,
    size: Option<u32>,
}

impl Feed {
    pub(super) fn new(client: &Client, paging: &Paging) -> Self {
        let size = paging.page_size.map(|size| size.clamp(1, LARGEST_PAGE));
        Self { client: client.clone(), losses: Losses::default(), count_unmapped: paging.count_unmapped, size }
    }

    /// The list with its filter. Belvo's position in a list holds for one size of its pages, which belongs to it therefore.
    pub(super) fn scope(&self, list: &'static str, filter: &[Option<&str>]) -> Scope {
        let size = self.size.map(|size| size.to_string());
        let filter: Vec<Option<&str>> = filter.iter().copied().chain([size.as_deref()]).collect();
        Scope::new(ProviderId::BELVO, list, &filter)
    }

    pub(super) fn read(&self, schema: &'static str) -> Read<ApiFailure> {
        Read {
            provider: ProviderId::BELVO,
            schema,
            losses: self.losses.clone(),
            count_unmapped: self.count_unmapped,
            error,
        }
    }

    pub(super) fn size(&self) -> Option<i64> {
        self.size.map(i64::from)
    }
}

/// Pages of a list from a position on, of the size that is wanted.
macro_rules! pages {
    ($feed:expr, $schema:literal, $at:expr, $call:expr, $map:expr) => {
        $crate::records::pages_of!(
            $feed.read($schema),
            $at,
            match $feed.size() {
                Some(size) => $call.page_size(size),
                None => $call,
            },
            $map
        )
    };
}
pub(super) use pages;
