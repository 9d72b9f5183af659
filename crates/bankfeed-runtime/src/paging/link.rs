//! Following a page's link to the next one.

use url::Url;

use crate::call::draft::{Draft, Payload};
use crate::call::encode_pairs;
use crate::transport::{Preparation, Shared};

/// The path and query a link leads to from the current request, or `None` when it leaves the provider's origin.
///
/// Credentials that authorization adds to the query are taken out: providers repeat the request's query in their
/// links, and positions are stored.
pub(super) fn follow(draft: &Draft, shared: &Shared, current: &str, link: &str) -> Option<String> {
    let current = shared.base.join(current).ok()?;
    let next: Url = current.join(link).ok()?;
    if next.origin() != shared.base.origin() {
        return None;
    }
    let Some(query) = next.query() else { return Some(next.path().to_owned()) };
    let mut credentials = Vec::new();
    let mut nowhere = Payload::None;
    let mut preparation = Preparation { operation: draft.operation, query: &mut credentials, payload: &mut nowhere };
    // What cannot be prepared adds nothing to a query; sending will say why.
    let _ = shared.authorize.prepare(&mut preparation);
    if credentials.is_empty() {
        return Some(format!("{}?{query}", next.path()));
    }
    let kept: Vec<(String, String)> = next
        .query_pairs()
        .filter(|(name, _)| credentials.iter().all(|(known, _)| known != name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    Some(format!("{}?{}", next.path(), encode_pairs(&kept)))
}
