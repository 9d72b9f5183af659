//! What all lists have in common.

use bankfeed_runtime as rt;
use saltedge_client::ApiFailure;

use super::failure::failure;
use crate::error::Error;
use crate::losses::Losses;
use crate::normalize::Cx;
use crate::provider::ProviderId;
use crate::records::{BoxPages, Group, Paging, Read, Scope, failed, paged};

/// The most records a page may have. The reference names no limit; its own links ask for so many.
const MAX_PAGE: u32 = 1000;

/// How many records to ask for, where the caller says.
pub(super) fn per_page(paging: &Paging) -> Option<i64> {
    paging.page_size.map(|records| i64::from(records.clamp(1, MAX_PAGE)))
}

/// How the records of a list are read.
pub(super) fn read(schema: &'static str, losses: &Losses, paging: &Paging) -> Read<ApiFailure> {
    Read {
        provider: ProviderId::SALTEDGE,
        schema,
        losses: losses.clone(),
        count_unmapped: paging.count_unmapped,
        error: failure,
    }
}

/// The list that a resume token belongs to. Positions count within pages, so their size is part of it.
pub(super) fn scope(list: &'static str, filter: &[Option<&str>], paging: &Paging) -> Scope {
    let size = per_page(paging).map(|size| size.to_string());
    let mut parts = filter.to_vec();
    parts.push(size.as_deref());
    Scope::new(ProviderId::SALTEDGE, list, &parts)
}

/// The stream of a call, from where it was left, with pages of the wanted size.
macro_rules! stream {
    ($call:expr, $at:expr, $per_page:expr) => {
        $crate::records::continuation($at, &$crate::provider::ProviderId::SALTEDGE).map(|at| {
            let mut call = $call;
            if let Some(size) = $per_page {
                call = call.per_page(size);
            }
            if let Some(at) = &at {
                call = call.resume(at);
            }
            call.stream()
        })
    };
}
pub(super) use stream;

/// Pages of a stream, if there is one.
pub(super) fn pages<P, T>(
    read: Read<ApiFailure>,
    stream: Result<rt::ItemStream<P, ApiFailure>, Error>,
    map: impl Fn(P::Item, &Cx<'_>) -> Group<T> + Send + Sync + 'static,
) -> BoxPages<T>
where
    P: rt::Page,
    T: Send + 'static,
{
    match stream {
        Ok(stream) => paged(read, stream, map),
        Err(error) => failed(error),
    }
}
