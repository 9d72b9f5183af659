//! What all lists of Belvo have in common.

use bankfeed_runtime as rt;
use belvo_client::{ApiFailure, Client};
use serde_json::Value;

use super::errors::error;
use crate::error::{Error, ErrorKind};
use crate::losses::Losses;
use crate::provider::ProviderId;
use crate::records::{BoxPages, OnePage, PageOf, Paging, Read, Scope};

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

/// Pages of a client's list from a position on. All of its lists have the same methods, but no trait for them.
macro_rules! pages {
    ($feed:expr, $schema:literal, $at:expr, $call:expr, $map:expr) => {
        match $crate::belvo::lists::position($at) {
            Ok(position) => {
                let mut call = $call;
                if let Some(size) = $feed.size() {
                    call = call.page_size(size);
                }
                if let Some(position) = position {
                    call = call.resume(&position);
                }
                $crate::records::paged($feed.read($schema), call.stream(), $map)
            }
            Err(error) => $crate::belvo::lists::failed(error),
        }
    };
}
pub(super) use pages;

/// The client's position that a token of ours holds.
pub(super) fn position(at: Option<Value>) -> Result<Option<rt::Continuation>, Error> {
    let Some(at) = at.filter(|at| !at.is_null()) else { return Ok(None) };
    serde_json::from_value(at).map(Some).map_err(|_| {
        let error = Error::of(ErrorKind::ResumeRefused).from_provider(ProviderId::BELVO);
        error.message("it has no position of this list")
    })
}

/// A list that is nothing but an error.
pub(super) fn failed<T: Send + 'static>(error: Error) -> BoxPages<T> {
    Box::new(OnePage::new(Value::Null, async move { Err::<PageOf<T>, Error>(error) }))
}
